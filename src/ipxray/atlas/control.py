"""Who controls which carrier at a date, under every rule: shares by cascade, seats by law. Ref: OFAC FAQ 401."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ipxray.atlas.cascade import THRESHOLDS, Bound, Ownership
from ipxray.atlas.holdings import Holding, holdings_at
from ipxray.atlas.model import CONTROL_RULES, Control, ControlRule
from ipxray.atlas.reasons import Reasons
from ipxray.atlas.states import seats, state_bodies, state_code
from ipxray.facts import Facts

__all__ = ["control_rows", "controlling_states", "ownership_at"]

_WIDEST: ControlRule = "ten_percent"


class _Controller(NamedTuple):
    """Who may control: the name it goes by in the rows, and the entities that are it."""

    id: str
    entities: tuple[str, ...]


def ownership_at(facts: Facts, at: date) -> Ownership:
    """Return the ownership graph of the statements in force at the date."""
    return Ownership(holdings_at(facts.ownership, at))


def control_rows(facts: Facts, ownership: Ownership, *, territory_seat: float) -> tuple[Control, ...]:
    """Return every carrier, controller and rule under which control is certain or possible, sorted by those three.

    Controllers are all states (ISO code) and every other entity that controls a carrier (entity id), never the
    carrier itself.
    """
    carriers: dict[str, list[str]] = {}
    for carrier in facts.carriers.values():
        carriers.setdefault(carrier.entity, []).append(carrier.id)
    reasons = Reasons(facts)
    rows = list(_seat_rows(facts, territory_seat))
    for controller in _controllers(facts, ownership):
        rows += _share_rows(controller, ownership, carriers, reasons)
    order = {str(rule): place for place, rule in enumerate(CONTROL_RULES)}
    return tuple(sorted(rows, key=lambda row: (row.carrier_id, row.controller, order[row.rule])))


def controlling_states(facts: Facts, ownership: Ownership, entities: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Return, for each of the entities, the states expected to control it by at least 50 % (cascade), sorted."""
    found: dict[str, list[str]] = {}
    for state, bodies in state_bodies(facts).items():
        reached = ownership.controlled(bodies, THRESHOLDS["majority_50"], Bound.POINT)
        for entity in entities & reached.keys():
            found.setdefault(entity, []).append(state)
    return {entity: tuple(states) for entity, states in found.items()}


def _controllers(facts: Facts, ownership: Ownership) -> Iterator[_Controller]:
    for state, bodies in state_bodies(facts).items():
        yield _Controller(state, bodies)
    for owner in ownership.owners:
        if state_code(owner) is None:
            yield _Controller(owner, (owner,))


def _seat_rows(facts: Facts, territory_seat: float) -> Iterator[Control]:
    for carrier in facts.carriers.values():
        for seat in seats(facts, carrier.seat, carrier.source, territory_seat=territory_seat):
            yield Control(carrier.id, seat.state, "seat", 1.0, 1.0, 1.0, seat.reason, seat.source)


def _share_rows(
    controller: _Controller, ownership: Ownership, carriers: Mapping[str, list[str]], reasons: Reasons
) -> Iterator[Control]:
    # The widest run of all first: most owners control no carrier even then, and need no other run.
    widest = ownership.controlled(controller.entities, THRESHOLDS[_WIDEST], Bound.HIGH)
    found = [entity for entity in widest if entity in carriers and entity != controller.id]
    if not found:
        return
    for rule, threshold in THRESHOLDS.items():
        runs = {bound: ownership.controlled(controller.entities, threshold, bound) for bound in Bound}
        for entity in found:
            if entity in runs[Bound.HIGH]:
                low, point, high = (float(entity in runs[bound]) for bound in Bound)
                reason, source = _reason(controller, entity, runs, reasons)
                for carrier in carriers[entity]:
                    yield Control(carrier, controller.id, rule, low, point, high, reason, source)


def _reason(
    controller: _Controller, entity: str, runs: Mapping[Bound, Mapping[str, tuple[Holding, ...]]], reasons: Reasons
) -> tuple[str, tuple[str, ...]]:
    if entity in controller.entities:
        return reasons.body(entity, controller.id)
    surest = next(bound for bound in Bound if entity in runs[bound])
    return reasons.chain(runs[surest], entity, surest)
