"""IP addresses, ranges, host names and realms as operators write them → canonical text."""

from __future__ import annotations

import ipaddress
import re
from typing import Final, NamedTuple

from ipxray.errors import UsageError
from ipxray.identity import DiameterIdentity

__all__ = ["Addresses", "carrier_domain", "host_names", "ip_address", "ip_ranges"]

# No octet has a leading zero: RFC 6943 §3.1.1.
_OCTET: Final = r"(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_IPV4: Final = re.compile(rf"{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}(?:/(3[0-2]|[12]?\d))?", re.ASCII)
_FROM_TO: Final = re.compile(r"([0-9a-fA-F.:]{2,45})\s*(?:-|to|\u2013)\s*([0-9a-fA-F.:]{2,45})")
_WITH_MASK: Final = re.compile(r"([0-9.]{7,15})\s+(?:mask\s+)?([0-9.]{7,15})")
_BETWEEN_HOSTS: Final = re.compile(r"\s+(?:and|or)\s+|[\s,;/&]+")
_SECOND_LEVEL: Final = frozenset(["ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"])
# Domains of the GSMA's own under which many carriers live: the label before them tells which.
_SHARED: Final = frozenset([("ipxsp", "org"), ("ipxuni", "3gppnetwork", "org"), ("3gppnetwork", "org")])

LONGEST: Final = 1024
"""Characters looked at in one address or host field: 20 addresses, where one belongs."""


class Addresses(NamedTuple):
    """The ranges one field gives, in CIDR form, and whether a bit beyond a prefix was set."""

    ranges: tuple[str, ...]
    has_host_bits: bool


def ip_ranges(text: str) -> Addresses | None:
    """Read a range: CIDR form, one address, "first - last", or address and mask. None when it is none of these."""
    text = text.strip()
    quick = _IPV4.fullmatch(text)
    if quick is not None:
        return _ipv4(*quick.groups())
    try:
        return _any_range(text) if len(text) <= LONGEST and "%" not in text else None
    except ValueError:
        return None


def _any_range(text: str) -> Addresses | None:
    span = _FROM_TO.fullmatch(text)
    if span is not None:
        first, last = ipaddress.ip_address(span[1]), ipaddress.ip_address(span[2])
        if first.version != last.version:
            return None
        return Addresses(tuple(map(str, ipaddress.summarize_address_range(first, last))), has_host_bits=False)
    masked = _WITH_MASK.fullmatch(text)
    plain = f"{masked[1]}/{masked[2]}" if masked else text
    network = ipaddress.ip_network(plain, strict=False)
    given = ipaddress.ip_address(plain.partition("/")[0])
    return Addresses((str(network),), has_host_bits=network.network_address != given)


def _ipv4(a: str, b: str, c: str, d: str, prefix: str | None) -> Addresses:
    """The common case at a sixth of the time that ipaddress takes."""
    length = 32 if prefix is None else int(prefix)
    value = int(a) << 24 | int(b) << 16 | int(c) << 8 | int(d)
    base = value >> (32 - length) << (32 - length)
    if base == value:
        return Addresses((f"{a}.{b}.{c}.{d}/{length}",), has_host_bits=False)
    return Addresses((f"{base >> 24}.{base >> 16 & 255}.{base >> 8 & 255}.{base & 255}/{length}",), has_host_bits=True)


def ip_address(text: str) -> str | None:
    """Read one address, a prefix of full length allowed; None when it is none."""
    found = ip_ranges(text)
    if found is None or len(found.ranges) != 1 or not found.ranges[0].endswith(("/32", "/128")):
        return None
    return found.ranges[0].rpartition("/")[0]


def host_names(text: str) -> tuple[list[DiameterIdentity], bool]:
    """The host or realm names in a field, and whether anything in it is not one name: several, or none."""
    parts = [part for part in _BETWEEN_HOSTS.split(text[:LONGEST].strip()) if part]
    found: list[DiameterIdentity] = []
    is_junk = len(parts) != 1 or len(text) > LONGEST
    for part in parts:
        try:
            name = DiameterIdentity.parse(part)
        except UsageError:
            is_junk = True
            continue
        # One label ("Primary") is a remark, not a node that anybody could reach.
        if len(name.labels) < 2:
            is_junk = True
        elif name not in found:
            found.append(name)
    return found, is_junk


def carrier_domain(name: DiameterIdentity) -> str:
    """What looks registered of a host name: dra1.sin.example.grx → example.grx; a.example.co.uk → example.co.uk.

    Of a network's own domain, what names the network: mnc001.mcc001.3gppnetwork.org.
    """
    labels = name.labels
    if name.plmn_candidates:
        return ".".join(labels[next(at for at, label in enumerate(labels) if label.startswith("mnc")) :])
    if len(labels) > 2 and (labels[-2:] in _SHARED or (labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2)):
        return ".".join(labels[-4:] if labels[-3:] in _SHARED else labels[-3:])
    return ".".join(labels[-2:])
