"""NetworkElementsInfo, CAMELInfo and M2MRoamingInfo: nodes with their vendors, SCP global titles, IMSI prefixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Final, NamedTuple

from lxml import etree

from ipxray.declarations.addresses import ip_ranges
from ipxray.declarations.columns import text_column
from ipxray.declarations.numbering import NUMBER_FAULTS, prefixes, read_number_range
from ipxray.declarations.section import LISTED, Section
from ipxray.declarations.xml import LocalNames, child, children, text_of

__all__ = ["node_class", "read_camel", "read_m2m", "read_nodes"]

_CLASSES: Final = {
    "hlr_hss": "HLR HSS UDM UDR AUC",
    "msc_vlr": "MSC VLR MSS MSCS MSC-S GMSC VMSC TMSC",
    "sgsn_mme": "SGSN MME AMF",
    "ggsn_pgw": "GGSN PGW P-GW PDN-GW SGW S-GW SAEGW SMF UPF",
    "smsc": "SMSC SMS-C SMSF IP-SMGW IPSMGW IP-SM-GW SMS-GMSC SMS-IWMSC SMS-SC SMSGW",
    "stp_dra": "STP ISTP SSTP DRA DEA DSC DSR SCCP",
}
_CLASS_OF: Final = {name: node for node, words in _CLASSES.items() for name in words.split()}
_WORD: Final = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_Fields = dict[str, str | None]
_TITLE_FIELDS: Final = ("CC", "NDC", "SN_RangeStart", "SN_RangeStop")
_FIELDS: Final = tuple(
    f"{{*}}{name}" for name in ("NwNode", "NwElementType", *_TITLE_FIELDS, "IPAddress", "IPAddressRange", "VendorInfo")
)
# Ten digits at most: a longer one would be a subscriber, not a range.
_IMSI_PREFIX: Final = re.compile(r"[0-9]{5,10}")
_SCP_NUMBER: Final = re.compile(r"[0-9]{5,15}")


class _Nodes(NamedTuple):
    """The nodes of a list, one column a field; types and vendors as written, firsts and lasts of number ranges."""

    types: Sequence[str | None]
    vendors: Sequence[str | None]
    values: Iterable[str]
    firsts: Iterable[str | None]
    lasts: Iterable[str | None]


@lru_cache(maxsize=1024)
def node_class(node_type: str) -> str:
    """The class of a node by its NwElementType, free text: the first known word decides, whole or up to a dash."""
    for word in _WORD.findall(node_type.upper()):
        known = _CLASS_OF.get(word) or _CLASS_OF.get(word.partition("-")[0])
        if known is not None:
            return known
    return "other"


def read_nodes(section: Section) -> None:
    """One row a node: its value is the global title, else the address, else its name; vendor and type as written."""
    listed = child(section.info, "NwNodeList")
    if listed is None or child(listed, "NwNode") is None:
        return
    count = min(len(listed), LISTED)
    paths = section.reading.paths.of_items(f"{section.path}/NwNodeList/NwNode", count)[:count]
    nodes = _columns(listed, section) or _one_by_one(listed, paths, section)
    kinds = _kept(nodes.types, paths, section)
    classes = {text: node_class(kept) for text, kept in kinds.items()}
    vendors = {text: kept or None for text, kept in _kept(nodes.vendors, paths, section).items()}
    section.add_numbers(
        "node", nodes.values, paths, firsts=nodes.firsts, lasts=nodes.lasts,
        types=map(kinds.__getitem__, nodes.types), classes=map(classes.__getitem__, nodes.types),
        vendors=map(vendors.__getitem__, nodes.vendors),
    )  # fmt: skip


def _kept(column: Sequence[str | None], paths: Sequence[str], section: Section) -> dict[str | None, str]:
    """How each text of a column is kept: a few types and vendors make hundreds of nodes, so each is looked at once."""
    return {text: section.text(text, paths[column.index(text)]) for text in dict.fromkeys(column)}


def _columns(listed: etree._Element, section: Section) -> _Nodes | None:
    """All nodes where each has one usable global title without a range of numbers, else None."""
    calling_codes = text_column(listed, "NwNode", "CC")
    destinations = text_column(listed, "NwNode", "NDC", "SN_RangeStart", "SN_RangeStop")
    types = text_column(listed, "NwNode", "NwElementType")
    vendors = text_column(listed, "NwNode", "VendorInfo")
    if calling_codes is None or destinations is None or types is None or vendors is None:
        return None
    titles = prefixes(calling_codes, destinations)
    if titles is None or len(titles) > LISTED:
        return None
    section.calling_codes.setdefault("node", set()).update(filter(None, calling_codes))
    return _Nodes(types, vendors, titles, repeat(None), repeat(None))


def _one_by_one(listed: etree._Element, paths: Sequence[str], section: Section) -> _Nodes:
    """The same for nodes of any layout, with faults or without global titles."""
    codes = section.calling_codes.setdefault("node", set())
    found: list[tuple[str | None, ...]] = []
    nodes = listed.iterchildren("{*}NwNode")
    for fields, node, path in zip(_node_fields(listed, section.reading.names), nodes, paths, strict=False):
        read = fields.get
        calling_code, title = read_number_range(read("CC"), read("NDC"), read("SN_RangeStart"), read("SN_RangeStop"))
        if isinstance(title, str):
            title = _address(title, fields, node, section, path), None, None
        else:
            codes.add(calling_code)
        found.append((read("NwElementType"), read("VendorInfo"), *title))
    types, vendors, values, firsts, lasts = zip(*found, strict=True)
    return _Nodes(types, vendors, values, firsts, lasts)


def _node_fields(listed: etree._Element, names: LocalNames) -> Iterator[_Fields]:
    """For each node the texts that matter by element name, flat: two of its levels are mere wrappers."""
    fields: _Fields | None = None
    for element in listed.iterdescendants(*_FIELDS):
        name = names[element.tag]
        if name == "NwNode":
            if fields is not None:
                yield fields
            fields = {}
        elif fields is not None:
            fields[name] = element.text
    if fields is not None:
        yield fields


def _address(fault: str, fields: _Fields, node: etree._Element, section: Section, path: str) -> str:
    """What a node without a usable global title is known by: its address or range of addresses, else its name."""
    if "CC" in fields or "NDC" in fields:
        section.report(fault, NUMBER_FAULTS[fault], path)
    address = fields.get("IPAddressRange") or fields.get("IPAddress")
    if address:
        found = ip_ranges(address)
        if found is not None:
            return found.ranges[0].removesuffix("/32").removesuffix("/128")
        section.report("address-invalid", "a node's address is none", path)
    return section.text(text_of(node, "NodeID"), path)


def read_camel(section: Section) -> None:
    """Global titles of service control points, each once: services share them."""
    seen: set[str] = set()
    listed = child(section.info, "CAMEL_Functionality_Info")
    for item_number, item in children(listed, "CAMEL_Functionality_Item") if listed is not None else ():
        titles = child(item, "SCP_GT_AddressList")
        for number, title in children(titles, "SCP_GT_Address") if titles is not None else ():
            value = (title.text or "").strip()
            if value in seen or len(seen) >= LISTED:
                continue
            seen.add(value)
            path = (
                f"{section.path}/CAMEL_Functionality_Info/CAMEL_Functionality_Item[{item_number}]"
                f"/SCP_GT_AddressList/SCP_GT_Address[{number}]"
            )
            if _SCP_NUMBER.fullmatch(value):
                section.add_number("scp_gt", value, path)
            else:
                section.report("number-invalid", "an SCP address is no number", path)


def read_m2m(section: Section) -> None:
    """IMSI prefixes kept for machines."""
    listed = child(section.info, "ListofSubRangeIMSI")
    for number, item in children(listed, "SubRangeIMSI") if listed is not None else ():
        leaf = child(item, "SubrangeIMSI")
        value = ((leaf.text if leaf is not None else None) or "").strip()
        path = f"{section.path}/ListofSubRangeIMSI/SubRangeIMSI[{number}]"
        if number > LISTED:
            break
        if _IMSI_PREFIX.fullmatch(value):
            section.add_number("imsi_subrange", value, path)
        else:
            section.report("number-invalid", "an IMSI prefix is none", path)
