"""The sections that name carriers: SCCP gateways, GRX providers, Diameter providers and edge agents, MMS hubs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ipxray.lab.elements import Element, branch, leaf
from ipxray.lab.forms import GENERIC_NAME, ROLE_COMMENTS, ROLE_WORDS
from ipxray.lab.plan import Mention, ServicePlan
from ipxray.lab.sections import Page, section

__all__ = ["diameter_section", "gateway_section", "mms_section", "provider_section"]

_SIGNED = frozenset({"generic_carrier_name", "generic_load_balanced"})
"""Forms in which the carrier's name stands in SCSignature."""
_COMMENTED = frozenset({"role_in_comments", "role_corrected_by_comment", "generic_load_balanced"})
"""Forms in which a comment tells the role."""
_OWN_POINT_CODE = 250
"""Area of zone 0 for the operators' own gateways: in no register."""


def gateway_section(page: Page) -> Element:
    """International SCCP gateways: who routes MAP and CAP."""
    plan = page.network.services["sccp"]
    name = "InternationalSCCPGateway"
    carriers = branch("InternationalSCCPCarrierList", *_gateways(page, plan))
    return section(page, f"{name}Section", f"{name}Info", _date_of(plan), [carriers], service="sccp")


def _gateways(page: Page, plan: ServicePlan) -> list[Element]:
    if plan.form == "own_gateway":
        code = _OWN_POINT_CODE << 3 | page.network.number % 8
        own = Mention((), page.organisation.name, "primary", point_codes=(code,))
        return [_gateway(page, plan, own.name, [own])]
    if plan.form not in _SIGNED:
        return [_gateway(page, plan, mention.name, [mention]) for mention in plan.mentions]
    by_role: dict[str, list[Mention]] = {}
    for mention in plan.mentions:
        by_role.setdefault(mention.role, []).append(mention)
    return [_gateway(page, plan, GENERIC_NAME, mentions) for mentions in by_role.values()]


def _gateway(page: Page, plan: ServicePlan, name: str, mentions: Sequence[Mention]) -> Element:
    role = mentions[0].role
    words: str | None = ROLE_WORDS[role][page.network.number % len(ROLE_WORDS[role])]
    if plan.form in _COMMENTED:
        words = None if plan.form == "role_in_comments" else ROLE_WORDS["primary"][0]
    remark = ROLE_COMMENTS[role] if plan.form in _COMMENTED else None
    # Up to version 8.x a point code has no comment of its own.
    on_item = page.version == "8.2" or page.network.number % 2 == 0
    points = [
        _point(page, _signature(plan, mention, place), code, None if on_item else remark)
        for mention in mentions
        for place, code in enumerate(mention.point_codes)
    ]
    return branch(
        "SCCPCarrierItem",
        leaf("SCCPCarrierName", name),
        leaf("SCCPConnectivityInformation", words) if words else None,
        leaf("SCCPCarrierComments", remark) if remark and on_item else None,
        branch("SCCPMNOsTADIGCodeList"),
        branch("DPCList", *points),
    )


def _signature(plan: ServicePlan, mention: Mention, place: int) -> str:
    return mention.name if plan.form in _SIGNED else f"STP {place + 1}"


def _point(page: Page, signature: str, code: int, remark: str | None) -> Element:
    """A point code with its remark. Most operators write dots without padding, some dashes, some pad."""
    zone, area, point = code >> 11, code >> 3 & 255, code & 7
    written = {3: f"{zone}-{area}-{point}", 5: f"{zone}-{area:03d}-{point}"}.get(page.network.number % 8)
    neutral = None if page.version == "8.2" else "Inbound traffic from this point code must be allowed"
    text = remark or neutral
    return branch(
        "DPCItem",
        leaf("SCSignature", signature),
        leaf("SCType", "SCCP_STP"),
        leaf("DPC", written or f"{zone}.{area}.{point}"),
        leaf("Comments", text) if text else None,
    )


def provider_section(page: Page) -> Element:
    """GRX/IPX providers, in the three shapes that the versions give the section."""
    plan = page.network.services["grx"]
    name, info = {
        "8.2": ("IPRoaming_IW_InfoSection", "IPRoaming_IW_Info"),
        "18.0": ("GRXIPXRoutingForDataRoamingSection", "GRXIPXRoutingForDataRoaming"),
    }.get(page.version, ("IPRoaming_IW_InfoSection", "IPRoaming_IW_Info_General"))
    children = [*_addresses(page), _providers(page, plan)]
    return section(page, name, info, _date_of(plan), children, service="grx")


def _providers(page: Page, plan: ServicePlan) -> Element:
    if page.version != "18.0":
        names = [_with_number(mention) for mention in plan.mentions]
        return branch("GRXProvidersList", *(leaf("GRXProvider", text) for text in _listed(plan, names)))
    rows: list[tuple[str, int | None]]
    if plan.form == "list_in_one_element":
        rows = [(text, None) for text in _listed(plan, [mention.name for mention in plan.mentions])]
    else:
        rows = [(mention.name, mention.asn) for mention in plan.mentions]
    return branch(
        "GRXIPXProvidersList",
        *(
            branch(
                "GRXIPXProviderItem",
                leaf("ProviderName", text),
                leaf("ASN", asn) if asn else None,
                leaf("NetworkOwner", "MNO"),
            )
            for text, asn in rows
        ),
    )


def _with_number(mention: Mention) -> str:
    if not mention.asn:
        return mention.name
    return f"{mention.name} (AS{mention.asn})" if mention.asn % 4 == 3 else f"{mention.name} ({mention.asn})"


