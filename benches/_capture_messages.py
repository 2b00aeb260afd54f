"""Pairs of messages as a roaming interconnect carries them, by the standards alone: GTPv2-C, Diameter S6a, MAP.

What differs from pair to pair is a mark, which the writer of a capture stamps over. Identities are of a country and of
networks that do not exist (MCC 001, calling code 999).
"""

from __future__ import annotations

import struct
from typing import NamedTuple

COUNTER = b"\xde\xad\xbe\xef"  # the number of the pair in 32 bits
SEQUENCE = b"\xde\xad\xbf"  # in 24 bits
DIGITS = b"555000555"  # as nine decimal digits
SEMI_OCTETS = b"\x55\x05\x50\x55\xf5"  # as nine digits and filler
NODE = b"%%%%"  # one of some dozen nodes, four decimal digits
NODE_SEMI_OCTETS = b"\xcd\xdc"  # the same
PLACE = b"\xce\xec"  # one of some thousand areas, 16 bits

MAIN, PEER = bytes([192, 0, 2, 1]), bytes([198, 51, 100, 2])
NETWORK, OTHER_NETWORK = b"\x00\x11\x00", b"\x00\x21\x00"  # MCC 001, MNC 001 and 002
IMSI = b"\x00\x01\x10" + SEMI_OCTETS
MSISDN = b"\x99\x09" + SEMI_OCTETS
MME, HSS = (b"%s%%%%%%%%.epc.mnc%s.mcc001.3gppnetwork.org" % pair for pair in ((b"mme", b"001"), (b"hss", b"002")))
REALMS = MME[8:], HSS[8:]


class Pair(NamedTuple):
    """A request and its answer, as packets of IPv4 over Ethernet."""

    request: bytes
    answer: bytes


def gtp() -> list[Pair]:
    """Two sessions created, one moved, one deleted."""
    created = Pair(_udp(32, _create_request(b"\x08internet")), _udp(33, _create_answer(), back=True))
    voice = Pair(_udp(32, _create_request(b"\x03ims")), _udp(33, _create_answer(), back=True))
    place = _element(86, b"\x18" + _tracking_area())
    modify = place + _element(82, b"\x06") + _element(87, b"\x86" + COUNTER + MAIN) + _element(93, _bearer())
    moved = Pair(
        _udp(34, modify, teid=COUNTER), _udp(35, _CAUSE + _element(93, _element(73, b"\x05") + _CAUSE), back=True)
    )
    delete = _element(73, b"\x05") + place + _element(77, bytes(4))
    deleted = Pair(_udp(36, delete, teid=COUNTER), _udp(37, _CAUSE, back=True))
    return [created, voice, moved, deleted]


def diameter() -> list[Pair]:
    """Vectors asked for, a location updated, a subscriber purged."""
    wanted = _avp(1410, _u32(1), 10415) + _avp(1412, _u32(0), 10415)
    visited = _avp(1407, NETWORK, 10415)
    keys = _avp(1447, bytes(16), 10415) + _avp(1448, bytes(8), 10415) + _avp(1449, bytes(16), 10415)
    vector = _avp(1413, _avp(1414, keys + _avp(1450, bytes(32), 10415), 10415), 10415)
    update = _avp(1032, _u32(1004), 10415) + _avp(1405, _u32(34), 10415) + visited
    context = _avp(1423, _u32(1), 10415) + _avp(1456, _u32(0), 10415) + _avp(493, b"internet.mnc002.mcc001.gprs")
    profile = (
        _avp(701, MSISDN, 10415) + _avp(1424, _u32(0), 10415) + _avp(1429, context + _avp(1430, context, 10415), 10415)
    )
    return [
        _exchange(318, _avp(1408, wanted, 10415) + visited, vector),
        _exchange(316, update, _avp(1406, _u32(1), 10415) + _avp(1400, profile, 10415)),
        _exchange(321, _avp(1635, _u32(0), 10415), _avp(1442, _u32(1), 10415)),
    ]


