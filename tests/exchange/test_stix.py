"""STIX 2.1: the reference library reads it strictly, ids repeat, nothing is left hanging."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import stix2
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.conftest import EVIDENCE, FINDINGS, write

from ipxray import exchange, lab
from ipxray.cli import main
from ipxray.exchange.stix_objects import EXTENSION_ID, address


def bundle(folder: Path, **options: Any) -> dict[str, Any]:
    return dict(json.loads(exchange.export_text(folder, "stix", **options)))


def of_type(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entry for entry in found["objects"] if entry["type"] == kind]


def strictly(found: dict[str, Any]) -> None:
    for entry in found["objects"]:
        stix2.parse(entry, allow_custom=False, version="2.1")


def test_the_reference_library_reads_every_object_strictly(folder: Path) -> None:
    strictly(bundle(folder))


def test_the_whole_bundle_is_read_back_by_the_reference_library(folder: Path) -> None:
    found = bundle(folder)
    assert len(stix2.parse(found, allow_custom=False).objects) == len(found["objects"])


def test_every_reference_points_at_an_object_of_the_bundle(folder: Path) -> None:
    found = bundle(folder)
    known = {entry["id"] for entry in found["objects"]}
    for entry in found["objects"]:
        for name, value in entry.items():
            if name.endswith("_refs") and name != "object_marking_refs":
                assert set(value) <= known, (entry["type"], name)
            if name.endswith("_ref"):
                assert value in known, (entry["type"], name)


def test_the_same_folder_gives_the_same_bytes_and_another_order_the_same_objects(folder: Path, tmp_path: Path) -> None:
    turned = write(tmp_path / "turned", FINDINGS[::-1], EVIDENCE[::-1])
    assert exchange.export_text(folder, "stix") == exchange.export_text(folder, "stix")
    assert {row["id"]: row for row in bundle(folder)["objects"]} == {
        row["id"]: row for row in bundle(turned)["objects"]
    }


def test_a_finding_becomes_indicator_sighting_observation_infrastructure_and_note(folder: Path) -> None:
    found = bundle(folder)
    assert [row["pattern"] for row in of_type(found, "indicator")] == [
        "[url:value = 'tel:+99977000001']",
        "[domain-name:value = 'hss.epc.mnc001.mcc001.example']",
        "[ipv6-addr:value = '2001:db8::7']",
    ]
    assert [row["count"] for row in of_type(found, "sighting")] == [12, 12, 12]
    assert {row["name"] for row in of_type(found, "attack-pattern")} == {
        "Locate UE: SS7 Or Diameter Signaling",
        "Location Tracking: Impersonate SS7 Nodes",
        "Core Network Function Signalling",
        "Masquerading: PLMN ID",
    }
    assert len(of_type(found, "note")) == 3
    assert [row["id"] for row in of_type(found, "extension-definition")] == [EXTENSION_ID]


def test_an_address_is_anomalous_until_the_finding_is_sure(folder: Path) -> None:
    assert [row["indicator_types"] for row in of_type(bundle(folder), "indicator")] == [
        ["malicious-activity"],
        ["anomalous-activity"],
        ["malicious-activity"],
    ]


def test_the_wording_never_says_that_the_network_did_it(folder: Path) -> None:
    for row in of_type(bundle(folder), "indicator"):
        assert "may be spoofed, leased" in row["description"]


def test_severity_bounds_what_is_taken_along(folder: Path) -> None:
    assert len(of_type(bundle(folder, least="INFORMATIONAL"), "note")) == 4
    assert len(of_type(bundle(folder, least="HIGH"), "note")) == 1


@pytest.mark.parametrize("marking", exchange.MARKINGS)
def test_everything_bears_the_marking(folder: Path, marking: str) -> None:
    found = bundle(folder, marking=marking)
    marks = {ref for row in found["objects"] for ref in row.get("object_marking_refs", ())}
    assert len(marks) == 1
    strictly(found)


def test_subscribers_are_the_pseudonyms_of_the_tables(folder: Path) -> None:
    text = exchange.export_text(folder, "stix")
    assert "bcdfghjkmnpqrstvbcdf" in text


@given(st.sampled_from(["global_title", "point_code", "host", "realm"]), st.text(min_size=1, max_size=40))
def test_any_text_makes_an_observable_whose_pattern_is_valid(kind: str, value: str) -> None:
    observable, pattern = address(kind, value, marking="amber")
    stix2.parse(observable, allow_custom=False, version="2.1")
    stix2.Indicator(pattern=pattern, pattern_type="stix", valid_from="2026-01-01T00:00:00Z")


def test_an_assessment_gives_operators_carriers_and_what_ties_them(tmp_path: Path) -> None:
    lab.write_world(tmp_path / "world", operators=6, countries=4, carriers=8, seed=3)
    assert main(["assess", str(tmp_path / "world"), "--output", str(tmp_path / "out")]) == 0
    found = bundle(tmp_path / "out")
    strictly(found)
    links = [row for row in of_type(found, "relationship") if row["description"].startswith("Declares")]
    names = {row["id"]: row["name"] for row in of_type(found, "identity")}
    assert links
    assert all(row["source_ref"] in names and row["target_ref"] in names for row in links)
