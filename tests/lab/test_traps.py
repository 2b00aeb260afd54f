"""Every trap that real documents set is set in a world of two dozen operators, seen here with plain lxml."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from ipaddress import ip_interface
from typing import Any

import pytest
from lxml import etree

from ipxray.lab import World
from ipxray.lab.forms import FORMS

NAMESPACE = "{https://infocentre.gsm.org/TADIG-RAEX-IR21}"
Papers = list[Any]


def each(papers: Papers, name: str) -> Iterator[etree._Element]:
    for paper in papers:
        yield from paper.root.iter(f"{NAMESPACE}{name}")


def child(element: etree._Element, name: str) -> str | None:
    return element.findtext(f"{NAMESPACE}{name}")


def texts(papers: Papers, name: str) -> list[str]:
    return [element.text or "" for element in each(papers, name)]


def current(papers: Papers) -> Papers:
    """All but the documents that a newer one replaces."""
    return [paper for paper in papers if not paper.name.startswith("older/")]


@pytest.fixture(scope="session")
def network_of(papers: Papers) -> Callable[[str], etree._Element]:
    networks = {child(network, "TADIGCode"): network for network in each(current(papers), "Network")}
    return networks.__getitem__  # type: ignore[return-value]


def with_form(truth: dict[str, Any], service: str, form: str) -> list[str]:
    return [tadig for tadig, network in truth["networks"].items() if network["services"][service]["form"] == form]


@pytest.mark.parametrize(("service", "form"), [(service, form) for service, forms in FORMS.items() for form in forms])
def test_every_form_of_every_service_occurs(service: str, form: str, truth: dict[str, Any]) -> None:
    assert with_form(truth, service, form)


def test_documents_are_of_realistic_size_and_well_formed(papers: Papers) -> None:
    sizes = [len(paper.content) for paper in current(papers)]
    assert len(sizes) >= 20
    assert min(sizes) > 20_000
    assert max(sizes) < 200_000


def test_four_layouts_are_mixed(papers: Papers) -> None:
    assert {paper.version for paper in papers} == {"8.2", "13.1", "14.0", "18.0"}
    for paper in papers:
        sections = [etree.QName(element).localname for element in paper.root.iter() if "Section" in str(element.tag)]
        assert ("GRXIPXRoutingForDataRoamingSection" in sections) == (paper.version == "18.0")
        assert ("RoamingHubProviderInfoSection" in sections) == (paper.version != "8.2")
        wrapped = paper.root.find(f".//{NAMESPACE}RoutingInfoSection/{NAMESPACE}RoutingInfo") is not None
        assert wrapped == (paper.version != "8.2")
        assert bool(paper.texts("TADIGSummaryItem")) == (paper.version == "18.0")


def test_prefixes_differ(papers: Papers) -> None:
    roots = {paper.root.prefix for paper in papers}
    inner = {paper.root[0].prefix for paper in papers}
    assert roots >= {"tadig-raex-21", None, "ir21", "tadig-gen"}
    assert inner == {None, "ir21"}


def test_further_networks_take_the_sections_of_the_first(papers: Papers, truth: dict[str, Any]) -> None:
    shared = [paper for paper in current(papers) if len(paper.tadigs) > 1]
    assert {len(paper.tadigs) for paper in shared} == {2, 3}
    for paper in shared:
        first, *others = paper.root.iter(f"{NAMESPACE}Network")
        gateways = first.find(f".//{NAMESPACE}InternationalSCCPGatewayInfo")
        assert gateways is not None
        attached = {item.text for item in gateways.iter(f"{NAMESPACE}tadigCodeItem")}
        assert attached == {child(other, "TADIGCode") for other in others}
        for other in others:
            section = other.find(f".//{NAMESPACE}InternationalSCCPGatewaySection")
            assert section is not None
            assert [etree.QName(element).localname for element in section] == ["SectionNA"]
        services = [truth["networks"][tadig]["services"] for tadig in paper.tadigs]
        assert all(each["sccp"] == services[0]["sccp"] and each["grx"] == services[0]["grx"] for each in services)
    assert any(truth["networks"][paper.tadigs[0]]["services"]["sccp"]["links"] for paper in shared)


def test_further_networks_speak_for_themselves_in_some_sections(papers: Papers, truth: dict[str, Any]) -> None:
    others = [tadig for paper in current(papers) for tadig in paper.tadigs[1:]]
    assert any(truth["networks"][tadig]["services"]["mms"]["state"] != "not_applicable" for tadig in others)
    assert all(truth["networks"][tadig]["services"]["sms_hub"]["state"] == "missing" for tadig in others)


def test_generic_names_leave_the_carriers_to_the_signatures(
    network_of: Callable[[str], etree._Element], truth: dict[str, Any]
) -> None:
    for tadig in with_form(truth, "sccp", "generic_carrier_name"):
        items = list(network_of(tadig).iter(f"{NAMESPACE}SCCPCarrierItem"))
        if items:
            assert {child(item, "SCCPCarrierName") for item in items} == {"SCCP Carrier"}
            signatures = {child(point, "SCSignature") for item in items for point in item.iter(f"{NAMESPACE}DPCItem")}
            links = truth["networks"][tadig]["services"]["sccp"]["links"]
            assert signatures == {link["name"] for link in links}


def test_names_stand_in_lists_with_numbers_and_with_old_names(papers: Papers) -> None:
    providers = [text for tag in ("GRXProvider", "ProviderName", "IPXProviderName") for text in texts(papers, tag)]
    assert any(re.fullmatch(r"[\w ]+(, [\w ]+)+ / [\w ]+", text) for text in providers)
    assert any(re.fullmatch(r"[\w ]+ \((AS)?\d+\)", text) for text in providers)
    assert any(re.fullmatch(r"[\w ]+ \([A-Z][a-z]\w+ \w+\)( \((AS)?\d+\))?", text) for text in providers)
    tags = ("IPXProviderName", "ProviderName", "CarrierName", "DiameterProviderName")
    assert any(text.isupper() for tag in tags for text in texts(papers, tag))
    assert any("   " in text for text in providers)
    assert any(text.endswith(", Inc.") for text in providers)


def test_a_name_means_what_it_meant_on_the_day_of_the_document(truth: dict[str, Any]) -> None:
    old, expired, reused = (
        truth["networks"][with_form(truth, "sccp", form)[0]] for form in ("old_name", "expired_name", "reused_name")
    )
    assert old["document_created"] < "2022-03-01" < "2024-01-01" <= expired["document_created"]
    unknown = [link["name"] for link in expired["services"]["sccp"]["links"] if not link["carriers"]]
    assert len(unknown) == 1
    assert unknown[0].endswith(" Signalling")
    assert any(not link["confirmed_by"] for link in reused["services"]["sccp"]["links"])


def test_ambiguous_and_unknown_names_stay_open(truth: dict[str, Any]) -> None:
    links = [
        link
        for network in truth["networks"].values()
        for each in network["services"].values()
        for link in each["links"]
    ]
    assert Counter(min(len(link["carriers"]), 2) for link in links).keys() == {0, 1, 2}


def test_a_network_that_names_itself_has_an_own_gateway(
    network_of: Callable[[str], etree._Element], truth: dict[str, Any]
) -> None:
    for tadig in with_form(truth, "sccp", "own_gateway"):
        network = truth["networks"][tadig]
        assert network["services"]["sccp"] == {"state": "own_gateway", "form": "own_gateway", "links": []}
        names = [element.text for element in network_of(tadig).iter(f"{NAMESPACE}SCCPCarrierName")]
        assert names in ([network["organisation"]], [])


def test_pending_sections_take_effect_after_the_truth(
    world: World, network_of: Callable[[str], etree._Element], truth: dict[str, Any]
) -> None:
    for service in ("sccp", "grx", "diameter"):
        for tadig in with_form(truth, service, "pending"):
            assert all(link["pending"] for link in truth["networks"][tadig]["services"][service]["links"])
    dates = [
        date.fromisoformat(text)
        for paper in with_form(truth, "sccp", "pending")
        for text in (element.text or "" for element in network_of(paper).iter(f"{NAMESPACE}EffectiveDateOfChange"))
    ]
    assert any(day > world.at for day in dates)
    assert any(day < world.at for day in dates)


def test_roles_are_stated_shared_or_left_to_comments(papers: Papers, truth: dict[str, Any]) -> None:
    words = set(texts(papers, "SCCPConnectivityInformation"))
    assert words >= {"Primary", "Load Sharing"} or words >= {"Primary", "Loadsharing"}
    assert words & {"Backup", "Secondary"}
    silent = [item for item in each(papers, "SCCPCarrierItem") if child(item, "SCCPConnectivityInformation") is None]
    assert silent
    comments = texts(papers, "SCCPCarrierComments") + texts(papers, "Comments")
    assert "To be used as secondary option (without loadsharing)" in comments
    for tadig in with_form(truth, "sccp", "several_primary"):
        links = truth["networks"][tadig]["services"]["sccp"]["links"]
        assert len(links) > 1
        assert {link["role"] for link in links} == {"primary"}


def test_point_codes_are_written_in_several_ways_and_one_belongs_to_another_carrier(
    papers: Papers, truth: dict[str, Any]
) -> None:
    assert all(re.fullmatch(r"[01]([.-])\d{1,3}\1[0-7]", text) for text in texts(papers, "DPC"))
    assert any("-" in text for text in texts(papers, "DPC"))
    (tadig,) = with_form(truth, "sccp", "foreign_point_code")[:1]
    links = truth["networks"][tadig]["services"]["sccp"]["links"]
    assert any(link["confirmed_by"] == [] for link in links)


def test_edge_agents_are_hosted_or_odd(papers: Papers, truth: dict[str, Any]) -> None:
    hosts = texts(papers, "FQDN")
    assert any(host.endswith(".example") for host in hosts)
    assert any(" and " in host for host in hosts)
    assert "0.0.0.0" in texts(papers, "IPAddress")
    hosted = [*with_form(truth, "diameter", "hosted_edge_agent"), *with_form(truth, "diameter", "hosted_only")]
    links = [link for tadig in hosted for link in truth["networks"][tadig]["services"]["diameter"]["links"]]
    assert {link["inferred"] for link in links} == {True, False}


def test_hubs_stand_in_free_text_and_in_the_element_with_two_underscores(papers: Papers) -> None:
    lines = texts(papers, "AdditionalInformationLine")
    assert any(re.search(r"SMS Hub( Provider)?: \w+", line) for line in lines)
    assert any("SMS Home Routing" in line and "Hub" not in line for line in lines)
    assert texts(papers, "MMS__IW_Hub")
    assert all(texts(papers, "MMS_IW_HubName"))


def test_address_ranges_have_host_bits_set(papers: Papers) -> None:
    ranges = [ip_interface(text) for text in texts(papers, "IPAddressRange")]
    assert any(address.ip != address.network.network_address for address in ranges)


def test_numbers_keep_their_leading_zeros(papers: Papers) -> None:
    assert any(text.startswith("0") for text in texts(papers, "NDC"))
    assert any(text.startswith("0") for text in texts(papers, "SN_RangeStart"))


def test_ported_ranges_are_those_of_others(papers: Papers) -> None:
    for network in each(current(papers), "Network"):
        own = {child(element, "NDC") for element in network.iter(f"{NAMESPACE}NumberRange")}
        others = {child(element, "NDC") for element in network.iter(f"{NAMESPACE}NP_E164NumberRange")}
        assert not own & others
    assert texts(papers, "NP_E164NumberRange")


def test_private_numbers_and_a_carriers_number_stand_among_the_networks_own(papers: Papers) -> None:
    own = {int(text) for paper in papers for text in paper.texts("ASN") + paper.texts("ASN4B") if text}
    assert any(64_512 <= number < 65_535 for number in own)
    assert any(number >= 4_200_000_000 for number in own)
    assert any(64_496 <= number < 64_512 for number in own)


def test_vendors_are_mixed_and_spelled_variously(papers: Papers) -> None:
    vendors = set(texts(papers, "VendorInfo"))
    assert len({text.casefold() for text in vendors}) < len(vendors)
    assert "in-house build" in vendors
    assert any(child(node, "VendorInfo") is None for node in each(papers, "NwNode"))


def test_sections_remember_their_changes(papers: Papers) -> None:
    for paper in papers:
        assert paper.texts("ChangeHistoryItem")
    assert texts(papers, "ChangeDescription")
    assert texts(papers, "Description")


def test_an_older_document_of_the_same_network_lies_about(papers: Papers, truth: dict[str, Any]) -> None:
    older = [paper for paper in papers if paper.name.startswith("older/")]
    assert older
    for paper in older:
        network = truth["networks"][paper.tadigs[0]]
        assert paper.texts("FileCreationTimestamp")[0][:10] < network["document_created"]
        assert network["document"] != paper.name


def test_documents_lie_in_archives_and_in_folders(world: World) -> None:
    archives = list((world.folder / "ir21").glob("*.zip"))
    assert archives
    members = [name for path in archives for name in zipfile.ZipFile(path).namelist()]
    assert any("/" in name for name in members)
    assert any("/" not in name for name in members)
    assert [path for path in (world.folder / "ir21").glob("*/*.xml") if path.parent.name != "older"]


def test_some_operators_are_known_from_a_list_alone(world: World, papers: Papers, truth: dict[str, Any]) -> None:
    listed = {tadig for tadig, network in truth["networks"].items() if network["schema_version"] == "csv"}
    assert len(listed) == 2
    assert not listed & {tadig for paper in papers for tadig in paper.tadigs}
    with (world.folder / "ir21/declarations.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["tadig"] for row in rows} > listed
    assert {row["service"] for row in rows} >= {"sccp", "grx", "diameter", "roaming_hub", "n32"}
    assert any(", " in row["carrier"] for row in rows)
    for row in rows:
        if row["tadig"] not in listed:
            assert row["document_created"] < truth["networks"][row["tadig"]]["document_created"]
