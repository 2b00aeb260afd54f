"""The sections that declare no carrier: MAP, authentication, CAMEL, USSD, packet data, nodes, frequencies."""

from __future__ import annotations

from collections.abc import Mapping

from ipxray.lab.elements import Element, branch, leaf
from ipxray.lab.plan import NodePlan
from ipxray.lab.sections import Page, section

__all__ = [
    "DECOY",
    "frequencies",
    "node_section",
    "not_applicable",
    "packet_section",
    "protocol_sections",
    "service_sections",
]

DECOY = "DECOY"
"""In every credential and every personal name that the lab writes: what must never be read shows itself if it is."""

_BOTH = ("InboundRoamingMSC_VLR", "OutboundRoaming")
_ALL = ("InboundRoamingMSC_VLR", "InboundRoamingSGSN", "OutboundRoaming")
_MAP_OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "NetworkLocUp": _BOTH, "RoamingNumberEnquiry": _BOTH, "InfoRetrieval": _ALL, "SubscriberDataMngt": _ALL,
    "NetworkFunctionalSs": _BOTH, "MwdMngt": _ALL, "ShortMsgMTRelay": _ALL, "ShortMsgMORelay": _ALL,
    "SsInvocationNotification": _BOTH, "SubscriberInfoEnquiry": _ALL, "GprsLocationUpdate": _ALL[1:],
    "LocationCancellation": _ALL, "MsPurging": _ALL, "Reset": _ALL, "NetworkUnstructuredSs": _BOTH, "Reporting": _BOTH,
    "CallCompletion": _BOTH, "IstAlerting": _BOTH, "ServiceTermination": _BOTH, "LocationSvcGateway": _BOTH[1:],
    "MmEventReporting": _BOTH, "AuthenticationFailureReport": _ALL, "ImsiRetrieval": _BOTH,
    "GprsNotifyContext": _ALL[1:], "GprsLocationInfoRetrieval": _ALL[1:], "FailureReport": _ALL[1:],
    "SecureTransportHandling": _ALL,
}  # fmt: skip
_MAP_VERSIONS = ("MAPv3", "MAPv3", "MAPv2", "-")
_CAMEL_SERVICES = ("Prepaid voice", "Prepaid SMS", "Virtual private network")


def not_applicable(name: str) -> Element:
    """A section that says nothing."""
    return branch(name, leaf("SectionNA", "Section not applicable"))


def protocol_sections(page: Page) -> list[Element]:
    """From the SCCP variant to the MAP operations, in the order of the schema."""
    day = page.routine_date
    operations = [
        branch(operation, *(leaf(field, _MAP_VERSIONS[(page.network.number + place) % 4]) for field in fields))
        for place, (operation, fields) in enumerate(_MAP_OPERATIONS.items())
    ]
    variants = [leaf("ETSI_ITU-T", text=True), leaf("ANSI", text=False)]
    authentication = [
        leaf("GSMAuthentication", "Yes"),
        leaf("GPRSAuthentication", "Yes"),
        leaf("A5CipherAlgorithmVersion", "A5/1 and A5/3"),
    ]
    number = branch("TestNumber", leaf("NumberType", "AAC"), leaf("Number", f"+999{page.network.base}000000"))
    return [
        section(page, "SCCPProtocolAvailableAtPMNSection", "SCCPProtocolAvailableAtPMN", day, variants),
        section(page, "SubscrIdentityAuthenticationSection", "SubscrIdentityAuthenticationInfo", day, authentication),
        section(page, "TestNumbersInfoSection", "TestNumberInfo", day, [branch("TestNumberList", number)]),
        section(page, "MAPGeneralInfoSection", "MAPGeneralInfo", day, operations),
        not_applicable("MAPOptimalRoutingSection"),
        not_applicable("MAPInterOperatorSMSEnhancementSection"),
    ]


def node_section(page: Page) -> Element:
    """The network elements with their vendors."""
    nodes = [] if page.is_second else [_node(page, place, node) for place, node in enumerate(page.network.nodes)]
    return section(
        page, "NetworkElementsInfoSection", "NetworkElementsInfo", page.routine_date, [branch("NwNodeList", *nodes)]
    )


def _node(page: Page, place: int, node: NodePlan) -> Element:
    """Numbers as operators write them: the destination code takes in the whole node, without a subscriber range."""
    identified = place % 3 == 0 and page.version != "8.2"
    addressed = place % 7 == 0
    return branch(
        "NwNode",
        leaf("NwElementType", node.type),
        leaf("NodeID", f"{node.type}-{place + 1:03d}") if identified else None,
        branch("GTAddressInfo", leaf("CC", "999"), leaf("NDC", node.number)),
        branch("IPAddressInfo", leaf("IPAddressRange", f"{page.ipv4(place)}/29")) if addressed else None,
        leaf("VendorInfo", node.vendor_text) if node.vendor_text else None,
        leaf("SwHwVersion", f"R{place % 20}.{place % 7}"),
        leaf("DualAccess", text=False) if page.version == "8.2" else None,
        leaf("UTCTimeOffset", page.organisation.place.utc_offset),
    )


