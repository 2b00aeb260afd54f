"""LTEInfo: providers, realms, edge agents, and who hosts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.declarations.documents import (
    codes,
    corpus_of,
    document,
    edge_agents,
    el,
    ipx,
    leaf,
    lte,
    network,
    number_range,
    routing,
    section,
)  # fmt: skip

from ipxray.declarations import Corpus

OWN = routing(number_range("999", "1"))
INFO = "Network[1]/NetworkData/LTEInfoSection/LTEInfo"


def read(folder: Path, *content: str) -> Corpus:
    return corpus_of(folder, document(network("TSTZ1", OWN, lte(*content))))


def values(corpus: Corpus, kind: str) -> list[str]:
    return [row.value for row in corpus.numbering if row.kind == kind]


@pytest.mark.parametrize("tag", ["IPXProviderName", "ProviderName", "CarrierName", "DiameterProviderName"])
def test_providers_are_found_by_every_name_of_their_element(tmp_path: Path, tag: str) -> None:
    corpus = read(tmp_path, ipx("Umbra", "Penumbra (64497)", tag=tag))
    assert [(row.service, row.carrier_name, row.asn) for row in corpus.declarations] == [
        ("diameter", "Umbra", None), ("diameter", "Penumbra", 64497),
    ]  # fmt: skip
    path = f"{INFO}/IPXInterconnectionInfo/IPXProviderInfoList/IPXProviderInfo[2]/{tag}"
    assert corpus.declarations[1].element_path == path


def test_a_provider_in_a_layout_never_seen_is_found(tmp_path: Path) -> None:
    new = section("SignallingInfoSection", "DiameterInfo", el("DiameterProviders", leaf("CarrierName", "Umbra")))
    corpus = corpus_of(tmp_path, document(network("TSTZ1", OWN, new), version="18.0"))
    assert [(row.service, row.carrier_name) for row in corpus.declarations] == [("diameter", "Umbra")]
    assert corpus.networks[0].services["diameter"] == "declared"


def test_names_below_a_contact_are_not_read(tmp_path: Path) -> None:
    corpus = read(tmp_path, el("ContactPerson", leaf("ProviderName", "Jo Person")))
    assert corpus.declarations == ()
    assert "Jo Person" not in repr(corpus)


def test_realms_are_lower_case_and_junk_is_told(tmp_path: Path) -> None:
    realms = (leaf("EPCRealmsForRoaming", text) for text in ("EPC.mnc001.mcc001.3gppnetwork.org ", "see above"))
    corpus = read(tmp_path, el("RoamingInterconnection", el("Diameter", el("EPCRealmsForRoamingList", *realms))))
    assert values(corpus, "epc_realm") == ["epc.mnc001.mcc001.3gppnetwork.org"]
    assert codes(corpus) == ["host-name-junk"]


def test_an_edge_agent_under_a_carriers_domain_shows_who_hosts_it(tmp_path: Path) -> None:
    corpus = read(tmp_path, edge_agents("s001.sin.umbra.grx", "dea.epc.mnc001.mcc001.3gppnetwork.org"))
    (row,) = corpus.declarations
    assert (row.carrier_text, row.carrier_name) == ("s001.sin.umbra.grx", "umbra.grx")
    assert (row.service, row.inferred, row.confidence, row.role) == ("diameter", True, "medium", "unstated")
    assert row.element_path == f"{INFO}/RoamingInterconnection/Diameter/FQDNDiameterEdgeAgent[1]/FQDN"
    assert values(corpus, "diameter_edge_agent") == ["s001.sin.umbra.grx", "dea.epc.mnc001.mcc001.3gppnetwork.org"]


@pytest.mark.parametrize(
    "host",
    [
        "dea.epc.mnc001.mcc001.3gppnetwork.org",
        "dea.epc.mnc01.mcc001.3gppnetwork.org",
        "dea.mnc001.mcc001.gprs",
        "DEA.EPC.MNC001.MCC001.3GPPNETWORK.ORG.",
        "dea.examplemobile.xa",
        "dea.example-mobile.com",
        "dea.example.com",
    ],
)
def test_an_edge_agent_under_the_networks_own_domain_is_not_hosted(tmp_path: Path, host: str) -> None:
    assert read(tmp_path, edge_agents(host)).declarations == ()


@pytest.mark.parametrize(
    ("host", "carrier"),
    [
        ("dea.epc.mnc009.mcc001.3gppnetwork.org", "mnc009.mcc001.3gppnetwork.org"),
        ("dea.xmnc001.mcc001.3gppnetwork.org", "3gppnetwork.org"),
        ("dea.umbra3gppnetwork.org", "umbra3gppnetwork.org"),
    ],
)
def test_domains_are_compared_by_whole_labels(tmp_path: Path, host: str, carrier: str) -> None:
    (row,) = read(tmp_path, edge_agents(host)).declarations
    assert row.carrier_name.endswith(carrier)


def test_an_agent_of_another_network_of_the_document_is_not_hosted(tmp_path: Path) -> None:
    other = network("TSTZ2", routing(number_range("999", "2"), plmn=("001", "02")))
    agent = edge_agents("dea.epc.mnc002.mcc001.3gppnetwork.org")
    assert corpus_of(tmp_path, document(network("TSTZ1", OWN, lte(agent)), other)).declarations == ()


def test_two_names_in_one_field_are_both_kept_and_told(tmp_path: Path) -> None:
    corpus = read(tmp_path, edge_agents("a.umbra.grx and b.umbra.grx"))
    assert values(corpus, "diameter_edge_agent") == ["a.umbra.grx", "b.umbra.grx"]
    assert codes(corpus) == ["host-name-junk"]


def test_agents_known_by_address_alone_are_listed(tmp_path: Path) -> None:
    listed = el(
        "RoamingInterconnection",
        el("IPAddressesDiameterEdgeAgent", leaf("IPAddress", "192.0.2.1"), leaf("IPAddress", "x")),
    )
    other = el("DiameterCertificatesExchange", el("IPSec", leaf("IPAddress", "192.0.2.9")))
    corpus = read(tmp_path, listed, other)
    assert values(corpus, "diameter_edge_agent") == ["192.0.2.1"]
    assert codes(corpus) == ["address-invalid"]


def test_thousands_of_names_are_cut_and_told(tmp_path: Path) -> None:
    corpus = read(tmp_path, ipx(*(f"Umbra {number}" for number in range(2_500))))
    assert len(corpus.declarations) == 2_000
    assert codes(corpus) == ["rows-truncated"]
