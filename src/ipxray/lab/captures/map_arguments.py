"""Arguments and results of MAP operations, encoded by pycrate out of the ASN.1 of 3GPP TS 29.002."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from ipxray.errors import UsageError
from ipxray.lab.captures.ber import tlv
from ipxray.lab.captures.slots import Slots

__all__ = ["ARGUMENTS", "RESULTS", "Value", "deliver", "encoded", "submit"]

Value = tuple[str, str, Callable[[Slots], Any]]
"""Module of the standard, type, and its value with slots."""

_HOUR = 60
# Numbers nobody acts on: text messages say only what they are, keys are zero.
_VECTOR = {"rand": bytes(16), "xres": bytes(8), "ck": bytes(16), "ik": bytes(16), "autn": bytes(16)}
_NAME = bytes.fromhex("07d0") + bytes.fromhex("c260d309")  # TP-OA "BANK", alphanumeric
_TEXT = bytes.fromhex("CC741CF47693D161")
_SEPTETS = 9


def _imsi(s: Slots) -> bytes:
    return s.tbcd("imsi", 15)


def _number(s: Slots, column: str = "node") -> bytes:
    return b"\x91" + s.tbcd(column, 13)


def deliver(s: Slots, *, pid: int = 0, dcs: int = 0, originator: bytes | None = None, data: bytes = _TEXT) -> bytes:
    """An SMS-DELIVER: originator, protocol identifier, coding, a time stamp of zeros, user data (TS 23.040 §9.2.2.1)."""
    sender = originator or bytes([13, 0x91]) + s.tbcd("other", 13)
    length = len(data) if dcs & 0x04 else _SEPTETS
    header = 0x44 if dcs in {0x16, 0xF6} else 0x04
    return bytes([header]) + sender + bytes([pid, dcs]) + bytes.fromhex("62112080000000") + bytes([length]) + data


def submit(s: Slots) -> bytes:
    """An SMS-SUBMIT to a number."""
    return b"\x11\x07\x0d\x91" + s.tbcd("other", 13) + b"\x00\x00\xa7" + bytes([_SEPTETS]) + _TEXT


def _subscriber_data(s: Slots, *, full: bool = True) -> dict[str, Any]:
    data: dict[str, Any] = {"msisdn": _number(s, "msisdn"), "category": b"\x0a", "subscriberStatus": "serviceGranted"}
    if full:
        data["bearerServiceList"] = [b"\x11", b"\x16"]
        data["teleserviceList"] = [b"\x11", b"\x21", b"\x22"]
    return data


def camel(s: Slots, column: str = "node") -> dict[str, Any]:
    """A CAMEL subscription: calls of the subscriber report to that gsmSCF first."""
    item = {
        "o-BcsmTriggerDetectionPoint": "collectedInfo",
        "serviceKey": 20,
        "gsmSCF-Address": _number(s, column),
        "defaultCallHandling": "continueCall",
    }
    return {"o-CSI": {"o-BcsmCamelTDPDataList": [item], "camelCapabilityHandling": 2}}


def _location(s: Slots) -> dict[str, Any]:
    return {
        "ageOfLocationInformation": 3,
        "vlr-number": _number(s, "other"),
        "cellGlobalIdOrServiceAreaIdOrLAI": ("cellGlobalIdOrServiceAreaIdFixedLength", s.cell()),
    }


def _requested(**more: int) -> dict[str, int]:
    return {"locationInformation": 0, "subscriberState": 0, **more}


TOOLKIT = bytes.fromhex("027000") + bytes.fromhex("001e0d00010000") + bytes.fromhex("505348") + bytes(12)
"""A command packet for the toolkit application 505348 (TS 31.115), security indicator 0001, without content."""

ARGUMENTS: dict[str, Value] = {
    "updateLocation": ("MS", "UpdateLocationArg", lambda s: {"imsi": _imsi(s), "msc-Number": _number(s), "vlr-Number": _number(s), "vlr-Capability": {"supportedCamelPhases": (0b1100, 4)}}),
    "updateLocation.v1": ("MS", "UpdateLocationArg", lambda s: {"imsi": _imsi(s), "msc-Number": _number(s), "vlr-Number": _number(s)}),
    "updateGprsLocation": ("MS", "UpdateGprsLocationArg", lambda s: {"imsi": _imsi(s), "sgsn-Number": _number(s), "sgsn-Address": b"\x04" + s.number("address")}),
    "sendAuthenticationInfo": ("MS", "SendAuthenticationInfoArg", lambda s: {"imsi": _imsi(s), "numberOfRequestedVectors": 3}),
    "sendAuthenticationInfo.v2": ("direct", "IMSI", lambda s: tlv(0x04, _imsi(s))),
    "cancelLocation": ("MS", "CancelLocationArg", lambda s: {"identity": ("imsi", _imsi(s)), "cancellationType": "updateProcedure"}),
    "purgeMS": ("MS", "PurgeMS-Arg", lambda s: {"imsi": _imsi(s), "vlr-Number": _number(s)}),
    "restoreData": ("MS", "RestoreDataArg", lambda s: {"imsi": _imsi(s)}),
    "insertSubscriberData": ("MS", "InsertSubscriberDataArg", _subscriber_data),
    "insertSubscriberData.alone": ("MS", "InsertSubscriberDataArg", lambda s: {"imsi": _imsi(s), **_subscriber_data(s, full=False)}),
    "insertSubscriberData.large": ("MS", "InsertSubscriberDataArg", lambda s: {**_subscriber_data(s), "regionalSubscriptionData": [bytes([0, each]) for each in range(1, 11)], "vlrCamelSubscriptionInfo": camel(s), "provisionedSS": [("ss-Data", {"ss-Code": bytes([code]), "ss-Status": b"\x0f"}) for code in range(0x11, 0x21)]}),
    "insertSubscriberData.camel": ("MS", "InsertSubscriberDataArg", lambda s: {"imsi": _imsi(s), "vlrCamelSubscriptionInfo": camel(s)}),
    "deleteSubscriberData": ("MS", "DeleteSubscriberDataArg", lambda s: {"imsi": _imsi(s), "basicServiceList": [("ext-Teleservice", b"\x11")]}),
    "provideSubscriberInfo": ("MS", "ProvideSubscriberInfoArg", lambda s: {"imsi": _imsi(s), "requestedInfo": _requested()}),
    "anyTimeInterrogation": ("MS", "AnyTimeInterrogationArg", lambda s: {"subscriberIdentity": ("msisdn", _number(s, "msisdn")), "requestedInfo": _requested(), "gsmSCF-Address": _number(s)}),
    "anyTimeSubscriptionInterrogation": ("MS", "AnyTimeSubscriptionInterrogationArg", lambda s: {"subscriberIdentity": ("msisdn", _number(s, "msisdn")), "requestedSubscriptionInfo": {"odb": 0}, "gsmSCF-Address": _number(s)}),
    "anyTimeModification": ("MS", "AnyTimeModificationArg", lambda s: {"subscriberIdentity": ("imsi", _imsi(s)), "gsmSCF-Address": _number(s), "modificationRequestFor-CF-Info": {"ss-Code": b"\x21", "forwardedToNumber": _number(s, "other")}}),
    "sendIMSI": ("direct", "ISDN", lambda s: tlv(0x04, _number(s, "msisdn"))),
    "sendIdentification": ("MS", "SendIdentificationArg", lambda s: {"tmsi": s.number("teid"), "numberOfRequestedVectors": 3}),
    "sendRoutingInfo": ("CH", "SendRoutingInfoArg", lambda s: {"msisdn": _number(s, "msisdn"), "interrogationType": "basicCall", "gmsc-OrGsmSCF-Address": _number(s)}),
    "sendRoutingInfoForGprs": ("MS", "SendRoutingInfoForGprsArg", lambda s: {"imsi": _imsi(s), "ggsn-Number": _number(s)}),
    "provideRoamingNumber": ("CH", "ProvideRoamingNumberArg", lambda s: {"imsi": _imsi(s), "msc-Number": _number(s), "msisdn": _number(s, "msisdn"), "gmsc-Address": _number(s, "other")}),
    "sendRoutingInfoForSM": ("SM", "RoutingInfoForSM-Arg", lambda s: {"msisdn": _number(s, "msisdn"), "sm-RP-PRI": True, "serviceCentreAddress": _number(s)}),
    "mt-forwardSM": ("SM", "MT-ForwardSM-Arg", lambda s: {"sm-RP-DA": ("imsi", _imsi(s)), "sm-RP-OA": ("serviceCentreAddressOA", _number(s)), "sm-RP-UI": deliver(s)}),
    "mt-forwardSM.toolkit": ("SM", "MT-ForwardSM-Arg", lambda s: {"sm-RP-DA": ("imsi", _imsi(s)), "sm-RP-OA": ("serviceCentreAddressOA", _number(s)), "sm-RP-UI": deliver(s, pid=127, dcs=0x16, data=TOOLKIT)}),
    "mt-forwardSM.named": ("SM", "MT-ForwardSM-Arg", lambda s: {"sm-RP-DA": ("imsi", _imsi(s)), "sm-RP-OA": ("serviceCentreAddressOA", _number(s)), "sm-RP-UI": deliver(s, originator=_NAME)}),
    "mo-forwardSM": ("SM", "MO-ForwardSM-Arg", lambda s: {"sm-RP-DA": ("serviceCentreAddressDA", _number(s)), "sm-RP-OA": ("msisdn", _number(s, "msisdn")), "sm-RP-UI": submit(s), "imsi": _imsi(s)}),
    "reportSM-DeliveryStatus": ("SM", "ReportSM-DeliveryStatusArg", lambda s: {"msisdn": _number(s, "msisdn"), "serviceCentreAddress": _number(s), "sm-DeliveryOutcome": "absentSubscriber", "absentSubscriberDiagnosticSM": 0}),
    "alertServiceCentre": ("SM", "AlertServiceCentreArg", lambda s: {"msisdn": _number(s, "msisdn"), "serviceCentreAddress": _number(s)}),
    "readyForSM": ("SM", "ReadyForSM-Arg", lambda s: {"imsi": _imsi(s), "alertReason": "ms-Present"}),
    "registerSS": ("SS", "RegisterSS-Arg", lambda s: {"ss-Code": b"\x21", "forwardedToNumber": _number(s, "other")}),
    "interrogateSS": ("SS", "SS-ForBS-Code", lambda _: {"ss-Code": b"\x21"}),
    "activateSS": ("SS", "SS-ForBS-Code", lambda _: {"ss-Code": b"\x33"}),
    "processUnstructuredSS-Request": ("SS", "USSD-Arg", lambda _: {"ussd-DataCodingScheme": b"\x0f", "ussd-String": bytes.fromhex("aa180c3602")}),
    "unstructuredSS-Request": ("SS", "USSD-Arg", lambda _: {"ussd-DataCodingScheme": b"\x0f", "ussd-String": bytes.fromhex("aa180c3602")}),
    "reset": ("MS", "ResetArg", lambda s: {"sendingNodenumber": ("hlr-Number", _number(s))}),
    "checkIMEI": ("MS", "CheckIMEI-Arg", lambda s: {"imei": s.tbcd("imsi", 16), "requestedEquipmentInfo": (0b10, 2)}),
    "activateTraceMode": ("OM", "ActivateTraceModeArg", lambda s: {"imsi": _imsi(s), "traceReference": b"\x01", "traceType": 1}),
    "noteSubscriberDataModified": ("MS", "NoteSubscriberDataModifiedArg", lambda s: {"imsi": _imsi(s), "msisdn": _number(s, "msisdn")}),
    "authenticationFailureReport": ("MS", "AuthenticationFailureReportArg", lambda s: {"imsi": _imsi(s), "failureCause": "wrongUserResponse"}),
    "provideSubscriberLocation": ("LCS", "ProvideSubscriberLocation-Arg", lambda s: {"locationType": {"locationEstimateType": "currentLocation"}, "mlc-Number": _number(s), "imsi": _imsi(s), "lcs-ClientID": {"lcsClientType": "lawfulInterceptServices"}}),
    "sendRoutingInfoForLCS": ("LCS", "RoutingInfoForLCS-Arg", lambda s: {"mlcNumber": _number(s), "targetMS": ("msisdn", _number(s, "msisdn"))}),
}  # fmt: skip
"""The invoke of each operation; `name.variant` is another use of the same one."""

RESULTS: dict[str, Value] = {
    "updateLocation.v1": ("direct", "ISDN", lambda s: tlv(0x04, _number(s, "other"))),
    "sendAuthenticationInfo.v2": ("direct", "list", lambda _: tlv(0x30, *[tlv(0x30, tlv(0x04, bytes(16)), tlv(0x04, bytes(4)), tlv(0x04, bytes(8)))] * 3)),
    "updateLocation": ("MS", "UpdateLocationRes", lambda s: {"hlr-Number": _number(s, "other")}),
    "updateGprsLocation": ("MS", "UpdateGprsLocationRes", lambda s: {"hlr-Number": _number(s, "other")}),
    "sendAuthenticationInfo": ("MS", "SendAuthenticationInfoRes", lambda _: {"authenticationSetList": ("quintupletList", [_VECTOR, _VECTOR])}),
    "sendIdentification": ("MS", "SendIdentificationRes", lambda s: {"imsi": _imsi(s), "authenticationSetList": ("quintupletList", [_VECTOR])}),
    "purgeMS": ("MS", "PurgeMS-Res", lambda _: {"freezeTMSI": 0}),
    "restoreData": ("MS", "RestoreDataRes", lambda s: {"hlr-Number": _number(s, "other")}),
    "provideSubscriberInfo": ("MS", "ProvideSubscriberInfoRes", lambda s: {"subscriberInfo": {"locationInformation": _location(s), "subscriberState": ("assumedIdle", 0)}}),
    "anyTimeInterrogation": ("MS", "AnyTimeInterrogationRes", lambda s: {"subscriberInfo": {"locationInformation": _location(s), "subscriberState": ("assumedIdle", 0)}}),
    "anyTimeSubscriptionInterrogation": ("MS", "AnyTimeSubscriptionInterrogationRes", lambda _: {"odb-Info": {"odb-Data": {"odb-GeneralData": (0, 15)}}}),
    "anyTimeModification": ("MS", "AnyTimeModificationRes", lambda _: {}),
    "sendIMSI": ("direct", "IMSI", lambda s: tlv(0x04, _imsi(s))),
    "sendRoutingInfo": ("CH", "SendRoutingInfoRes", lambda s: {"imsi": _imsi(s), "extendedRoutingInfo": ("routingInfo", ("roamingNumber", _number(s, "other"))), "vmsc-Address": _number(s, "other")}),
    "sendRoutingInfoForGprs": ("MS", "SendRoutingInfoForGprsRes", lambda s: {"sgsn-Address": b"\x04" + s.number("address")}),
    "provideRoamingNumber": ("CH", "ProvideRoamingNumberRes", lambda s: {"roamingNumber": _number(s, "other")}),
    "sendRoutingInfoForSM": ("SM", "RoutingInfoForSM-Res", lambda s: {"imsi": _imsi(s), "locationInfoWithLMSI": {"networkNode-Number": _number(s, "other")}}),
    "processUnstructuredSS-Request": ("SS", "USSD-Res", lambda _: {"ussd-DataCodingScheme": b"\x0f", "ussd-String": bytes.fromhex("d3303bec06")}),
    "unstructuredSS-Request": ("SS", "USSD-Res", lambda _: {"ussd-DataCodingScheme": b"\x0f", "ussd-String": bytes.fromhex("31")}),
    "registerSS": ("SS", "SS-Info", lambda s: ("forwardingInfo", {"ss-Code": b"\x21", "forwardingFeatureList": [{"ss-Status": b"\x07", "forwardedToNumber": _number(s, "other")}]})),
    "interrogateSS": ("SS", "InterrogateSS-Res", lambda _: ("ss-Status", b"\x00")),
    "activateSS": ("SS", "SS-Info", lambda _: ("ss-Data", {"ss-Code": b"\x33", "ss-Status": b"\x07"})),
    "checkIMEI": ("MS", "CheckIMEI-Res", lambda _: {"equipmentStatus": "whiteListed"}),
    "provideSubscriberLocation": ("LCS", "ProvideSubscriberLocation-Res", lambda _: {"locationEstimate": bytes.fromhex("1012345612345610"), "ageOfLocationEstimate": 1}),
    "sendRoutingInfoForLCS": ("LCS", "RoutingInfoForLCS-Res", lambda s: {"targetMS": ("imsi", _imsi(s)), "lcsLocationInfo": {"networkNode-Number": _number(s, "other")}}),
}  # fmt: skip
"""The result of each operation that gives one."""


def encoded(value: Value, slots: Slots) -> bytes:
    """One argument or result in BER. Raises UsageError without pycrate."""
    module, name, fill = value
    if module == "direct":
        ready: bytes = fill(slots)
        return ready
    kind = _types(module, name.replace("-", "_"))
    kind.set_val(fill(slots))
    octets: bytes = kind.to_ber()
    return octets


@cache
def _types(module: str, name: str) -> Any:
    try:
        modules = import_module("pycrate_asn1dir.TCAP_MAPv2v3")
    except ImportError as error:
        raise UsageError(
            "lab captures are encoded by pycrate, which is not here", hint="pip install 'ipxray[lab]'"
        ) from error
    return getattr(getattr(modules, f"MAP_{module}_DataTypes"), name)
