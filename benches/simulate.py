"""What a scenario costs: 800 operators, 60 carriers, every network refuses five of them, a hundred seeded runs.

The peer is the same world measured by `ipxray.exposure.headline`'s full measurement once a run, as one would without
the factored form; it is extrapolated from a few runs.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from _measure import alternate, median_seconds, print_table
from all_pairs import IN_SET, OPERATORS, PARAMETERS, lands, world
from ipxray.atlas import Atlas, Control
from ipxray.exposure import measure
from ipxray.facts import Country, Facts
from ipxray.policy import Scenario, Step, simulate
from ipxray.policy.stage import Stage

RUNS = 100
SAMPLE = 3
ROUNDS = 3
STATE = "XZ"


def owned() -> Atlas:
    """The world of the bench of all pairs, with a state behind five carriers."""
    rows = tuple(Control(carrier, STATE, "majority_50", 1.0, 1.0, 1.0, "bench", ("bench",)) for carrier in IN_SET)
    return replace(world(), control=rows, controller_names={STATE.lower(): STATE})


def countries() -> Facts:
    """The subscriptions of that bench, spread over ten regions."""
    found = lands()
    placed = {
        name: one._replace(region=f"region {place % 10}") for place, (name, one) in enumerate(found.countries.items())
    }
    placed[STATE] = Country(STATE, "XZZ", "Land", (), (), "nowhere", None, None, None, "bench")
    return replace(found, countries=placed)


def scenario(*actor: str) -> Scenario:
    step = Step(kind="refuse", line=1)
    return Scenario("bench", "bench.toml", "everyone refuses", "", (), (step,), actor=actor or ("all",))


def simulated(atlas: Atlas, facts: Facts, *actor: str) -> dict[str, object]:
    """The whole scenario: all tables."""
    found = simulate(scenario(*actor), atlas, facts, parameters=PARAMETERS, controlled_by=STATE, runs=RUNS, seed=1)
    return {"rows": len(found.exposure), "changes": len(found.changes), "summary": list(found.scenario.summary)}


def one_by_one(atlas: Atlas, facts: Facts) -> dict[str, object]:
    """Some runs, each measured in full as an atlas of its own."""
    from ipxray.atlas import adversary
    from ipxray.policy.ground import Ground

    chosen = replace(scenario(), controlled_by=STATE)
    stage = Stage(chosen, Ground.of(atlas, facts, PARAMETERS, None), rule="majority_50", runs=SAMPLE, seed=1)
    state = stage.on(stage.day).state
    against = adversary(atlas, STATE, "majority_50")
    rows = 0
    for run in range(SAMPLE):
        rows += len(measure(state.atlas(run), facts, against, parameters=PARAMETERS).exposure)
    return {"rows": rows}


def main() -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    here = str(Path(__file__).parent)
    prepare = (
        f"import sys; sys.path.insert(0, {here!r}); import simulate as bench; a, f = bench.owned(), bench.countries()"
    )
    pieces = {
        "all": ("report.update(bench.simulated(a, f))", prepare),
        "some": ("report.update(bench.simulated(a, f, 'Q001', 'Q002', 'Q003', 'Q004', 'Q005'))", prepare),
        "peer": ("report.update(bench.one_by_one(a, f))", prepare),
    }
    runs = alternate(pieces, ROUNDS)
    seconds = {name: median_seconds(several) for name, several in runs.items()}
    peak = {name: f"{max(run.peak_mib for run in several):.0f} MiB" for name, several in runs.items()}
    rows = f"{runs['all'][0].report['rows']:,}"
    print_table(
        f"A scenario over {OPERATORS} operators, every table, {RUNS} seeded runs (median of {ROUNDS})",
        ("", "rows of exposure", "seconds", "peak memory"),
        (
            ("ipxray simulate, all networks act", rows, f"{seconds['all']:.2f}", peak["all"]),
            (
                "ipxray simulate, five countries act",
                f"{runs['some'][0].report['rows']:,}",
                f"{seconds['some']:.2f}",
                peak["some"],
            ),
            (
                f"each run measured in full, extrapolated from {SAMPLE}",
                "",
                f"{seconds['peer'] / SAMPLE * RUNS:.0f}",
                peak["peer"],
            ),
        ),
    )


if __name__ == "__main__":
    main()
