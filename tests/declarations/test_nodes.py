"""Network elements, service control points, IMSI prefixes for machines."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.declarations.documents import (
    codes,
    corpus_of,
    document,
    el,
    leaf,
    network,
    node,
    nodes,
    number_range,
    routing,
    section,
    title,
)  # fmt: skip

from ipxray.declarations import Corpus, Numbering
from ipxray.declarations.nodes import node_class

OWN = routing(number_range("999", "1"))


def rows(corpus: Corpus, kind: str) -> list[Numbering]:
    return [row for row in corpus.numbering if row.kind == kind]


@pytest.mark.parametrize(
    ("node_type", "expected"),
    [
        ("HLR", "hlr_hss"), ("HSS", "hlr_hss"), ("UDM", "hlr_hss"), ("HLR-FE", "hlr_hss"),
        ("MSC/VLR-2G+3G", "msc_vlr"), ("VLR", "msc_vlr"), ("MSC-S", "msc_vlr"), ("MSS", "msc_vlr"), ("GMSC", "msc_vlr"),
        ("SGSN", "sgsn_mme"), ("SGSN-MME", "sgsn_mme"), ("amf", "sgsn_mme"),
        ("GGSN/PGW", "ggsn_pgw"), ("SGW", "ggsn_pgw"), ("P-GW", "ggsn_pgw"), ("UPF", "ggsn_pgw"),
        ("SMSC", "smsc"), ("IP-SMGW", "smsc"), ("SMS-GMSC", "smsc"), ("SMS-IWMSC", "smsc"),
        ("STP", "stp_dra"), ("DRA", "stp_dra"), ("DEA", "stp_dra"), ("SCCP gateway", "stp_dra"),
        ("MMSC", "other"), ("SCP", "other"), ("IN", "other"), ("RNC", "other"), ("", "other"), ("Hürde", "other"),
    ],
)  # fmt: skip
def test_the_class_of_a_node_follows_from_its_type(node_type: str, expected: str) -> None:
    assert node_class(node_type) == expected


def test_a_node_is_one_row_with_type_class_and_vendor(tmp_path: Path) -> None:
    span = el("SN_Range", leaf("SN_RangeStart", "001"), leaf("SN_RangeStop", "004"))
    pool = el("GTAddressInfo", leaf("CC", "999"), leaf("NDC", "17"), span)
    address = el("IPAddressInfo", leaf("IPAddressRange", "192.0.2.16/28"))
    corpus = corpus_of(
        tmp_path,
        document(
            network(
                "TSTZ1", OWN,
                nodes(
                    node("HLR", title("999", "171234"), vendor="Examplesoft"),
                    node(" MSC/VLR ", pool, address, vendor=" Examplesoft AG "),
                    node("SGSN", address),
                    node("SGW", el("IPAddressInfo", leaf("IPAddress", "192.0.2.7"))),
                    el("NwNode", leaf("NwElementType", "RNC"), leaf("NodeID", "North 1")),
                    node("EIR"),
                ),
            )
        ),
    )  # fmt: skip
    found = [
        (row.value, row.range_start, row.range_stop, row.node_type, row.node_class, row.vendor_text)
        for row in rows(corpus, "node")
    ]
    assert found == [
        ("999171234", None, None, "HLR", "hlr_hss", "Examplesoft"),
        ("99917", "99917001", "99917004", "MSC/VLR", "msc_vlr", "Examplesoft AG"),
        ("192.0.2.16/28", None, None, "SGSN", "sgsn_mme", None),
        ("192.0.2.7", None, None, "SGW", "ggsn_pgw", None),
        ("North 1", None, None, "RNC", "other", None),
        ("", None, None, "EIR", "other", None),
    ]
    paths = [row.element_path for row in rows(corpus, "node")]
    assert paths[4] == "Network[1]/NetworkData/NetworkElementsInfoSection/NetworkElementsInfo/NwNodeList/NwNode[5]"
    assert corpus.problems == ()


def test_a_node_with_a_faulty_title_or_address_is_kept_and_told(tmp_path: Path) -> None:
    bad = el("IPAddressInfo", leaf("IPAddress", "300.0.0.1"))
    listed = nodes(node("HLR", title("999", "x")), node("SGSN", bad), node("MSC", title("998", "1")))
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, listed)))
    assert [row.value for row in rows(corpus, "node")] == ["", "", "9981"]
    assert codes(corpus) == ["number-invalid", "address-invalid", "calling-code-foreign"]


def test_something_else_between_the_nodes_shifts_nothing(tmp_path: Path) -> None:
    listed = nodes(
        leaf("Comment", "x"), node("HLR", title("999", "1"), vendor="A"), leaf("VendorInfo", "B"), node("MSC")
    )
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, listed)))
    assert [(row.node_type, row.value) for row in rows(corpus, "node")] == [("HLR", "9991"), ("MSC", "")]


def test_a_vendor_name_that_would_move_the_cursor_is_defused_and_told(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, nodes(node("HLR", vendor="Ex\x9b31mample")))))
    assert rows(corpus, "node")[0].vendor_text == "Ex\ufffd31mample"
    assert codes(corpus) == ["text-cleaned"]


def test_service_control_points_are_listed_once(tmp_path: Path) -> None:
    def service(*titles: str) -> str:
        return el(
            "CAMEL_Functionality_Item", el("SCP_GT_AddressList", *(leaf("SCP_GT_Address", each) for each in titles))
        )

    camel = section(
        "CAMELInfoSection", "CAMELInfo",
        el("CAMEL_Functionality_Info", service("999100", "999101"), service("999101", "999102", "call us")),
    )  # fmt: skip
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, camel)))
    assert [row.value for row in rows(corpus, "scp_gt")] == ["999100", "999101", "999102"]
    assert rows(corpus, "scp_gt")[2].element_path.endswith(
        "CAMEL_Functionality_Info/CAMEL_Functionality_Item[2]/SCP_GT_AddressList/SCP_GT_Address[2]"
    )
    assert codes(corpus) == ["number-invalid"]


def test_imsi_prefixes_are_kept_and_whole_subscriber_identities_are_not(tmp_path: Path) -> None:
    def prefix(text: str) -> str:
        return el("SubRangeIMSI", leaf("SubrangeIMSI", text), leaf("Description", "meters"))

    listed = el("ListofSubRangeIMSI", prefix("0010112"), prefix("001011234567890"))
    corpus = corpus_of(
        tmp_path, document(network("TSTZ1", OWN, section("M2MRoamingInfoSection", "M2MRoamingInfo", listed)))
    )
    assert [row.value for row in rows(corpus, "imsi_subrange")] == ["0010112"]
    assert codes(corpus) == ["number-invalid"]
    assert "001011234567890" not in repr(corpus)
