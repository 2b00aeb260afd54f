"""Control by cascade with aggregation: what a set of owners controls counts, added up, as theirs. Ref: OFAC FAQ 401."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

from ipxray.atlas.holdings import PERCENT, Holding
from ipxray.atlas.model import ControlRule

__all__ = ["THRESHOLDS", "Bound", "Ownership"]

THRESHOLDS: Mapping[ControlRule, int] = {
    "majority_50": 50 * PERCENT,
    "over_50": 50 * PERCENT + 1,
    "blocking_25": 25 * PERCENT,
    "ten_percent": 10 * PERCENT,
}
"""The share that controls, by rule, in units of PERCENT, inclusive. `seat` is no share rule."""


class Bound(IntEnum):
    """Which end of every share a run believes: low, point or high of each holding."""

    LOW = 0
    POINT = 1
    HIGH = 2


class Ownership:
    """The holdings of one date as a graph from owners to what they own; cycles are allowed."""

    def __init__(self, holdings: Iterable[Holding]) -> None:
        self._held_by: dict[str, list[tuple[str, tuple[int, int, int], Holding]]] = {}
        for holding in holdings:
            shares = (holding.low, holding.point, holding.high)
            self._held_by.setdefault(holding.owner, []).append((holding.subject, shares, holding))

    @property
    def owners(self) -> tuple[str, ...]:
        """Everyone who owns anything, in the order of the holdings."""
        return tuple(self._held_by)

    def controlled(self, owners: Iterable[str], threshold: int, bound: Bound) -> dict[str, tuple[Holding, ...]]:
        """Return all that the owners control together, themselves included, in the order in which control spreads.

        An entity joins when what the set holds of it adds up to the threshold, until nothing joins. Each entity maps
        to the holdings that carried it over the threshold; an owner maps to none. Every owner enters once, so cross-
        holdings end.
        """
        reached: dict[str, tuple[Holding, ...]] = dict.fromkeys(owners, ())
        totals: dict[str, int] = {}
        behind: dict[str, list[Holding]] = {}
        spreading = list(reached)
        for owner in spreading:
            for subject, shares, holding in self._held_by.get(owner, ()):
                share = shares[bound]
                if subject in reached or not share:
                    continue
                total = totals[subject] = totals.get(subject, 0) + share
                behind.setdefault(subject, []).append(holding)
                if total >= threshold:
                    reached[subject] = tuple(behind[subject])
                    spreading.append(subject)
        return reached
