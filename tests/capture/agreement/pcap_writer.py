"""Write PDUs as a capture: each in a packet of its own, under the transport that its protocol uses.

Knows nothing of the decoder.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from enum import IntEnum
from pathlib import Path

RAW_IPV4 = 228
CLIENT, SERVER = bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2])
UDP, SCTP = 17, 132


class Ppid(IntEnum):
    """SCTP payload protocol identifiers, IANA."""

    M2UA = 2
    M3UA = 3
    SUA = 4
    M2PA = 5
    DIAMETER = 46


PORTS = {Ppid.M2UA: 2904, Ppid.M3UA: 2905, Ppid.SUA: 14001, Ppid.M2PA: 3565, Ppid.DIAMETER: 3868}


def _ipv4(protocol: int, payload: bytes) -> bytes:
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 1, 0x4000, 64, protocol, 0) + CLIENT + SERVER + payload


def udp(port: int, payload: bytes) -> bytes:
    """One datagram from and to `port`."""
    return _ipv4(UDP, struct.pack(">HHHH", port, port, 8 + len(payload), 0) + payload)


def sctp(ppid: Ppid, number: int, payload: bytes) -> bytes:
    """One DATA chunk; `number` counts the chunks of the capture, so that none looks like a retransmission."""
    port = PORTS[ppid]
    chunk = struct.pack(">BBHIHHI", 0, 3, 16 + len(payload), number, 0, number & 0xFFFF, ppid) + payload
    return _ipv4(SCTP, struct.pack(">HHII", port, port, 7, 0) + chunk + bytes(-len(chunk) % 4))


def m3ua_data(payload: bytes, *, service: int = 3, network: int = 2) -> bytes:
    """An M3UA DATA message, RFC 4666 §3.3.1, from point code 1001 to 2002."""
    protocol_data = struct.pack(">IIBBBB", 1001, 2002, service, network, 0, 5) + payload
    parameter = struct.pack(">HH", 0x0210, 4 + len(protocol_data)) + protocol_data
    parameter += bytes(-len(parameter) % 4)
    return struct.pack(">BBBBI", 1, 0, 1, 1, 8 + len(parameter)) + parameter


def _party(subsystem: int, last_digits: int) -> bytes:
    """Routed by global title: E.164, international, of a country code that does not exist."""
    return bytes([0x12, subsystem, 0x00, 0x12, 0x04, 0x99, 0x09, last_digits])


def unit_data(payload: bytes, *, called: int = 6, calling: int = 7) -> bytes:
    """An SCCP UDT, Q.713 §4.10; for longer data an LUDT (§4.20: pointers and data length of two octets, low first)."""
    parties = [bytes([8]) + _party(called, 0x10), bytes([8]) + _party(calling, 0x20)]
    if len(payload) < 256:
        # A pointer counts from its own octet.
        return bytes([9, 0, 3, 11, 19]) + b"".join(parties) + bytes([len(payload)]) + payload
    pointers = struct.pack("<HHHH", 7, 14, 21, 0)
    return bytes([0x13, 0, 15]) + pointers + b"".join(parties) + struct.pack("<H", len(payload)) + payload


def write(path: Path, packets: Iterable[bytes]) -> None:
    """A pcap file of raw IPv4, one packet a millisecond from 2023-11-14."""
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, RAW_IPV4))
        for number, packet in enumerate(packets):
            file.write(
                struct.pack("<IIII", 1_700_000_000 + number // 1000, number % 1000 * 1000, len(packet), len(packet))
                + packet
            )
