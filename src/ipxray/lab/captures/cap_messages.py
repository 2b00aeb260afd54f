"""CAP messages of version 2 as frames. Arguments are a few lines of 3GPP TS 29.078 each, written by hand."""

from __future__ import annotations

from collections.abc import Callable

from ipxray.lab.captures import dialogue, frames
from ipxray.lab.captures.ber import integer, tlv
from ipxray.lab.captures.sccp import Party, m3ua_data, unitdata
from ipxray.lab.captures.slots import Slots

__all__ = ["cap_frame"]

_CONTEXT = "0.4.0.0.1.0.50.1"
_SUBSYSTEM = 146
_M3UA = 3
_COLLECTED, _ANSWER, _DISCONNECT = 2, 7, 9


def cap_frame(slots: Slots, name: str, part: str) -> bytes:
    """One message of a CAMEL call dialogue; begin and push come from the switch, continue and end from the gsmSCF."""
    components = _CONTENT[name](slots)
    origin, destination = slots.number("otid"), slots.number("dtid")
    if part == "begin":
        message = dialogue.begin(origin, components, dialogue.request(_CONTEXT))
    elif part == "end":
        message = dialogue.end(destination, components)
    else:
        accepts = dialogue.accepted(_CONTEXT) if part == "continue" else b""
        message = dialogue.continued(origin, destination, components, accepts)
    called = Party(slots.tbcd("called", 13, 0), 13, _SUBSYSTEM)
    calling = Party(slots.tbcd("calling", 13, 0), 13, _SUBSYSTEM)
    return frames.sctp_frame(slots, m3ua_data(slots, unitdata(called, calling, message)), _M3UA)


def _in_context(number: int, content: bytes, *, constructed: bool = False) -> bytes:
    """A context tag; numbers above 30 take the high form by right."""
    head = 0xA0 if constructed else 0x80
    if number < 31:
        return tlv(head | number, content)
    return bytes([head | 0x1F, number, len(content)]) + content


def _initial_dp(s: Slots) -> list[bytes]:
    cell = tlv(0xA3, tlv(0x80, s.cell()))
    location = integer(0) + tlv(0x81, b"\x91" + s.tbcd("node", 13)) + cell
    argument = b"".join(
        [
            _in_context(0, b"\x14"),
            _in_context(3, b"\x84\x13" + s.tbcd("msisdn", 13, 0)),
            _in_context(5, b"\x0a"),
            _in_context(28, bytes([_COLLECTED])),
            _in_context(50, s.tbcd("imsi", 15)),
            _in_context(52, location, constructed=True),
            _in_context(55, b"\x91" + s.tbcd("node", 13)),
            _in_context(56, b"\x91" + s.tbcd("other", 13)),
        ]
    )
    return [dialogue.invoke(integer(0), tlv(0x30, argument))]


def _report_request(number: int) -> bytes:
    events = b"".join(
        tlv(0x30, _in_context(0, bytes([event])), _in_context(1, b"\x01")) for event in (_ANSWER, _DISCONNECT)
    )
    return dialogue.invoke(integer(23), tlv(0x30, tlv(0xA0, events)), number)


def _connect(s: Slots) -> list[bytes]:
    address = tlv(0x04, b"\x84\x10" + s.tbcd("other", 13, 0))
    return [dialogue.invoke(integer(20), tlv(0x30, tlv(0xA0, address)), 1)]


_CONTENT: dict[str, Callable[[Slots], list[bytes]]] = {
    "initialDP": _initial_dp,
    "instructions": lambda _: [_report_request(1), dialogue.invoke(integer(31), b"", 2)],
    "connect": _connect,
    "eventReportBCSM": lambda _: [dialogue.invoke(integer(24), tlv(0x30, _in_context(0, bytes([_ANSWER]))), 2)],
    "disconnected": lambda _: [dialogue.invoke(integer(24), tlv(0x30, _in_context(0, bytes([_DISCONNECT]))), 3)],
    "releaseCall": lambda _: [dialogue.invoke(integer(22), tlv(0x04, b"\x80\x90"), 3)],
}