def mobile_application_part() -> list[Pair]:
    """Vectors asked for, a location updated, a short message delivered."""
    triplet = _ber(0x30, _ber(4, bytes(16)), _ber(4, bytes(4)), _ber(4, bytes(8)))
    node = b"\x91\x99\x09" + NODE_SEMI_OCTETS + b"\x10"
    text = bytes([0x04, 12, 0x91]) + MSISDN[:6] + bytes([0, 0]) + bytes(7) + bytes([40]) + bytes(35)
    message = _ber(0x30, _ber(0x80, IMSI), _ber(0x84, node), _ber(4, text))
    return [
        _dialogue(
            56, 14, _ber(0x30, _ber(0x80, IMSI), b"\x02\x01\x03", b"\x83\x01\x00"), _ber(0xA3, _ber(0xA0, triplet * 3))
        ),
        _dialogue(2, 1, _ber(0x30, _ber(4, IMSI), _ber(0x81, node), _ber(4, node)), _ber(0x30, _ber(4, node))),
        _dialogue(44, 25, message, _ber(0x30), subsystems=(8, 8)),
    ]


def _ipv4(protocol: int, payload: bytes, *, back: bool) -> bytes:
    source, destination = (PEER, MAIN) if back else (MAIN, PEER)
    header = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 1, 0x4000, 64, protocol, 0)
    ethernet = bytes([2, 0, 0, 0, 0, 2 - back, 2, 0, 0, 0, 0, 1 + back, 8, 0])
    return ethernet + header + source + destination + payload


def _udp(kind: int, elements: bytes, *, teid: bytes = bytes(4), back: bool = False) -> bytes:
    """A message of GTPv2-C; answers go to the endpoint of the request."""
    head = struct.pack(">BBH", 0x48, kind, 8 + len(elements)) + (COUNTER if back else teid)
    message = head + SEQUENCE + b"\x00" + elements
    return _ipv4(17, struct.pack(">HHHH", 2123, 2123, 8 + len(message), 0) + message, back=back)


def _sctp(port: int, ppid: int, payload: bytes, *, back: bool) -> bytes:
    chunk = struct.pack(">BBH", 0, 3, 16 + len(payload)) + COUNTER + struct.pack(">HHI", 1, 0, ppid) + payload
    return _ipv4(132, struct.pack(">HHII", port, port, 7 + back, 0) + chunk + bytes(-len(chunk) % 4), back=back)


def _element(kind: int, content: bytes, instance: int = 0) -> bytes:
    return struct.pack(">BHB", kind, len(content), instance) + content


_CAUSE = _element(2, b"\x10\x00")


def _tracking_area() -> bytes:
    return NETWORK + PLACE + NETWORK + b"\x00\x12" + PLACE


def _bearer() -> bytes:
    return _element(73, b"\x05") + _element(87, b"\x84" + COUNTER + MAIN, 2) + _element(80, b"\x18\x07" + bytes(20))


def _create_request(service: bytes) -> bytes:
    named = _element(1, IMSI) + _element(76, MSISDN) + _element(75, b"\x53\x02\x60\x00\x00\x00\x00\x00")
    located = _element(86, b"\x18" + _tracking_area()) + _element(83, NETWORK) + _element(82, b"\x06")
    wanted = _element(77, bytes(4)) + _element(87, b"\x86" + COUNTER + MAIN)
    wanted += _element(71, service + b"\x06mnc002\x06mcc001\x04gprs") + _element(128, b"\x00") + _element(99, b"\x01")
    given = _element(79, b"\x01" + bytes(4)) + _element(127, b"\x00") + _element(72, bytes(8)) + _element(93, _bearer())
    return (
        named + located + wanted + given + _element(3, b"\x07") + _element(114, b"\x00\x00") + _element(95, b"\x08\x00")
    )


def _create_answer() -> bytes:
    bearer = _element(73, b"\x05") + _CAUSE + _element(87, b"\x85" + COUNTER + PEER, 2)
    given = _element(87, b"\x87" + COUNTER + PEER, 1) + _element(79, b"\x01\x0a\x01\x02\x03")
    return _CAUSE + given + _element(93, bearer) + _element(3, b"\x09")


