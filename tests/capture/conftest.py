"""Captures built by hand: fictional identities (MCC 001, calling code 999), and secrets to search every output for."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from ipxray import capture

IMSI = "001011234567890"
MSISDN = "999445566778"
HLR = "999100200300"
VLR = "999100200399"
RAND = bytes(range(0x51, 0x61))
XRES = bytes(range(0x81, 0x89))
AUTN = bytes(range(0x91, 0xA1))
KASME = bytes(range(0xB0, 0xD0))
CIPHER_KEY = bytes(range(0xD1, 0xE1))
TEXT = "Meet me at the old harbour"
START = 1_700_000_000_000_000


def tbcd(digits: str) -> bytes:
    """Digits, low semi-octet first, filler at the end (TS 29.002)."""
    padded = digits + "F" * (len(digits) % 2)
    return bytes(int(padded[n + 1] + padded[n], 16) for n in range(0, len(padded), 2))


def ber(tag: int, *parts: bytes) -> bytes:
    """One BER element with a definite length."""
    content = b"".join(parts)
    head = bytes([tag]) if tag < 0x100 else tag.to_bytes(2, "big")
    length = bytes([len(content)]) if len(content) < 0x80 else b"\x82" + struct.pack(">H", len(content))
    return head + length + content


def seven_bit(text: str) -> bytes:
    """Septets packed into octets (TS 23.038)."""
    bits = sum(ord(letter) << 7 * place for place, letter in enumerate(text))
    return bits.to_bytes((len(text) * 7 + 7) // 8, "little")


def avp(code: int, value: bytes, vendor: int = 0) -> bytes:
    """One Diameter AVP, padded."""
    head = struct.pack(">IB", code, 0xC0 if vendor else 0x40)
    length = (12 if vendor else 8) + len(value)
    body = head + length.to_bytes(3, "big") + (struct.pack(">I", vendor) if vendor else b"") + value
    return body + bytes(-len(body) % 4)


def diameter(command: int, flags: int, *avps: bytes, hop: int = 7) -> bytes:
    """A message of S6a."""
    body = b"".join(avps)
    head = struct.pack(
        ">B3sB3sIII", 1, (20 + len(body)).to_bytes(3, "big"), flags, command.to_bytes(3, "big"), 16777251, hop, hop
    )
    return head + body


def authentication(flags: int) -> bytes:
    """Authentication-Information: the request, or the answer with one vector."""
    host, realm = b"mme1.epc.mnc001.mcc001.3gppnetwork.org", b"epc.mnc001.mcc001.3gppnetwork.org"
    session = b"mme1.epc.mnc001.mcc001.3gppnetwork.org;1;2"
    common = (avp(263, session), avp(264, host), avp(296, realm))
    if flags & 0x80:
        rest = (avp(283, realm), avp(1, IMSI.encode()), avp(1407, bytes([0x00, 0xF1, 0x20]), 10415))
        return diameter(318, flags, *common, *rest)
    vector = avp(
        1414, avp(1447, RAND, 10415) + avp(1448, XRES, 10415) + avp(1449, AUTN, 10415) + avp(1450, KASME, 10415), 10415
    )
    return diameter(318, flags, *common, avp(268, struct.pack(">I", 2001)), avp(1413, vector, 10415))


def address(number: str) -> bytes:
    """An ISDN address string of international nature (TS 29.002)."""
    return b"\x91" + tbcd(number)


def vectors_answer() -> bytes:
    """TCAP End with the quintuplets of sendAuthenticationInfo."""
    quintuplet = ber(0x30, ber(4, RAND), ber(4, XRES), ber(4, CIPHER_KEY), ber(4, CIPHER_KEY[::-1]), ber(4, AUTN))
    result = ber(0xA2, ber(2, b"\x01"), ber(0x30, ber(2, b"\x38"), ber(0xA3, ber(0xA1, quintuplet))))
    return ber(0x64, ber(0x49, b"\x00\x00\x00\x01"), ber(0x6C, result))


def short_message() -> bytes:
    """TCAP Begin with mt-forwardSM (44)."""
    header = bytes([0x04, len(MSISDN), 0x91]) + tbcd(MSISDN) + bytes([0x00, 0x00]) + bytes(7) + bytes([len(TEXT)])
    argument = ber(0x30, ber(0x80, tbcd(IMSI)), ber(0x84, address(VLR)), ber(4, header + seven_bit(TEXT)))
    invoke = ber(0xA1, ber(2, b"\x01"), ber(2, b"\x2c"), argument)
    return ber(0x62, ber(0x48, b"\x00\x00\x00\x01"), ber(0x6C, invoke))


def party(number: str, subsystem: int) -> bytes:
    """An SCCP address: global title of indicator 4, E.164, international."""
    return bytes([0x12, subsystem, 0x00, 0x11 if len(number) % 2 else 0x12, 0x04]) + tbcd(number).replace(
        b"\xf0", b"\x00"
    )


def sccp(payload: bytes, called: bytes, calling: bytes) -> bytes:
    """UDT, class 0."""
    pointers = bytes([3, 3 + len(called), 3 + len(called) + len(calling)])
    return b"\x09\x00" + pointers + b"".join(bytes([len(part)]) + part for part in (called, calling, payload))


def m3ua(payload: bytes) -> bytes:
    """DATA with its protocol data, from point code 1 to 2."""
    data = struct.pack(">IIBBBB", 1, 2, 3, 2, 0, 0) + payload
    parameter = struct.pack(">HH", 0x0210, 4 + len(data)) + data
    parameter += bytes(-len(parameter) % 4)
    return struct.pack(">BBBBI", 1, 0, 1, 1, 8 + len(parameter)) + parameter


def sctp(payload: bytes, identifier: int, tsn: int, ports: tuple[int, int], tag: int = 1) -> bytes:
    """One whole DATA chunk of the association's direction `tag`."""
    chunk = struct.pack(">BBHIHHI", 0, 3, 16 + len(payload), tsn, 1, tsn & 0xFFFF, identifier) + payload
    return struct.pack(">HHII", *ports, tag, 0) + chunk + bytes(-len(chunk) % 4)


