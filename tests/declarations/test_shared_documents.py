"""The three reference documents: real structure, carriers and point codes, everything else replaced."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from ipxray.declarations import Corpus, Declaration, read

pytestmark = pytest.mark.shared

COUNTRIES = {"AUS": "AU", "DEU": "DE", "THA": "TH"}
PERSONAL = (
    "ContactInfoSection",
    "PacketDataServiceInfoSection",
    "TestNumbersInfoSection",
    "ChangeHistory",
    "APNM2MList",
)


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    return read([shared / "ir21"], country_codes=COUNTRIES)


def rows(corpus: Corpus, tadig: str, service: str) -> list[Declaration]:
    return [row for row in corpus.declarations if row.tadig == tadig and row.service == service]


def test_every_network_is_there_with_its_identity(corpus: Corpus) -> None:
    found = {network.tadig: (network.country, network.mcc_mnc, network.schema_version) for network in corpus.networks}
    assert found == {
        "AUSZ1": ("AU", ("50502",), "13.1"),
        "DEUZ1": ("DE", ("26203",), "14.0"),
        "DEUZ2": ("DE", ("26207",), "14.0"),
        "THAZ1": ("TH", ("52003",), "14.0"),
    }
    assert {problem.severity for problem in corpus.problems} <= {"warning", "note"}


def test_five_carriers_come_out_of_the_signatures(corpus: Corpus) -> None:
    found = rows(corpus, "THAZ1", "sccp")
    assert list(dict.fromkeys(row.carrier_name for row in found)) == [
        "TATA Communications", "CAT Telecom", "BICS", "iBASIS", "CITIC",
    ]  # fmt: skip
    stem = (
        "Network[1]/NetworkData/InternationalSCCPGatewaySection/InternationalSCCPGatewayInfo/InternationalSCCPCarrierList/"
        "SCCPCarrierItem[1]/DPCList/DPCItem"
    )
    assert [row.element_path for row in found] == [f"{stem}[{number}]/SCSignature" for number in range(1, 12)]
    assert [row.point_code for row in found[-2:]] == ["4-176-4", "4-179-0"]
    assert {row.role for row in found} == {"load_sharing"}
    assert {str(row.effective_from) for row in found} == {"2021-08-01"}


def test_the_raw_text_of_a_provider_is_kept(corpus: Corpus) -> None:
    found = {row.carrier_text: row for row in rows(corpus, "THAZ1", "grx")}
    assert len(found) == 7
    assert found["CMI"].element_path.endswith("IPRoaming_IW_Info_General/GRXProvidersList/GRXProvider[6]")
    assert found["Orange (France Telecom LTD)"].carrier_name == "Orange (France Telecom LTD)"


def test_one_network_has_the_carriers_of_the_other(corpus: Corpus) -> None:
    for service in ("sccp", "diameter", "grx", "mms"):
        own, attached = rows(corpus, "DEUZ2", service), rows(corpus, "DEUZ1", service)
        assert own
        assert [row[4:] for row in own] == [row[4:] for row in attached]
    assert all(row.element_path.startswith("Network[1]/") for row in corpus.declarations if row.tadig == "DEUZ1")


def test_a_gateway_of_its_own(corpus: Corpus) -> None:
    (row,) = rows(corpus, "AUSZ1", "sccp")
    assert (row.own_gateway, row.point_code) == (True, "5-17-0")
    services = {network.tadig: network.services["sccp"] for network in corpus.networks}
    assert services == {"AUSZ1": "own_gateway", "DEUZ1": "declared", "DEUZ2": "declared", "THAZ1": "declared"}


def test_as_numbers_behind_names_and_hosted_edge_agents(corpus: Corpus) -> None:
    assert [(row.carrier_name, row.asn) for row in rows(corpus, "AUSZ1", "grx")] == [
        ("Syniverse", 22870),
        ("BICS", 6774),
    ]
    hosted = [row for row in rows(corpus, "AUSZ1", "diameter") if row.inferred]
    assert [(row.carrier_text, row.carrier_name) for row in hosted] == [
        ("s001.hkgdra001.aicent.grx", "aicent.grx"), ("s001.sindra001.aicent.grx", "aicent.grx"),
    ]  # fmt: skip
    assert not any(row.inferred for tadig in ("DEUZ1", "DEUZ2", "THAZ1") for row in rows(corpus, tadig, "diameter"))


def test_the_short_message_hubs_of_the_free_text(corpus: Corpus) -> None:
    found = rows(corpus, "DEUZ2", "sms_hub")
    assert {row.carrier_text for row in found} == {"SS7 SMS Hub Provider: Syniverse & BICS"}
    assert [(row.carrier_name, row.confidence, row.inferred) for row in found] == [
        ("Syniverse", "low", True), ("BICS", "low", True),
    ]  # fmt: skip


def test_all_sixteen_point_codes_are_there(corpus: Corpus) -> None:
    assert len({row.point_code for row in corpus.declarations if row.point_code}) == 16


def test_nodes_say_their_vendors(corpus: Corpus) -> None:
    vendors = Counter(row.vendor_text for row in corpus.numbering if row.kind == "node" and row.tadig == "DEUZ2")
    assert vendors == {"Huawei": 59, "Nokia": 12, "HUAWEI": 4, "G&D": 3, "Xura": 1, "Acision": 1, None: 5}
    assert sum(row.vendor_text == "ZTE" for row in corpus.numbering if row.tadig == "THAZ1") == 14


def test_every_element_path_leads_to_its_text(shared: Path, corpus: Corpus) -> None:
    roots = {}
    for network in corpus.networks:
        roots[network.document_sha256] = etree.parse(network.document_path).getroot()
    for row in corpus.declarations:
        steps = (step.partition("[") for step in row.element_path.split("/"))
        path = "/".join(f"*[local-name()='{name}'][{position.rstrip(']') or 1}]" for name, _, position in steps)
        (element,) = roots[row.document_sha256].xpath(f"//*[local-name()='NetworkList']/{path}")
        assert element.text.strip() == row.carrier_text


@pytest.mark.parametrize("name", ["AUSZ1", "DEUZ2", "THAZ1"])
def test_nothing_of_a_person_and_no_password_is_in_the_corpus(shared: Path, tmp_path: Path, name: str) -> None:
    """Every text of contacts, credentials, test numbers and change histories is marked, and no mark is found again."""
    tree = etree.parse(next((shared / "ir21").glob(f"*{name}*")))
    marked = 0
    for part in tree.iter(*(f"{{*}}{tag}" for tag in PERSONAL)):
        for element in part.iter("{*}*"):
            if element.text and element.text.strip() and not len(element):
                element.text = f"s3cret{marked}"
                marked += 1
    assert marked > 100
    tree.write(tmp_path / "marked.xml", encoding="UTF-8", xml_declaration=True)
    corpus = read([tmp_path], country_codes=COUNTRIES)
    assert corpus.declarations
    assert "s3cret" not in repr(corpus)
    assert "@" not in repr(corpus)