def _u32(number: int) -> bytes:
    return struct.pack(">I", number)


def _avp(code: int, value: bytes, vendor: int = 0) -> bytes:
    length = (12 if vendor else 8) + len(value)
    header = struct.pack(">II", code, (0xC0 if vendor else 0x40) << 24 | length) + (_u32(vendor) if vendor else b"")
    return header + value + bytes(-length % 4)


def _exchange(command: int, asked: bytes, answered: bytes) -> Pair:
    """A request of an MME through two agents, and the answer of the HSS."""
    session = _avp(263, MME + b";1700000000;" + DIGITS + b";s6a") + _avp(
        260, _avp(266, _u32(10415)) + _avp(258, _u32(16777251))
    )
    head = session + _avp(277, _u32(1))
    request = head + _avp(264, MME) + _avp(296, REALMS[0]) + _avp(283, REALMS[1]) + _avp(1, b"001001" + DIGITS) + asked
    request += _avp(282, b"dra1.ipx.example.net") + _avp(282, b"dra2.ipx.example.net")
    answer = head + _avp(268, _u32(2001)) + _avp(264, HSS) + _avp(296, REALMS[1]) + answered

    def message(flags: int, body: bytes) -> bytes:
        numbers = struct.pack(">III", 1 << 24 | 20 + len(body), flags << 24 | command, 16777251)
        return numbers + COUNTER + COUNTER + body

    return Pair(_sctp(3868, 46, message(0xC0, request), back=False), _sctp(3868, 46, message(0x40, answer), back=True))


def _ber(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    size = len(content)
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([0x81, size])) + content


def _dialogue(
    operation: int, context: int, argument: bytes, result: bytes, subsystems: tuple[int, int] = (6, 7)
) -> Pair:
    """A begin with one invoke to the first subsystem, and the end that answers it."""
    code = bytes([2, 1, operation])
    name = _ber(0xA1, _ber(0x06, bytes([4, 0, 0, 1, 0, context, 3])))
    accepted = _ber(0xA2, b"\x02\x01\x00") + _ber(0xA3, _ber(0xA1, b"\x02\x01\x00"))

    def portion(tag: int, rest: bytes) -> bytes:
        dialogue = _ber(tag, b"\x80\x02\x07\x80", name, rest)
        return _ber(0x6B, _ber(0x28, bytes([6, 7, 0, 0x11, 0x86, 5, 1, 1, 1]), _ber(0xA0, dialogue)))

    invoke = _ber(0x6C, _ber(0xA1, b"\x02\x01\x01", code, argument))
    returned = _ber(0x6C, _ber(0xA2, b"\x02\x01\x01", _ber(0x30, code, result)))
    begin = _ber(0x62, _ber(0x48, COUNTER), portion(0x60, b""), invoke)
    end = _ber(0x64, _ber(0x49, COUNTER), portion(0x61, accepted), returned)
    called, calling = subsystems
    return Pair(_unit(begin, called, calling, back=False), _unit(end, calling, called, back=True))


def _unit(data: bytes, called: int, calling: int, *, back: bool) -> bytes:
    """SCCP UDT between two titles, in M3UA."""

    def party(subsystem: int, side: int) -> bytes:
        return bytes([0x12, subsystem, 0, 0x12, 4, 0x99, 0x09]) + NODE_SEMI_OCTETS + bytes([side])

    sides = (0x43, 0x21) if back else (0x21, 0x43)
    parties = [party(called, sides[0]), party(calling, sides[1])]
    unit = (
        bytes([9, 0, 3, 13, 23]) + b"".join(bytes([len(each)]) + each for each in parties) + bytes([len(data)]) + data
    )
    points = (2002, 1001) if back else (1001, 2002)
    protocol_data = struct.pack(">IIBBBB", *points, 3, 2, 0, 5) + unit
    parameter = struct.pack(">HH", 0x0210, 4 + len(protocol_data)) + protocol_data
    parameter += bytes(-len(parameter) % 4)
    return _sctp(2905, 3, struct.pack(">BBBBI", 1, 0, 1, 1, 8 + len(parameter)) + parameter, back=back)
