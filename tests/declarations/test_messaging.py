"""Hubs for multimedia messages, short messages, roaming; carriers of N32."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.declarations.documents import codes, corpus_of, document, el, leaf, network, number_range, routing, section

from ipxray.declarations import Corpus

OWN = routing(number_range("999", "1"))


def lines(*texts: str) -> str:
    return routing(
        number_range("999", "1"),
        more=el("AdditionalInformation", *(leaf("AdditionalInformationLine", text) for text in texts)),
    )


def read(folder: Path, *sections: str) -> Corpus:
    return corpus_of(folder, document(network("TSTZ1", *sections)))


def test_a_multimedia_hub_is_read_from_its_field(tmp_path: Path) -> None:
    hub = el("MMS_IW_HubList", el("MMS__IW_Hub", leaf("MMS_IW_HubName", "Umbra")))
    info = section("MMS_IW_InfoSection", "MMS_IW_Info", el("MMSE_List", el("MMSE"), el("MMSE", hub)))
    (row,) = read(tmp_path, OWN, info).declarations
    assert (row.service, row.carrier_name, row.inferred, row.confidence) == ("mms", "Umbra", False, "high")
    assert row.element_path.endswith("MMS_IW_Info/MMSE_List/MMSE[2]/MMS_IW_HubList/MMS__IW_Hub[1]/MMS_IW_HubName")


def test_a_short_message_hub_is_read_from_free_text_with_low_confidence(tmp_path: Path) -> None:
    rows = read(tmp_path, lines("Welcome", "SS7 SMS Hub Provider: Umbra & Penumbra")).declarations
    assert [(row.carrier_text, row.carrier_name) for row in rows] == [
        ("SS7 SMS Hub Provider: Umbra & Penumbra", "Umbra"),
        ("SS7 SMS Hub Provider: Umbra & Penumbra", "Penumbra"),
    ]
    assert {(row.service, row.inferred, row.confidence) for row in rows} == {("sms_hub", True, "low")}
    assert rows[0].element_path.endswith("RoutingInfo/AdditionalInformation/AdditionalInformationLine[2]")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("SMS hub: Umbra.", ["Umbra"]),
        ("SMS Hubbing providers = Umbra / Penumbra", ["Umbra", "Penumbra"]),
        ("Our SMS hub provider is: Umbra", ["Umbra"]),
        ("SMS over SS7 hub carrier: Umbra (64496)", ["Umbra"]),
        ("SMS hub contact: Jo Person", []),
        ("SMS hub", []),
        ("SMS hub provider: n/a", []),
        ("The MMS hub provider: Umbra", []),
        ("SMS hub provider: please see the long list of partners that was sent to you", []),
        ("Hubert's SMS: Umbra", []),
    ],
)
def test_only_a_line_that_names_a_hub_counts(tmp_path: Path, text: str, names: list[str]) -> None:
    assert [row.carrier_name for row in read(tmp_path, lines(text)).declarations] == names


def test_free_text_leaves_no_trace_where_it_names_no_hub(tmp_path: Path) -> None:
    corpus = read(tmp_path, lines("SMS hub questions: jo@umbra.example, +999 555 123456", "Ask Jo Person"))
    assert corpus.declarations == ()
    assert "Person" not in repr(corpus)
    assert "123456" not in repr(corpus)
    assert "jo@" not in repr(corpus)


def test_a_roaming_hub_is_found_by_any_name_of_its_element(tmp_path: Path) -> None:
    info = section(
        "RoamingHubProviderInfoSection", "RoamingHubProviderInfo",
        el("HubList", el("Hub", leaf("RoamingHubProviderName", "Umbra")), el("Hub", leaf("HubName", "Penumbra"))),
        el("HubContact", leaf("ProviderName", "Jo Person")),
    )  # fmt: skip
    corpus = read(tmp_path, OWN, info)
    assert [(row.service, row.carrier_name) for row in corpus.declarations] == [
        ("roaming_hub", "Umbra"), ("roaming_hub", "Penumbra"),
    ]  # fmt: skip
    assert corpus.declarations[1].element_path.endswith("RoamingHubProviderInfo/HubList/Hub[2]/HubName")
    assert "Person" not in repr(corpus)


def test_n32_is_found_in_a_section_never_seen(tmp_path: Path) -> None:
    info = section(
        "FiveGSInfoSection", "FiveGSInfo",
        el("N32Interconnection", el("SEPPList", el("SEPP", leaf("IPXProviderName", "Umbra")))),
        el("Other", leaf("ProviderName", "Penumbra")),
    )  # fmt: skip
    corpus = read(tmp_path, OWN, info)
    assert [(row.service, row.carrier_name) for row in corpus.declarations] == [("n32", "Umbra")]
    assert corpus.networks[0].services["n32"] == "declared"
    assert codes(corpus) == ["section-not-understood"]
