"""Parameters that others wrote, with the type that pycrate reads them by: their origin names the operation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.capture.agreement import asn1_operations
from tests.capture.agreement.asn1_operations import Operation

MAP_CODES = {
    "UpdateLocation": 2, "CancelLocation": 3, "ProvideRoamingNumber": 4, "InsertSubscriberData": 7,
    "DeleteSubscriberData": 8, "RegisterSS": 10, "EraseSS": 11, "InterrogateSS": 14, "AuthenticationFailureReport": 15,
    "GetPassword": 18, "SendRoutingInformation": 22, "UpdateGprsLocation": 23, "SendRoutingInfoForGprs": 24,
    "Reset": 37, "CheckImei": 43, "MtForwardShortMessage": 44, "SendRoutingInfoForSM": 45, "MoForwardShortMessage": 46,
    "ReportSMDeliveryStatus": 47, "ActivateTraceMode": 50, "SendIdentification": 55, "SendAuthenticationInfo": 56,
    "RestoreData": 57, "SendImsi": 58, "ProcessUnstructuredSS": 59, "UnstructuredSS": 60, "InformServiceCentre": 63,
    "AlertServiceCentre": 64, "ReadyForSM": 66, "PurgeMS": 67, "ProvideSubscriberInfo": 70, "AnyTimeInterrogation": 71,
    "ProvideSubscriberLocation": 83, "SendRoutingInfoForLCS": 85, "SubscriberLocationReport": 86, "IstCommand": 88,
}  # fmt: skip
CAP_CODES = {
    "InitialDP": 0, "AssistRequestInstructions": 16, "EstablishTemporaryConnection": 17, "ConnectToResource": 19,
    "Connect": 20, "ReleaseCall": 22, "RequestReportBCSMEvent": 23, "EventReportBCSM": 24, "ResetTimer": 33,
    "ApplyCharging": 35, "ApplyChargingReport": 36, "CallGap": 41, "CallInformationReport": 44,
    "CallInformationRequest": 45, "SendChargingInformation": 46, "PlayAnnouncement": 47,
    "PromptAndCollectUserInformation": 48, "Cancel": 53, "InitialDPSMS": 60, "ConnectSMS": 62,
    "RequestReportSMSEvent": 63, "EventReportSMS": 64, "ResetTimerSMS": 67, "ApplyChargingGPRS": 71,
    "ApplyChargingReportGPRS": 72, "CancelGPRS": 73, "ConnectGPRS": 74, "EntityReleasedGPRS": 76,
    "InitialDpGprs": 78, "ReleaseGPRS": 79, "EventReportGPRS": 80, "RequestReportGPRSEvent": 81,
}  # fmt: skip
_ORIGIN = re.compile(r"(MAP|CAP) component parameter \(BER\) (\w+?)(Request|Response)?Test\b")


class Vector(NamedTuple):
    """One parameter: its operation, whether it is a result, its ASN.1 type, its octets."""

    operation: Operation
    is_result: bool
    kind: Any
    octets: bytes


def parameters(folder: Path) -> Iterator[Vector]:
    """Every line that is the argument or the result of an operation, in the order of files and lines."""
    known = {
        "MAP": {operation.code: operation for operation in asn1_operations.map_operations()},
        "CAP": {operation.code: operation for operation in asn1_operations.cap_operations()},
    }
    codes = {"MAP": MAP_CODES, "CAP": CAP_CODES}
    for path in sorted(folder.glob("jss7_[cm]ap.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            octets, _, origin = line.partition("  # ")
            found = _ORIGIN.match(origin)
            code = codes[found[1]].get(found[2]) if found else None
            if found and code in known[found[1]]:
                operation = known[found[1]][code]
                is_result = found[3] == "Response"
                kind = operation.result if is_result else operation.argument
                if kind is not None:
                    yield Vector(operation, is_result, kind, bytes.fromhex(octets))
