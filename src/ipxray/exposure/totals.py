"""Sum every level over all pairs, by network, in blocks: what a subject's rows of the exposure table are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ipxray.exposure.kernel import Array, Surface
from ipxray.exposure.planes import LEVELS, STAGES, Plane

__all__ = ["PERSPECTIVES", "Totals", "blocks", "totals"]

PERSPECTIVES = ("outbound", "inbound")
"""outbound: the subject's own subscribers abroad; inbound: the subscribers of others that it hosts."""

_BLOCK_BYTES = 512 << 10
"""One block of one level stays in a core's second-level cache; a few of them are all that is held beside the inputs."""
_LEAST_ROWS = 64
"""Each block reads one whole factor of the level anew: with fewer rows that would cost more than the cache saves."""


class Totals(NamedTuple):
    """Sums over the counterparts of each network, weighted by roamer-days.

    Axes: service, perspective, end (which chose the path, or over whose link a forgery comes), level, network, group of
    counterparts. Levels are LEVELS, then low and high of each stage but the last. Group 0 is everyone.
    """

    levels: Array
    injection: Array
    weight: Array
    """[service, perspective, network, group]: roamer-days of the pairs that have this service."""
    coverage: Array
    """As weight: roamer-days times the probability that both declarations still hold."""
    confirmation: Array
    """As weight: roamer-days times the mean confirmed share of both ends."""


def blocks(size: int) -> Iterator[slice]:
    """Cut rows of a square of this size into slices that fit the cache."""
    rows = max(_LEAST_ROWS, _BLOCK_BYTES // (8 * max(1, size)))
    return (slice(start, min(start + rows, size)) for start in range(0, size, rows))


def totals(
    planes: Sequence[Plane], roamers: Array, groups: Array, *, staged: bool = True, open_world: bool = True
) -> Totals:
    """Sum all planes over `roamers` [home, visited]; `groups` [N, G] marks counterparts, its first column everyone."""
    found = [_plane_totals(plane, roamers, groups, staged=staged, open_world=open_world) for plane in planes]
    return Totals(*(np.stack(part) for part in zip(*found, strict=True)))


def _plane_totals(plane: Plane, roamers: Array, groups: Array, *, staged: bool, open_world: bool) -> Totals:
    applicable = plane.boxes.applicable.astype(np.float64)
    weights = roamers * applicable[:, None] * applicable[None, :]
    one = np.ones(len(weights))
    summed = _Separable(weights, groups)
    free_of_force = 1.0 - plane.surfaces.captured
    free_of_touch = 1.0 - plane.surfaces.touched
    weight = summed(one, one)
    levels = np.zeros((2, 2, len(LEVELS) + 2 * (len(STAGES) - 1), *groups.shape))
    # Forced and possible do not depend on who chose the path: either end captured, either end touched.
    levels[:, :, LEVELS.index("forced")] = (plane.scale.low * (weight - summed(free_of_force, free_of_force)))[:, None]
    levels[:, :, LEVELS.index("possible")] = (plane.scale.high * (weight - summed(free_of_touch, free_of_touch)))[
        :, None
    ]
    for surface, places in _wanted(plane, staged=staged, open_world=open_world):
        found = _surface_totals(surface, weights, groups)
        for place, factor in places:
            levels[:, :, place] = factor * found
    injection = np.stack([_by_end(summed, level, one) for level in plane.injection], axis=2)
    confirmation = 0.5 * (summed(plane.confirmation, one) + summed(one, plane.confirmation))
    return Totals(levels, injection, weight, summed(plane.freshness, plane.freshness), confirmation)


def _wanted(plane: Plane, *, staged: bool, open_world: bool) -> list[tuple[Surface, list[tuple[int, float]]]]:
    """Every distinct surface once, with the levels it fills and their factors: stages without doubt share theirs."""
    place = {name: number for number, name in enumerate(LEVELS)}
    found, scale = plane.surfaces, plane.scale
    wanted = [(found.point, place["expected"], scale.expected)]
    wanted += [(found.low, place["low"], scale.low), (found.high, place["high"], scale.high)]
    if open_world:
        wanted.append((found.open_world, place["open_world_high"], scale.high))
    if staged:
        for number, (low, high) in enumerate(found.stages[:-1]):
            first = len(LEVELS) + 2 * number
            wanted += [(low, first, scale.low), (high, first + 1, scale.high)]
    grouped: dict[int, tuple[Surface, list[tuple[int, float]]]] = {}
    for surface, level, factor in wanted:
        grouped.setdefault(id(surface), (surface, []))[1].append((level, factor))
    return list(grouped.values())


def _surface_totals(surface: Surface, weights: Array, groups: Array) -> Array:
    """[perspective, end, network, group] of one surface. Its rows are senders: the home where the home end chose."""
    found = np.zeros((2, 2, *groups.shape))
    everyone = slice(0, len(weights))
    for rows in blocks(len(weights)):
        share = surface.block(rows, everyone)
        weighted = share * weights[rows]
        found[0, 0, rows] += weighted @ groups
        found[1, 0] += weighted.T @ groups[rows]
        np.multiply(share, weights[:, rows].T, out=weighted)
        found[1, 1, rows] += weighted @ groups
        found[0, 1] += weighted.T @ groups[rows]
    return found


class _Separable:
    """Sums of products of one factor per network: no pair needs to be looked at but once a factor."""

    def __init__(self, weights: Array, groups: Array) -> None:
        self._weights, self._groups = weights, groups
        self._others: dict[bytes, tuple[Array, Array]] = {}

    def __call__(self, subject: Array, counterpart: Array) -> Array:
        """Return [perspective, network, group] of Σ weight · subject[network] · counterpart[other]."""
        return np.stack([subject[:, None] * found for found in self._summed(counterpart)])

    def _summed(self, counterpart: Array) -> tuple[Array, Array]:
        key = counterpart.tobytes()
        if key not in self._others:
            others = self._groups * counterpart[:, None]
            self._others[key] = self._weights @ others, (others.T @ self._weights).T
        return self._others[key]


def _by_end(summed: _Separable, value: Array, one: Array) -> Array:
    """[perspective, end, network, group]: the value belongs to the subject when its end is the one forged to."""
    own, other = summed(value, one), summed(one, value)
    return np.stack([np.stack([own[0], other[0]]), np.stack([other[1], own[1]])])
