"""SCCP and M3UA as bytes. Ref: ITU-T Q.713; RFC 4666."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ipxray.lab.captures.slots import Slots

__all__ = ["MAX_UNITDATA", "Party", "Segment", "m3ua_data", "unitdata", "xunitdata"]

MAX_UNITDATA = 254
"""Octets of user data that a UDT can hold."""
_INTERNATIONAL = 4
_RETURN_ON_ERROR = 0x80


@dataclass(frozen=True)
class Party:
    """One SCCP address. `digits` are ready octets; `count` tells odd from even."""

    digits: bytes
    count: int
    subsystem: int | None
    plan: int = 1
    nature: int = _INTERNATIONAL
    translation: int = 0

    def encoded(self) -> bytes:
        """The address as Q.713 §3.4 writes it, routed on its global title of indicator 4."""
        scheme = 1 if self.count % 2 else 2
        title = bytes([self.translation, self.plan << 4 | scheme, self.nature]) + self.digits
        if self.subsystem is None:
            return bytes([0x10]) + title
        return bytes([0x12, self.subsystem]) + title

    def on(self, subsystem: int | None) -> Party:
        """The same address with another subsystem."""
        return replace(self, subsystem=subsystem)


@dataclass(frozen=True)
class Segment:
    """What the segmentation parameter says of one part (Q.713 §3.17)."""

    is_first: bool
    remaining: int
    reference: bytes

    def encoded(self) -> bytes:
        """First bit, class 1 bit and remaining count, then the local reference."""
        return bytes([0x80 * self.is_first | 0x40 | self.remaining]) + self.reference


def unitdata(called: Party, calling: Party, data: bytes) -> bytes:
    """A UDT; user data longer than one length octet can say goes into an XUDT."""
    if len(data) > MAX_UNITDATA:
        raise ValueError(f"{len(data)} octets do not fit into a UDT")
    to, sender = called.encoded(), calling.encoded()
    pointers = bytes([3, 3 + len(to), 3 + len(to) + len(sender)])
    return bytes([0x09, _RETURN_ON_ERROR]) + pointers + _variable(to, sender, data)


def xunitdata(called: Party, calling: Party, data: bytes, segment: Segment | None = None, hops: int = 10) -> bytes:
    """An XUDT, one part of a segmented message when `segment` says so."""
    to, sender = called.encoded(), calling.encoded()
    optional = b"" if segment is None else bytes([0x10, 4]) + segment.encoded() + b"\x00"
    last = 1 + len(to) + 1 + len(sender) + 1 + len(data) + 1 if optional else 0
    pointers = bytes([4, 4 + len(to), 4 + len(to) + len(sender), last])
    return (
        bytes([0x11, _RETURN_ON_ERROR | (1 if segment else 0), hops])
        + pointers
        + _variable(to, sender, data)
        + optional
    )


def _variable(*parts: bytes) -> bytes:
    return b"".join(bytes([len(part)]) + part for part in parts)


def m3ua_data(slots: Slots, payload: bytes, *, network: int = 0, selection: int = 0) -> bytes:
    """A DATA message: routing context, then the MTP3 label and the SCCP message (RFC 4666 §3.3.1)."""
    label = [slots.number("opc"), slots.number("dpc"), bytes([3, network, 0, selection])]
    data = b"".join([*label, payload])
    parameters = [_parameter(0x0006, (100).to_bytes(4, "big")), _parameter(0x0210, data)]
    return _message(1, 1, parameters)


def _message(kind: int, of: int, parameters: Sequence[bytes]) -> bytes:
    body = b"".join(parameters)
    return bytes([1, 0, kind, of]) + (8 + len(body)).to_bytes(4, "big") + body


def _parameter(tag: int, value: bytes) -> bytes:
    head = tag.to_bytes(2, "big") + (4 + len(value)).to_bytes(2, "big")
    return head + value + bytes(-len(value) % 4)
