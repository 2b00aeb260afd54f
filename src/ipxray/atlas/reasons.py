"""Why a carrier counts as controlled, in words: the holdings from the controller down, with shares and dates."""

from __future__ import annotations

from collections.abc import Mapping

from ipxray.atlas.cascade import Bound
from ipxray.atlas.holdings import PERCENT, Holding
from ipxray.atlas.states import state_bodies, state_name
from ipxray.facts import Facts

__all__ = ["Reasons"]

_Reached = Mapping[str, tuple[Holding, ...]]
_CERTAINTY = {Bound.LOW: "", Bound.POINT: "expected: ", Bound.HIGH: "possible: "}


class Reasons:
    """Chains of holdings in words; the words of each holding are remembered, so use one for the facts of one date."""

    def __init__(self, facts: Facts) -> None:
        self._entities = facts.entities
        self._names = _entity_names(facts)
        self._stakes: dict[tuple[str, str], str] = {}

    def chain(self, reached: _Reached, subject: str, bound: Bound) -> tuple[str, tuple[str, ...]]:
        """Return the chain to a controlled subject and the keys of its sources, both from the controller downwards.

        `reached` is what Ownership.controlled returned for this bound; the words say which control is expected or
        possible only.
        """
        steps = [(entity, reached[entity]) for entity in _chain(reached, subject)]
        words = "; ".join(self._step(entity, holdings) for entity, holdings in steps)
        found = (statement.source for _, step in steps for holding in step for statement in holding.statements)
        return _CERTAINTY[bound] + words, tuple(dict.fromkeys(found))

    def body(self, entity: str, state: str) -> tuple[str, tuple[str, ...]]:
        """Return why an entity that is a state or its body counts as the state's, and the key of the source."""
        source = (self._entities[entity].source,) if entity in self._entities else ()
        return f"{self._names.get(entity, entity)} is part of the state {state}", source

    def _step(self, entity: str, holdings: tuple[Holding, ...]) -> str:
        together = ", together" if len(holdings) > 1 else ""
        return f"{' and '.join(map(self._stake, holdings))} of {self._names.get(entity, entity)}{together}"

    def _stake(self, holding: Holding) -> str:
        pair = (holding.owner, holding.subject)
        words = self._stakes.get(pair)
        if words is None:
            words = self._stakes[pair] = f"{self._names.get(holding.owner, holding.owner)} {_share(holding)}"
        return words


def _entity_names(facts: Facts) -> Mapping[str, str]:
    """How a reason calls each entity: a state by its country's name, a body with the state it is part of."""
    names = {entity.id: entity.name for entity in facts.entities.values()}
    for state, (head, *bodies) in state_bodies(facts).items():
        names[head] = f"the state {state_name(facts, state)}"
        names |= {body: f"{facts.entities[body].name} ({state} state body)" for body in bodies}
    return names


def _chain(reached: _Reached, subject: str) -> list[str]:
    """All entities behind the subject's control and the subject, in the order in which control spread; no owners."""
    needed, waiting = {subject}, [subject]
    for entity in waiting:
        for holding in reached[entity]:
            if holding.owner not in needed:
                needed.add(holding.owner)
                waiting.append(holding.owner)
    return [entity for entity, holdings in reached.items() if holdings and entity in needed]


def _share(holding: Holding) -> str:
    interests = sorted({each.interest_type for each in holding.statements if each.share is None})
    stated = _stated(holding) if any(each.share for each in holding.statements) else ""
    beside = f"with {', '.join(interests)}" if interests else ""
    dates = [statement.as_of for statement in holding.statements if statement.as_of is not None]
    dated = f"(as of {max(dates).isoformat()})" if dates else ""
    alone = "" if stated else "and no share stated"
    return " ".join(part for part in (stated, beside, alone, dated) if part)


def _stated(holding: Holding) -> str:
    low, high = holding.low, holding.high
    if (low, high) == (0, 100 * PERCENT):
        return "holds an unknown share"
    if low == high:
        return f"holds {_percent(low)} %"
    return f"holds {'over ' if low % 10 else ''}{_percent(low)} to {_percent(high)} %"


def _percent(units: int) -> str:
    return f"{round(units / PERCENT, 4):g}"
