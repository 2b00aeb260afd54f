"""The rows of scenario_summary: one figure before and after for each measure, by which scenarios compare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ipxray.exposure import DECIMALS, LEVELS, MEASURED_SERVICES, THREATS
from ipxray.policy.ground import ACTOR, EVERYONE
from ipxray.policy.reach import LostReach
from ipxray.policy.rows import ScenarioChange, ScenarioDependence, ScenarioSummary
from ipxray.policy.stage import CLASSES, MEASURED_CLASSES, Found

__all__ = ["carrier_counts", "summary_rows"]

_LOW, _EXPECTED, _HIGH = (LEVELS.index(name) for name in ("low", "expected", "high"))


def summary_rows(
    found: Found, changes: Sequence[ScenarioChange], lost: LostReach, carriers: Sequence[ScenarioDependence]
) -> tuple[ScenarioSummary, ...]:
    """Every measure: exposure of the actor and of everyone, what stays, carriers left, reach, dependence, changes."""
    rows: list[ScenarioSummary] = []
    for subject in (ACTOR, EVERYONE):
        if subject == EVERYONE or found.stage.actor.any():
            rows += _exposure(found, subject)
    rows += _stays(found)
    rows += _carriers_left(found)
    expected = lost.share["expected"]
    rows.append(
        _row(found, "reach_lost", "share", 0.0, expected, low=lost.share["certain"], high=lost.share["possible"])
    )
    rows += _dependence(found, carriers)
    counted = [row for row in changes if row.counts]
    rows.append(_row(found, "changes", "count", 0.0, float(len(counted))))
    rows.append(_row(found, "operators_changing", "count", 0.0, float(len({row.tadig for row in counted}))))
    return tuple(rows)


def _row(
    found: Found,
    measure: str,
    unit: str,
    before: float,
    after: float,
    *,
    subject: str = ACTOR,
    low: float | None = None,
    high: float | None = None,
    quantiles: tuple[float, float] | None = None,
    names: tuple[str, str] = ("", ""),
) -> ScenarioSummary:
    q05, q95 = quantiles or (None, None)
    shown = {ACTOR: "actor", EVERYONE: "everyone"}[subject]
    return ScenarioSummary(found.stage.scenario.name, shown, measure, unit, before, after, low, high, q05, q95, *names)


def _exposure(found: Found, subject: str) -> Iterator[ScenarioSummary]:
    place = found.stage.subject(subject)
    for threat in THREATS:
        for data_class in MEASURED_CLASSES:
            blend = found.stage.blend(data_class, threat)
            if blend is None or not found.before.present[place, 0, blend]:
                continue
            after = found.after.measured.levels[:, place, 0, blend]
            yield _row(
                found,
                f"{threat}_{data_class}",
                "share",
                float(found.before.levels[_EXPECTED, place, 0, blend]),
                float(after[_EXPECTED]),
                subject=subject,
                low=float(after[_LOW]),
                high=float(after[_HIGH]),
                quantiles=_quantiles(found, subject, blend),
            )


def _quantiles(found: Found, subject: str, blend: int) -> tuple[float, float] | None:
    """The 5 % and the 95 % quantile over the runs, outbound; None when chance does not act."""
    spread = found.after.spread
    if len(spread.expected) == 1:
        return None
    alliances = found.stage.subjects.alliances
    values = spread.expected[:, spread.places.index(blend), 0, alliances.index(subject) - len(alliances)]
    low, high = np.quantile(values, (0.05, 0.95)).round(DECIMALS).tolist()
    return low, high


def _stays(found: Found) -> Iterator[ScenarioSummary]:
    if found.alone is None:
        return
    place = found.stage.subject(ACTOR)
    for data_class in CLASSES:
        blend = found.stage.blend(data_class, "read")
        if blend is not None and found.before.present[place, 0, blend]:
            alone = found.alone.measured.levels[:, place, 0, blend]
            before = float(found.before.levels[_EXPECTED, place, 0, blend])
            yield _row(
                found, f"stays_{data_class}", "share", before, float(alone[_EXPECTED]),
                low=float(alone[_LOW]), high=float(alone[_HIGH]),
            )  # fmt: skip


def carrier_counts(found: Found) -> tuple[tuple[int, int], tuple[int, int], tuple[float, float] | None]:
    """Network and service pairs with one carrier, and with none left: (before, after) each; quantiles of the former."""
    before = after = none = 0
    spread = np.zeros(len(found.after.spread.expected))
    for service in MEASURED_SERVICES:
        outcome = found.after.state.outcomes[service]
        before += int(((outcome.routing.roles > 0).sum(axis=1) == 1).sum())
        after += int(((outcome.roles_in(found.after.middle) > 0).sum(axis=1) == 1).sum())
        none += int(outcome.without_carrier.sum())
        single = (outcome.roles > 0).sum(axis=1) == 1
        single[outcome.drawn] = False
        spread += int(single.sum())
        if len(spread) > 1 and len(outcome.drawn):
            spread += ((outcome.patterns > 0).sum(axis=1) == 1)[outcome.choice].sum(axis=0)
    if len(spread) == 1:
        return (before, after), (0, none), None
    low, high = np.quantile(spread, (0.05, 0.95)).tolist()
    return (before, after), (0, none), (low, high)


def _carriers_left(found: Found) -> Iterator[ScenarioSummary]:
    one, none, quantiles = carrier_counts(found)
    yield _row(found, "one_carrier", "count", *map(float, one), subject=EVERYONE, quantiles=quantiles)
    yield _row(found, "no_carrier", "count", *map(float, none), subject=EVERYONE)


def _dependence(found: Found, carriers: Sequence[ScenarioDependence]) -> Iterator[ScenarioSummary]:
    """Concentration, and the carrier that most messages cross, over all services."""
    first = {row.state: row for row in reversed(carriers) if row.service == "all" and row.rank == 1}
    if len(first) < 2:
        return
    before, after = first["before"], first["after"]
    yield _row(found, "concentration", "index", before.concentration, after.concentration, subject=EVERYONE)
    numbers = [round(1.0 / row.concentration, DECIMALS) if row.concentration else 0.0 for row in (before, after)]
    yield _row(found, "effective_carriers", "count", numbers[0], numbers[1], subject=EVERYONE)
    names = before.carrier, after.carrier
    yield _row(found, "dominant_share", "share", before.share, after.share, subject=EVERYONE, names=names)
