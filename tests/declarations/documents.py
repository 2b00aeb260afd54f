"""Fictional IR.21 documents, written as strings: MCC 001, calling code 999, carriers that do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from ipxray.declarations import Corpus, read

NAMESPACE = "https://infocentre.gsm.org/TADIG-RAEX-IR21"
COUNTRIES = {"XAA": "XA", "XBB": "XB"}


def el(name: str, *content: str) -> str:
    """An element around elements."""
    return f"<{name}>{''.join(content)}</{name}>"


def leaf(name: str, text: str) -> str:
    """An element around text."""
    return f"<{name}>{escape(text)}</{name}>"


def section(name: str, info: str, *content: str, attached: Iterable[str] = (), since: str = "2024-01-01") -> str:
    """A section with its Info element."""
    codes = [leaf("tadigCodeItem", code) for code in attached]
    listed = [el("SectionAttachedNetworkList", *codes)] if codes else []
    return el(name, el(info, *listed, leaf("EffectiveDateOfChange", since), *content))


def not_applicable(name: str) -> str:
    return el(name, leaf("SectionNA", "Section not applicable"))


def number_range(cc: str, ndc: str, start: str | None = None, stop: str | None = None) -> str:
    span = [el("SN_Range", leaf("SN_RangeStart", start), leaf("SN_RangeStop", stop or ""))] if start is not None else []
    return el("NumberRange", leaf("CC", cc), leaf("NDC", ndc), *span)


def routing(
    *ranges: str, plmn: tuple[str, str] | None = ("001", "01"), more: str = "", since: str = "2024-01-01"
) -> str:
    """RoutingInfo with the given MSISDN ranges."""
    series = el("CCITT_E164_NumberSeries", el("MSISDN_NumberRanges", *(el("RangeData", each) for each in ranges)))
    codes = el("CCITT_E212_NumberSeries", leaf("MCC", plmn[0]), leaf("MNC", plmn[1])) if plmn else ""
    return section("RoutingInfoSection", "RoutingInfo", series, codes, more, since=since)


def dpc(code: str, signature: str = "STP", comment: str | None = None) -> str:
    remark = [leaf("Comments", comment)] if comment is not None else []
    return el("DPCItem", leaf("SCSignature", signature), leaf("SCType", "STP"), leaf("DPC", code), *remark)


def sccp_carrier(name: str, *codes: str, role: str | None = "Primary", comment: str | None = None) -> str:
    stated = [leaf("SCCPConnectivityInformation", role)] if role is not None else []
    remark = [leaf("SCCPCarrierComments", comment)] if comment is not None else []
    return el("SCCPCarrierItem", leaf("SCCPCarrierName", name), *stated, *remark, el("DPCList", *codes))


def sccp(*items: str, attached: Iterable[str] = (), since: str = "2024-01-01") -> str:
    return section(
        "InternationalSCCPGatewaySection", "InternationalSCCPGatewayInfo", el("InternationalSCCPCarrierList", *items),
        attached=attached, since=since,
    )  # fmt: skip


def data_roaming(*content: str, attached: Iterable[str] = ()) -> str:
    return section("IPRoaming_IW_InfoSection", "IPRoaming_IW_Info_General", *content, attached=attached)


def grx(*names: str) -> str:
    return el("GRXProvidersList", *(leaf("GRXProvider", name) for name in names))


def lte(*content: str) -> str:
    return section("LTEInfoSection", "LTEInfo", *content)


def ipx(*names: str, tag: str = "IPXProviderName") -> str:
    items = (el("IPXProviderInfo", leaf(tag, name)) for name in names)
    return el("IPXInterconnectionInfo", el("IPXProviderInfoList", *items))


def edge_agents(*hosts: str) -> str:
    agents = (el("FQDNDiameterEdgeAgent", leaf("FQDN", host)) for host in hosts)
    return el("RoamingInterconnection", el("Diameter", *agents))


def nodes(*items: str) -> str:
    return section("NetworkElementsInfoSection", "NetworkElementsInfo", el("NwNodeList", *items))


def node(kind: str, *content: str, vendor: str | None = None) -> str:
    said = [leaf("VendorInfo", vendor)] if vendor is not None else []
    return el("NwNode", leaf("NwElementType", kind), *content, *said, leaf("UTCTimeOffset", "+00:00"))


def title(cc: str, ndc: str) -> str:
    return el("GTAddressInfo", leaf("CC", cc), leaf("NDC", ndc))


def network(tadig: str, *sections: str, name: str = "Example Mobile") -> str:
    return el(
        "Network", leaf("TADIGCode", tadig), leaf("NetworkName", name), leaf("NetworkType", "Terrestrial"),
        el("NetworkData", *sections),
    )  # fmt: skip


def document(
    *networks: str,
    organisation: str = "Example Mobile",
    country: str = "XAA",
    version: str = "14.0",
    created: str = "2025-01-01T10:00:00+00:00",
) -> bytes:
    """A whole document, bound as operators bind it: root prefixed, children in the default namespace."""
    header = el(
        "RAEXIR21FileHeader", leaf("FileCreationTimestamp", created), leaf("TADIGRAEXIR21SchemaVersion", version)
    )
    owner = el(
        "OrganisationInfo", leaf("OrganisationName", organisation), leaf("CountryInitials", country),
        el("NetworkList", *networks),
    )  # fmt: skip
    root = f'<t:TADIGRAEXIR21 xmlns:t="{NAMESPACE}" xmlns="{NAMESPACE}">{header}{owner}</t:TADIGRAEXIR21>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n{root}'.encode()


def corpus_of(
    folder: Path, *documents: bytes, country_codes: Mapping[str, str] = COUNTRIES, suffix: str = ".xml"
) -> Corpus:
    """Write documents as 1.xml, 2.xml … and read them."""
    paths = []
    for number, data in enumerate(documents, 1):
        path = folder / f"{number}{suffix}"
        path.write_bytes(data)
        paths.append(path)
    return read(paths, country_codes=country_codes)


def codes(corpus: Corpus) -> list[str]:
    """The codes of all problems, in order."""
    return [problem.code for problem in corpus.problems]
