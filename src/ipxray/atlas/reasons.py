"""Why a carrier counts as controlled, in words: the holdings from the controller down, with shares and dates."""

from __future__ import annotations

from collections.abc import Mapping

from ipxray.atlas.cascade import Bound
from ipxray.atlas.holdings import PERCENT, Holding

__all__ = ["chain_reason"]

Reached = Mapping[str, tuple[Holding, ...]]


def chain_reason(reached: Reached, subject: str, bound: Bound, names: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the chain to a controlled subject and the keys of its sources, both from the controller downwards.

    `reached` is what Ownership.controlled returned for this bound; the words say which control is expected or
    possible only.
    """
    steps = [(entity, reached[entity]) for entity in _chain(reached, subject)]
    words = "; ".join(_step(entity, holdings, names) for entity, holdings in steps)
    sources = dict.fromkeys(
        statement.source for _, holdings in steps for holding in holdings for statement in holding.statements
    )
    return _CERTAINTY[bound] + words, tuple(sources)


_CERTAINTY = {Bound.LOW: "", Bound.POINT: "expected: ", Bound.HIGH: "possible: "}


def _chain(reached: Reached, subject: str) -> list[str]:
    """All entities behind the subject's control and the subject, in the order in which control spread; no owners."""
    needed, waiting = {subject}, [subject]
    for entity in waiting:
        for holding in reached[entity]:
            if holding.owner not in needed:
                needed.add(holding.owner)
                waiting.append(holding.owner)
    return [entity for entity, holdings in reached.items() if holdings and entity in needed]


def _step(entity: str, holdings: tuple[Holding, ...], names: Mapping[str, str]) -> str:
    parts = [f"{names.get(holding.owner, holding.owner)} {_stake(holding)}" for holding in holdings]
    together = ", together" if len(parts) > 1 else ""
    return f"{' and '.join(parts)} of {names.get(entity, entity)}{together}"


def _stake(holding: Holding) -> str:
    dates = [statement.as_of for statement in holding.statements if statement.as_of is not None]
    dated = f" (as of {max(dates).isoformat()})" if dates else ""
    return f"{_share(holding)}{dated}"


def _share(holding: Holding) -> str:
    without_share = sorted({each.interest_type for each in holding.statements if each.share is None})
    interest = f"with {', '.join(without_share)}" if without_share else ""
    if without_share and all(each.share is None for each in holding.statements):
        return f"{interest}, no share stated,"
    stated = _stated(holding)
    return f"{stated} {interest}" if interest else stated


def _stated(holding: Holding) -> str:
    low, high = holding.low, holding.high
    if (low, high) == (0, 100 * PERCENT):
        return "holds an unknown share"
    if low == high:
        return f"holds {_percent(low)} %"
    over = "over " if low % 10 else ""
    return f"holds {over}{_percent(low)} to {_percent(high)} %"


def _percent(units: int) -> str:
    return f"{round(units / PERCENT, 4):g}"
