"""Diameter commands as frames. Ref: RFC 6733; 3GPP TS 29.272, 29.338, 29.172, 29.173, 29.329."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ipxray.lab.captures import frames
from ipxray.lab.captures.map_arguments import deliver, submit
from ipxray.lab.captures.slots import Slots

__all__ = ["COMMANDS", "Command", "DiameterForm", "avp", "diameter_frame", "group"]

_3GPP = 10415
_SCTP_DIAMETER = 46
_REQUEST, _PROXIABLE, _ERROR, _RETRANSMITTED = 0x80, 0x40, 0x20, 0x10
_NODE_WIDTH = 38
"""Octets of a node's name: mme1.epc.mnc…; every fictional network's is as long."""
_REALM_WIDTH = 33


class Command(NamedTuple):
    """One command: code, application, whether it goes to a host, its own AVPs in request and answer."""

    code: int
    application: int
    request: Callable[[Slots], list[bytes]]
    answer: Callable[[Slots], list[bytes]]
    to_host: bool = False


@dataclass(frozen=True)
class DiameterForm:
    """How a message departs from the ordinary; widths are those of the names that lie on its way."""

    via: int = _NODE_WIDTH
    via_carrier: int = 20
    result: int = 2001
    experimental: int = 0
    origin_host: bytes | None = None
    origin_realm: bytes | None = None
    session: Literal["rfc6733", "imsi", "short"] = "rfc6733"
    visited: bytes | None = None
    is_tcp: bool = False
    is_retransmitted: bool = False
    user_twice: bool = False
    routes: tuple[bytes, ...] | None = None


def avp(code: int, data: bytes, *, vendor: int = _3GPP, mandatory: bool = True) -> bytes:
    """One AVP with its padding; vendor 0 has no vendor field."""
    flags = (0x80 if vendor else 0) | (0x40 if mandatory else 0)
    length = (12 if vendor else 8) + len(data)
    head = code.to_bytes(4, "big") + bytes([flags]) + length.to_bytes(3, "big")
    return head + (vendor.to_bytes(4, "big") if vendor else b"") + data + bytes(-len(data) % 4)


def group(code: int, *members: bytes, vendor: int = _3GPP) -> bytes:
    """A grouped AVP."""
    return avp(code, b"".join(members), vendor=vendor)


def diameter_frame(slots: Slots, name: str, form: DiameterForm, *, is_request: bool) -> bytes:
    """One request or answer in one frame, over SCTP or TCP."""
    message = _message(slots, COMMANDS[name], form, is_request=is_request)
    if form.is_tcp:
        return frames.tcp_frame(slots, message)
    return frames.sctp_frame(slots, message, _SCTP_DIAMETER)


def _message(slots: Slots, command: Command, form: DiameterForm, *, is_request: bool) -> bytes:
    body = [_session(slots, form)]
    if not is_request:
        body.append(_result(form))
    body += [_application(command.application), _number(277, 1, vendor=0), *_origin(slots, form)]
    if is_request:
        body += _request(slots, command, form)
    elif form.result == 2001 and not form.experimental:
        body += command.answer(slots)
    is_protocol_error = not is_request and 3000 <= form.result < 4000
    flags = _PROXIABLE | _REQUEST * is_request | _ERROR * is_protocol_error | _RETRANSMITTED * form.is_retransmitted
    content = b"".join(body)
    head = b"\x01" + (20 + len(content)).to_bytes(3, "big") + bytes([flags]) + command.code.to_bytes(3, "big")
    return head + command.application.to_bytes(4, "big") + slots.number("hop") + slots.number("end") + content


def _request(slots: Slots, command: Command, form: DiameterForm) -> list[bytes]:
    body = [avp(293, slots.text("to_host", _NODE_WIDTH), vendor=0)] if command.to_host else []
    body.append(avp(283, slots.text("to_realm", _REALM_WIDTH), vendor=0))
    own = command.request(slots)
    if form.user_twice:
        own = [avp(1, b"999990000000001", vendor=0), *own]
    if form.visited is not None:
        normal = avp(1407, slots.number("plmn", 3))
        own = [avp(1407, form.visited) if each == normal else each for each in own]
    body += own
    if form.routes is not None:
        return body + [avp(282, each, vendor=0) for each in form.routes]
    if form.via:
        body.append(avp(282, slots.text("via", form.via), vendor=0))
    if form.via_carrier:
        body.append(avp(282, slots.text("via_carrier", form.via_carrier), vendor=0))
    return body


def _session(slots: Slots, form: DiameterForm) -> bytes:
    numbers = slots.decimal("session", 10)
    if form.session == "short":
        return avp(263, b"s" + numbers, vendor=0)
    origin = form.origin_host if form.origin_host is not None else slots.text("host", _NODE_WIDTH)
    if form.session == "imsi":
        return avp(263, origin + b";" + numbers + b";" + slots.decimal("imsi", 15), vendor=0)
    return avp(263, slots.text("opener", _NODE_WIDTH) + b";" + numbers + b";" + slots.decimal("hop", 10), vendor=0)


def _origin(slots: Slots, form: DiameterForm) -> list[bytes]:
    host = form.origin_host if form.origin_host is not None else slots.text("host", _NODE_WIDTH)
    realm = form.origin_realm if form.origin_realm is not None else slots.text("realm", _REALM_WIDTH)
    return [avp(264, host, vendor=0), avp(296, realm, vendor=0)]


def _result(form: DiameterForm) -> bytes:
    if form.experimental:
        return group(297, _number(266, _3GPP, vendor=0), _number(298, form.experimental, vendor=0), vendor=0)
    return _number(268, form.result, vendor=0)


def _application(number: int) -> bytes:
    return group(260, _number(266, _3GPP, vendor=0), _number(258, number, vendor=0), vendor=0)


def _number(code: int, value: int, vendor: int = _3GPP) -> bytes:
    return avp(code, value.to_bytes(4, "big"), vendor=vendor)


def _user(s: Slots) -> bytes:
    return avp(1, s.decimal("imsi", 15), vendor=0)


def _msisdn(s: Slots) -> bytes:
    return avp(701, s.tbcd("msisdn", 13))


def _vector() -> bytes:
    parts = (avp(1447, bytes(16)), avp(1448, bytes(8)), avp(1449, bytes(16)), avp(1450, bytes(32)))
    return group(1413, group(1414, *parts))


def _location(s: Slots) -> bytes:
    return group(1496, group(1600, avp(1602, s.cell()), _number(1611, 2)))


def _nothing(_: Slots) -> list[bytes]:
    return []


def _plmn(s: Slots) -> bytes:
    return avp(1407, s.number("plmn", 3))


def _centre(s: Slots) -> bytes:
    return avp(3300, b"\x91" + s.tbcd("node", 13))


_S6A, _S6C, _SGD, _SLG, _SLH, _SH, _S13 = 16777251, 16777312, 16777313, 16777255, 16777291, 16777217, 16777252

COMMANDS: dict[str, Command] = {
    "update-location": Command(316, _S6A, lambda s: [_user(s), _number(1032, 1004), _number(1405, 34), _plmn(s)], lambda s: [_number(1406, 1), group(1400, _msisdn(s), _number(1424, 0), _number(1417, 0))]),
    "authentication-information": Command(318, _S6A, lambda s: [_user(s), group(1408, _number(1410, 1), _number(1412, 1)), _plmn(s)], lambda _: [_vector()]),
    "cancel-location": Command(317, _S6A, lambda s: [_user(s), _number(1420, 0)], _nothing, to_host=True),
    "insert-subscriber-data": Command(319, _S6A, lambda s: [_user(s), group(1400, _number(1424, 0))], _nothing, to_host=True),
    "insert-subscriber-data.location": Command(319, _S6A, lambda s: [_user(s), group(1400, _number(1424, 0)), _number(1490, 24)], lambda s: [_location(s)], to_host=True),
    "delete-subscriber-data": Command(320, _S6A, lambda s: [_user(s), _number(1421, 2)], _nothing, to_host=True),
    "purge-ue": Command(321, _S6A, lambda s: [_user(s)], lambda _: [_number(1442, 1)]),
    "reset": Command(322, _S6A, _nothing, _nothing, to_host=True),
    "notify": Command(323, _S6A, lambda s: [_user(s), _number(1443, 8)], _nothing),
    "me-identity-check": Command(324, _S13, lambda s: [group(1401, avp(1402, s.decimal("imsi", 15)))], lambda _: [_number(1445, 0)]),
    "send-routing-info-for-sm": Command(8388647, _S6C, lambda s: [_msisdn(s), _centre(s)], lambda s: [_user(s), group(2401, avp(2402, s.text("to_host", _NODE_WIDTH)), avp(2408, s.text("to_realm", _REALM_WIDTH)), avp(1645, s.tbcd("other", 13)))]),
    "mo-forward-short-message": Command(8388645, _SGD, lambda s: [_user(s), _centre(s), avp(3301, submit(s))], _nothing),
    "mt-forward-short-message": Command(8388646, _SGD, lambda s: [_user(s), _centre(s), avp(3301, deliver(s))], _nothing, to_host=True),
    "provide-location": Command(8388620, _SLG, lambda s: [_number(2500, 0), _user(s), _number(2510, 0)], lambda _: [avp(1242, bytes.fromhex("1012345612345610"), mandatory=False)], to_host=True),
    "routing-info": Command(8388622, _SLH, lambda s: [_user(s), avp(2405, b"\x91" + s.tbcd("node", 13))], lambda s: [_user(s), group(2401, avp(2402, s.text("to_host", _NODE_WIDTH)), avp(2408, s.text("to_realm", _REALM_WIDTH)))]),
    "user-data": Command(306, _SH, lambda s: [group(700, _msisdn(s)), _number(703, 14)], lambda _: [avp(702, b"<Sh-Data/>")]),
}  # fmt: skip
"""By command name, `name.variant` for another use of it. Codes of TS 29.230."""
