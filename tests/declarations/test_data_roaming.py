"""IP roaming: GRX providers, address ranges, AS numbers, name servers, in three layouts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.declarations.documents import (
    codes,
    corpus_of,
    data_roaming,
    document,
    el,
    grx,
    leaf,
    network,
    number_range,
    routing,
    section,
)  # fmt: skip

from ipxray.declarations import Corpus
from ipxray.declarations.data_roaming import parse_asn

OWN = routing(number_range("999", "1"))
INFO = "Network[1]/NetworkData/IPRoaming_IW_InfoSection/IPRoaming_IW_Info_General"


def read(folder: Path, *content: str) -> Corpus:
    return corpus_of(folder, document(network("TSTZ1", OWN, data_roaming(*content))))


def values(corpus: Corpus, kind: str) -> list[str]:
    return [row.value for row in corpus.numbering if row.kind == kind]


def test_providers_are_named_with_the_as_number_behind_them(tmp_path: Path) -> None:
    corpus = read(tmp_path, grx("Umbra (64496)", "Penumbra (Old Penumbra) (64497)", "Lucent"))
    assert [(row.carrier_text, row.carrier_name, row.asn, row.role, row.role_text) for row in corpus.declarations] == [
        ("Umbra (64496)", "Umbra", 64496, "unstated", None),
        ("Penumbra (Old Penumbra) (64497)", "Penumbra (Old Penumbra)", 64497, "unstated", None),
        ("Lucent", "Lucent", None, "unstated", None),
    ]
    assert corpus.declarations[1].element_path == f"{INFO}/GRXProvidersList/GRXProvider[2]"
    assert {row.service for row in corpus.declarations} == {"grx"}


def test_the_layout_of_18_is_read(tmp_path: Path) -> None:
    item = el("GRXIPXProviderItem", leaf("ProviderName", "Umbra"), leaf("ASN", "64496"), leaf("NetworkOwner", "MNO"))
    two = el("GRXIPXProviderItem", leaf("ProviderName", "Umbra / Penumbra"), leaf("ASN", "64497"))
    owned = el("IPAddressOrRange", leaf("IPAddressRange", "192.0.2.0/24"), leaf("NetworkOwner", "MNO"))
    info = section(
        "GRXIPXRoutingForDataRoamingSection", "GRXIPXRoutingForDataRoaming",
        el("InterPMNBackboneIPList", owned),
        el("ASNsList", el("ASNItem", leaf("ASN", "64500"), leaf("NetworkOwner", "MNO"))),
        el("GRXIPXProvidersList", item, two),
    )  # fmt: skip
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, info), version="18.0"))
    assert [(row.carrier_name, row.asn) for row in corpus.declarations] == [
        ("Umbra", 64496), ("Umbra", None), ("Penumbra", None),
    ]  # fmt: skip
    assert corpus.declarations[0].element_path.endswith("GRXIPXProvidersList/GRXIPXProviderItem[1]/ProviderName")
    assert (values(corpus, "ip_range"), values(corpus, "asn")) == (["192.0.2.0/24"], ["64500"])
    assert corpus.problems == ()


def test_the_layout_of_8_is_read(tmp_path: Path) -> None:
    info = section("IPRoaming_IW_InfoSection", "IPRoaming_IW_Info", grx("Umbra"), el("ASNsList", leaf("ASN", "64500")))
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, info), version="8.2"))
    assert [row.carrier_name for row in corpus.declarations] == ["Umbra"]
    assert values(corpus, "asn") == ["64500"]


def test_a_provider_that_is_none_declares_nobody(tmp_path: Path) -> None:
    corpus = read(tmp_path, grx("N/A", "-", " "))
    assert corpus.declarations == ()
    assert corpus.networks[0].services["grx"] == "missing"


def test_ranges_are_canonical_and_host_bits_are_tolerated(tmp_path: Path) -> None:
    ranges = (
        el("IPAddressOrRange", leaf("IPAddressRange", text)) for text in ("192.0.2.241/29", "192.0.2.0-192.0.2.2", "x")
    )
    single = el("IPAddressOrRange", leaf("IPAddress", "2001:DB8::1"))
    corpus = read(tmp_path, el("InterPMNBackboneIPList", *ranges, single))
    assert values(corpus, "ip_range") == ["192.0.2.240/29", "192.0.2.0/31", "192.0.2.2/32", "2001:db8::1/128"]
    assert codes(corpus) == ["host-bits", "address-invalid"]
    assert [row.element_path for row in corpus.numbering if row.kind == "ip_range"][2:] == [
        f"{INFO}/InterPMNBackboneIPList/IPAddressOrRange[2]",
        f"{INFO}/InterPMNBackboneIPList/IPAddressOrRange[4]",
    ]


def test_as_numbers_of_16_and_32_bits_are_read(tmp_path: Path) -> None:
    corpus = read(tmp_path, el("ASNsList", leaf("ASN", "AS64500"), leaf("ASN4B", "4200000001"), leaf("ASN", "none")))
    assert values(corpus, "asn") == ["64500", "4200000001"]
    assert codes(corpus) == ["asn-invalid"]


@pytest.mark.parametrize(
    ("text", "asn"),
    [("64496", 64496), ("ASN 64496", 64496), ("as64496", 64496), ("1.0", 65536), ("0", None), ("", None), (None, None),
     ("4294967296", None), ("9" * 5000, None), ("-1", None)],
)  # fmt: skip
def test_an_as_number_is_read_or_none(text: str | None, asn: int | None) -> None:
    assert parse_asn(text) == asn


def test_name_servers_are_known_by_address_else_by_name(tmp_path: Path) -> None:
    def server(address: str, name: str) -> str:
        return el("DNSitem", leaf("IPAddress", address), leaf("DNSname", name))

    listed = el(
        "PMNAuthoritativeDNSIPList", server("192.0.2.53", "Primary"), server("", "DNS1.mnc001.mcc001.gprs."),
        server("x", "Secondary"), server("0.0.0.0", "dns2.mnc001.mcc001.gprs"),
    )  # fmt: skip
    corpus = read(tmp_path, listed)
    assert values(corpus, "dns") == ["192.0.2.53", "dns1.mnc001.mcc001.gprs", "0.0.0.0"]
    assert codes(corpus) == ["address-invalid"]


def test_a_range_in_a_field_of_another_name_counts_beside_plain_ones(tmp_path: Path) -> None:
    plain = el("IPAddressOrRange", leaf("IPAddressRange", "192.0.2.0/28"))
    other = el("IPAddressOrRange", leaf("Prefix", "192.0.2.16/28"), leaf("NetworkOwner", "198.51.100.0/24"))
    corpus = read(tmp_path, el("InterPMNBackboneIPList", plain, other))
    assert values(corpus, "ip_range") == ["192.0.2.0/28", "192.0.2.16/28"]
