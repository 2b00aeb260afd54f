"""Claim: all 640,000 ordered pairs of an 800-operator, 60-carrier world, every class and threat, with bounds, in 1 s.

Every contestant starts from the same atlas in a process of its own, with one thread of linear algebra: on a busy
machine threads that wait for each other on small blocks cost far more than they bring. A figure is one level (forced,
low, expected, high, possible) of one pair for one data class and threat, all services mixed. The linear programme is
timed on a sample and extrapolated: it would take hours.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from _measure import Run, alternate, median_seconds, print_table
from ipxray.atlas import Adversary, Atlas, Link, Membership, Operator
from ipxray.exposure.boxes import Boxes, boxes_of
from ipxray.exposure.messages import Blend, blends
from ipxray.exposure.pairs import pair_blocks
from ipxray.exposure.planes import LEVELS, planes
from ipxray.facts import Country, Facts
from ipxray.parameters import Parameters

OPERATORS, CARRIERS, COUNTRIES = 800, 60, 160
SERVICES = ("sccp", "diameter", "grx")
ROUNDS = 3
SAMPLE = 300
IN_SET = tuple(f"carrier-{number:02d}" for number in (1, 4, 7, 12, 20))
PREFERENCE = (0.5, 0.9, 1.0)
PARAMETERS = Parameters.default()

Array = npt.NDArray[np.float64]


def world() -> Atlas:
    """Carriers of Zipf popularity, 1 to 5 an operator and service; primary and backups, but unstated roles on GRX."""
    chance = np.random.default_rng(7)
    popularity = 1.0 / np.arange(1, CARRIERS + 1) ** 0.9
    popularity /= popularity.sum()
    operators = tuple(
        Operator(f"X{number:04d}", f"Q{number % COUNTRIES:03d}", "", (), dict.fromkeys(SERVICES, "declared"), None)
        for number in range(OPERATORS)
    )
    links = [
        Link(
            one.tadig, service, f"carrier-{carrier:02d}", f"carrier-{carrier:02d}", (f"carrier-{carrier:02d}",), "",
            "unstated", *box, (), (), inferred=False, pending=False, fresh_days=365,
        )
        for one in operators
        for service in SERVICES
        for carrier, box in declared(chance, popularity, service)
    ]  # fmt: skip
    return Atlas(date(2026, 1, 1), operators, tuple(links), (), (), ())


def declared(
    chance: np.random.Generator, popularity: Array, service: str
) -> Iterator[tuple[int, tuple[float, float, float]]]:
    count = int(chance.choice([1, 2, 3, 4, 5], p=[0.15, 0.4, 0.25, 0.12, 0.08]))
    for place, carrier in enumerate(chance.choice(CARRIERS, count, replace=False, p=popularity).tolist()):
        if count == 1:
            yield carrier, (1.0, 1.0, 1.0)
        elif service == "grx":
            yield carrier, (0.0, 1.0 / count, 1.0)
        else:
            yield carrier, (0.8, 0.9, 1.0) if place == 0 else (0.0, 0.1 / (count - 1), 0.2)


def lands() -> Facts:
    """Subscriptions for the weights of `measure`."""
    names = [f"Q{number:03d}" for number in range(COUNTRIES)]
    countries = {
        name: Country(name, name, name, (), (), "", 10**6 * (place + 1), 2025, None, "bench")
        for place, name in enumerate(names)
    }
    return Facts({}, countries, {}, (), (), {}, (), {}, (), {}, (), ())


def against() -> Adversary:
    return Adversary("XZ", "majority_50", dict.fromkeys(IN_SET, Membership(1.0, 1.0, 1.0)))


def kinds() -> list[Blend]:
    return [kind for kind in blends(PARAMETERS) if kind.service == "all" and kind.direction == "both"]


def by_blocks(atlas: Atlas) -> dict[str, object]:
    """ipxray: every figure of every pair, block by block."""
    figures, sums = 0, np.zeros((len(LEVELS) - 1, len(kinds())))
    for block in pair_blocks(planes(boxes_of(atlas), against(), PARAMETERS, staged=False), kinds()):
        figures += block.levels.size
        sums += block.levels.sum(axis=(2, 3))
    return {"figures": figures, "sums": sums.tolist()}


def plainly(atlas: Atlas) -> dict[str, object]:
    """The formulas of docs/method.md as one would type them: whole matrices, one class and threat after the other."""
    boxes = boxes_of(atlas)
    inside = [np.array([node in IN_SET for node in one.nodes]) for one in boxes]
    levels = [matrices(one, chosen) for one, chosen in zip(boxes, inside, strict=True)]
    links = [link_levels(one, chosen) for one, chosen in zip(boxes, inside, strict=True)]
    figures, sums = 0, np.zeros((len(LEVELS) - 1, len(kinds())))
    for place, kind in enumerate(kinds()):
        for level in range(len(LEVELS) - 1):
            whole = np.zeros((OPERATORS, OPERATORS))
            for service in range(len(SERVICES)):
                home, visited = kind.coefficients[service]
                if kind.threat == "inject":
                    link = links[service][level]
                    whole += home * link[:, None] + visited * link[None, :]
                else:
                    whole += home * levels[service][level] + visited * levels[service][level].T
            whole /= kind.weights.sum()
            figures += whole.size
            sums[level, place] = whole.sum()
    return {"figures": figures, "sums": sums.tolist()}


def matrices(boxes: Boxes, chosen: npt.NDArray[np.bool_]) -> list[Array]:
    """Forced, low, expected, high, possible of one service, [sender, receiver], by the three-group greedy."""
    low, point, high, _ = boxes.declared
    serves = (high > 0.0).astype(np.float64)
    reach_low = np.clip(np.maximum(low[:, chosen].sum(1), 1.0 - high[:, ~chosen].sum(1)), 0.0, 1.0)
    reach_high = np.clip(np.minimum(high[:, chosen].sum(1), 1.0 - low[:, ~chosen].sum(1)), 0.0, 1.0)
    reach = point[:, chosen].sum(1)
    low_on, high_on = (low * ~chosen) @ serves.T, (high * ~chosen) @ serves.T
    low_out, high_out = (low * ~chosen).sum(1)[:, None] - low_on, (high * ~chosen).sum(1)[:, None] - high_on
    low_in, high_in = low[:, chosen].sum(1)[:, None], high[:, chosen].sum(1)[:, None]
    rest = 1.0 - (low_in + low_on + low_out)
    on = np.minimum(high_on - low_on, rest)
    out = np.minimum(high_out - low_out, rest - on)
    cost = (1.0 - PREFERENCE[2]) * reach_low[None, :]
    least = (low_on + on) * cost + (low_out + out) * reach_low[None, :] + low_in + (rest - on - out)
    into = np.minimum(high_in - low_in, rest)
    out = np.minimum(high_out - low_out, rest - into)
    cost = (1.0 - PREFERENCE[0]) * reach_high[None, :]
    most = (low_on + rest - into - out) * cost + (low_out + out) * reach_high[None, :] + low_in + into
    expected = reach[:, None] + (1.0 - reach)[:, None] * reach - PREFERENCE[1] * ((point * ~chosen) @ serves.T) * reach
    captured, touched = ~(high[:, ~chosen] > 0.0).any(1), (high[:, chosen] > 0.0).any(1)
    forced, possible = captured[:, None] | captured[None, :], touched[:, None] | touched[None, :]
    return [forced.astype(np.float64), least, expected, most, possible.astype(np.float64)]


def link_levels(boxes: Boxes, chosen: npt.NDArray[np.bool_]) -> list[Array]:
    """Levels of injection, [operator]: no link here is confirmed by a second register."""
    holds = (boxes.declared.high[:, chosen] > 0.0).any(1).astype(np.float64)
    none = np.zeros(OPERATORS)
    return [none, none, holds, holds, holds]


def by_programme(atlas: Atlas) -> dict[str, object]:
    """Low and high of one pair on one service as two linear programmes, for a sample of pairs."""
    from scipy.optimize import linprog

    boxes = boxes_of(atlas)[0]
    low, _, high, _ = boxes.declared
    chosen = np.array([node in IN_SET for node in boxes.nodes])
    whole = np.ones((1, len(boxes.nodes)))
    found = []
    for sender, receiver in np.random.default_rng(11).integers(OPERATORS, size=(SAMPLE, 2)):
        arrive = np.maximum(low[receiver, chosen].sum(), 1.0 - high[receiver, ~chosen].sum())
        arrive_high = np.minimum(high[receiver, chosen].sum(), 1.0 - low[receiver, ~chosen].sum())
        served = high[receiver] > 0.0
        cost = np.where(chosen, 1.0, np.where(served, 1.0 - PREFERENCE[2], 1.0) * arrive)
        cost_high = np.where(chosen, 1.0, np.where(served, 1.0 - PREFERENCE[0], 1.0) * arrive_high)
        limits = list(zip(low[sender], high[sender], strict=True))
        least = linprog(cost, A_eq=whole, b_eq=[1.0], bounds=limits).fun
        most = -linprog(-cost_high, A_eq=whole, b_eq=[1.0], bounds=limits).fun
        found.append([int(sender), int(receiver), float(least), float(most)])
    return {"found": found}


def check(runs: dict[str, list[Run]]) -> None:
    """All contestants must agree, or their times mean nothing."""
    ours, plain = (np.array(runs[name][0].report["sums"]) for name in ("blocks", "plain"))
    assert np.allclose(ours, plain, rtol=0.0, atol=1e-6), "the plain form disagrees"
    seen = planes(boxes_of(world()), against(), PARAMETERS, staged=False)[0].surfaces
    for sender, receiver, least, most in runs["programme"][0].report["found"]:  # type: ignore[attr-defined]
        here = slice(sender, sender + 1), slice(receiver, receiver + 1)
        assert np.allclose([seen.low.block(*here).item(), seen.high.block(*here).item()], [least, most], atol=1e-9)


def main() -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    prepare = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import all_pairs; atlas = all_pairs.world()"
    )
    measuring = "from ipxray.exposure import measure; facts = all_pairs.lands(); against = all_pairs.against()"
    pieces = {
        "blocks": ("report.update(all_pairs.by_blocks(atlas))", prepare),
        "measure": (
            "report['rows'] = len(measure(atlas, facts, against, parameters=all_pairs.PARAMETERS).exposure)",
            f"{prepare}; {measuring}",
        ),
        "plain": ("report.update(all_pairs.plainly(atlas))", prepare),
        "programme": ("report.update(all_pairs.by_programme(atlas))", f"{prepare}; import scipy.optimize"),
    }
    runs = alternate(pieces, ROUNDS)
    check(runs)
    seconds = {name: median_seconds(several) for name, several in runs.items()}
    peak = {name: f"{max(run.peak_mib for run in several):.0f} MiB" for name, several in runs.items()}
    hours = seconds["programme"] / SAMPLE * OPERATORS**2 * len(SERVICES) / 3600.0
    figures = f"{runs['blocks'][0].report['figures']:,}"
    print_table(
        f"All ordered pairs of {OPERATORS} operators and {CARRIERS} carriers, {len(SERVICES)} services, "
        f"{len(kinds())} classes and threats (median of {ROUNDS})",
        ("", "figures", "seconds", "peak memory"),
        (
            ("ipxray, every pair", figures, f"{seconds['blocks']:.2f}", peak["blocks"]),
            ("plain numpy, whole matrices", figures, f"{seconds['plain']:.2f}", peak["plain"]),
            (
                f"scipy linprog (HiGHS), low and high only, extrapolated from {SAMPLE} pairs on one service",
                f"{2 * len(SERVICES) * OPERATORS**2:,}",
                f"{hours:.1f} h",
                peak["programme"],
            ),
            (
                "ipxray measure: all pairs summed by operator and country, doubt by cause, as rows",
                f"{runs['measure'][0].report['rows']:,} rows",
                f"{seconds['measure']:.2f}",
                peak["measure"],
            ),
        ),
    )


if __name__ == "__main__":
    main()
