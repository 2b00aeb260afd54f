"""One document: header, networks, identities, effective dates, namespaces, budgets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.declarations.documents import (
    NAMESPACE,
    codes,
    corpus_of,
    document,
    dpc,
    el,
    ipx,
    leaf,
    lte,
    network,
    node,
    nodes,
    number_range,
    routing,
    sccp,
    sccp_carrier,
)  # fmt: skip

from ipxray.declarations import Corpus, Declaration, Numbering
from ipxray.declarations.section import ROWS

OWN = routing(number_range("999", "1", "00", "99"))
SCCP = sccp(sccp_carrier("Umbra", dpc("4.176.4")), since="2024-05-01")


def test_a_small_document_gives_exactly_these_rows(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, SCCP)))
    (one,) = corpus.documents
    created, sha256 = date(2025, 1, 1), one.sha256
    assert one == (str(tmp_path / "1.xml"), sha256, (tmp_path / "1.xml").stat().st_size, "14.0", created)
    assert corpus.networks == (
        (
            "TSTZ1", "XA", "Example Mobile", "Example Mobile", ("00101",), created, "14.0", sha256, one.path,
            {"sccp": "declared", "diameter": "missing", "grx": "missing", "mms": "missing", "sms_hub": "missing",
             "roaming_hub": "missing", "n32": "missing"},
            "Terrestrial",
        ),
    )  # fmt: skip
    assert corpus.declarations == (
        Declaration(
            "TSTZ1", "XA", "Example Mobile", ("00101",), "sccp", "Primary", "primary", "Umbra", "Umbra", "4-176-4",
            None, date(2024, 5, 1), created, "14.0", sha256,
            "Network[1]/NetworkData/InternationalSCCPGatewaySection/InternationalSCCPGatewayInfo/"
            "InternationalSCCPCarrierList/SCCPCarrierItem[1]/SCCPCarrierName",
            inferred=False, confidence="high", own_gateway=False,
        ),
    )  # fmt: skip
    routing_path = "Network[1]/NetworkData/RoutingInfoSection/RoutingInfo"
    dated = (date(2024, 1, 1), created, sha256)
    assert corpus.numbering == (
        Numbering("TSTZ1", "msisdn_range", "9991", "999100", "999199", None, None, None, *dated,
                  f"{routing_path}/CCITT_E164_NumberSeries/MSISDN_NumberRanges/RangeData[1]"),
        Numbering("TSTZ1", "e212", "00101", None, None, None, None, None, *dated,
                  f"{routing_path}/CCITT_E212_NumberSeries"),
    )  # fmt: skip
    assert corpus.problems == ()
    assert all(type(row) is Numbering for row in corpus.numbering)


@pytest.mark.parametrize(
    ("root", "prefix", "binding"),
    [
        ("t:", "", f'xmlns:t="{NAMESPACE}" xmlns="{NAMESPACE}"'),
        ("", "", f'xmlns="{NAMESPACE}"'),
        ("odd:", "odd:", f'xmlns:odd="{NAMESPACE}"'),
        ("t:", "", f'xmlns:t="{NAMESPACE}"'),
        ("", "", ""),
        ("", "", 'xmlns="urn:another"'),
    ],
)
def test_neither_prefix_nor_namespace_matters(tmp_path: Path, root: str, prefix: str, binding: str) -> None:
    whole = document(
        network("TSTZ1", OWN, SCCP, lte(ipx("Penumbra")), nodes(node("HLR", vendor="Examplesoft")))
    ).decode()
    body = whole[whole.index("<RAEXIR21FileHeader") : whole.index("</t:TADIGRAEXIR21>")]
    bound = body.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")
    other = f"<{root}TADIGRAEXIR21 {binding}>{bound}</{root}TADIGRAEXIR21>".encode()
    expected, found = corpus_of(tmp_path, whole.encode()), corpus_of(tmp_path, other)
    assert [row._replace(document_sha256="") for row in found.declarations] == [
        row._replace(document_sha256="") for row in expected.declarations
    ]
    assert [row[:9] for row in found.numbering] == [row[:9] for row in expected.numbering]
    assert found.problems == ()


def test_order_white_space_and_comments_change_nothing(tmp_path: Path) -> None:
    plain = document(network("TSTZ1", OWN, SCCP))
    spaced = plain.replace(b"><", b">\n  <!-- a comment -->\n  <")
    one, other = corpus_of(tmp_path, plain), corpus_of(tmp_path, spaced)
    assert [row[:14] for row in one.declarations] == [row[:14] for row in other.declarations]
    assert [row[:9] for row in one.numbering] == [row[:9] for row in other.numbering]


def test_every_encoding_of_a_document_gives_the_same_rows(tmp_path: Path) -> None:
    text = document(network("TSTZ1", OWN, sccp(sccp_carrier("Umbra Télécom")))).decode().partition("?>")[2]
    for data in (
        text.encode(),
        f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16"),
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{text}'.encode("latin-1"),
    ):
        assert [row.carrier_name for row in corpus_of(tmp_path, data).declarations] == ["Umbra Télécom"]


def test_a_section_in_force_only_later_is_kept_with_its_date(tmp_path: Path) -> None:
    later = sccp(sccp_carrier("Umbra"), since="2031-08-01")
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, later)))
    assert corpus.declarations[0].effective_from == date(2031, 8, 1)


@pytest.mark.parametrize("since", ["31/12/2024", "2024-02-30", "soon", "9" * 100_000])
def test_a_date_that_is_none_is_told(tmp_path: Path, since: str) -> None:
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, sccp(sccp_carrier("Umbra"), since=since))))
    assert corpus.declarations[0].effective_from is None
    assert codes(corpus) == ["date-invalid"]


def test_a_timestamp_that_is_none_is_told(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN), created="yesterday"))
    assert corpus.networks[0].document_created is None
    assert codes(corpus) == ["date-invalid"]


def test_an_unknown_country_is_none_and_told_unless_no_countries_are_known(tmp_path: Path) -> None:
    data = document(network("TSTZ1", OWN), country="XZZ")
    assert codes(corpus_of(tmp_path, data)) == ["country-unknown"]
    assert corpus_of(tmp_path, data).networks[0].country is None
    assert codes(corpus_of(tmp_path, data, country_codes={})) == []


@pytest.mark.parametrize("version", ["8.2", "13.1", "14.0", "18.0"])
def test_the_known_versions_are_no_news(tmp_path: Path, version: str) -> None:
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN), version=version))
    assert (codes(corpus), corpus.networks[0].schema_version) == ([], version)


@pytest.mark.parametrize("version", ["7.0", "19.0", "", "x", "١٤.0", "9" * 1000])
def test_an_unknown_version_is_read_and_told(tmp_path: Path, version: str) -> None:
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN), version=version))
    assert codes(corpus) == ["schema-unknown"]
    assert len(corpus.networks) == 1


def test_a_network_without_code_and_a_code_that_occurs_twice(tmp_path: Path) -> None:
    second = routing(number_range("999", "2"), plmn=("001", "02"))
    corpus = corpus_of(tmp_path, document(network("", OWN), network("TSTZ1", OWN), network("tstz1", second)))
    assert [one.mcc_mnc for one in corpus.networks] == [("00101",)]
    assert codes(corpus) == ["tadig-missing", "tadig-repeated"]
    assert {problem.severity for problem in corpus.problems} == {"error"}


def test_a_code_of_another_form_is_kept_and_noted(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, document(network("TESTNET", OWN)))
    assert [one.tadig for one in corpus.networks] == ["TESTNET"]
    assert codes(corpus) == ["tadig-unusual"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html/>", "wrong-root"),
        (f'<TADIGRAEXIR21 xmlns="{NAMESPACE}"/>'.encode(), "network-missing"),
        (b"<TADIGRAEXIR21><OrganisationInfo><NetworkList/></OrganisationInfo></TADIGRAEXIR21>", "network-missing"),
    ],
)
def test_another_document_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    corpus = corpus_of(tmp_path, data)
    assert code in codes(corpus)
    assert corpus.networks == corpus.documents == ()


def test_the_summary_of_18_adds_plmns(tmp_path: Path) -> None:
    def item(tadig: str, mnc: str) -> str:
        return el(
            "TADIGSummaryItem", leaf("TADIGCode", tadig), el("NetworkProperties", leaf("MCC", "001"), leaf("MNC", mnc))
        )

    summary = el("TADIGSummaryList", item("TSTZ1", "002"), item("TSTZ1", "bad"), item("TSTZ2", "03"))
    data = document(network("TSTZ1", OWN), version="18.0").replace(
        b"<NetworkList>", summary.encode() + b"<NetworkList>"
    )
    assert corpus_of(tmp_path, data).networks[0].mcc_mnc == ("001002", "00101")


def big(count: int) -> bytes:
    return document(
        network("TSTZ1", OWN, nodes(node("HLR") * 1 + "<NwNode><NwElementType>A</NwElementType></NwNode>" * count))
    )


def test_a_million_nodes_are_cut_and_told(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, big(200_000))
    assert len(corpus.numbering) == ROWS
    assert codes(corpus) == ["rows-truncated"]
    assert codes(corpus_of(tmp_path, big(1_000_000))) == ["too-large"]


def test_rows_are_not_multiplied_by_attaching_a_section_a_thousand_times(tmp_path: Path) -> None:
    names = [f"T{number:04}" for number in range(1_100)]
    attached = el("SectionAttachedNetworkList", *(leaf("tadigCodeItem", name) for name in names))
    shared = nodes("<NwNode><NwElementType>A</NwElementType></NwNode>" * 1_000).replace(
        "<NwNodeList>", f"{attached}<NwNodeList>"
    )
    others = (el("Network", leaf("TADIGCode", name)) for name in names)
    corpus: Corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, shared), *others))
    assert len(corpus.numbering) == ROWS
    assert len(corpus.networks) == 1_000
    assert len(corpus.problems) < 50


def test_texts_without_end_are_cut(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, sccp(sccp_carrier("Umbra " * 100_000)))))
    assert len(corpus.declarations[0].carrier_text) == 512
    assert codes(corpus) == ["text-cut"]


def test_a_section_with_a_name_without_end_is_told_in_one_line(tmp_path: Path) -> None:
    name = "S" * 40_000
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, f"<{name}><a/></{name}>")))
    (problem,) = corpus.problems
    assert len(problem.message) + len(problem.element_path or "") < 1_000
