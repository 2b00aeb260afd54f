"""MAP messages as frames: which operation in which context between which subsystems, and the forms evasions give it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from ipxray.lab.captures import dialogue, frames
from ipxray.lab.captures.ber import integer, object_identifier, tlv
from ipxray.lab.captures.map_arguments import ARGUMENTS, RESULTS, encoded
from ipxray.lab.captures.sccp import MAX_UNITDATA, Party, Segment, m3ua_data, unitdata, xunitdata
from ipxray.lab.captures.slots import Slots

__all__ = ["OPERATIONS", "PLAIN", "Form", "Operation", "Part", "map_frame", "tcap_message"]

Part = Literal["begin", "open", "opened", "push", "continue", "ack", "end", "final", "error"]
"""What a frame does in its dialogue. begin, open (no component), push and ack come from the one who began it."""

_FROM_INITIATOR = frozenset({"begin", "open", "push", "ack"})
_M3UA = 3
_HLR, _VLR, _MSC, _EIR, _GMLC, _SCF, _SGSN = 6, 7, 8, 9, 145, 147, 149


class Operation(NamedTuple):
    """One operation: its code, application context and version, and the subsystems of invoker and performer."""

    code: int
    context: int
    version: int
    invoker: int
    performer: int
    in_reference: bool = False


OPERATIONS: dict[str, Operation] = {
    "updateLocation": Operation(2, 1, 3, _VLR, _HLR),
    "cancelLocation": Operation(3, 2, 3, _HLR, _VLR),
    "provideRoamingNumber": Operation(4, 3, 3, _HLR, _VLR),
    "noteSubscriberDataModified": Operation(5, 22, 3, _HLR, _SCF),
    "insertSubscriberData": Operation(7, 16, 3, _HLR, _VLR),
    "deleteSubscriberData": Operation(8, 16, 3, _HLR, _VLR),
    "registerSS": Operation(10, 18, 2, _VLR, _HLR, in_reference=True),
    "activateSS": Operation(12, 18, 2, _VLR, _HLR, in_reference=True),
    "interrogateSS": Operation(14, 18, 2, _VLR, _HLR, in_reference=True),
    "authenticationFailureReport": Operation(15, 39, 3, _VLR, _HLR),
    "sendRoutingInfo": Operation(22, 5, 3, _MSC, _HLR),
    "updateGprsLocation": Operation(23, 32, 3, _SGSN, _HLR),
    "sendRoutingInfoForGprs": Operation(24, 33, 3, 150, _HLR),
    "reset": Operation(37, 10, 2, _HLR, _VLR),
    "checkIMEI": Operation(43, 13, 3, _MSC, _EIR),
    "mt-forwardSM": Operation(44, 25, 3, _MSC, _MSC),
    "sendRoutingInfoForSM": Operation(45, 20, 3, _MSC, _HLR),
    "mo-forwardSM": Operation(46, 21, 3, _MSC, _MSC),
    "reportSM-DeliveryStatus": Operation(47, 20, 3, _MSC, _HLR),
    "activateTraceMode": Operation(50, 17, 3, _HLR, _VLR),
    "sendIdentification": Operation(55, 15, 3, _VLR, _VLR),
    "sendAuthenticationInfo": Operation(56, 14, 3, _VLR, _HLR),
    "restoreData": Operation(57, 1, 3, _VLR, _HLR),
    "sendIMSI": Operation(58, 26, 2, _VLR, _HLR),
    "processUnstructuredSS-Request": Operation(59, 19, 2, _VLR, _HLR, in_reference=True),
    "unstructuredSS-Request": Operation(60, 19, 2, _HLR, _VLR, in_reference=True),
    "anyTimeSubscriptionInterrogation": Operation(62, 43, 3, _SCF, _HLR),
    "alertServiceCentre": Operation(64, 23, 2, _HLR, _MSC),
    "anyTimeModification": Operation(65, 43, 3, _SCF, _HLR),
    "readyForSM": Operation(66, 24, 3, _VLR, _HLR),
    "purgeMS": Operation(67, 27, 3, _VLR, _HLR),
    "provideSubscriberInfo": Operation(70, 28, 3, _HLR, _VLR),
    "anyTimeInterrogation": Operation(71, 29, 3, _SCF, _HLR),
    "provideSubscriberLocation": Operation(83, 38, 3, _GMLC, _MSC),
    "sendRoutingInfoForLCS": Operation(85, 37, 3, _GMLC, _HLR),
}
"""By the name in 3GPP TS 29.002. Contexts are those of §17.3.3."""


@dataclass(frozen=True)
class Form:
    """How a message departs from the ordinary; the defaults do not."""

    variant: str = ""
    version: int | None = None
    inside: str = ""
    """Operation whose dialogue this one runs in, when it is another."""
    plan: Literal[1, 7] = 1
    """Numbering plan of the called address of what the initiator sends; 7 has fifteen digits (E.214)."""
    error: int = 0
    is_sgsn: bool = False
    is_global: bool = False
    context: Literal["right", "none", "longer", "other"] = "right"
    transaction: Literal["right", "long"] = "right"
    subsystem: Literal["right", "none", "zero", "other"] = "right"
    argument: Literal["right", "high_tag", "no_identity", "long_length", "extension_first", "double_identity"] = "right"
    extra: str = ""
    """A second operation in a component before this one."""
    digits: int = 13
    """Digits of the calling title."""
    segments: int = 1
    segment: int = 0


PLAIN = Form()


def map_frame(slots: Slots, name: str, part: Part, form: Form = PLAIN) -> bytes:
    """One MAP message in one frame, or one segment of it."""
    message = tcap_message(slots, name, part, form)
    called, calling = _parties(slots, form.inside or name, part, form)
    if form.segments > 1:
        at = [slots.cut(message, len(message) * place // form.segments) for place in (form.segment, form.segment + 1)]
        cut = Segment(form.segment == 0, form.segments - form.segment - 1, _reference(slots, part))
        packet = xunitdata(called, calling, message[at[0] : at[1]], cut)
    elif len(message) > MAX_UNITDATA:
        raise ValueError(f"{name}.{part} has {len(message)} octets and needs segments")
    else:
        packet = unitdata(called, calling, message)
    return frames.sctp_frame(slots, m3ua_data(slots, packet), _M3UA)


def tcap_message(slots: Slots, name: str, part: Part, form: Form = PLAIN) -> bytes:
    """The transaction message with its dialogue portion and components."""
    opened = OPERATIONS[form.inside or name]
    version = form.version or opened.version
    portion = _portion(slots, opened, part, version, form)
    components = _components(slots, name, part, form)
    origin, destination = slots.number("otid"), slots.number("dtid")
    if form.transaction == "long":
        origin = b"\x00" + origin
    if part in {"begin", "open"}:
        return dialogue.begin(origin, components, portion)
    if part in {"end", "final", "error"}:
        return dialogue.end(destination, components, portion)
    return dialogue.continued(origin, destination, components, portion)


def _reference(slots: Slots, part: Part) -> bytes:
    return slots.number("dtid" if part in {"end", "final", "error"} else "otid", 3)


def _portion(slots: Slots, opened: Operation, part: Part, version: int, form: Form) -> bytes:
    if version == 1 or form.context == "none" or part in {"ack", "final", "push"}:
        return b""
    number = opened.context + (1 if form.context == "other" else 0)
    context = f"0.4.0.0.1.0.{number}.{version}" + (".1" if form.context == "longer" else "")
    if part not in {"begin", "open"}:
        return dialogue.accepted(context)
    opens = dialogue.map_open(dialogue.map_reference(slots.tbcd("imsi", 15))) if opened.in_reference else b""
    return dialogue.request(context, opens if form.argument != "no_identity" else b"")


def _components(slots: Slots, name: str, part: Part, form: Form) -> list[bytes]:
    operation = OPERATIONS[name]
    code = _code(operation, form)
    if part in {"open", "opened"}:
        return []
    if part == "error":
        return [dialogue.error(form.error)]
    if part in {"begin", "push", "continue"}:
        first = [_invoke(slots, form.extra, PLAIN, 1)] if form.extra else []
        return [*first, _invoke(slots, name, form, 2 if first else 1)]
    found = RESULTS.get(f"{name}.{form.variant}") or RESULTS.get(name)
    return [dialogue.result(code, encoded(found, slots) if found else b"")]


def _invoke(slots: Slots, name: str, form: Form, number: int) -> bytes:
    key = f"{name}.{form.variant}" if form.variant else name
    argument = encoded(ARGUMENTS[key], slots)
    return dialogue.invoke(_code(OPERATIONS[name], form), _reshaped(argument, slots, form), number)


def _code(operation: Operation, form: Form) -> bytes:
    return object_identifier(f"0.4.0.0.1.1.{operation.code}") if form.is_global else integer(operation.code)


def _reshaped(argument: bytes, slots: Slots, form: Form) -> bytes:
    """The argument with its IMSI in another encoding. Only arguments under 126 octets are reshaped."""
    imsi = slots.tbcd("imsi", 15) if form.argument != "right" else b""
    body = argument[2:]
    if form.argument == "right" or imsi not in body:
        return argument
    at = body.index(imsi) - 2
    element, rest = body[at : at + 10], body[at + 10 :]
    tag = element[0]
    number = tag & 0x1F
    written = {
        "high_tag": bytes([tag & 0xE0 | 0x1F, number, 8]) + imsi,
        "long_length": bytes([tag, 0x81, 8]) + imsi,
        "no_identity": b"",
        "extension_first": bytes.fromhex("9e0100") + element,
        "double_identity": tlv(tag, bytes(8)) + element,
    }[form.argument]
    return tlv(argument[0], body[:at], written, rest)


def _parties(slots: Slots, name: str, part: Part, form: Form) -> tuple[Party, Party]:
    operation = OPERATIONS[name]
    invoker, performer = operation.invoker, operation.performer
    if form.is_sgsn:
        invoker, performer = (_SGSN if each == _VLR else each for each in (invoker, performer))
    sent = part in _FROM_INITIATOR
    own, peer = (invoker, performer) if sent else (performer, invoker)
    count = 15 if sent and form.plan == 7 else 13
    called = Party(slots.tbcd("called", count, 0), count, peer, form.plan if sent else 1)
    calling = Party(slots.tbcd("calling", form.digits, 0), form.digits, own)
    if form.subsystem == "right":
        return called, calling
    subsystem: int | None = {"none": None, "zero": 0, "other": 254}[form.subsystem]
    return called.on(subsystem), calling
