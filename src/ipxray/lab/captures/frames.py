"""Ethernet, IPv4, SCTP, TCP, UDP around a payload, and the pcapng block around all of it.

Ref: RFC 791, 768, 9260, 9293; draft-ietf-opsawg-pcapng §4.3.
"""

from __future__ import annotations

from ipxray.lab.captures.slots import Slots

__all__ = ["BLOCK_HEAD", "IP_AT", "TRANSPORT_AT", "block", "sctp_frame", "tcp_frame", "udp_frame"]

BLOCK_HEAD = 28
"""Octets of an enhanced packet block before the frame."""
IP_AT = 14
"""Where the IP header begins in a frame."""
TRANSPORT_AT = 34
"""Where SCTP, TCP or UDP begins in a frame."""
# Locally administered addresses: nobody's equipment.
_ETHERNET = bytes.fromhex("0200000000010200000000020800")
_SCTP, _TCP, _UDP = 132, 6, 17
_TTL = 61
_WINDOW = 65_000


def sctp_frame(slots: Slots, payload: bytes, protocol: int) -> bytes:
    """One DATA chunk in one packet; the stream is 1, its sequence number goes with the TSN."""
    chunk = slots.number("stream") + b"\x00\x01" + bytes(2) + protocol.to_bytes(4, "big") + payload
    head = _ports(slots) + slots.number("tag") + bytes(4)
    data = bytes([0, 3]) + (4 + len(chunk)).to_bytes(2, "big") + chunk
    return _ip(slots, _SCTP, head + data + bytes(-len(data) % 4))


def tcp_frame(slots: Slots, payload: bytes) -> bytes:
    """One segment with the push flag."""
    head = _ports(slots) + slots.number("stream") + slots.number("tag")
    return _ip(slots, _TCP, head + bytes([0x50, 0x18]) + _WINDOW.to_bytes(2, "big") + bytes(4) + payload)


def udp_frame(slots: Slots, payload: bytes) -> bytes:
    """One datagram."""
    return _ip(slots, _UDP, _ports(slots) + (8 + len(payload)).to_bytes(2, "big") + bytes(2) + payload)


def block(frame: bytes) -> bytes:
    """The frame as an enhanced packet block of interface 0, its time still empty."""
    padded = frame + bytes(-len(frame) % 4)
    total = (BLOCK_HEAD + len(padded) + 4).to_bytes(4, "little")
    length = len(frame).to_bytes(4, "little")
    return (6).to_bytes(4, "little") + total + bytes(12) + length + length + padded + total


def _ports(slots: Slots) -> bytes:
    return slots.number("ports")


def _ip(slots: Slots, protocol: int, payload: bytes) -> bytes:
    total = (20 + len(payload)).to_bytes(2, "big")
    head = b"\x45\x00" + total + bytes(2) + b"\x40\x00" + bytes([_TTL, protocol]) + bytes(2)
    return _ETHERNET + head + slots.number("source") + slots.number("target") + payload
