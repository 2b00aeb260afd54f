"""Exposure: what share of whose messages a controller of carriers could read, alter or inject, with exact bounds.

`measure` gives the exposure table of an atlas, `pair` one roaming pair in full, `rank` every controller, `dominance`
the carriers that matter, `sensitivity` what each assumption moves. Ref: docs/method.md
"""

from __future__ import annotations

from ipxray.exposure.boxes import MEASURED_SERVICES, Boxes, boxes_of, usable_links
from ipxray.exposure.cells import DECIMALS, in_order
from ipxray.exposure.dominance import dominance
from ipxray.exposure.kernel import Array, Flags
from ipxray.exposure.measure import Assessment, measure
from ipxray.exposure.messages import DATA_CLASSES, DIRECTIONS, ENDS, THREATS, Blend, Message, blends, messages
from ipxray.exposure.planes import LEVELS, Plane, planes, preference_of, scale_of
from ipxray.exposure.ranking import rank
from ipxray.exposure.route import Route, RouteCarrier, RouteMessage, pair
from ipxray.exposure.rows import Dominance, Exposure, Rank, Reach, Sensitivity, Touch
from ipxray.exposure.sensitivity import Rebuild, sensitivity
from ipxray.exposure.subjects import Subjects, subjects_of
from ipxray.exposure.totals import PERSPECTIVES, totals
from ipxray.exposure.touch import reach_of, touch
from ipxray.exposure.traffic import Traffic, read_traffic
from ipxray.exposure.weights import Weights, roamer_weights

__all__ = [
    "DATA_CLASSES",
    "DECIMALS",
    "DIRECTIONS",
    "ENDS",
    "LEVELS",
    "MEASURED_SERVICES",
    "PERSPECTIVES",
    "THREATS",
    "Array",
    "Assessment",
    "Blend",
    "Boxes",
    "Dominance",
    "Exposure",
    "Flags",
    "Message",
    "Plane",
    "Rank",
    "Reach",
    "Rebuild",
    "Route",
    "RouteCarrier",
    "RouteMessage",
    "Sensitivity",
    "Subjects",
    "Touch",
    "Traffic",
    "Weights",
    "blends",
    "boxes_of",
    "dominance",
    "in_order",
    "measure",
    "messages",
    "pair",
    "planes",
    "preference_of",
    "rank",
    "reach_of",
    "read_traffic",
    "roamer_weights",
    "scale_of",
    "sensitivity",
    "subjects_of",
    "totals",
    "touch",
    "usable_links",
]