def ip(payload: bytes, protocol: int, *, reverse: bool = False) -> bytes:
    """An Ethernet frame with an IPv4 datagram between 192.0.2.1 and 192.0.2.2."""
    ends = bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2])
    source, destination = reversed(ends) if reverse else ends
    header = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0) + source + destination
    return bytes(12) + b"\x08\x00" + header + payload


def gtp(number: int = 1) -> bytes:
    """Create Session Request with its IMSI, over UDP."""
    element = struct.pack(">BHB", 1, 8, 0) + tbcd(IMSI)
    message = struct.pack(">BBHII", 0x48, 32, 8 + len(element), 0, number << 8) + element
    return struct.pack(">HHHH", 2123, 2123, 8 + len(message), 0) + message


def frames() -> list[bytes]:
    """Five frames: a pair of Diameter, vectors and a short message of MAP, a session request of GTPv2."""
    return [
        ip(sctp(authentication(0xC0), 46, 1, (3868, 3868)), 132),
        ip(sctp(authentication(0x40), 46, 1, (3868, 3868), tag=2), 132, reverse=True),
        ip(sctp(m3ua(sccp(vectors_answer(), party(VLR, 7), party(HLR, 6))), 3, 1, (2905, 2905)), 132),
        ip(sctp(m3ua(sccp(short_message(), party(VLR, 8), party(HLR, 8))), 3, 2, (2905, 2905)), 132),
        ip(gtp(), 17),
    ]


def pcap(packets: Sequence[bytes], times: Sequence[int] | None = None, *, snap: int = 65535) -> bytes:
    """A capture in microseconds, little endian, Ethernet; a frame a millisecond unless `times` say otherwise."""
    found = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)
    for place, packet in enumerate(packets):
        at = START + 1000 * place if times is None else times[place]
        kept = packet[:snap]
        found += struct.pack("<IIII", at // 1_000_000, at % 1_000_000, len(kept), len(packet)) + kept
    return found


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """The builders and the known secrets."""
    secrets = [RAND, XRES, AUTN, KASME, CIPHER_KEY, TEXT.encode(), seven_bit(TEXT)]
    shown = [
        *secrets,
        *(secret.hex().encode() for secret in secrets),
        *(secret.hex().upper().encode() for secret in secrets),
    ]
    return SimpleNamespace(
        pcap=pcap, frames=frames, ip=ip, gtp=gtp, sctp=sctp, authentication=authentication, secrets=shown,
        imsi=IMSI, msisdn=MSISDN, hlr=HLR, vlr=VLR, start=START,
    )  # fmt: skip


@pytest.fixture(scope="session")
def decoder() -> None:
    """The native decoder, or a skip that says what is missing."""
    if not capture.is_available():
        pytest.skip(str(capture.missing()))


@pytest.fixture
def small(tmp_path: Path, made: SimpleNamespace) -> Path:
    """A capture of five frames."""
    path = tmp_path / "small.pcap"
    path.write_bytes(made.pcap(made.frames()))
    return path
