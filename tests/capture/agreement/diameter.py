"""What tshark reads of Diameter: one row a message, in the columns of the table `messages`."""

from __future__ import annotations

import re

from tests.capture.agreement.dissector import Field, Frame

Row = dict[str, object]

# RAT-Type, TS 29.212 §5.3.31, in the numbers of TS 29.274 §8.17, which the column has for every protocol.
ACCESS = {"0": 3, "1": 7, "1000": 1, "1001": 2, "1002": 4, "1003": 5, "1004": 6, "1005": 8}


def rows(frame: Frame) -> list[Row]:
    """Every Diameter message in `frame`."""
    return [_row(frame.number, protocol) for protocol in frame.protocols if protocol.name == "diameter"]


def _top(protocol: Field, name: str) -> list[str]:
    """Values of the AVPs called `name` that stand in no group."""
    return [
        field.show
        for avp in protocol.children
        if avp.name == "diameter.avp"
        for field in avp.children
        if field.name == f"diameter.{name}"
    ]


def _one(protocol: Field, name: str) -> str | None:
    return next(iter(_top(protocol, name)), None)


def _row(number: int, protocol: Field) -> Row:
    is_request = protocol.text("diameter.flags.request") in {"1", "True"}
    result = _one(protocol, "Result-Code") or protocol.text("diameter.Experimental-Result-Code")
    application = protocol.number("diameter.applicationId")
    return {
        "frame": number,
        "protocol": "diameter",
        "message_type": "request" if is_request else "answer",
        "operation_code": protocol.number("diameter.cmd.code"),
        "application_context": str(application),
        "hop_by_hop": protocol.number("diameter.hopbyhopid"),
        "end_to_end": protocol.number("diameter.endtoendid"),
        "error_code": None if result is None else int(result),
        "origin_host": _one(protocol, "Origin-Host"),
        "origin_realm": _one(protocol, "Origin-Realm"),
        "destination_host": _one(protocol, "Destination-Host"),
        "destination_realm": _one(protocol, "Destination-Realm"),
        "route_record": _top(protocol, "Route-Record"),
        "imsi": _imsi(protocol),
        "msisdn": _msisdn(protocol),
        "length": protocol.number("diameter.length"),
        "apn": protocol.text("diameter.Service-Selection", "diameter.Called-Station-Id"),
        **({"rat": ACCESS.get(access)} if (access := protocol.text("diameter.RAT-Type")) else {}),
    }


def _imsi(protocol: Field) -> str | None:
    """An IMSI of its own, or the user part of a User-Name: TS 23.003 §13.3 makes a private identity from an IMSI so."""
    for text in (
        protocol.text("e212.imsi"),
        protocol.text("diameter.User-Name"),
        protocol.text("diameter.Subscription-Id-Data"),
    ):
        match = re.fullmatch(r"(\d{14,15})(@.*)?", text or "")
        if match:
            return match.group(1)
    return None


def _msisdn(protocol: Field) -> str | None:
    """A number of its own, or that of a public identity that is a telephone number."""
    match = re.match(r"(?:sip|tel):\+(\d+)", protocol.text("diameter.Public-Identity") or "")
    return protocol.text("e164.msisdn") or (match.group(1) if match else None)
