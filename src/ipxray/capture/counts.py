"""The rows of a summary: what is counted of a capture, never whom it is about."""

from __future__ import annotations

from typing import Annotated, Final, NamedTuple

__all__ = [
    "REASONS", "AnomalyKind", "Flow", "GapKind", "HomeNetwork", "NetworkSeen", "Operation", "SummaryLine",
    "TableWritten", "Traffic",
]  # fmt: skip

REASONS: Final = {
    "truncated": "the bytes end before the element does",
    "length_mismatch": "a length field contradicts the bytes around it",
    "invalid_value": "a field holds a value that its standard does not define and that decoding cannot pass over",
    "unsupported": "a protocol, link type or version that the decoder does not know",
    "not_this_protocol": "a checksum or magic proves that the bytes are something else",
    "too_deep": "nesting beyond its budget",
    "too_many_elements": "more elements, or more expansion of a compressed file, than the budget allows",
    "reassembly_incomplete": "parts that never came, or for which the memory budget did not suffice",
    "reassembly_conflict": "parts of one message that overlap and disagree",
    "missing_bytes": "bytes of a stream that were never captured",
    "damaged_file": "the capture file itself is damaged here",
    "encrypted": "the payload is encrypted",
}
"""Every reason of a gap and what it means; the decoder's own list, held together by a test."""


class Flow(NamedTuple):
    """One row per protocol."""

    protocol: Annotated[str, "as in messages"]
    messages: Annotated[int, "messages of it"]
    requests: Annotated[int, "requests among them; 0 where the protocol has none"]
    answers: Annotated[int, "answers among them"]
    paired: Annotated[int, "answers whose request was found"]


class Operation(NamedTuple):
    """One row per kind of message, the most frequent first."""

    protocol: Annotated[str, "as in messages"]
    operation: Annotated[str | None, "name of the operation, command or message; null for a code without one"]
    code: Annotated[int | None, "its code"]
    messages: Annotated[int, "messages of it"]


class GapKind(NamedTuple):
    """One row per protocol and reason of stretches that gave no message."""

    protocol: Annotated[str, "who could not go on"]
    reason: Annotated[str, "closed list: docs/reference/gaps.md"]
    gaps: Annotated[int, "stretches"]
    bytes: Annotated[int, "bytes in them, as far as known"]
    capture: Annotated[str, "file of the first"]
    frame: Annotated[int, "frame of the first"]


class AnomalyKind(NamedTuple):
    """One row per difference between the strict and the lenient reading."""

    anomaly: Annotated[str, "closed list: docs/reference/anomalies.md"]
    meaning: Annotated[str, "what it is, with its clause"]
    messages: Annotated[int, "messages that have it"]
    capture: Annotated[str, "file of the first"]
    frame: Annotated[int, "frame of the first"]


class HomeNetwork(NamedTuple):
    """Subscribers by how their IMSI begins: six digits, which hold the network whether its MNC has two or three."""

    digits: Annotated[str, "first six digits of the IMSI"]
    subscribers: Annotated[int, "distinct subscribers"]
    messages: Annotated[int, "messages about them"]


class NetworkSeen(NamedTuple):
    """One row per network, as home of a subscriber, as visited network, or in a Diameter realm."""

    plmn: Annotated[str, "MCC and MNC, 5 or 6 digits (ITU-T E.212)"]
    name: Annotated[str | None, "operator, where the facts know it"]
    subscribers: Annotated[int, "distinct subscribers of it"]
    home_messages: Annotated[int, "messages about subscribers of it"]
    visited_messages: Annotated[int, "messages that name it as visited network"]
    realm_messages: Annotated[int, "origins and destinations of Diameter messages in its realm"]


class Traffic(NamedTuple):
    """GTP-U, all tunnels together."""

    tunnels: Annotated[int, "tunnel directions"]
    packets: Annotated[int, "packets"]
    bytes: Annotated[int, "bytes of the inner packets"]
    nested: Annotated[int, "tunnel directions with GTP inside"]


class SummaryLine(NamedTuple):
    """One row per figure of a summary, for spreadsheets."""

    section: Annotated[str, "capture, protocol, operation, network, exposes, tunnels, gap, anomaly or doubt"]
    name: Annotated[str, "what is counted"]
    detail: Annotated[str | None, "what tells it apart, or explains it"]
    number: Annotated[int | None, "how many"]
    capture: Annotated[str | None, "file of the first"]
    frame: Annotated[int | None, "frame of the first"]


class TableWritten(NamedTuple):
    """One row per table that was written."""

    table: Annotated[str, "its name"]
    rows: Annotated[int, "rows in it"]
    path: Annotated[str, "its file"]
