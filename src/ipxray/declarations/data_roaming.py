"""IP roaming: GRX and IPX providers, own address ranges, AS numbers and name servers, in layouts from 8.x to 18.0."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from ipxray.declarations.addresses import host_names, ip_address, ip_ranges
from ipxray.declarations.carriers import CARRIERS, declare
from ipxray.declarations.columns import text_column
from ipxray.declarations.section import LISTED, Section
from ipxray.declarations.text import quoted
from ipxray.declarations.xml import LocalNames, children, text_of, texts_of
from ipxray.errors import UsageError
from ipxray.identity import Asn

__all__ = ["parse_asn", "read_data_roaming"]


def read_data_roaming(section: Section) -> None:
    """Providers in document order; one numbering row per range, AS number and name server."""
    for part in section.info:
        name = section.reading.names[part.tag]
        path = f"{section.path}/{name}"
        if name in ("GRXProvidersList", "GRXIPXProvidersList"):
            _read_providers(part, path, section)
        elif name == "InterPMNBackboneIPList":
            _read_ranges(part, path, section)
        elif name == "ASNsList":
            _read_asns(part, path, section)
        elif name in ("PMNAuthoritativeDNSIPList", "PMNLocalDNSIPList"):
            _read_name_servers(part, path, section)


def parse_asn(text: str | None) -> int | None:
    """An AS number in either notation, AS or ASN before it or not; None when it is none, or 0."""
    bare = (text or "").strip().upper().removeprefix("ASN").strip(" :#")
    try:
        return Asn.parse(bare).value or None
    except UsageError:
        return None


def _read_providers(listed: etree._Element, path: str, section: Section) -> None:
    for number, item in enumerate(islice(listed, CARRIERS + 1), 1):
        below = f"{path}/{section.reading.names[item.tag]}[{number}]"
        if len(item):
            asn = parse_asn(text_of(item, "ASN"))
            declare(section, "grx", text_of(item, "ProviderName"), f"{below}/ProviderName", asn=asn)
        else:
            declare(section, "grx", item.text, below)


def _read_ranges(listed: etree._Element, path: str, section: Section) -> None:
    count = min(len(listed), LISTED)
    paths = section.reading.paths.of_items(f"{path}/IPAddressOrRange", count)[:count]
    column = text_column(listed, "IPAddressOrRange", "IPAddressRange", "IPAddress")
    is_plain = column is not None and None not in column
    written = zip(column or (), paths, strict=False) if is_plain else _one_by_one(listed, paths, section.reading.names)
    values: list[str] = []
    places: list[str] = []
    for text, below in written:
        if not text:
            continue
        ranges = ip_ranges(text)
        if ranges is None:
            message = f"{quoted(text)} is no address range"
            section.report("address-invalid", message, below)
            continue
        if ranges.has_host_bits:
            message = f"{quoted(text)} is read as {ranges.ranges[0]}"
            section.report("host-bits", message, below)
        values += ranges.ranges
        places += [below] * len(ranges.ranges)
    section.add_numbers("ip_range", values, places)


def _one_by_one(listed: etree._Element, paths: Sequence[str], names: LocalNames) -> Iterator[tuple[str | None, str]]:
    """Every range or address and its place, in any layout: in fields of an item, or as its text."""
    for item, below in zip(islice(listed, len(paths)), paths, strict=True):
        for leaf in item if len(item) else (item,):
            if names[leaf.tag] != "NetworkOwner":
                yield leaf.text, below


def _read_asns(listed: etree._Element, path: str, section: Section) -> None:
    for number, item in enumerate(islice(listed, LISTED), 1):
        text = text_of(item, "ASN") if len(item) else item.text
        below = f"{path}/{section.reading.names[item.tag]}[{number}]"
        asn = parse_asn(text)
        if asn is not None:
            section.add_number("asn", str(asn), below)
        elif text and text.strip():
            message = f"{quoted(text)} is no AS number"
            section.report("asn-invalid", message, below)


def _read_name_servers(listed: etree._Element, path: str, section: Section) -> None:
    """The value is the address; where there is none, the host name, unless that is a remark ("Primary")."""
    stem = f"{path}/DNSitem"
    for number, item in islice(children(listed, "DNSitem"), LISTED):
        fields = texts_of(item, section.reading.names)
        text = fields.get("IPAddress")
        value = None if text is None else ip_address(text)
        if text is not None and value is None:
            message = f"{quoted(text)} is no address"
            section.report("address-invalid", message, f"{stem}[{number}]")
        if value is None:
            names, _ = host_names(fields.get("DNSname", ""))
            value = names[0].name if names else None
        if value is not None:
            section.add_number("dns", value, f"{stem}[{number}]")
