"""Who controls which fictional carrier, worked out step by step from the stakes, without the atlas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ipxray.lab.places import STATES, TERRITORY
from ipxray.lab.plan import AT, Holder, PlannedCarrier, Stake

__all__ = ["TrueControl", "true_control"]

_STEPS = 8
"""The longest chain of any ownership case has four steps; circles add nothing beyond twice that."""

# Thousandths of a hundredth of a percent: the last digit tells "more than 50 %" from "50 %".
_UNIT = 1_000
_RULES: Mapping[str, int] = {
    "majority_50": 5_000 * _UNIT,
    "over_50": 5_000 * _UNIT + 1,
    "blocking_25": 2_500 * _UNIT,
    "ten_percent": 1_000 * _UNIT,
}
_BOUNDS = ("low", "point", "high")


class TrueControl(NamedTuple):
    """One carrier, controller and rule: whether control holds at the lower bounds, the middles and the upper bounds."""

    carrier: str
    controller: str
    rule: str
    low: bool
    point: bool
    high: bool


Interval = Mapping[str, int]
Owned = Mapping[str, Mapping[str, Interval]]


def true_control(
    carriers: Sequence[PlannedCarrier], holders: Sequence[Holder], stakes: Sequence[Stake]
) -> list[TrueControl]:
    """Work out every carrier, controller and rule under which control is certain or possible at the date of the truth.

    A state is its own entity and its bodies. An interest that is no share, and a share of which nothing is known, make
    control possible and never expected. Where statements differ, all may be right and the latest is expected.
    """
    owned = _owned([stake for stake in stakes if _in_force(stake)])
    bodies = {code: {f"state-{code.lower()}"} for code in STATES}
    for holder in holders:
        if holder.type == "stateBody" and holder.jurisdiction:
            bodies[holder.jurisdiction].add(holder.id)
    found = []
    for carrier in carriers:
        seats = (carrier.seat, STATES[0]) if carrier.seat == TERRITORY else (carrier.seat,)
        found += [TrueControl(carrier.id, seat, "seat", low=True, point=True, high=True) for seat in seats]
        above = _everyone_above(carrier.entity, owned)
        candidates = {code: owners for code, owners in bodies.items() if owners & above}
        candidates |= {entity: {entity} for entity in above if not entity.startswith("state-")}
        for controller, owners in candidates.items():
            found += _under_each_rule(carrier, controller, frozenset(owners), owned)
    return sorted(found)


def _in_force(stake: Stake) -> bool:
    return (stake.start is None or stake.start <= AT) and (stake.end is None or stake.end > AT)


def _owned(stakes: Sequence[Stake]) -> Owned:
    pairs: dict[tuple[str, str], list[Stake]] = {}
    for stake in stakes:
        pairs.setdefault((stake.subject, stake.holder), []).append(stake)
    owned: dict[str, dict[str, Interval]] = {}
    for (subject, holder), found in pairs.items():
        readings = [_interval(stake) for stake in found]
        latest = max(range(len(found)), key=lambda place: str(found[place].as_of or ""))
        owned.setdefault(subject, {})[holder] = {
            "low": min(reading["low"] for reading in readings),
            "point": readings[latest]["point"],
            "high": max(reading["high"] for reading in readings),
        }
    return owned


def _interval(stake: Stake) -> Interval:
    if stake.least is None or stake.most is None or (stake.least, stake.most) == (0, 10_000):
        return {"low": 0, "point": 0, "high": 10_000 * _UNIT}
    low = stake.least * _UNIT + stake.above_least
    middle = (stake.least + stake.most) * _UNIT // 2
    return {"low": low, "point": max(low, middle), "high": stake.most * _UNIT - stake.below_most}


def _everyone_above(entity: str, owned: Owned) -> set[str]:
    above: set[str] = set()
    level = {entity}
    while level:
        level = {holder for subject in level for holder in owned.get(subject, {})} - above
        above |= level
    return above - {entity}


def _under_each_rule(
    carrier: PlannedCarrier, controller: str, owners: frozenset[str], owned: Owned
) -> list[TrueControl]:
    rows = []
    for rule, threshold in _RULES.items():
        low, point, high = (_Control(owners, threshold, bound, owned).reaches(carrier.entity) for bound in _BOUNDS)
        if high:
            rows.append(TrueControl(carrier.id, controller, rule, low, point, high))
    return rows


class _Control(NamedTuple):
    """The definition, to be read aloud: whose control, how much it takes, which end of every share is believed."""

    owners: frozenset[str]
    threshold: int
    bound: str
    owned: Owned

    def reaches(self, entity: str, steps: int = _STEPS) -> bool:
        """It is one of the owners, or what they and all that they control hold of it reaches the threshold."""
        if entity in self.owners or steps == 0:
            return entity in self.owners
        holders = self.owned.get(entity, {})
        return self.threshold <= sum(
            interval[self.bound] for holder, interval in holders.items() if self.reaches(holder, steps - 1)
        )
