"""A folder of a fictional detection run, written as the product writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NamedTuple

import pytest

from ipxray import report
from ipxray.tables import Table

AT = 1_767_225_600_000_000  # 2026-01-01


class FindingRow(NamedTuple):
    """Findings as detection writes them."""

    finding_id: Annotated[str, "id"]
    rule_id: Annotated[str, "rule"]
    title: Annotated[str, "title"]
    severity: Annotated[str, "severity"]
    category: Annotated[str, "category"]
    family: Annotated[str, "family"]
    techniques: Annotated[tuple[str, ...], "ids"]
    first_at: Annotated[int, "µs"]
    last_at: Annotated[int, "µs"]
    messages: Annotated[int, "count"]
    subscribers: Annotated[int, "count"]
    subscriber: Annotated[str | None, "pseudonym"]
    home_network: Annotated[str | None, "TADIG"]
    source_network: Annotated[str | None, "TADIG"]
    source_address: Annotated[str | None, "address"]
    source_address_kind: Annotated[str | None, "kind"]
    operations: Annotated[tuple[str, ...], "names"]
    declared_route: Annotated[tuple[str, ...], "carriers"]
    observed_route: Annotated[tuple[str, ...], "carriers"]
    data_exposed: Annotated[tuple[str, ...], "classes"]
    confidence: Annotated[float, "0 to 1"]
    confidence_reasons: Annotated[tuple[str, ...], "reasons"]
    explanation: Annotated[str, "sentence"]
    advice: Annotated[str, "sentence"]


class EvidenceRow(NamedTuple):
    """Evidence as detection writes it."""

    finding_id: Annotated[str, "id"]
    protocol: Annotated[str, "protocol"]
    operation: Annotated[str | None, "name"]
    operation_code: Annotated[int | None, "code"]
    application_context: Annotated[str | None, "context"]
    sender_address_kind: Annotated[str | None, "kind"]
    sender_network: Annotated[str | None, "TADIG"]
    sender_country: Annotated[str | None, "ISO"]
    sender_address: Annotated[str | None, "address"]
    sender_realm: Annotated[str | None, "realm"]
    receiver_network: Annotated[str | None, "TADIG"]
    receiver_country: Annotated[str | None, "ISO"]
    receiver_address: Annotated[str | None, "address"]
    receiver_realm: Annotated[str | None, "realm"]
    subscriber: Annotated[str | None, "pseudonym"]


def finding(number: int, **changes: Any) -> FindingRow:
    plain = FindingRow(
        finding_id=f"F{number:016x}",
        rule_id="ss7/any_time_interrogation_from_outside",
        title="Location asked from outside",
        severity="HIGH",
        category="Cat1",
        family="tracking",
        techniques=("FGT5012.008", "T1430.002", "MOT5012.501"),
        first_at=AT,
        last_at=AT + 90_000_000,
        messages=12,
        subscribers=1,
        subscriber="bcdfghjkmnpqrstvbcdf",
        home_network="AAAZZ",
        source_network="BBBZZ",
        source_address="99977000001",
        source_address_kind="global_title",
        operations=("anyTimeInterrogation",),
        declared_route=("plain-carrier",),
        observed_route=("other-carrier",),
        data_exposed=("location",),
        confidence=0.9,
        confidence_reasons=("never allowed between networks",),
        explanation="A message bearing the address of BBBZZ asked where a subscriber of AAAZZ is.",
        advice="Block the operation at the edge.",
    )
    return plain._replace(**changes)


def evidence(finding_id: str, **changes: Any) -> EvidenceRow:
    plain = EvidenceRow(
        finding_id=finding_id,
        protocol="map",
        operation="anyTimeInterrogation",
        operation_code=71,
        application_context="0.4.0.0.1.0.29.3",
        sender_address_kind="global_title",
        sender_network="BBBZZ",
        sender_country="XB",
        sender_address="99977000001",
        sender_realm=None,
        receiver_network="AAAZZ",
        receiver_country="XA",
        receiver_address="99900000001",
        receiver_realm=None,
        subscriber="bcdfghjkmnpqrstvbcdf",
    )
    return plain._replace(**changes)


DIAMETER = finding(
    2,
    rule_id="diameter/origin_host_of_another_realm",
    category="Cat0",
    family="diameter_identity",
    techniques=("FGT1036.501",),
    source_address="hss.epc.mnc001.mcc001.example",
    source_address_kind="host",
    severity="MEDIUM",
    confidence=0.5,
)
GTP = finding(3, family="gtp", techniques=(), source_address="2001:db8::7", source_address_kind="ip", severity="LOW")
FAINT = finding(4, severity="INFORMATIONAL", source_address=None, source_address_kind=None, home_network=None)
FINDINGS = (finding(1), DIAMETER, GTP, FAINT)
EVIDENCE = (
    evidence(FINDINGS[0].finding_id),
    evidence(FINDINGS[0].finding_id, subscriber="tvbcdfghjkmnpqrsbcdf"),
    evidence(
        DIAMETER.finding_id,
        protocol="diameter",
        operation="Insert-Subscriber-Data",
        operation_code=319,
        application_context="16777251",
        sender_address_kind="host",
        sender_address="hss.epc.mnc001.mcc001.example",
        sender_realm="epc.mnc002.mcc001.example",
        receiver_address="mme.epc.mnc003.mcc001.example",
        receiver_realm="epc.mnc003.mcc001.example",
    ),
    evidence(
        GTP.finding_id,
        protocol="gtpv2",
        operation="Create Session Request",
        operation_code=32,
        application_context=None,
        sender_address_kind="ip",
        sender_address="2001:db8::7",
        receiver_address="192.0.2.1",
    ),
)


def write(folder: Path, findings: Any = FINDINGS, rows: Any = EVIDENCE) -> Path:
    tables = [Table("findings", FindingRow, findings), Table("evidence", EvidenceRow, rows)]
    report.write_folder(folder, tables, {"ipxray": "0", "kind": "detection", "watermark": "FICTIONAL"})
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "night")
