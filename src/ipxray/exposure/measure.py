"""Measure the exposure of every operator, country and alliance of an atlas to one adversary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from ipxray.atlas import Adversary, Atlas
from ipxray.errors import UsageError
from ipxray.exposure.boxes import boxes_of
from ipxray.exposure.cells import Label, blended, exposure_rows
from ipxray.exposure.messages import blends
from ipxray.exposure.pairs import pair_cells
from ipxray.exposure.planes import Plane, planes
from ipxray.exposure.rows import Exposure, Reach, Touch
from ipxray.exposure.subjects import subjects_of
from ipxray.exposure.totals import blocks, totals
from ipxray.exposure.touch import reach_of, touch
from ipxray.exposure.traffic import Traffic
from ipxray.exposure.weights import roamer_weights
from ipxray.facts import Facts

__all__ = ["Assessment", "measure"]

_MAXIMUM_PAIRS = 40_000
"""Ordered pairs of 200 networks: 720,000 rows, about half a gigabyte. Beyond, pairs are asked for one at a time."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one adversary could see, alter and inject, for every subject, and what the figures rest on."""

    at: date
    adversary: Adversary
    exposure: tuple[Exposure, ...]
    """Operators in the atlas's order, countries, alliances; then pairs where asked for."""
    touch: tuple[Touch, ...]
    reach: Reach
    unweighted: tuple[str, ...]
    """Networks without partner or roamers (one alone, or absent from the given traffic): no row in `exposure`."""
    assumed_weights: tuple[str, ...]
    """Networks weighted by the median, because no subscription figure is known for their country."""
    unknown_networks: tuple[str, ...]
    """Networks in the given traffic that are not in the atlas."""
    unknown_traffic: float
    """Share of the given roamer-days that could not be counted for it, 0 to 1."""
    world_coverage: float
    """Subscriptions of the countries with a network in the atlas, over the world's, 0 to 1."""


def measure(
    atlas: Atlas,
    facts: Facts,
    adversary: Adversary,
    *,
    parameters: Mapping[str, float],
    traffic: Traffic | None = None,
    pairs: bool = False,
) -> Assessment:
    """Measure every subject for every service, data class, threat and direction that a message kind exists for.

    With `pairs`, every ordered pair of networks gets rows too, all services and both directions together; `pair` gives
    one pair in full. Raises UsageError when that would be more than 40,000 pairs. Ref: docs/method.md
    """
    size = len(atlas.operators)
    if pairs and size * (size - 1) > _MAXIMUM_PAIRS:
        raise UsageError(f"{size} networks have too many pairs to list", hint="ask for one pair with `ipxray route`")
    weights = roamer_weights(atlas, facts, parameters=parameters, traffic=traffic)
    kinds = blends(parameters)
    seen = planes(boxes_of(atlas), adversary, parameters)
    rows: list[Exposure] = []
    if size:
        subjects = subjects_of(atlas.operators, facts, atlas.at)
        sums = subjects.gather(totals(seen, weights.roamers, subjects.groups))
        rows += exposure_rows(blended(sums, kinds), subjects.labels, kinds, adversary, parameters)
    if pairs:
        rows += _pair_rows(atlas, adversary, seen, parameters)
    touched = touch(atlas, adversary)
    weighted = np.asarray(weights.roamers.any(axis=0) | weights.roamers.any(axis=1))
    return Assessment(
        at=atlas.at,
        adversary=adversary,
        exposure=tuple(rows),
        touch=touched,
        reach=reach_of(touched),
        unweighted=tuple(one.tadig for one, has in zip(atlas.operators, weighted, strict=True) if not has),
        assumed_weights=weights.assumed,
        unknown_networks=weights.unknown,
        unknown_traffic=weights.unknown_share,
        world_coverage=weights.world_coverage,
    )


def _pair_rows(
    atlas: Atlas, adversary: Adversary, seen: Sequence[Plane], parameters: Mapping[str, float]
) -> Iterator[Exposure]:
    mixed = blends(parameters, services=("all",), directions=("both",))
    names = [operator.tadig for operator in atlas.operators]
    for homes in blocks(len(names)):
        yield from exposure_rows(
            pair_cells(seen, mixed, homes, slice(0, len(names))),
            [Label("pair", home, visited) for home in names[homes] for visited in names],
            mixed,
            adversary,
            parameters,
        )
