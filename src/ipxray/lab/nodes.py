"""The network elements of a fictional operator, by vendor."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from ipxray.lab.plan import NodePlan, PlannedVendor

__all__ = ["draw_nodes"]

_TYPES: tuple[tuple[str, str, int], ...] = (
    ("HLR", "hlr_hss", 5), ("HSS", "hlr_hss", 6), ("MSC/VLR", "msc_vlr", 14), ("MSC", "msc_vlr", 3),
    ("VLR", "msc_vlr", 5), ("MSC/VLR-2G+3G", "msc_vlr", 2), ("SGSN", "sgsn_mme", 8), ("MME", "sgsn_mme", 4),
    ("GGSN", "ggsn_pgw", 5), ("PGW", "ggsn_pgw", 3), ("SMSC", "smsc", 9), ("STP", "stp_dra", 3), ("DRA", "stp_dra", 2),
    ("SCP", "other", 3), ("IN", "other", 3), ("MMSC", "other", 2), ("EIR", "other", 1), ("RNC", "other", 2),
)  # fmt: skip
_WEIGHTS = [weight for _, _, weight in _TYPES]
_UNKNOWN_VENDOR = "in-house build"
_MAIN, _SECOND, _UNSAID = 0.70, 0.88, 0.97


def draw_nodes(count: int, base: str, vendors: Sequence[PlannedVendor], random: Random) -> tuple[NodePlan, ...]:
    """Draw nodes: each class has a main and a second vendor, spelled variously; some say nothing or name nobody known.

    `base` is the network's national destination code; a node's number is the digits that follow it.
    """
    preferred: dict[str, list[PlannedVendor]] = {}
    nodes = []
    for number in range(count):
        kind, node_class, _ = random.choices(_TYPES, _WEIGHTS)[0]
        pair = preferred.setdefault(node_class, random.sample(list(vendors), 2))
        vendor, text = _vendor(pair, random)
        nodes.append(NodePlan(kind, node_class, f"{base}90{number:04d}", text, vendor))
    return tuple(nodes)


def _vendor(pair: Sequence[PlannedVendor], random: Random) -> tuple[str | None, str | None]:
    drawn = random.random()
    if drawn < _SECOND:
        vendor = pair[drawn >= _MAIN]
        return vendor.id, random.choice(vendor.names)
    return None, None if drawn < _UNSAID else _UNKNOWN_VENDOR
