"""GTP messages as frames. Ref: 3GPP TS 29.060 (version 1), 29.274 (version 2), 29.281 (user plane)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ipxray.lab.captures import frames
from ipxray.lab.captures.checksums import ones_complement
from ipxray.lab.captures.slots import Slots

__all__ = ["MESSAGES", "GtpForm", "gtp_frame"]

_APN = b"\x08internet"
_HOME_APN = b"\x04corp\x07private"
_QUALITY = bytes.fromhex("0223921f91969afe74048000")
"""Allocation priority and eleven octets of quality of service (TS 24.008 §10.5.6.5)."""
_OPERATOR_WIDTH = 19
_GPRS = {"ordinary": _APN, "private": _HOME_APN}


@dataclass(frozen=True)
class GtpForm:
    """How a message departs from the ordinary."""

    cause: int = 0
    apn: Literal["ordinary", "private"] = "ordinary"
    teid: Literal["right", "zero"] = "right"
    nested: bool = False
    payload: bytes = b""
    endpoint: Literal["own", "other"] = "own"


def gtp_frame(slots: Slots, name: str, form: GtpForm) -> bytes:
    """One message in one datagram; ports are those of the row."""
    return frames.udp_frame(slots, MESSAGES[name](slots, form))


def _v2(slots: Slots, kind: int, elements: list[bytes], *, teid: bytes | None = None) -> bytes:
    body = (slots.number("teid") if teid is None else teid) + slots.number("sequence", 3) + b"\x00" + b"".join(elements)
    return bytes([0x48, kind]) + len(body).to_bytes(2, "big") + body


def _ie(kind: int, value: bytes, instance: int = 0) -> bytes:
    return bytes([kind]) + len(value).to_bytes(2, "big") + bytes([instance]) + value


def _endpoint(slots: Slots, interface: int, column: str, form: GtpForm) -> bytes:
    address = slots.number("source" if form.endpoint == "own" else "address")
    return bytes([0x80 | interface]) + slots.number(column) + address


def _create_session(s: Slots, form: GtpForm) -> bytes:
    bearer = [_ie(73, b"\x05"), _ie(80, b"\x48\x09" + bytes(20)), _ie(87, _endpoint(s, 4, "tunnel_user", form), 2)]
    elements = [
        _ie(1, s.tbcd("imsi", 15)),
        _ie(76, s.tbcd("msisdn", 13)),
        _ie(86, b"\x10" + s.cell()),
        _ie(83, s.number("plmn", 3)),
        _ie(82, b"\x06"),
        _ie(87, _endpoint(s, 6, "tunnel", form)),
        _ie(71, _GPRS[form.apn] + s.text("apn", _OPERATOR_WIDTH)),
        _ie(128, b"\x00"),
        _ie(99, b"\x01"),
        _ie(79, b"\x01" + bytes(4)),
        _ie(127, b"\x00"),
        _ie(72, bytes(8)),
        _ie(93, b"".join(bearer)),
    ]
    return _v2(s, 32, elements, teid=bytes(4))


def _created_session(s: Slots, form: GtpForm) -> bytes:
    cause = _ie(2, bytes([form.cause or 16, 0]))
    if form.cause:
        return _v2(s, 33, [cause])
    inner = [_ie(73, b"\x05"), _ie(2, b"\x10\x00"), _ie(87, _endpoint(s, 5, "tunnel_user", form), 2)]
    return _v2(
        s,
        33,
        [
            cause,
            _ie(87, _endpoint(s, 7, "tunnel", form), 1),
            _ie(79, b"\x01\x0a\x00\x00\x01"),
            _ie(93, b"".join(inner)),
        ],
    )


def _modify(s: Slots, form: GtpForm) -> bytes:
    bearer = _ie(73, b"\x05") + _ie(87, _endpoint(s, 4, "tunnel_user", form), 1)
    return _v2(s, 34, [_ie(86, b"\x10" + s.cell()), _ie(87, _endpoint(s, 6, "tunnel", form)), _ie(93, bearer)])


def _plain(kind: int, *fixed: bytes) -> Callable[[Slots, GtpForm], bytes]:
    return lambda s, form: _v2(s, kind, [*fixed] if not form.cause else [_ie(2, bytes([form.cause, 0]))])


def _v1(slots: Slots, kind: int, elements: list[bytes], *, teid: bytes | None = None) -> bytes:
    body = slots.short("sequence") + b"".join(elements)
    return bytes([0x32, kind]) + len(body).to_bytes(2, "big") + (slots.number("teid") if teid is None else teid) + body


def _tlv(kind: int, value: bytes) -> bytes:
    return bytes([kind]) + len(value).to_bytes(2, "big") + value


def _addresses(slots: Slots, form: GtpForm) -> list[bytes]:
    address = slots.number("source" if form.endpoint == "own" else "address")
    return [_tlv(133, address), _tlv(133, address)]


def _create_pdp(s: Slots, form: GtpForm) -> bytes:
    elements = [
        b"\x02" + s.tbcd("imsi", 15),
        b"\x0e\x01\x0f\x00",
        b"\x10" + s.number("tunnel_user"),
        b"\x11" + s.number("tunnel"),
        b"\x14\x05\x1a\x08\x00",
        _tlv(128, b"\xf1\x21"),
        _tlv(131, _GPRS[form.apn] + s.text("apn", _OPERATOR_WIDTH)),
        *_addresses(s, form),
        _tlv(134, b"\x91" + s.tbcd("msisdn", 13)),
        _tlv(135, _QUALITY),
        _tlv(151, b"\x01"),
        _tlv(152, b"\x00" + s.cell()),
    ]
    return _v1(s, 16, elements, teid=bytes(4))


def _created_pdp(s: Slots, form: GtpForm) -> bytes:
    if form.cause:
        return _v1(s, 17, [bytes([1, form.cause])])
    elements = [
        b"\x01\x80\x08\xfe",
        b"\x10" + s.number("tunnel_user"),
        b"\x11" + s.number("tunnel"),
        b"\x7f\x00\x00\x00\x01",
        _tlv(128, b"\xf1\x21\x0a\x00\x00\x01"),
        *_addresses(s, form),
        _tlv(135, _QUALITY),
    ]
    return _v1(s, 17, elements)


def _echo(kind: int) -> Callable[[Slots, GtpForm], bytes]:
    return lambda s, form: _v2_echo(s, kind, _ie(3, b"\x07") + form.payload)


def _v2_echo(slots: Slots, kind: int, content: bytes) -> bytes:
    body = slots.number("sequence", 3) + b"\x00" + content
    return bytes([0x40, kind]) + len(body).to_bytes(2, "big") + body


def _user_packet(s: Slots, form: GtpForm) -> bytes:
    packet = _datagram(0xC000, 0x8000, bytes(24))
    if form.nested:
        hidden = _datagram(0xC001, 0x8001, bytes(4))
        packet = _datagram(2152, 2152, b"\x30\xff" + len(hidden).to_bytes(2, "big") + bytes([0, 0, 0, 1]) + hidden)
    return bytes([0x30, 255]) + len(packet).to_bytes(2, "big") + s.number("teid") + packet


def _datagram(source: int, target: int, content: bytes) -> bytes:
    """What a subscriber sends: IPv4 and UDP, the latter without checksum."""
    udp = source.to_bytes(2, "big") + target.to_bytes(2, "big") + (8 + len(content)).to_bytes(2, "big") + bytes(2)
    total = (28 + len(content)).to_bytes(2, "big")
    head = b"\x45\x00" + total + bytes.fromhex("0001400040110000" + "0a000001" + "c0000201")
    checksum = int(ones_complement(np.frombuffer(head, np.uint8)[None, :])[0]).to_bytes(2, "big")
    return head[:10] + checksum + head[12:] + udp + content


MESSAGES: dict[str, Callable[[Slots, GtpForm], bytes]] = {
    "create-session.request": _create_session,
    "create-session.response": _created_session,
    "modify-bearer.request": _modify,
    "modify-bearer.response": _plain(35, _ie(2, b"\x10\x00")),
    "delete-session.request": _plain(36, _ie(73, b"\x05")),
    "delete-session.response": _plain(37, _ie(2, b"\x10\x00")),
    "delete-bearer.request": _plain(99, _ie(73, b"\x05")),
    "echo.request": _echo(1),
    "echo.response": _echo(2),
    "create-pdp-context.request": _create_pdp,
    "create-pdp-context.response": _created_pdp,
    "update-pdp-context.request": lambda s, form: _v1(s, 18, [b"\x10" + s.number("tunnel_user"), b"\x11" + s.number("tunnel"), b"\x14\x05", *_addresses(s, form), _tlv(135, _QUALITY)]),
    "update-pdp-context.response": lambda s, form: _v1(s, 19, [bytes([1, form.cause or 128])]),
    "delete-pdp-context.request": lambda s, _: _v1(s, 20, [b"\x13\xff\x14\x05"]),
    "delete-pdp-context.response": lambda s, form: _v1(s, 21, [bytes([1, form.cause or 128])]),
    "context.request": lambda s, _: _v1(s, 50, [b"\x02" + s.tbcd("imsi", 15), b"\x11" + s.number("tunnel"), _tlv(133, s.number("source"))], teid=bytes(4)),
    "user-packet": _user_packet,
}  # fmt: skip
"""By name and direction of the exchange."""