def _listed(plan: ServicePlan, names: list[str]) -> list[str]:
    """All names in one element, as "A, B / C", where the form says so."""
    if plan.form != "list_in_one_element" or len(names) < 2:
        return names
    return [f"{', '.join(names[:-1])} / {names[-1]}"]


def _addresses(page: Page) -> list[Element]:
    owner = leaf("NetworkOwner", "MNO") if page.version == "18.0" else None
    prefixes = [f"{page.ipv4(0)}/29", f"{page.ipv4(1)}/29", page.ipv6_prefix()]  # the second has host bits set
    ranges = [branch("IPAddressOrRange", leaf("IPAddressRange", prefix), owner) for prefix in prefixes]
    numbers = []
    for asn in page.network.asns:
        if page.version == "18.0":
            numbers.append(branch("ASNItem", leaf("ASN", asn), owner))
        else:
            numbers.append(leaf("ASN4B" if page.version == "14.0" and asn > 65_535 else "ASN", asn))
    host = f"dns.mnc{page.network.mnc:0>3}.mcc{page.network.mcc}.gprs."
    servers = branch("DNSitem", leaf("IPAddress", page.ipv4(2)), leaf("DNSname", host), owner)
    return [
        branch("InterPMNBackboneIPList", *ranges),
        branch("ASNsList", *numbers),
        branch("PMNAuthoritativeDNSIPList", servers),
        branch(
            "PMNLocalDNSIPList", branch("DNSitem", leaf("IPAddress", page.ipv4(3)), leaf("DNSname", "Primary"), owner)
        ),
    ]


def diameter_section(page: Page) -> Element:
    """LTE roaming: who routes Diameter. Version 8.x has addresses of edge agents only."""
    plan = page.network.services["diameter"]
    if page.version == "8.2":
        agents = branch("IPAddressesDiameterEdgeAgent", *(leaf("IPAddress", page.ipv4(host)) for host in (4, 5)))
        bare = [branch("RoamingInterconnection", agents, *_flags())]
        return section(page, "LTEInfoSection", "LTEInfo", _date_of(plan), bare, service="diameter")
    named = [mention.name for mention in plan.mentions if not mention.inferred]
    providers = branch("IPXProviderInfoList", *(_provider(page, name) for name in _listed(plan, named)))
    diameter = branch(
        "Diameter",
        branch("EPCRealmsForRoamingList", leaf("EPCRealmsForRoaming", page.network.realm)),
        *_edge_agents(page, plan),
    )
    children = [
        branch("IPXInterconnectionInfo", providers) if named else None,
        branch("RoamingInterconnection", diameter, *_flags()),
        branch("SMS_ITW", branch("SMS_DeliveryMechanisms", *_sms_over(page.version))),
        leaf("Voice_ITW", "CSFB"),
    ]
    return section(page, "LTEInfoSection", "LTEInfo", _date_of(plan), children, service="diameter")


def _provider(page: Page, name: str) -> Element:
    tags = ("IPXProviderName", "ProviderName", "CarrierName", "DiameterProviderName")
    tag = tags[page.network.number % len(tags)] if page.version == "18.0" else tags[0]
    return branch("IPXProviderInfo", leaf(tag, name), leaf("IPXDARealmsUsed", f"{page.network.realm} "))


def _edge_agents(page: Page, plan: ServicePlan) -> list[Element]:
    own = [f"dea{number}.{page.network.realm}" for number in (1, 2)]
    if plan.form == "odd_edge_agents":
        hosts, addresses = [" and ".join(own)], ["0.0.0.0"]  # noqa: S104  a trap, no socket
    else:
        hosts, addresses = list(plan.hosts) or own, [page.ipv4(4)]
    return [
        branch(
            "FQDNDiameterEdgeAgent",
            leaf("FQDN", host),
            branch("PrimaryIPAddressDEAFQDN", *(leaf("IPAddress", address) for address in addresses)),
            branch("SecondaryIPAddressDEAFQDN", leaf("IPAddress", page.ipv4(5))),
        )
        for host in hosts
    ]


def _flags() -> list[Element]:
    names = ("IsS6aSupportedWithoutIWF", "IsMAP_IWFsupportedToHSS", "IsMAP_IWFsupportedToMME")
    return [
        branch("S6a", *(leaf(name, text=name == names[0]) for name in names)),
        branch("S6d", leaf("IsS6dUsedForLegacySGSN", text=False)),
        branch("S9", leaf("IsS9usedForPCC", text=False)),
    ]


def _sms_over(version: str) -> list[Element]:
    return [leaf("SMSoverIP", text=False), leaf("SMSoverNAS" if version == "13.1" else "SMSoverSGs", text=True)]


def mms_section(page: Page) -> Element:
    """Multimedia messaging: the hub that carries it, where one is named."""
    plan = page.network.services["mms"]
    hubs = [branch("MMS__IW_Hub", leaf("MMS_IW_HubName", mention.name)) for mention in plan.mentions]
    mmse = branch(
        "MMSE",
        leaf("MMSCDomainName", f"mms.mnc{page.network.mnc:0>3}.mcc{page.network.mcc}.gprs"),
        leaf("MMSC_IP_AddressRange", f"{page.ipv4(6)}/32"),
        leaf("MaxMMSSizeAllowed", 300),
        branch("Incoming_MTA_IPList", leaf("IPAddress", page.ipv4(6))),
        branch("Outgoing_MTA_IPList", leaf("IPAddress", page.ipv4(7))),
        branch("MMS_IW_HubList", *hubs) if hubs else None,
    )
    servers = [branch("MMSE_List", mmse)]
    return section(page, "MMS_IW_InfoSection", "MMS_IW_Info", _date_of(plan), servers, service="mms")


def _date_of(plan: ServicePlan) -> date | None:
    return None if plan.form == "not_applicable" else plan.effective
