"""LTEInfo: IPX providers for Diameter, realms and edge agents; an agent under a carrier's domain shows who hosts it."""

from __future__ import annotations

import re
from typing import Final

from ipxray.declarations.addresses import carrier_domain, host_names, ip_address
from ipxray.declarations.carriers import CARRIERS, declare
from ipxray.declarations.section import Named, Section
from ipxray.declarations.text import quoted
from ipxray.declarations.xml import path_of
from ipxray.identity import DiameterIdentity

__all__ = ["read_diameter"]

PROVIDER_TAGS: Final = ("IPXProviderName", "ProviderName", "CarrierName", "DiameterProviderName")
"""What schema versions to 18.0 call the element that names a provider."""

_READ: Final = frozenset([*PROVIDER_TAGS, "EPCRealmsForRoaming", "FQDN", "IPAddress"])
_WILDCARDS: Final = tuple(f"{{*}}{tag}" for tag in _READ)
_AGENTS: Final = re.compile(r"/(?:IPAddressesDiameterEdgeAgent|PrimaryIPAddressDEAFQDN|SecondaryIPAddressDEAFQDN)/")

_SHORT: Final = 4
"""A name of four letters may begin another by chance."""


def read_diameter(section: Section) -> None:
    """Providers, realms and edge agents wherever the layout puts them: only their own element names are sure."""
    paths = {section.info: section.path}
    for number, leaf in enumerate(section.info.iterdescendants(*_WILDCARDS), 1):
        path = path_of(leaf, paths, section.reading.names)
        if number > CARRIERS:
            section.report("rows-truncated", f"more than {CARRIERS:,} names and addresses in one section", path)
            break
        if leaf.text and "Contact" not in path:
            _read_leaf(section.reading.names[leaf.tag], path, leaf.text, section)


def _read_leaf(tag: str, path: str, text: str, section: Section) -> None:
    if tag in PROVIDER_TAGS:
        declare(section, "diameter", text, path)
    elif tag == "EPCRealmsForRoaming":
        for realm in _names(text, path, section):
            section.add_number("epc_realm", realm.name, path)
    elif tag == "FQDN":
        for host in _names(text, path, section):
            section.add_number("diameter_edge_agent", host.name, path)
            _infer_host(host, text, path, section)
    elif _AGENTS.search(path):
        address = ip_address(text)
        if address is None:
            message = f"{quoted(text)} is no address"
            section.report("address-invalid", message, path)
        else:
            section.add_number("diameter_edge_agent", address, path)


def _names(text: str, path: str, section: Section) -> list[DiameterIdentity]:
    names, is_junk = host_names(text)
    if is_junk:
        message = f"{quoted(text)} is not one host name or realm"
        section.report("host-name-junk", message, path)
    return names


def _infer_host(host: DiameterIdentity, text: str, path: str, section: Section) -> None:
    """An agent under no PLMN domain of the document's networks and no domain with their own name is hosted."""
    if f".{host.name}".endswith(section.reading.own_domains):
        return
    domain = carrier_domain(host)
    if len(section.named) >= CARRIERS or _is_own(domain, section.reading.own_keys):
        return
    kept = section.text(text, path)
    section.named.append(
        Named("diameter", None, "unstated", kept, domain, None, None, path, inferred=True, confidence="medium")
    )


def _is_own(domain: str, own_keys: frozenset[str]) -> bool:
    """Tell whether the domain is called as a network or its beginning: example.org for Example Mobile."""
    label = domain.partition(".")[0].replace("-", "").replace("_", "")
    return any(key == label or (len(label) > _SHORT and key.startswith(label)) for key in own_keys)
