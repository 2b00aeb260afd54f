"""Who carries how much before and after, and whose it is: whether a ban only moves the dependency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipxray.atlas import Atlas
from ipxray.exposure import Dominance, dominance
from ipxray.policy.rows import ScenarioDependence
from ipxray.policy.stage import Found

__all__ = ["dependence"]


def dependence(found: Found) -> tuple[ScenarioDependence, ...]:
    """Rows before, then after in the run in the middle; by service (all first) and falling share."""
    ground, after = found.ground, found.after
    now = after.state.atlas(after.middle)
    rows = dominance(now, after.state.effects.control.facts, parameters=ground.parameters, traffic=ground.traffic)
    return (
        *_rows(found, "before", ground.dominance, ground.atlas, found.stage.rule),
        *_rows(found, "after", rows, now, after.state.effects.control.rule),
    )


def _rows(found: Found, state: str, rows: Sequence[Dominance], atlas: Atlas, rule: str) -> Iterator[ScenarioDependence]:
    states: dict[str, list[str]] = {}
    countries = found.ground.facts.countries
    for control in atlas.control:
        if control.point and control.controller in countries and rule in (control.rule, "wide"):
            states.setdefault(control.carrier_id, []).append(control.controller)
    rank: dict[str, int] = {}
    for row in rows:
        rank[row.service] = rank.get(row.service, 0) + 1
        yield ScenarioDependence(
            scenario=found.stage.scenario.name,
            state=state,
            service=row.service,
            carrier=row.id,
            rank=rank[row.service],
            share=row.share,
            share_of_crossings=row.share_of_crossings or 0.0,
            operators=row.cone,
            only_carrier_of=row.exclusive_cone,
            controllers=tuple(sorted(set(states.get(row.id, ())))),
            concentration=row.concentration or 0.0,
        )
