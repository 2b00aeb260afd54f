"""Expected exposure of every seeded run, in factors: only rows that chance touches are multiplied anew.

The expected level of a pair is reach + arrive · ((1 - reach) - preference · X) with X a product over carriers (see
ipxray.exposure.kernel), so sums over one end need no pair: two matrix products for the first run, and for each other
run the same for the rows that differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ipxray.exposure import LEVELS, Array, Plane, Subjects
from ipxray.policy.ground import Ground
from ipxray.policy.layers import Layer, layer_planes
from ipxray.policy.protection import coefficients
from ipxray.policy.state import PairKind, State

__all__ = ["Spread", "spread"]

_EXPECTED = LEVELS.index("expected")


class Spread(NamedTuple):
    """Expected exposure in every run [run, blend, perspective, subject]: all services together, counterpart all."""

    expected: Array
    places: Sequence[int]
    """Places of these blends in ground.blends."""


class _Products(NamedTuple):
    """Products of the pair weights with a run's factors [N, 2K], and the factors themselves."""

    factors: Array
    by_home: Array
    by_visited: Array


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
    known: list[_Products | None] = [None] * len(ground.boxes)
    weights: list[Array] = []
    for run in range(len(found)):
        layer = Layer(kind.pairs, state.boxes(run, kind.avoided), (), kind.breached, state.trusted)
        seen = layer_planes(layer, state.effects.control.adversary, ground)
        if not weights:
            weights = [_pairs(plane, roamers) for plane in seen]
        sums = np.empty((2, len(seen), 2, 2, len(roamers)))
        for place, plane in enumerate(seen):
            products = _products(plane, weights[place], known[place])
            known[place] = known[place] or products
            sums[0, place] = _on_path(plane, weights[place], products)
            sums[1, place] = _over_link(plane, weights[place])
        for chosen, source in ((~forged, sums[0]), (forged, sums[1])):
            by_network = np.tensordot(factors[chosen], source, axes=((1, 2), (0, 2)))
            found[run, chosen] += _by_subject(by_network, subjects)


def _pairs(plane: Plane, roamers: Array) -> Array:
    applicable = plane.boxes.applicable.astype(np.float64)
    return roamers * applicable[:, None] * applicable[None, :]


def _products(plane: Plane, weights: Array, first: _Products | None) -> _Products:
    surface = plane.surfaces.point
    most = surface.most[:, :-1]  # the last node stands for what a missing declaration hides: never on-net
    factors = np.hstack([surface.arrive[:, None] * surface.on_net[:-1].T, most])
    if first is None:
        return _Products(factors, weights @ factors, weights.T @ factors)
    rows = np.flatnonzero((factors != first.factors).any(axis=1))
    change = factors[rows] - first.factors[rows]
    return _Products(factors, first.by_home + weights[:, rows] @ change, first.by_visited + weights[rows].T @ change)


def _on_path(plane: Plane, weights: Array, products: _Products) -> Array:
    """[perspective, end, network], as totals sums them: the home end sends along rows, the visited along columns."""
    surface = plane.surfaces.point
    size = surface.most.shape[1] - 1
    most, on_net = surface.most[:, :-1], surface.on_net[:-1].T
    reach, arrive, preference = surface.reach, surface.arrive, surface.preference
    found = np.empty((2, 2, len(reach)))
    for end, (rows, by_row, by_column) in enumerate(
        ((weights, products.by_home, products.by_visited), (weights.T, products.by_visited, products.by_home))
    ):
        sender = reach * rows.sum(axis=1) + (1.0 - reach) * (rows @ arrive)
        sender -= preference * (most * by_row[:, :size]).sum(axis=1)
        receiver = rows.T @ reach + arrive * (rows.T @ (1.0 - reach))
        receiver -= preference * arrive * (on_net * by_column[:, size:]).sum(axis=1)
        found[end, end], found[1 - end, end] = sender, receiver
    return plane.scale.expected * found


def _over_link(plane: Plane, weights: Array) -> Array:
    """[perspective, end, network] of messages forged over the home's and over the visited network's link."""
    value = plane.injection[_EXPECTED]
    found = np.empty((2, 2, len(value)))
    found[0, 0], found[0, 1] = value * weights.sum(axis=1), weights @ value
    found[1, 0], found[1, 1] = weights.T @ value, value * weights.sum(axis=0)
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
        applicable = boxes.applicable.astype(np.float64)
        pairs = roamers * applicable[:, None] * applicable[None, :]
        sums.append(np.stack([pairs.sum(axis=1), pairs.sum(axis=0)]))
    weights = np.stack([ground.blends[place].weights.sum(axis=1) for place in places])
    return _by_subject(np.tensordot(weights, np.stack(sums), axes=(1, 0)), subjects)