def service_sections(page: Page) -> list[Element]:
    """USSD and CAMEL; the numbers of the service control points are the network's own."""
    day = page.routine_date
    ussd = [leaf("IsUSSDCapabilityAvailable", text=True), leaf("SupportedUSSDPhase", "Phase 2")]
    versions = branch(
        "CAP_Version_Supported_MSC",
        branch("CAP_Ver_Supp_MSC_Inbound", leaf("CAP_MSCVersion", "CAPv1"), leaf("CAP_MSCVersion", "CAPv2")),
        branch("CAP_Ver_Supp_MSC_Outbound", leaf("CAP_MSCVersion", "CAPv2")),
    )
    items = [
        branch(
            "CAMEL_Functionality_Item",
            leaf("ServiceName", name),
            leaf("SK", 50 + place),
            leaf("CAMEL_Version", "CAPv2"),
            branch("SCP_GT_AddressList", leaf("SCP_GT_Address", f"999{page.network.base}908{place:03d}")),
        )
        for place, name in enumerate(_CAMEL_SERVICES)
    ]
    camel = [branch("GSM_SSF_MSC", versions), branch("CAMEL_Functionality_Info", *items)]
    return [
        section(page, "USSDInfoSection", "USSDInfo", day, ussd),
        section(page, "CAMELInfoSection", "CAMELInfo", day, camel),
    ]


def packet_section(page: Page) -> Element:
    """Packet data: access points with test credentials, all of them decoys."""
    operator = f"mnc{page.network.mnc:0>3}.mcc{page.network.mcc}.gprs"
    profile = branch(
        "QOSProfile2G3GItem",
        leaf("ProfileName2G3G", "Internet"),
        branch("TrafficClassList", leaf("TrafficClass", "Interactive")),
        branch("SDUFormatInformation2G3GList"),
    )
    services = [branch("DataServicesSupported3G", leaf("DataService3G", name)) for name in ("HSDPA", "HSUPA", "3GPS")]
    gtp = _gtp_versions(page.version)
    children = [
        branch(
            "APNOperatorIdentifierList", branch("APNOperatorIdentifierItem", leaf("APNOperatorIdentifier", operator))
        ),
        branch("TestingAPNs", *_access_points(page)),
        branch("GTPVersionInfo", *gtp),
        branch("DataServicesSupportedList", *(branch("DataServicesSupportedItem", service) for service in services)),
        branch("MultiplePDPContextSupport", leaf("NumOfPrimaryPDPContext", 11)),
        branch("QOSProfile2G3GList", profile),
    ]
    return section(page, "PacketDataServiceInfoSection", "PacketDataServiceInfo", page.routine_date, children)


def _access_points(page: Page) -> list[Element]:
    secrets = [
        branch(
            "APN_Credential",
            leaf("APN", name),
            leaf("Username", f"{DECOY}-user-{page.network.tadig}-{name}"),
            leaf("Password", f"{DECOY}-password-{page.network.tadig}-{name}"),
        )
        for name in ("internet", "wap", "mms")
    ]
    kind = branch("APNTypeList", leaf("APNType", "H-APN"))
    gateway, server = leaf("WAP_Gateway_IP_Address", page.ipv4(6)), leaf("WAP_Server_URL", "http://wap.example.invalid")
    mms = leaf("MMS_Gateway_IP_Address", page.ipv4(7)), leaf("Messaging_Server_URL", "http://mms.example.invalid")
    return [
        branch("APN_WEBList", branch("APN_WEB", secrets[0], kind)),
        branch("APN_WAPList", branch("APN_WAP", secrets[1], kind, gateway, server)),
        branch("APN_MMSList", branch("APN_MMS", secrets[2], *mms)),
    ]


def _gtp_versions(version: str) -> list[Element]:
    sides = [leaf(f"{side}_GTPVersion", "GTPv1") for side in ("SGSN", "GGSN")]
    if version != "18.0":
        return sides
    return [branch(f"{name}List", (name, text)) for name, text in sides]


def frequencies(version: str) -> Element | None:
    """Radio bands; absent up to version 8.x, under another name from 18.0 on."""
    if version == "8.2":
        return None
    lists = [
        branch("GSMFrequencyList", leaf("GSMFrequencyItem", "GSM 900"), leaf("GSMFrequencyItem", "DCS 1800")),
        branch("UTRAFDDFrequencyList", leaf("UTRAFDDFrequencyItem", "1 - IMT 2.1 GHz")),
        branch(
            "EUTRAFrequencyList", leaf("EUTRAFrequencyItem", "3 - DCS 1800"), leaf("EUTRAFrequencyItem", "20 - EU 800")
        ),
    ]
    if version == "18.0":
        return branch("SupportedTechnologies", branch("GSM", lists[0]), *lists[1:])
    return branch("SupportedTechnologyFrequencies", *lists)
