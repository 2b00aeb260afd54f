"""Expected exposure of every seeded run, in factors: only rows that chance touches are multiplied anew.

The expected level of a pair is r_s + r_v · ((1 - r_s) - preference · X) with r each end's share on the set and X a
product over carriers (see ipxray.exposure.kernel), so sums over one end need no pair: two matrix products for the
first run, and for each other run the same for the rows that differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ipxray.exposure import Array, Boxes, Flags, Subjects, preference_of, scale_of
from ipxray.policy.ground import Ground
from ipxray.policy.protection import coefficients
from ipxray.policy.state import PairKind, State

__all__ = ["Spread", "spread"]


class Spread(NamedTuple):
    """Expected exposure in every run [run, blend, perspective, subject]: all services together, counterpart all."""

    expected: Array
    places: Sequence[int]
    """Places of these blends in ground.blends."""


class _Factors(NamedTuple):
    """One service in one run: r · on-net and shares outside the set [N, K], r and forgeries accepted [N]."""

    on_net: Array
    outside: Array
    reach: Array
    forged: Array

    def stacked(self) -> Array:
        """[N, 2K + 2]."""
        return np.hstack([self.reach[:, None] * self.on_net, self.outside, self.reach[:, None], self.forged[:, None]])


class _Weighed:
    """The pairs of one service: their weights, and the products of the first run."""

    def __init__(self, weights: Array) -> None:
        self.weights = weights
        self.by_row, self.by_column = weights.sum(axis=1), weights.sum(axis=0)
        self._first: tuple[Array, Array, Array] | None = None

    def products(self, factors: Array) -> tuple[Array, Array]:
        """Weights times factors, and transposed weights times factors."""
        if self._first is None:
            self._first = factors, self.weights @ factors, self.weights.T @ factors
            return self._first[1:]
        first, forward, backward = self._first
        rows = np.flatnonzero((factors != first).any(axis=1))
        change = factors[rows] - first[rows]
        columns = np.flatnonzero(change.any(axis=0))
        narrow = np.ascontiguousarray(change[:, columns])
        forward, backward = forward.copy(), backward.copy()
        forward[:, columns] += self.weights[:, rows] @ narrow
        backward[:, columns] += self.weights[rows].T @ narrow
        return forward, backward


def spread(state: State, subjects: Subjects, whole: Array, runs: int) -> Spread:
    """Compute every run; `whole` are the denominators [blend, perspective, subject]."""
    ground = state.ground
    places = [place for place, kind in enumerate(ground.blends) if kind.service == "all"]
    everyone = len(subjects.operators) + len(subjects.countries)
    last = len(subjects.alliances)
    divisor = np.concatenate([whole[places][..., :everyone], whole[places][..., whole.shape[2] - last :]], axis=-1)
    found = np.zeros((runs, *divisor.shape))
    for kind in state.kinds:
        if kind.breached:
            found += _all_seen(ground, kind, subjects, places)
        else:
            _add_runs(found, state, kind, subjects, places)
    return Spread(np.divide(found, divisor, out=np.zeros_like(found), where=divisor > 0.0), places)


def _add_runs(found: Array, state: State, kind: PairKind, subjects: Subjects, places: Sequence[int]) -> None:
    ground = state.ground
    protections = tuple(state.effects.protections[place][1] for place in kind.protections)
    blends = [ground.blends[place] for place in places]
    factors = coefficients(blends, protections, ground.parameters)
    forged = np.array([blend.threat == "inject" for blend in blends])
    roamers = np.where(kind.pairs, ground.roamers, 0.0)
    weighed: list[_Weighed] = []
    for run in range(len(found)):
        boxes = state.boxes(run, kind.avoided)
        linked = state.boxes(run) if kind.avoided else boxes
        weighed = weighed or [_Weighed(_pairs(one, roamers)) for one in boxes]
        sums = np.empty((2, len(boxes), 2, 2, len(roamers)))
        for place, one in enumerate(_factors(state, boxes, linked)):
            sums[:, place] = _sums(one, weighed[place], ground)
        for chosen, source in ((~forged, sums[0]), (forged, sums[1])):
            by_network = np.tensordot(factors[chosen], source, axes=((1, 2), (0, 2)))
            found[run, chosen] += _by_subject(by_network, subjects)


def _pairs(boxes: Boxes, roamers: Array) -> Array:
    applicable = boxes.applicable.astype(np.float64)
    return roamers * applicable[:, None] * applicable[None, :]


def _factors(state: State, boxes: Sequence[Boxes], linked: Sequence[Boxes]) -> list[_Factors]:
    """The expected level of every service, as ipxray.exposure.planes has it."""
    members = [(state.members(one) > 0.5).astype(np.float64) for one in boxes]
    on_set = [one.declared.point @ inside for one, inside in zip(boxes, members, strict=True)]
    holds = [
        ((one.declared.high > 0.0) @ inside > 0.0).astype(np.float64)
        for one, inside in zip(linked, members, strict=True)
    ]
    found = []
    for place, (one, inside) in enumerate(zip(boxes, members, strict=True)):
        missing = one.declared.missing
        forged = np.where(missing, _prior(linked, holds, place), holds[place])
        if state.trusted is not None:
            forged = np.where(state.trusted, 1.0, forged)
        found.append(
            _Factors(
                on_net=(one.declared.high > 0.0).astype(np.float64),
                outside=one.declared.point * (1.0 - inside),
                reach=np.where(missing, _prior(boxes, on_set, place), on_set[place]),
                forged=forged,
            )
        )
    return found


def _prior(boxes: Sequence[Boxes], values: Sequence[Array], place: int) -> float:
    """What to expect of a network that declares nothing: the mean of those that do, here, else on any service."""
    declaring: list[Flags] = [~one.declared.missing & one.applicable for one in boxes]
    for places in ([place], range(len(boxes))):
        known = np.concatenate([values[each][declaring[each]] for each in places])
        if known.size:
            return float(np.clip(known.mean(), 0.0, 1.0))
    return 0.0


def _sums(one: _Factors, weighed: _Weighed, ground: Ground) -> Array:
    """[on a path or over a link, perspective, end, network], as the totals of the exposure room sum them."""
    preference, size = preference_of(ground.parameters).point, one.on_net.shape[1]
    reach, rest = one.reach, 1.0 - one.reach
    forward, backward = weighed.products(one.stacked())
    found = np.empty((2, 2, 2, len(reach)))
    ends = (
        (forward, backward, weighed.by_row, weighed.by_column),
        (backward, forward, weighed.by_column, weighed.by_row),
    )
    for end, (by_row, by_column, row, column) in enumerate(ends):
        sender = reach * row + rest * by_row[:, -2] - preference * (one.outside * by_row[:, :size]).sum(axis=1)
        arriving = column - by_column[:, -2] - preference * (one.on_net * by_column[:, size:-2]).sum(axis=1)
        found[0, end, end], found[0, 1 - end, end] = sender, by_column[:, -2] + reach * arriving
        found[1, end, end], found[1, 1 - end, end] = one.forged * row, by_column[:, -1]
    found[0] *= scale_of(ground.parameters).expected
    return found


def _by_subject(by_network: Array, subjects: Subjects) -> Array:
    """[blend, perspective, subject]: operators, countries, then alliances with all counterparts."""
    members = subjects.groups[:, 1:]
    return np.concatenate([by_network, by_network @ subjects.in_country, by_network @ members], axis=-1)


def _all_seen(ground: Ground, kind: PairKind, subjects: Subjects, places: Sequence[int]) -> Array:
    """[blend, perspective, subject]: every message of pairs with a breached end."""
    roamers = np.where(kind.pairs, ground.roamers, 0.0)
    sums = []
    for boxes in ground.boxes:
        pairs = _pairs(boxes, roamers)
        sums.append(np.stack([pairs.sum(axis=1), pairs.sum(axis=0)]))
    weights = np.stack([ground.blends[place].weights.sum(axis=1) for place in places])
    return _by_subject(np.tensordot(weights, np.stack(sums), axes=(1, 0)), subjects)
