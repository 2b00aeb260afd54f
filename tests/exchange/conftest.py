"""A folder of a fictional detection run, written as the product writes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ipxray import report
from ipxray.detection import Evidence, Finding
from ipxray.tables import Table

AT = 1_767_225_600_000_000  # 2026-01-01


def finding(number: int, **changes: Any) -> Finding:
    plain = Finding(
        finding_id=f"F{number:016x}",
        rule_id="ss7/any_time_interrogation_from_outside",
        rules=("ss7/any_time_interrogation_from_outside",),
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
        source_country="XB",
        source_address="99977000001",
        networks=("BBBZZ",),
        operations=("anyTimeInterrogation",),
        declared_route=("plain-carrier",),
        observed_route=("other-carrier",),
        data_exposed=("location",),
        answered=1,
        confidence=0.9,
        confidence_reasons=("never allowed between networks",),
        explanation="A message bearing the address of BBBZZ asked where a subscriber of AAAZZ is.",
        advice="Block the operation at the edge.",
        indicator=None,
        evidence=("night.pcap:1",),
    )
    return plain._replace(**changes)


def evidence(finding_id: str, **changes: Any) -> Evidence:
    plain = Evidence(
        finding_id=finding_id,
        position=0,
        capture="night.pcap",
        frame=1,
        index=0,
        observed_at=AT,
        rule_id="ss7/any_time_interrogation_from_outside",
        protocol="map",
        operation_code=71,
        operation="anyTimeInterrogation",
        application_context="0.4.0.0.1.0.29.3",
        message_type="begin",
        sender_network="BBBZZ",
        sender_address="99977000001",
        receiver_network="AAAZZ",
        receiver_address="99900000001",
        subscriber="bcdfghjkmnpqrstvbcdf",
        answer_error=None,
        exposes="location",
        note=None,
    )
    return plain._replace(**changes)


DIAMETER = finding(
    2,
    rule_id="diameter/origin_host_of_another_realm",
    category="Cat0",
    family="diameter_identity",
    techniques=("FGT1036.501",),
    source_address="hss.epc.mnc001.mcc001.example",
    severity="MEDIUM",
    confidence=0.5,
)
GTP = finding(3, family="gtp", techniques=(), source_address="2001:db8::7", severity="LOW")
FAINT = finding(4, severity="INFORMATIONAL", source_address=None, home_network=None)
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
        sender_address="hss.epc.mnc001.mcc001.example",
        receiver_address="mme.epc.mnc003.mcc001.example",
    ),
    evidence(
        GTP.finding_id,
        protocol="gtpv2",
        operation="Create Session Request",
        operation_code=32,
        application_context=None,
        sender_address="2001:db8::7",
        receiver_address="192.0.2.1",
    ),
)


def write(folder: Path, findings: Any = FINDINGS, rows: Any = EVIDENCE) -> Path:
    tables = [Table("findings", Finding, findings), Table("evidence", Evidence, rows)]
    report.write_folder(folder, tables, {"ipxray": "0", "kind": "detection", "watermark": "FICTIONAL"})
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "night")
