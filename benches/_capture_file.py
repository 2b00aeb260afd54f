"""Write a capture of a given number of messages: templates stamped by numpy, the same bytes every time.

Knows nothing of the decoder. Forty in a hundred messages are GTPv2-C, thirty Diameter S6a over SCTP, thirty MAP over
M3UA over SCTP; half of each are answers.
Identities are of a country and networks that do not exist (MCC 001, calling code 999).
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Octets = NDArray[np.uint8]

SECOND = 1_700_000_000
MESSAGES_A_SECOND = 10_000
BLOCKS_A_WRITE = 2_000
MAIN, PEER = bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2])


class Stamp(NamedTuple):
    """A field that differs from message to message: where it stands in its block, how it is written, its octets."""

    offset: int
    form: str
    size: int


# Octets of a template that are stamped with the number of its pair.
COUNTER = b"\xde\xad\xbe\xef"  # 32 bits
SEQUENCE = b"\xde\xad\xbf"  # 24 bits
DIGITS = b"555000555"  # nine decimal digits
SEMI_OCTETS = b"\x55\x05\x50\x55\xf5"  # the same and filler
MARKS = ((COUNTER, "binary"), (SEQUENCE, "binary"), (DIGITS, "digits"), (SEMI_OCTETS, "semi_octets"))

NETWORK = b"\x00\x11\x00"  # MCC 001, MNC 001
IMSI = b"\x00\x01\x10" + SEMI_OCTETS
MSISDN = b"\x99\x09" + SEMI_OCTETS


def _ipv4(protocol: int, payload: bytes, *, back: bool) -> bytes:
    source, destination = (PEER, MAIN) if back else (MAIN, PEER)
    header = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 1, 0x4000, 64, protocol, 0)
    ethernet = bytes([2, 0, 0, 0, 0, 2 - back, 2, 0, 0, 0, 0, 1 + back, 8, 0])
    return ethernet + header + source + destination + payload


def _udp(payload: bytes, *, back: bool) -> bytes:
    return _ipv4(17, struct.pack(">HHHH", 2123, 2123, 8 + len(payload), 0) + payload, back=back)


def _sctp(port: int, ppid: int, payload: bytes, *, back: bool) -> bytes:
    chunk = struct.pack(">BBH", 0, 3, 16 + len(payload)) + COUNTER + struct.pack(">HHI", 1, 0, ppid) + payload
    return _ipv4(132, struct.pack(">HHII", port, port, 7 + back, 0) + chunk + bytes(-len(chunk) % 4), back=back)


def _element(kind: int, content: bytes, instance: int = 0) -> bytes:
    return struct.pack(">BHB", kind, len(content), instance) + content


def _gtp(*, back: bool) -> bytes:
    cause = _element(2, b"\x10\x00")
    bearer = _element(73, b"\x05") + _element(87, b"\x84" + COUNTER + MAIN, 2) + _element(80, b"\x18\x07" + bytes(20))
    if back:
        body = cause + _element(87, b"\x87" + COUNTER + PEER, 1) + _element(79, b"\x01\x0a\x01\x02\x03")
        body += _element(93, _element(73, b"\x05") + cause + _element(87, b"\x85" + COUNTER + PEER, 2)) + _element(
            3, b"\x09"
        )
    else:
        place = NETWORK + b"\x12\x34" + NETWORK + b"\x00\x12\x34\x56"
        body = _element(1, IMSI) + _element(76, MSISDN)
        body += (
            _element(75, b"\x53\x02\x60\x00\x00\x00\x00\x00") + _element(86, b"\x18" + place) + _element(83, NETWORK)
        )
        body += _element(82, b"\x06") + _element(77, bytes(4)) + _element(87, b"\x86" + COUNTER + MAIN)
        body += (
            _element(71, b"\x08internet\x06mnc001\x06mcc001\x04gprs") + _element(128, b"\x00") + _element(99, b"\x01")
        )
        body += (
            _element(79, b"\x01" + bytes(4)) + _element(127, b"\x00") + _element(72, bytes(8)) + _element(93, bearer)
        )
        body += _element(3, b"\x07") + _element(114, b"\x00\x00") + _element(95, b"\x08\x00")
    teid = COUNTER if back else bytes(4)
    return struct.pack(">BBH", 0x48, 33 if back else 32, 8 + len(body)) + teid + SEQUENCE + b"\x00" + body


def _avp(code: int, value: bytes, vendor: int = 0) -> bytes:
    length = (12 if vendor else 8) + len(value)
    header = struct.pack(">II", code, (0xC0 if vendor else 0x40) << 24 | length) + (
        struct.pack(">I", vendor) if vendor else b""
    )
    return header + value + bytes(-length % 4)


def _diameter(*, back: bool) -> bytes:
    mme, hss = b"mme01.epc.mnc001.mcc001.3gppnetwork.org", b"hss01.epc.mnc002.mcc001.3gppnetwork.org"
    session = _avp(263, mme + b";1700000000;" + DIGITS + b";s6a") + _avp(
        260, _avp(266, struct.pack(">I", 10415)) + _avp(258, struct.pack(">I", 16777251))
    )
    body = session + _avp(277, struct.pack(">I", 1))
    if back:
        vector = (
            _avp(1447, bytes(16), 10415)
            + _avp(1448, bytes(8), 10415)
            + _avp(1449, bytes(16), 10415)
            + _avp(1450, bytes(32), 10415)
        )
        body += (
            _avp(268, struct.pack(">I", 2001))
            + _avp(264, hss)
            + _avp(296, hss[6:])
            + _avp(1413, _avp(1414, vector, 10415), 10415)
        )
    else:
        wanted = _avp(1410, struct.pack(">I", 1), 10415) + _avp(1412, struct.pack(">I", 0), 10415)
        body += _avp(264, mme) + _avp(296, mme[6:]) + _avp(283, hss[6:]) + _avp(1, b"001001" + DIGITS)
        body += (
            _avp(1408, wanted, 10415)
            + _avp(1407, NETWORK, 10415)
            + _avp(282, b"dra1.ipx.example.net")
            + _avp(282, b"dra2.ipx.example.net")
        )
    header = struct.pack(">II", 1 << 24 | 20 + len(body), (0x40 if back else 0xC0) << 24 | 318) + struct.pack(
        ">I", 16777251
    )
    return header + COUNTER + COUNTER + body


def _ber(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    size = len(content)
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([0x81, size])) + content


def _map(*, back: bool) -> bytes:
    name = _ber(0xA1, _ber(0x06, bytes([4, 0, 0, 1, 0, 14, 3])))
    accepted = _ber(0xA2, b"\x02\x01\x00") + _ber(0xA3, _ber(0xA1, b"\x02\x01\x00")) if back else b""
    dialogue = _ber(0x61 if back else 0x60, b"\x80\x02\x07\x80", name, accepted)
    portion = _ber(0x6B, _ber(0x28, bytes([6, 7, 0, 0x11, 0x86, 5, 1, 1, 1]), _ber(0xA0, dialogue)))
    if back:
        vectors = _ber(0xA0, *[_ber(0x30, _ber(4, bytes(16)), _ber(4, bytes(4)), _ber(4, bytes(8))) for _ in range(3)])
        component = _ber(0xA2, b"\x02\x01\x01", _ber(0x30, b"\x02\x01\x38", _ber(0xA3, vectors)))
        tcap = _ber(0x64, _ber(0x49, COUNTER), portion, _ber(0x6C, component))
    else:
        argument = _ber(0x30, _ber(0x80, IMSI), b"\x02\x01\x03", b"\x83\x01\x00")
        component = _ber(0xA1, b"\x02\x01\x01", b"\x02\x01\x38", argument)
        tcap = _ber(0x62, _ber(0x48, COUNTER), portion, _ber(0x6C, component))
    parties = [
        bytes([0x12, subsystem, 0, 0x12, 4, 0x99, 0x09, 0x01, side])
        for subsystem, side in ((6 + back, 0x21), (7 - back, 0x43))
    ]
    unit = bytes([9, 0, 3, 12, 21]) + b"".join(bytes([9]) + party for party in parties) + bytes([len(tcap)]) + tcap
    points = (2002, 1001) if back else (1001, 2002)
    data = struct.pack(">IIBBBB", *points, 3, 2, 0, 5) + unit
    parameter = struct.pack(">HH", 0x0210, 4 + len(data)) + data + bytes(-len(data) % 4)
    return struct.pack(">BBBBI", 1, 0, 1, 1, 8 + len(parameter)) + parameter


def _pairs() -> list[tuple[int, bytes]]:
    """A block of twenty packets and the pair that each belongs to: requests, then their answers."""
    kinds = [("gtp", 4), ("diameter", 3), ("map", 3)]
    packets = []
    for back in (False, True):
        made = {
            "gtp": _udp(_gtp(back=back), back=back),
            "diameter": _sctp(3868, 46, _diameter(back=back), back=back),
            "map": _sctp(2905, 3, _map(back=back), back=back),
        }
        for place in range(4):
            packets += [(place, made[kind]) for kind, count in kinds if place < count]
    return packets


class Block(NamedTuple):
    """Twenty packets as pcap records, and what is stamped into them: by pair within the block."""

    octets: bytes
    times: tuple[int, ...]
    stamps: tuple[tuple[int, Stamp], ...]


PACKETS_A_BLOCK = 20
# A counter of each pair in a block leaves room for the four pairs of the most frequent protocol.
PAIRS_A_BLOCK = 4


def block() -> Block:
    """The block that a file repeats."""
    octets, times, stamps = b"", [], []
    for pair, packet in _pairs():
        times.append(len(octets))
        octets += struct.pack("<IIII", 0, 0, len(packet), len(packet))
        for mark, form in MARKS:
            at = packet.find(mark)
            while at >= 0:
                stamps.append((pair, Stamp(len(octets) + at, form, len(mark))))
                at = packet.find(mark, at + len(mark))
        octets += packet
    return Block(octets, tuple(times), tuple(stamps))


def _written(numbers: NDArray[np.int64], form: str, size: int) -> Octets:
    """Numbers as octets, a row each."""
    if form == "binary":
        shifts = np.arange(size - 1, -1, -1) * 8
        return (numbers[:, None] >> shifts & 0xFF).astype(np.uint8)
    digits = (numbers[:, None] // 10 ** np.arange(8, -1, -1) % 10).astype(np.uint8)
    if form == "digits":
        return digits + ord("0")
    filled = np.column_stack([digits, np.full(len(numbers), 15, np.uint8)])
    return filled[:, 0::2] | filled[:, 1::2] << 4


def _blocks(first: int, count: int, template: Block) -> Octets:
    rows = np.tile(np.frombuffer(template.octets, np.uint8), (count, 1))
    # Counters start at one block: an endpoint of zero would be a fault.
    numbers = np.arange(first + 1, first + 1 + count, dtype=np.int64)
    for pair, stamp in template.stamps:
        rows[:, stamp.offset : stamp.offset + stamp.size] = _written(
            numbers * PAIRS_A_BLOCK + pair, stamp.form, stamp.size
        )
    for position, offset in enumerate(template.times):
        message = numbers * PACKETS_A_BLOCK + position
        seconds = SECOND + message // MESSAGES_A_SECOND
        microseconds = message % MESSAGES_A_SECOND * (1_000_000 // MESSAGES_A_SECOND)
        rows[:, offset : offset + 4] = _written(seconds, "binary", 4)[:, ::-1]
        rows[:, offset + 4 : offset + 8] = _written(microseconds, "binary", 4)[:, ::-1]
    return rows


def write(path: Path, messages: int) -> int:
    """Write a pcap of `messages` messages (a multiple of twenty); its size in bytes."""
    template = block()
    blocks = messages // PACKETS_A_BLOCK
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1))
        for first in range(0, blocks, BLOCKS_A_WRITE):
            file.write(_blocks(first, min(BLOCKS_A_WRITE, blocks - first), template).tobytes())
    return path.stat().st_size
