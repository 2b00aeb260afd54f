"""States as controllers: which entities are part of which state, and under which states a seat falls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ipxray.facts import Facts

__all__ = ["Seat", "seats", "state_bodies", "state_code", "state_name"]

_STATE = "state-"
_COUNTS_UNDER_STATE = 0.5
"""The parameter territory_seat is a yes or no: from a half on, a seat in a territory counts under its state."""


class Seat(NamedTuple):
    """A state whose law a seat falls under, why, and the keys of the sources."""

    state: str
    reason: str
    source: tuple[str, ...]


def state_code(entity: str) -> str | None:
    """Return the ISO code of a state given by its entity id (state-xx), or None for any other entity."""
    code = entity.removeprefix(_STATE)
    return code.upper() if len(code) == 2 and code != entity else None


def state_name(facts: Facts, code: str) -> str:
    """Return the name of a state, or its code where no country row names it."""
    country = facts.countries.get(code)
    return country.name if country else code


def state_bodies(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """Return every state's ISO code with the entities that are part of it: the state first, then its bodies."""
    bodies: dict[str, set[str]] = {code: set() for code in facts.countries}
    for entity in facts.entities.values():
        code = state_code(entity.id) or (entity.jurisdiction if entity.type in ("state", "stateBody") else None)
        if code:
            bodies.setdefault(code.upper(), set()).add(entity.id)
    for statement in facts.ownership:
        if code := state_code(statement.interested_party):
            bodies.setdefault(code, set())
    states = {code: _STATE + code.lower() for code in sorted(bodies)}
    return {code: (state, *sorted(bodies[code] - {state})) for code, state in states.items()}


def seats(facts: Facts, seat: str | None, source: str, *, territory_seat: float) -> tuple[Seat, ...]:
    """Return the states under whose law a seat falls: its own, then, if so chosen, the state of a territory."""
    if seat is None:
        return ()
    name = state_name(facts, seat)
    found = [Seat(seat, f"seat in {name} ({seat})", (source,))]
    country = facts.countries.get(seat)
    if country and country.territory_of and territory_seat >= _COUNTS_UNDER_STATE:
        words = f"seat in {name} ({seat}), counted under {country.territory_of} by the parameter territory_seat"
        found.append(Seat(country.territory_of, words, tuple(dict.fromkeys((source, country.source)))))
    return tuple(found)
