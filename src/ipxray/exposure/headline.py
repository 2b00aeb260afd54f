"""The figures of a whole atlas in a few numbers: the mean over all operators, all services, both directions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ipxray.atlas import Adversary
from ipxray.exposure.boxes import Boxes
from ipxray.exposure.cells import blended
from ipxray.exposure.kernel import Array
from ipxray.exposure.messages import blends
from ipxray.exposure.planes import LEVELS, planes
from ipxray.exposure.subjects import everyone
from ipxray.exposure.totals import totals

__all__ = ["Figures", "headline"]

Figures = Mapping[tuple[str, str], Mapping[str, float]]
"""(data class, threat) → level → share of messages, 0 to 1."""


def headline(
    boxes: Sequence[Boxes],
    adversary: Adversary,
    roamers: Array,
    parameters: Mapping[str, float],
    *,
    open_world: bool = True,
) -> Figures:
    """Return the share of everybody's messages by class and threat; what carries no weight is absent.

    Weighted by roamer-days over all operators, so home and visited view agree. Without `open_world` that level is not
    computed and equals high.
    """
    kinds = blends(parameters, services=("all",), directions=("both",))
    if not kinds or not len(roamers):
        return {}
    seen = planes(boxes, adversary, parameters, staged=False)
    summed = totals(seen, roamers, np.ones((len(roamers), 1)), staged=False, open_world=open_world)
    cells = blended(everyone(summed), kinds)
    return {
        (kind.data_class, kind.threat): dict(zip(LEVELS, cells.levels[:, 0, 0, place].tolist(), strict=False))
        for place, kind in enumerate(kinds)
        if cells.present[0, 0, place]
    }
