"""The atlas of the reference documents with the shipped facts: what every reader of the project must be able to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ipxray.atlas import Atlas, Link, adversary, build, cross_check
from ipxray.atlas.confirm import Registers
from ipxray.declarations import Corpus, read
from ipxray.facts import Facts, load
from ipxray.parameters import Parameters

pytestmark = pytest.mark.shared
AT = date(2026, 11, 1)


@pytest.fixture(scope="module")
def known() -> Facts:
    return load()


@pytest.fixture(scope="module")
def documents(shared: Path, known: Facts) -> Corpus:
    return read([shared / "ir21"], country_codes=known.country_by_iso3)


@pytest.fixture(scope="module")
def atlas(documents: Corpus, known: Facts) -> Atlas:
    return build(documents, known, at=AT, parameters=Parameters.default())


def links(atlas: Atlas, tadig: str, service: str) -> dict[str, Link]:
    return {link.node: link for link in atlas.links if (link.tadig, link.service) == (tadig, service)}


def test_the_five_sccp_carriers_of_thaz1_come_out_of_the_signatures(atlas: Atlas) -> None:
    found = links(atlas, "THAZ1", "sccp")
    assert set(found) == {
        "tata-communications",
        "national-telecom-thailand",
        "bics",
        "ibasis",
        "citic-telecom-international",
    }
    assert not any(link.pending for link in found.values())
    assert sum(link.share_point for link in found.values()) == pytest.approx(1)


def test_citic_is_confirmed_by_the_itu_owner_of_both_point_codes(atlas: Atlas, known: Facts) -> None:
    link = links(atlas, "THAZ1", "sccp")["citic-telecom-international"]
    assert link.carrier_name == "CITIC"
    assert link.confirmed_by == ("ispc",)
    assert len(link.sources) == 2
    assert all("InternationalSCCPCarrierList" in path and "SCSignature" in path for path in link.sources)
    for point_code in ("4-176-4", "4-179-0"):
        assert Registers(known).point_code_holders(point_code) == {"citic-telecom-international"}


def test_cmi_is_china_mobile_international_on_the_grx(atlas: Atlas) -> None:
    link = links(atlas, "THAZ1", "grx")["china-mobile-international"]
    assert link.carrier_name == "CMI"
    assert len(link.sources) == 1
    assert "GRXProvider" in link.sources[0]


def test_before_its_day_the_sccp_section_of_thaz1_is_pending_and_the_service_missing(
    documents: Corpus, known: Facts
) -> None:
    before = build(documents, known, at=date(2021, 7, 31), parameters=Parameters.default())
    assert {(link.pending, link.share_high) for link in links(before, "THAZ1", "sccp").values()} == {(True, 0.0)}
    (operator,) = (each for each in before.operators if each.tadig == "THAZ1")
    assert operator.services["sccp"] == "missing"


def test_every_point_code_of_the_documents_has_an_owner(documents: Corpus, known: Facts) -> None:
    registers = Registers(known)
    codes = {row.point_code for row in documents.declarations if row.point_code}
    owners = {code: point.owner for code in codes if (point := registers.signalling_point(code))}
    assert len(codes) == 16
    assert set(owners) == codes


@pytest.mark.parametrize("service", ["sccp", "grx", "diameter"])
def test_deuz1_has_the_carriers_of_deuz2(atlas: Atlas, service: str) -> None:
    first, second = links(atlas, "DEUZ1", service), links(atlas, "DEUZ2", service)
    assert first
    assert {node: link._replace(tadig="DEUZ2") for node, link in first.items()} == second


def test_the_sccp_gateway_of_ausz1_is_its_own(atlas: Atlas) -> None:
    assert links(atlas, "AUSZ1", "sccp") == {}
    assert {(row.tadig, row.service) for row in atlas.unresolved if row.reason == "own_gateway"} == {("AUSZ1", "sccp")}
    (operator,) = (each for each in atlas.operators if each.tadig == "AUSZ1")
    assert operator.services["sccp"] == "own_gateway"


def test_the_hosted_edge_agents_of_ausz1_confirm_a_carrier_it_declares(atlas: Atlas) -> None:
    assert links(atlas, "AUSZ1", "diameter")["syniverse"].confirmed_by == ("host",)


def test_every_declared_name_of_the_documents_leads_to_one_carrier(atlas: Atlas) -> None:
    assert {row.reason for row in atlas.unresolved} == {"own_gateway"}


@pytest.mark.parametrize(("tadig", "vendors"), [("THAZ1", {"huawei", "zte"}), ("DEUZ2", {"huawei"})])
def test_vendors_from_china_stand_where_the_nodes_say_so(atlas: Atlas, tadig: str, vendors: set[str]) -> None:
    rows = [row for row in atlas.vendors if row.tadig == tadig]
    assert {row.vendor_id for row in rows if row.controller == "CN"} == vendors
    (mobility,) = (row for row in rows if (row.node_class, row.vendor_id) == ("sgsn_mme", "huawei"))
    assert mobility.share > 0.9


def test_under_the_majority_rule_china_holds_its_state_owned_carriers_and_pccw_global_only_under_wider_rules(
    atlas: Atlas,
) -> None:
    certain = {
        rule: {node for node, member in adversary(atlas, "CN", rule).members.items() if member.low}
        for rule in ("majority_50", "ten_percent", "seat", "wide")
    }
    state_owned = {
        "china-mobile-international", "china-telecom-global", "china-unicom-global", "citic-telecom-international",
    }  # fmt: skip
    assert state_owned <= certain["majority_50"]
    assert "pccw-global" not in certain["majority_50"]
    assert "pccw-global" in certain["ten_percent"] & certain["seat"] & certain["wide"]


def test_a_point_code_of_another_owner_is_told_with_its_owner(documents: Corpus, known: Facts) -> None:
    """As if no fact said under which name this carrier holds its point codes."""
    citic = replace(known.carriers["citic-telecom-international"], ispc_owners=())
    less = replace(known, carriers={**known.carriers, citic.id: citic})
    found = [each for each in cross_check(documents, less, at=AT) if each.code == "point-code-of-another"]
    told = "the ITU list gives point code 4-176-4 to CITIC Telecom International Ltd"
    assert any(each.message.startswith(told) and each.tadig == "THAZ1" for each in found)
