"""The rows of scenario_changes: what every network does, and how often chance has it so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ipxray.exposure import DECIMALS, Flags
from ipxray.policy.cascade import Outcome
from ipxray.policy.effects import Lines
from ipxray.policy.equipment import refused_nodes
from ipxray.policy.routing import BACKUP, NONE, PRIMARY, ROLES
from ipxray.policy.rows import ScenarioChange
from ipxray.policy.stage import Found

__all__ = ["changes"]

_SERVICE_OF = {"home_route_sms": "sccp", "break_out": "grx"}


def changes(found: Found) -> tuple[ScenarioChange, ...]:
    """Every change, network by network in the order of the atlas within a service, then protections and breaches."""
    rows: list[ScenarioChange] = []
    for service, outcome in found.after.state.outcomes.items():
        rows += _links(found, service, outcome)
    rows += _protections(found)
    rows += _breaches(found)
    rows += _vendors(found)
    return tuple(rows)


def _links(found: Found, service: str, outcome: Outcome) -> Iterator[ScenarioChange]:
    effects = found.after.state.effects
    before, after = outcome.routing.roles, outcome.roles_in(found.after.middle)
    shares = outcome.shares_in(found.after.middle)[1]
    lost = {step.line for step in found.stage.scenario.steps if step.kind == "carrier_lost"}
    touched = (before != after) | (np.abs(shares - outcome.routing.point) > 1e-9)
    drawn = {int(row): number for number, row in enumerate(outcome.drawn)}
    for place, node in np.argwhere(touched).tolist():
        old, new = int(before[place, node]), int(after[place, node])
        action = _action(old, new)
        line = int(effects.lines[service][place, node])
        operator = found.ground.atlas.operators[place]
        yield ScenarioChange(
            scenario=found.stage.scenario.name,
            tadig=operator.tadig,
            country=operator.country,
            service=service,
            action=action,
            carrier=outcome.routing.nodes[node],
            role_before=ROLES[old],
            role_after=ROLES[new],
            share_before=round(float(outcome.routing.point[place, node]), DECIMALS),
            share_after=round(float(shares[place, node]), DECIMALS),
            chance=_chance(outcome, drawn.get(place), node, new),
            counts=action in ("remove", "add") and line not in lost,
            step=line or _behind(effects.lines[service][place]),
        )


def _action(old: int, new: int) -> str:
    if old == NONE:
        return "add"
    if new == NONE:
        return "remove"
    return "promote" if (old, new) == (BACKUP, PRIMARY) else "reshare"


def _chance(outcome: Outcome, number: int | None, node: int, role: int) -> float:
    if number is None:
        return 1.0
    roles = outcome.patterns[outcome.choice[number], node]
    return round(float((roles == role).mean()), DECIMALS)


def _behind(lines: Lines) -> int:
    """The one step behind a network's changes on a service, 0 when there are several."""
    found = set(lines[lines > 0].tolist())
    return int(found.pop()) if len(found) == 1 else 0


def _protections(found: Found) -> Iterator[ScenarioChange]:
    for step, _ in found.after.state.effects.protections:
        service = step.service or _SERVICE_OF.get(step.kind, "diameter")
        yield from _acts(found, found.stage.steps.actor(step), service, step.kind, step.line, counts=True)


def _breaches(found: Found) -> Iterator[ScenarioChange]:
    breached = found.after.state.effects.breached
    lines = [step.line for step in found.stage.scenario.steps if step.kind == "breach"]
    yield from _acts(found, breached, "", "breached", lines[0] if len(lines) == 1 else 0, counts=False)


def _vendors(found: Found) -> Iterator[ScenarioChange]:
    for step, row in refused_nodes(found):
        operator = next(one for one in found.ground.atlas.operators if one.tadig == row.tadig)
        yield ScenarioChange(
            found.stage.scenario.name, row.tadig, operator.country, row.node_class, "replace_vendor",
            row.vendor_id or "", "", "", row.share, 0.0, 1.0, counts=True, step=step.line,
        )  # fmt: skip


def _acts(
    found: Found, actor: Flags, service: str, action: str, line: int, *, counts: bool
) -> Iterator[ScenarioChange]:
    for place in np.flatnonzero(actor).tolist():
        operator = found.ground.atlas.operators[place]
        yield ScenarioChange(
            found.stage.scenario.name, operator.tadig, operator.country, service, action, "", "", "", 0.0, 0.0, 1.0,
            counts, line,
        )  # fmt: skip
