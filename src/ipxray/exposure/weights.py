"""How many subscribers of each home network roam on each visited network: the user's figures, or a named assumption."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ipxray.atlas import Atlas
from ipxray.exposure.kernel import Array
from ipxray.exposure.traffic import Traffic
from ipxray.facts import Facts

__all__ = ["Weights", "roamer_weights"]


@dataclass(frozen=True, slots=True)
class Weights:
    """Roamer-days, or subscribers where none are given: home networks in rows, visited in columns, in atlas order."""

    roamers: Array
    assumed: tuple[str, ...]
    """Networks given the median, since their country has no subscription figure; empty with the user's figures."""
    unknown: tuple[str, ...]
    """Networks in the user's figures that the atlas does not know, sorted: their rows are not counted."""
    unknown_share: float
    """Share of the user's roamer-days that could not be counted for it, 0 to 1."""
    world_coverage: float
    """Subscriptions of the countries with a network in the atlas, over those of all countries with a figure."""


def roamer_weights(
    atlas: Atlas, facts: Facts, *, parameters: Mapping[str, float], traffic: Traffic | None = None
) -> Weights:
    """Weigh every ordered pair of networks.

    Without figures, a country's subscriptions are split evenly over its networks in the atlas, and a network's roamers
    are spread over the visited ones by their subscriptions, pairs within one country reduced by `national_roaming`.
    """
    if traffic is not None:
        return _given(atlas, facts, traffic)
    subscribers, assumed = _subscribers(atlas, facts)
    codes = np.unique([operator.country or operator.tadig for operator in atlas.operators], return_inverse=True)[1]
    pull = np.where(codes[:, None] == codes[None, :], parameters["national_roaming"], 1.0) * subscribers[None, :]
    np.fill_diagonal(pull, 0.0)
    total = pull.sum(axis=1, keepdims=True)
    roamers = np.divide(pull * subscribers[:, None], total, out=np.zeros_like(pull), where=total > 0.0)
    return Weights(roamers, assumed, (), 0.0, _world_coverage(atlas, facts))


def _given(atlas: Atlas, facts: Facts, traffic: Traffic) -> Weights:
    place = {operator.tadig: number for number, operator in enumerate(atlas.operators)}
    roamers = np.zeros((len(place), len(place)))
    unknown: Counter[str] = Counter()
    uncounted = 0.0
    for (home, visited), days in traffic.roamer_days.items():
        if home in place and visited in place:
            roamers[place[home], place[visited]] = days
        else:
            unknown.update(tadig for tadig in (home, visited) if tadig not in place)
            uncounted += days
    whole = uncounted + float(roamers.sum())
    share = uncounted / whole if whole else 0.0
    return Weights(roamers, (), tuple(sorted(unknown)), share, _world_coverage(atlas, facts))


def _subscribers(atlas: Atlas, facts: Facts) -> tuple[Array, tuple[str, ...]]:
    """Subscribers per network, the median where the country has no figure; and who got the median."""
    members = Counter(operator.country for operator in atlas.operators)
    known: dict[str, float] = {}
    for operator in atlas.operators:
        country = facts.countries.get(operator.country or "")
        if country is not None and country.subscriptions:
            known[operator.tadig] = country.subscriptions / members[operator.country]
    median = float(np.median(list(known.values()))) if known else 1.0
    figures = np.array([known.get(operator.tadig, median) for operator in atlas.operators], dtype=np.float64)
    return figures, tuple(operator.tadig for operator in atlas.operators if operator.tadig not in known)


def _world_coverage(atlas: Atlas, facts: Facts) -> float:
    present = {operator.country for operator in atlas.operators}
    world = sum(country.subscriptions or 0 for country in facts.countries.values())
    covered = sum(country.subscriptions or 0 for code, country in facts.countries.items() if code in present)
    return covered / world if world else 0.0
