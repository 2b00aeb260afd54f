"""A whole IR.21 document of one fictional operator, in the layout of its schema version."""

from __future__ import annotations

from datetime import date

from ipxray.lab.contacts import contact_section
from ipxray.lab.elements import Element, branch, leaf, render
from ipxray.lab.interconnect import diameter_section, gateway_section, mms_section, provider_section
from ipxray.lab.plan import NetworkPlan, OrganisationPlan
from ipxray.lab.routine import (
    frequencies,
    node_section,
    not_applicable,
    packet_section,
    protocol_sections,
    service_sections,
)
from ipxray.lab.routing import routing_section
from ipxray.lab.sections import Page

__all__ = ["document_bytes", "document_name"]

_LATE_SECTIONS = (
    "M2MRoamingInfoSection", "MVNOInformationSection", "RoamingHubProviderInfoSection", "VoLTERoamingInfoSection",
    "LPWARoamingInfoSection",
)  # fmt: skip
_CLOCK = "09:30:00"


def document_bytes(organisation: OrganisationPlan, seed: int) -> bytes:
    """Write the document of one operator: header, organisation, every network with every section in schema order."""
    networks = [_network(Page(organisation, network)) for network in organisation.networks]
    summary = [_summary(network) for network in organisation.networks] if organisation.version == "18.0" else []
    body = branch(
        "OrganisationInfo",
        leaf("OrganisationName", organisation.name),
        leaf("CountryInitials", organisation.place.iso3),
        branch("TADIGSummaryList", *summary) if summary else None,
        branch("NetworkList", *networks),
    )
    return render([_header(organisation, seed), body], version=organisation.version, style=organisation.style)


def document_name(organisation: OrganisationPlan) -> str:
    """The file name that the exchange gives a document: IR21_<TADIG>_<organisation>_<time of creation>.xml."""
    title = organisation.name.replace(" ", "")
    return f"IR21_{organisation.networks[0].tadig}_{title}_{organisation.created:%Y%m%d}{_CLOCK.replace(':', '')}.xml"


def _header(organisation: OrganisationPlan, seed: int) -> Element:
    modern = organisation.version != "8.2"
    remark = f"FICTIONAL: no such operator exists (ipxray lab, seed {seed})"
    return branch(
        "RAEXIR21FileHeader",
        leaf("FileCreationTimestamp", _timestamp(organisation.created, organisation.place.utc_offset)),
        leaf("FileType", "IR.21") if modern else None,
        leaf("SenderTADIG", organisation.networks[0].tadig) if modern else None,
        leaf("PublishComment", remark) if modern else None,
        leaf("TADIGGenSchemaVersion", "2.4"),
        leaf("TADIGRAEXIR21SchemaVersion", organisation.version),
    )


def _timestamp(created: date, utc_offset: str) -> str:
    return f"{created}T{_CLOCK}{utc_offset}"


def _summary(network: NetworkPlan) -> Element:
    properties = branch(
        "NetworkProperties", leaf("MCC", network.mcc), leaf("MNC", network.mnc), leaf("NetworkType", "Terrestrial")
    )
    return branch("TADIGSummaryItem", leaf("TADIGCode", network.tadig), properties)


def _network(page: Page) -> Element:
    version = page.version
    return branch(
        "Network",
        leaf("TADIGCode", page.network.tadig),
        leaf("NetworkName", page.network.name) if version != "8.2" else None,
        leaf("NetworkType", "Terrestrial"),
        branch("NetworkData", *_sections(page)),
        frequencies(version),
        not_applicable("HostedNetworksInfo"),
        leaf("PresentationOfCountryInitialsAndMNN", f"{page.organisation.place.iso2} {page.network.tadig}"),
        leaf("AbbreviatedMNN", page.network.tadig),
    )


def _sections(page: Page) -> list[Element]:
    late = [] if page.version == "8.2" else [not_applicable(name) for name in _LATE_SECTIONS]
    return [
        routing_section(page),
        gateway_section(page),
        not_applicable("DomesticSCCPGatewaySection"),
        *protocol_sections(page),
        node_section(page),
        *service_sections(page),
        packet_section(page),
        provider_section(page),
        mms_section(page),
        not_applicable("WLANInfoSection"),
        diameter_section(page),
        contact_section(page),
        *late,
    ]
