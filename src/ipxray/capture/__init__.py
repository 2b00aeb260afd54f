"""Signalling captures, from files to tables: the only room that knows the native decoder."""

from ipxray.capture.counts import (
    REASONS,
    AnomalyKind,
    Flow,
    GapKind,
    HomeNetwork,
    NetworkSeen,
    Operation,
    SummaryLine,
    TableWritten,
    Traffic,
)
from ipxray.capture.decoding import MANIFEST, Account, ArrowTable, Decoded, Written, decode, read
from ipxray.capture.files import is_capture
from ipxray.capture.native import anomalies, is_available, missing
from ipxray.capture.networks import networks_seen
from ipxray.capture.picking import pick
from ipxray.capture.rows import TABLES, Gap, Message, Tunnel
from ipxray.capture.summary import Summary, summarise
from ipxray.capture.trust import Doubt

__all__ = [
    "MANIFEST", "REASONS", "TABLES", "Account", "AnomalyKind", "ArrowTable", "Decoded", "Doubt", "Flow", "Gap",
    "GapKind", "HomeNetwork", "Message", "NetworkSeen", "Operation", "Summary", "SummaryLine", "TableWritten",
    "Traffic", "Tunnel", "Written", "anomalies", "decode", "is_available", "is_capture", "missing", "networks_seen",
    "pick", "read", "summarise",
]  # fmt: skip
