"""Exposure: what share of whose messages a controller of carriers could read, alter or inject, with exact bounds.

`measure` gives the exposure table of an atlas, `pair` one roaming pair in full, `rank` every controller, `dominance`
the carriers that matter, `sensitivity` what each assumption moves. Ref: docs/method.md
"""

from __future__ import annotations

from ipxray.exposure.dominance import dominance
from ipxray.exposure.measure import Assessment, measure
from ipxray.exposure.messages import DATA_CLASSES, DIRECTIONS, THREATS, Message, messages
from ipxray.exposure.ranking import rank
from ipxray.exposure.route import Route, RouteCarrier, RouteMessage, pair
from ipxray.exposure.rows import Dominance, Exposure, Rank, Reach, Sensitivity, Touch
from ipxray.exposure.sensitivity import Rebuild, sensitivity
from ipxray.exposure.touch import reach_of, touch
from ipxray.exposure.traffic import Traffic, read_traffic

__all__ = [
    "DATA_CLASSES",
    "DIRECTIONS",
    "THREATS",
    "Assessment",
    "Dominance",
    "Exposure",
    "Message",
    "Rank",
    "Reach",
    "Rebuild",
    "Route",
    "RouteCarrier",
    "RouteMessage",
    "Sensitivity",
    "Touch",
    "Traffic",
    "dominance",
    "measure",
    "messages",
    "pair",
    "rank",
    "reach_of",
    "read_traffic",
    "sensitivity",
    "touch",
]
