"""Turn sums into the cells of the exposure table: levels in order, doubt by cause, grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ipxray.atlas import Adversary
from ipxray.exposure.kernel import Array
from ipxray.exposure.messages import Blend
from ipxray.exposure.planes import LEVELS
from ipxray.exposure.rows import Exposure
from ipxray.exposure.totals import PERSPECTIVES

__all__ = ["DECIMALS", "Cells", "Label", "Sums", "blended", "exposure_rows", "in_order"]

DECIMALS = 12
"""Removes what the order of additions leaves behind, so that the same input gives the same bytes."""


class Label(NamedTuple):
    """Whom a row is about."""

    subject_kind: str
    subject: str
    counterpart: str


class Sums(NamedTuple):
    """Weighted sums for M subjects, axes as in Totals with [network, group] replaced by [subject]."""

    levels: Array
    injection: Array
    weight: Array
    coverage: Array
    confirmation: Array


class Cells(NamedTuple):
    """Blended values: levels [level, subject, perspective, blend], the rest without level. No weight: not `present`."""

    levels: Array
    coverage: Array
    confirmation: Array
    present: npt.NDArray[np.bool_]


def blended(sums: Sums, blends: Sequence[Blend]) -> Cells:
    """Mix services and ends of the sums into one value for each blend."""
    coefficients = np.stack([blend.coefficients.ravel() for blend in blends])
    forged = np.array([blend.threat == "inject" for blend in blends])
    weights = np.stack([blend.weights.sum(axis=1) for blend in blends])
    services, perspectives, ends, depth, subjects = sums.levels.shape
    levels = np.empty((len(blends), perspectives, depth, subjects))
    for chosen, source in ((~forged, sums.levels), (forged, sums.injection)):
        flat = source.swapaxes(1, 2).reshape(services * ends, -1)
        levels[chosen] = (coefficients[chosen] @ flat).reshape(-1, perspectives, depth, subjects)
    whole, coverage, confirmation = (
        np.tensordot(weights, part, axes=(1, 0)) for part in (sums.weight, sums.coverage, sums.confirmation)
    )
    present = whole > 0.0
    divisor = np.where(present, whole, 1.0)
    return Cells(
        levels=in_order((levels / divisor[:, :, None]).transpose(2, 3, 1, 0)),
        coverage=(coverage / divisor).transpose(2, 1, 0),
        confirmation=(confirmation / divisor).transpose(2, 1, 0),
        present=present.transpose(2, 1, 0),
    )


def in_order(levels: Array) -> Array:
    """Round, and put the levels [level, …] in order where rounding has crossed them; nothing but rounding can."""
    levels = np.clip(levels.round(DECIMALS), 0.0, 1.0)
    place = {name: number for number, name in enumerate(LEVELS)}
    low, high = levels[place["low"]], levels[place["high"]]
    np.minimum(levels[place["forced"]], low, out=levels[place["forced"]])
    np.clip(levels[place["expected"]], low, high, out=levels[place["expected"]])
    for wider in ("possible", "open_world_high"):
        np.maximum(levels[place[wider]], high, out=levels[place[wider]])
    return levels


def exposure_rows(
    cells: Cells,
    labels: Sequence[Label],
    blends: Sequence[Blend],
    adversary: Adversary,
    parameters: Mapping[str, float],
) -> Iterator[Exposure]:
    """Yield the rows of the exposure table, subject by subject; a combination without any weight gives no row."""
    subject, perspective, blend = np.nonzero(cells.present)
    figures = [column[cells.present].tolist() for column in _figures(cells)]
    of_subject = [_repeated(part, subject) for part in zip(*labels, strict=True)]
    of_blend = [_repeated(part, blend) for part in zip(*(kind[:4] for kind in blends), strict=True)]
    grades = _grades(cells, parameters)[cells.present].tolist()
    seen_from = _repeated(PERSPECTIVES, perspective)
    who, rule = repeat(adversary.controller), repeat(adversary.rule)
    return map(Exposure, *of_subject, who, *of_blend, *figures[:9], grades, seen_from, rule, *figures[9:])


def _repeated(texts: Sequence[str], places: npt.NDArray[np.intp]) -> list[str]:
    found: list[str] = np.array(texts, dtype=np.object_)[places].tolist()
    return found


def _figures(cells: Cells) -> tuple[Array, ...]:
    """The columns of figures in the order of the table: five levels, four causes, then those after the grade."""
    forced, low, expected, high, possible, open_world_high = cells.levels[: len(LEVELS)]
    routing, control, name = (upper - lower for lower, upper in zip(*_stages(cells.levels), strict=True))
    causes = (routing, high - low - name, control - routing, name - control)
    causes = tuple(np.maximum(0.0, cause).round(DECIMALS) for cause in causes)
    rest = (open_world_high, cells.coverage.round(DECIMALS), cells.confirmation.round(DECIMALS))
    return (forced, low, expected, high, possible, *causes, *rest)


def _stages(levels: Array) -> tuple[Array, Array]:
    first = len(LEVELS)
    return levels[first::2], levels[first + 1 :: 2]


def _grades(cells: Cells, parameters: Mapping[str, float]) -> npt.NDArray[np.str_]:
    """A to D. B needs three quarters of the coverage, twice the doubt, half the confirmation; C half, thrice, none."""
    coverage, doubt, confirmed = (parameters[f"grade_{name}"] for name in ("coverage", "ignorance", "confirmation"))
    width = cells.levels[LEVELS.index("high")] - cells.levels[LEVELS.index("low")]
    demands = ((1.0, 1.0, 1.0), (0.75, 2.0, 0.5), (0.5, 3.0, 0.0))
    met = [
        (cells.coverage >= covered * coverage - 1e-9)
        & (width <= times * doubt + 1e-9)
        & (cells.confirmation >= share * confirmed - 1e-9)
        for covered, times, share in demands
    ]
    return np.select(met, ["A", "B", "C"], default="D")
