"""Every level for single pairs of home and visited network, in blocks, so that a world of any size fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ipxray.exposure.cells import Cells, in_order
from ipxray.exposure.kernel import Array, Surface
from ipxray.exposure.messages import Blend
from ipxray.exposure.planes import LEVELS, STAGES, Plane

__all__ = ["PairBlock", "pair_block", "pair_blocks", "pair_cells"]

_EVERY_LEVEL = len(LEVELS) + 2 * (len(STAGES) - 1)
_PLAIN_LEVELS = LEVELS.index("possible") + 1

_HOMES = 32
"""Home networks a block: enough for the matrix products, few enough for memory (800 networks, 18 blends: 18 MB)."""


class PairBlock(NamedTuple):
    """Levels [level, blend, home, visited]; a pair without the blend's services has weight [blend, home, visited] 0."""

    homes: slice
    levels: Array
    weight: Array


def pair_blocks(planes: Sequence[Plane], blends: Sequence[Blend]) -> Iterator[PairBlock]:
    """Yield forced, low, expected, high and possible of all ordered pairs, some home networks at a time.

    A network with itself is in the block and means nothing.
    """
    size = len(planes[0].freshness)
    for start in range(0, size, _HOMES):
        yield pair_block(planes, blends, slice(start, min(start + _HOMES, size)), slice(0, size))


def pair_block(
    planes: Sequence[Plane], blends: Sequence[Blend], homes: slice, visited: slice, *, every_level: bool = False
) -> PairBlock:
    """Compute the levels of these pairs: the first five of LEVELS, or every level with the stages of doubt."""
    depth = _EVERY_LEVEL if every_level else _PLAIN_LEVELS
    applicable = _applicable(planes, homes, visited)
    pairs = applicable.shape[1:]
    weight = np.tensordot([blend.weights.sum(axis=1) for blend in blends], applicable, axes=(1, 0))
    divisor = np.where(weight > 0.0, weight, 1.0)
    everywhere = bool(applicable.all())
    coefficients = np.stack([_over_sources(blend) for blend in blends])
    if everywhere:
        coefficients /= divisor[:, 0, 0, None]
    levels = np.empty((depth, len(blends), *pairs))
    sources = np.empty((4 * len(planes), *pairs))
    for level in range(depth):
        for place, plane in enumerate(planes):
            _fill(sources[4 * place : 4 * place + 4], plane, level, homes, visited)
        if not everywhere:
            sources *= np.repeat(applicable, 4, axis=0)
        np.matmul(coefficients, sources.reshape(len(sources), -1), out=levels[level].reshape(len(blends), -1))
        if not everywhere:
            levels[level] /= divisor
    return PairBlock(homes, levels, weight)


def _over_sources(blend: Blend) -> Array:
    """The coefficients laid out as `_fill` lays out its four rows a service: on the path of each end, over its link."""
    on_path = blend.threat != "inject"
    return np.hstack([blend.coefficients * on_path, blend.coefficients * (not on_path)]).ravel()


def pair_cells(planes: Sequence[Plane], blends: Sequence[Blend], homes: slice, visited: slice) -> Cells:
    """Compute the cells of these pairs, subjects in the order home by home; a network with itself is not present."""
    block = pair_block(planes, blends, homes, visited, every_level=True)
    depth, kinds = block.levels.shape[:2]
    fresh = np.stack([np.outer(plane.freshness[homes], plane.freshness[visited]) for plane in planes])
    confirmed = 0.5 * np.stack(
        [np.add.outer(plane.confirmation[homes], plane.confirmation[visited]) for plane in planes]
    )
    shares = np.stack([blend.weights.sum(axis=1) for blend in blends])
    applicable = _applicable(planes, homes, visited)
    divisor = np.where(block.weight > 0.0, block.weight, 1.0)
    itself = np.equal.outer(np.arange(homes.start, homes.stop), np.arange(visited.start, visited.stop))
    coverage, confirmation = (
        np.tensordot(shares, part * applicable, axes=(1, 0)) / divisor for part in (fresh, confirmed)
    )
    return Cells(
        levels=in_order(block.levels.transpose(0, 2, 3, 1).reshape(depth, -1, 1, kinds)),
        coverage=_by_pair(coverage),
        confirmation=_by_pair(confirmation),
        present=_by_pair((block.weight > 0.0) & ~itself),
    )


def _applicable(planes: Sequence[Plane], homes: slice, visited: slice) -> Array:
    """[service, home, visited]: 1 where both networks have the service."""
    has = [plane.boxes.applicable.astype(np.float64) for plane in planes]
    return np.stack([np.outer(one[homes], one[visited]) for one in has])


def _by_pair(part: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """[blend, home, visited] as [pair, perspective, blend]: a pair is seen from its home network only."""
    return part.transpose(1, 2, 0).reshape(-1, 1, len(part))


def _fill(sources: Array, plane: Plane, level: int, homes: slice, visited: slice) -> None:
    """Fill [4, home, visited]: path chosen by the home, by the visited end; forged over the home, the visited link."""
    name = LEVELS[level] if level < len(LEVELS) else ""
    if name in ("forced", "possible"):
        ends = plane.surfaces.captured if name == "forced" else plane.surfaces.touched
        factor = plane.scale.low if name == "forced" else plane.scale.high
        sources[:2] = factor * (1.0 - np.outer(1.0 - ends[homes], 1.0 - ends[visited]))
    else:
        surface, factor = _surface(plane, level)
        np.multiply(surface.block(homes, visited), factor, out=sources[0])
        np.multiply(surface.block(visited, homes).T, factor, out=sources[1])
    sources[2], sources[3] = plane.injection[level, homes, None], plane.injection[level, None, visited]


def _surface(plane: Plane, level: int) -> tuple[Surface, float]:
    found, scale = plane.surfaces, plane.scale
    if level >= len(LEVELS):
        stage, bound = divmod(level - len(LEVELS), 2)
        return found.stages[stage][bound], scale.high if bound else scale.low
    return {
        "low": (found.low, scale.low),
        "expected": (found.point, scale.expected),
        "high": (found.high, scale.high),
        "open_world_high": (found.open_world, scale.high),
    }[LEVELS[level]]
