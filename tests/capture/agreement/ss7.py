"""What tshark reads of SS7: one row a TCAP component, in the columns of the table `messages`."""

from __future__ import annotations

from tests.capture.agreement.dissector import Field, Frame

Row = dict[str, object]

USERS = {"gsm_map": "map", "camel": "cap", "inap": "tcap", "gsm_old": "tcap"}
TRANSACTIONS = {
    "tcap.unidirectional_element": "unidirectional",
    "tcap.begin_element": "begin",
    "tcap.end_element": "end",
    "tcap.continue_element": "continue",
    "tcap.abort_element": "abort",
}
# The CHOICE of Component, Q.773 §3.2: names that the MAP and CAP dissectors give its arms.
COMPONENTS = {
    "gsm_old.invoke_element": "invoke",
    "gsm_old.returnResultLast_element": "return_result",
    "gsm_old.returnResultNotLast_element": "return_result",
    "gsm_old.returnError_element": "return_error",
    "gsm_old.reject_element": "reject",
    "camel.invoke_element": "invoke",
    "camel.returnResult_element": "return_result",
    "camel.returnError_element": "return_error",
    "camel.reject_element": "reject",
    "tcap.invoke_element": "invoke",
    "tcap.returnResultLast_element": "return_result",
    "tcap.returnResultNotLast_element": "return_result",
    "tcap.returnError_element": "return_error",
    "tcap.reject_element": "reject",
}


class _Message:
    """One TCAP message: what its components share, and how many there are."""

    def __init__(self, shared: Row, count: int) -> None:
        self.shared, self.count, self.components = shared, count, list[Row]()

    def rows(self) -> list[Row]:
        """A row a component; components of a user that tshark does not know are counted only."""
        unknown = max(self.count, 1) - len(self.components)
        return [self.shared | component for component in (*self.components, *[{}] * unknown)]


def rows(frame: Frame) -> list[Row]:
    """The components of every TCAP message in `frame`; a message without components gives one row."""
    messages: list[_Message] = []
    label: Row = {}
    parties: Row = {}
    for protocol in frame.protocols:
        place = {"frame": frame.number, **label, **parties}
        if protocol.name in {"m3ua", "mtp3"}:
            label, parties = _label(protocol) or label, {}
        elif protocol.name in {"sccp", "sua"}:
            parties = _parties(protocol)
        elif protocol.name == "tcap" and protocol.children:
            messages.append(_Message(place | _transaction(protocol), protocol.number("tcap.components") or 0))
        elif protocol.name == "ansi_tcap":
            messages.append(_Message(place | _ansi(protocol), protocol.number("ansi_tcap.componentPortion") or 0))
        elif protocol.name in USERS and messages:
            messages[-1].components.append(
                {"protocol": USERS[protocol.name], **_component(protocol, messages[-1].shared)}
            )
    return [row for message in messages for row in message.rows()]


def _label(protocol: Field) -> Row:
    origin = protocol.number("m3ua.protocol_data_opc", "mtp3.opc")
    if origin is None:
        return {}
    return {
        "originating_point_code": origin,
        "destination_point_code": protocol.number("m3ua.protocol_data_dpc", "mtp3.dpc"),
        "network_indicator": protocol.number("m3ua.protocol_data_ni", "mtp3.network_indicator"),
    }


def _parties(protocol: Field) -> Row:
    row: Row = {}
    for side in ("calling", "called"):
        row[f"{side}_global_title"] = protocol.text(f"sccp.{side}.digits") or None
        row[f"{side}_nature_of_address"] = protocol.number(f"sccp.{side}.nai")
        row[f"{side}_numbering_plan"] = protocol.number(f"sccp.{side}.np")
        row[f"{side}_translation_type"] = protocol.number(f"sccp.{side}.tt")
        row[f"{side}_subsystem_number"] = protocol.number(f"sccp.{side}.ssn")
        row[f"{side}_point_code"] = protocol.number(f"sccp.{side}.pc", f"sccp.{side}.ansi_pc")
    return row


def _hex(text: str | None) -> int | None:
    return None if not text else int(text.replace(":", ""), 16)


def _transaction(protocol: Field) -> Row:
    kinds = [TRANSACTIONS[field.name] for field in protocol.children if field.name in TRANSACTIONS]
    row: Row = {
        "protocol": "tcap",
        "message_type": kinds[0] if kinds else None,
        "originating_transaction": _hex(protocol.text("tcap.otid")),
        "destination_transaction": _hex(protocol.text("tcap.dtid")),
    }
    # A later message of the dialogue has no context of its own; the decoder carries the first one on, tshark does not.
    context = protocol.text("tcap.application_context_name")
    reference = protocol.first("gsm_map.dialogue.destinationReference")
    if context:
        row["application_context"] = context
    return (
        row
        if reference is None
        else row | {"imsi": reference.text("e212.imsi"), "msisdn": reference.text("e164.msisdn")}
    )


ANSI = {"ansi_tcap.queryWithPerm_element": "query_with_permission"}


def _ansi(protocol: Field) -> Row:
    kinds = [ANSI[field.name] for field in protocol.children if field.name in ANSI]
    return {
        "protocol": "tcap",
        "message_type": kinds[0] if kinds else None,
        "originating_transaction": _hex(protocol.text("ansi_tcap.identifier")),
        "operation_code": protocol.number("ansi_tcap.private", "ansi_tcap.national"),
    }


def _component(protocol: Field, shared: Row) -> Row:
    arms = [COMPONENTS[field.name] for field in protocol.walk() if field.name in COMPONENTS]
    row: Row = {
        "component": arms[0] if arms else None,
        "invoke_id": protocol.number("gsm_old.invokeID", "camel.present", "tcap.invokeID", "gsm_old.invokeIDRej"),
    }
    operation = protocol.number("gsm_old.localValue", "camel.local", "tcap.localValue")
    if row["component"] == "return_error":
        row["error_code"] = operation
    else:
        row["operation_code"] = operation
    if protocol.name == "camel":
        row["imsi"] = _under(protocol, "imsi", "e212.imsi")
    if protocol.name == "gsm_map":
        # An operation that names nobody is about the one whom the dialogue names.
        row |= {name: found or shared.get(name) for name, found in _identities(protocol).items()}
    return row


def _identities(protocol: Field) -> Row:
    """IMSI and MSISDN of a MAP component: digits under fields that are called so."""
    return {"imsi": _under(protocol, "imsi", "e212.imsi"), "msisdn": _under(protocol, "msisdn", "e164.msisdn")}


def _under(protocol: Field, name: str, digits: str) -> str | None:
    holders = (field for field in protocol.walk() if field.name.lower().endswith(name) and field.name != digits)
    return next((text for field in holders if (text := field.text(digits))), None) or (
        protocol.text(digits) if name == "imsi" else None
    )
