"""How long the proof takes: 5,000 operators, 100,000 roaming pairs, the best changes for a tenth of the cost.

Two worlds: carriers as in the bench of all pairs, and one in which everybody depends on the set alone, where no single
change gains anything and greedy finds nothing. The peer is the same question to the same solver as one would type it:
one yes or no for every pair, without the linear part being summed first.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import numpy as np

from _measure import alternate, median_seconds, print_table
from ipxray.policy.frontier import greedy_path
from ipxray.policy.gains import Gains, Unit
from ipxray.policy.programme import Demands, solve

OPERATORS, PAIRS = 5_000, 100_000
ROUNDS = 3
GAP = 0.001
BUDGET = 0.1
SMALL = 1_200, 12_000
LIMIT = 20.0


@cache
def gains(*, captured: bool, operators: int = OPERATORS, pairs: int = PAIRS) -> Gains:
    """Heavy-tailed volumes on random pairs; each end on the set with a share of its own, or wholly."""
    chance = np.random.default_rng(5)
    size = np.sort(chance.pareto(1.1, operators) + 1.0)[::-1]
    ends = chance.choice(operators, size=(4 * pairs, 2), p=size / size.sum())
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    ends = ends[chance.permutation(len(ends))[:pairs]]
    first, second = ends.T
    volume = size[first] * size[second] * chance.pareto(1.5, len(ends))
    share = np.ones(operators) if captured else chance.choice([0.0, 0.1, 0.5, 0.9, 1.0], operators)
    here, there = share[first], share[second]
    linear = np.zeros(operators)
    np.add.at(linear, first, volume * here * (1.0 - there))
    np.add.at(linear, second, volume * there * (1.0 - here))
    before = float((volume * (1.0 - (1.0 - here) * (1.0 - there))).sum())
    units = tuple(Unit(n, "sccp", ("x",), (), 0, np.zeros(0)) for n in range(operators))
    return Gains(units, linear, first, second, volume * here * there, 0.0, before, float(volume.sum()))


def costs(operators: int = OPERATORS) -> np.ndarray:
    return np.random.default_rng(6).integers(1, 4, operators).astype(np.float64)


def exact(*, captured: bool, operators: int = OPERATORS, pairs: int = PAIRS) -> dict[str, object]:
    """ipxray: the best set, proved within the gap."""
    found, price = gains(captured=captured, operators=operators, pairs=pairs), costs(operators)
    solved = solve(found, price, Demands(budget=BUDGET * price.sum()), gap=GAP)
    assert solved is not None
    return {"removed": solved.removed / found.before, "gap": solved.gap, "proved": solved.proved}


def greedy(*, captured: bool, operators: int = OPERATORS, pairs: int = PAIRS) -> dict[str, object]:
    """Best gain a cost, one after the other: no proof."""
    found, price = gains(captured=captured, operators=operators, pairs=pairs), costs(operators)
    path = greedy_path(found, price, float(BUDGET * price.sum()))
    return {"removed": path[-1][1] / found.before if path else 0.0}


def plainly(*, captured: bool, operators: int = OPERATORS, pairs: int = PAIRS) -> dict[str, object]:
    """The peer: every pair's four outcomes spelt out, pairs as whole numbers too."""
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    found, price = gains(captured=captured, operators=operators, pairs=pairs), costs(operators)
    count = len(found.together)
    number = np.arange(count)
    rows = np.concatenate([number, number, count + number, count + number])
    columns = np.concatenate([operators + number, found.first, operators + number, found.second])
    values = np.tile(np.repeat([1.0, -1.0], count), 2)
    links = sparse.csr_array((values, (rows, columns)), shape=(2 * count, operators + count))
    budget = sparse.csr_array(np.concatenate([price, np.zeros(count)])[None, :])
    result = milp(
        -np.concatenate([found.linear, found.together]),
        integrality=np.ones(operators + count),
        bounds=Bounds(0.0, 1.0),
        constraints=[
            LinearConstraint(links, -np.inf, 0.0),
            LinearConstraint(budget, -np.inf, BUDGET * price.sum()),
        ],
        options={"mip_rel_gap": GAP, "time_limit": LIMIT},
    )
    if result.x is None:
        return {"removed": 0.0, "gap": 1.0, "proved": False}
    return {"removed": -result.fun / found.before, "gap": result.mip_gap, "proved": result.status == 0}


def main() -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    here = str(Path(__file__).parent)
    ready = f"import sys; sys.path.insert(0, {here!r}); import optimise as bench, scipy.optimize; bench.gains"
    large = f", operators={OPERATORS}, pairs={PAIRS}"
    small = f", operators={SMALL[0]}, pairs={SMALL[1]}"
    contests = {
        "exact": ("exact", large),
        "greedy": ("greedy", large),
        "small": ("exact", small),
        "peer": ("plainly", small),
    }
    pieces = {
        f"{name} {world}": (
            f"report.update(bench.{call}(captured={world == 'captured'}{size}))",
            f"{ready}(captured={world == 'captured'}{size})",
        )
        for world in ("mixed", "captured")
        for name, (call, size) in contests.items()
    }
    runs = alternate(pieces, ROUNDS)
    words = {
        "exact": f"ipxray optimise, {OPERATORS:,} operators, {PAIRS:,} pairs",
        "greedy": "greedy on the same",
        "small": f"ipxray optimise, {SMALL[0]:,} operators, {SMALL[1]:,} pairs",
        "peer": f"scipy milp (HiGHS) on the same, every pair a whole number, at most {LIMIT:g} s",
    }
    table = []
    for world in ("mixed", "captured"):
        for name, text in words.items():
            several = runs[f"{name} {world}"]
            report = several[0].report
            gap = f"{100 * float(str(report['gap'])):.3f} %" if "gap" in report else "none"
            table.append(
                (
                    world, text, f"{100 * float(str(report['removed'])):.2f} %", gap,
                    f"{median_seconds(several):.2f}", f"{max(run.peak_mib for run in several):.0f} MiB",
                )
            )  # fmt: skip
    print_table(
        f"The best changes for {100 * BUDGET:g} % of all costs, proved within {100 * GAP:g} % (median of {ROUNDS})",
        ("world", "", "exposure removed", "gap to the bound", "seconds", "peak memory"),
        table,
    )


if __name__ == "__main__":
    main()
