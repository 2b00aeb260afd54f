"""SCCP carriers: names, signatures, point codes, roles."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.declarations.documents import (
    codes,
    corpus_of,
    document,
    dpc,
    network,
    number_range,
    routing,
    sccp,
    sccp_carrier,
)

from ipxray.declarations import Corpus, Declaration

OWN = routing(number_range("999", "1"))
STEM = (
    "Network[1]/NetworkData/InternationalSCCPGatewaySection/InternationalSCCPGatewayInfo/InternationalSCCPCarrierList/"
    "SCCPCarrierItem"
)


def read(folder: Path, *items: str) -> Corpus:
    return corpus_of(folder, document(network("TSTZ1", OWN, sccp(*items))))


def declared(folder: Path, *items: str) -> list[Declaration]:
    return list(read(folder, *items).declarations)


def test_one_row_per_name_and_point_code(tmp_path: Path) -> None:
    rows = declared(tmp_path, sccp_carrier("Umbra, Penumbra", dpc("4.176.4"), dpc("4-179-0")))
    assert [(row.carrier_name, row.point_code) for row in rows] == [
        ("Umbra", "4-176-4"), ("Penumbra", "4-176-4"), ("Umbra", "4-179-0"), ("Penumbra", "4-179-0"),
    ]  # fmt: skip
    assert {row.carrier_text for row in rows} == {"Umbra, Penumbra"}
    assert {row.element_path for row in rows} == {f"{STEM}[1]/SCCPCarrierName"}


def test_a_carrier_without_point_codes_is_one_row(tmp_path: Path) -> None:
    (row,) = declared(tmp_path, sccp_carrier("Umbra"))
    assert (row.carrier_name, row.point_code, row.role, row.role_text) == ("Umbra", None, "primary", "Primary")
    assert (row.service, row.inferred, row.confidence, row.own_gateway) == ("sccp", False, "high", False)


def test_a_generic_name_gives_way_to_the_signature_of_each_point_code(tmp_path: Path) -> None:
    rows = declared(
        tmp_path,
        sccp_carrier(
            "SCCP Carrier", dpc("1.1.1", " Umbra  Ltd "), dpc("1.1.2", "Penumbra"), dpc("1.1.3", "Umbra  Ltd")
        ),
        sccp_carrier("Lucent", dpc("1.1.4", "EUROPE A")),
    )
    assert [(row.carrier_text, row.carrier_name, row.point_code, row.element_path) for row in rows] == [
        ("Umbra  Ltd", "Umbra Ltd", "1-1-1", f"{STEM}[1]/DPCList/DPCItem[1]/SCSignature"),
        ("Penumbra", "Penumbra", "1-1-2", f"{STEM}[1]/DPCList/DPCItem[2]/SCSignature"),
        ("Umbra  Ltd", "Umbra Ltd", "1-1-3", f"{STEM}[1]/DPCList/DPCItem[3]/SCSignature"),
        ("Lucent", "Lucent", "1-1-4", f"{STEM}[2]/SCCPCarrierName"),
    ]


@pytest.mark.parametrize("name", ["SCCP Carrier", "Carrier", "International SCCP Gateway", "N/A", "-"])
def test_a_name_that_names_nobody_is_kept_with_its_point_code_and_told(tmp_path: Path, name: str) -> None:
    corpus = read(tmp_path, sccp_carrier(name, dpc("1.1.1", "SCCP STP")))
    assert [(row.carrier_text, row.point_code) for row in corpus.declarations] == [(name, "1-1-1")]
    assert codes(corpus) == ["carrier-generic"]


def test_a_name_that_says_none_without_point_code_declares_nobody(tmp_path: Path) -> None:
    corpus = read(tmp_path, sccp_carrier("N/A"))
    assert corpus.declarations == ()
    assert corpus.networks[0].services["sccp"] == "missing"


def test_a_point_code_that_is_none_is_told_and_the_carrier_kept(tmp_path: Path) -> None:
    corpus = read(tmp_path, sccp_carrier("Umbra", dpc("8.1.1"), dpc("x"), dpc("-"), dpc("")))
    assert [row.point_code for row in corpus.declarations] == [None] * 4
    assert codes(corpus) == ["point-code-invalid"] * 2


def test_several_primaries_stay_primary_each(tmp_path: Path) -> None:
    rows = declared(tmp_path, sccp_carrier("Umbra"), sccp_carrier("Penumbra"), sccp_carrier("Lucent", role="Backup"))
    assert [row.role for row in rows] == ["primary", "primary", "backup"]


def test_a_comment_on_all_point_codes_of_a_carrier_gives_its_role(tmp_path: Path) -> None:
    corpus = read(
        tmp_path,
        sccp_carrier("Umbra", dpc("1.1.1", comment="secondary option"), dpc("1.1.2", comment="as backup")),
        sccp_carrier("Penumbra", dpc("1.1.3", comment="primary option"), dpc("1.1.4", comment="secondary option")),
    )
    assert [(row.role, row.role_text) for row in corpus.declarations] == [
        ("backup", "secondary option"), ("backup", "secondary option"), ("primary", "Primary"), ("primary", "Primary"),
    ]  # fmt: skip
    assert codes(corpus) == ["role-contradiction"]


def test_each_carrier_of_a_generic_item_has_the_role_of_its_own_comments(tmp_path: Path) -> None:
    rows = declared(
        tmp_path,
        sccp_carrier("Carrier", dpc("1.1.1", "Umbra"), dpc("1.1.2", "Penumbra", "for load sharing"), role=None),
    )
    assert [(row.carrier_name, row.role) for row in rows] == [("Umbra", "unstated"), ("Penumbra", "load_sharing")]


def test_a_comment_on_the_carrier_gives_its_role_and_a_stated_backup_is_not_overruled(tmp_path: Path) -> None:
    rows = declared(
        tmp_path,
        sccp_carrier("Umbra", dpc("1.1.1"), role=None, comment="secondary"),
        sccp_carrier("Penumbra", dpc("1.1.2", comment="load sharing"), role="Backup"),
    )
    assert [(row.role, row.role_text) for row in rows] == [("backup", "secondary"), ("backup", "Backup")]


def test_whom_to_call_is_no_part_of_a_role(tmp_path: Path) -> None:
    corpus = read(
        tmp_path, sccp_carrier("Umbra", dpc("1.1.1", comment="backup, ask jo@umbra.example or +999 555 123456"))
    )
    assert corpus.declarations[0].role == "backup"
    assert "jo@" not in repr(corpus)
    assert "123456" not in repr(corpus)


@pytest.mark.parametrize(
    "name", ["Example Mobile", "EXAMPLE MOBILE LTD.", "TSTZ1", "Own gateway", "Example Mobile STP"]
)
def test_a_network_that_names_itself_has_its_own_gateway(tmp_path: Path, name: str) -> None:
    corpus = read(tmp_path, sccp_carrier(name, dpc("1.1.1")))
    assert corpus.declarations[0].own_gateway
    assert corpus.networks[0].services["sccp"] == "own_gateway"


def test_beside_another_carrier_the_own_gateway_is_marked_and_the_service_declared(tmp_path: Path) -> None:
    corpus = read(tmp_path, sccp_carrier("Example Mobile"), sccp_carrier("Umbra"))
    assert [row.own_gateway for row in corpus.declarations] == [True, False]
    assert corpus.networks[0].services["sccp"] == "declared"


def test_the_international_arm_of_a_group_is_not_its_own_gateway(tmp_path: Path) -> None:
    (row,) = declared(tmp_path, sccp_carrier("Example Mobile International Carriers"))
    assert not row.own_gateway
