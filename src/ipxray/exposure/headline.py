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

__all__ = ["headline"]


def headline(
    boxes: Sequence[Boxes], adversary: Adversary, roamers: Array, parameters: Mapping[str, float]
) -> Mapping[tuple[str, str], Mapping[str, float]]:
    """Return (data class, threat) → level → share of everybody's messages; what carries no weight is absent.

    Weighted by roamer-days over all operators, so home and visited view agree.
    """
    kinds = [kind for kind in blends(parameters) if kind.service == "all" and kind.direction == "both"]
    if not kinds or not len(roamers):
        return {}
    seen = planes(boxes, adversary, parameters, staged=False)
    cells = blended(everyone(totals(seen, roamers, np.ones((len(roamers), 1)), staged=False)), kinds)
    return {
        (kind.data_class, kind.threat): dict(zip(LEVELS, cells.levels[:, 0, 0, place].tolist(), strict=False))
        for place, kind in enumerate(kinds)
        if cells.present[0, 0, place]
    }
