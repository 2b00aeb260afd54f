"""The frame that every section of a document shares, and the page it is written on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from ipaddress import IPv4Address, IPv6Network

from ipxray.lab.elements import Element, branch, leaf
from ipxray.lab.plan import NetworkPlan, OrganisationPlan

__all__ = ["Page", "change_history", "number_range", "section"]

# RFC 5737 and RFC 3849: addresses for documentation, nobody's.
_IPV4_BLOCKS = tuple(int(IPv4Address(block)) for block in ("192.0.2.0", "198.51.100.0", "203.0.113.0"))
_IPV6_BLOCK = IPv6Network("2001:db8::/32")


@dataclass(frozen=True)
class Page:
    """One network within its document: what every section needs to know."""

    organisation: OrganisationPlan
    network: NetworkPlan

    @property
    def version(self) -> str:
        """The schema version of the document."""
        return self.organisation.version

    @property
    def is_second(self) -> bool:
        """True when the document's first network speaks for this one in all that no service claims."""
        return bool(self.network.attached)

    def is_silent_on(self, service: str | None) -> bool:
        """True when the first network's section holds for this one. Sections of no service are all shared."""
        return self.is_second and (service is None or service in self.network.attached)

    def attached(self, service: str | None) -> list[str]:
        """TADIG codes of the networks for which this one's section holds too."""
        others = () if self.is_second else self.organisation.networks[1:]
        return [other.tadig for other in others if service is None or service in other.attached]

    @property
    def routine_date(self) -> date:
        """EffectiveDateOfChange of the sections that declare no carrier."""
        return self.organisation.created - timedelta(days=30 + self.network.number % 700)

    def ipv4(self, host: int) -> str:
        """One of the network's addresses; the same for the same number."""
        block = _IPV4_BLOCKS[self.network.number % len(_IPV4_BLOCKS)]
        return str(IPv4Address(block + (self.network.number * 8 + host) % 256))

    def ipv6_prefix(self) -> str:
        """The network's own /48."""
        return f"{_IPV6_BLOCK.network_address + (self.network.number << 80)}/48"


def section(
    page: Page,
    name: str,
    info: str,
    effective: date | None,
    children: Iterable[Element | None],
    *,
    service: str | None = None,
) -> Element:
    """A section with its info, or "not applicable" where there is no date or another network speaks for this one."""
    if effective is None or page.is_silent_on(service):
        return branch(name, leaf("SectionNA", "Section not applicable"))
    attached = [leaf("tadigCodeItem", tadig) for tadig in page.attached(service)]
    head = branch("SectionAttachedNetworkList", *attached) if attached else None
    date_of_change = leaf("EffectiveDateOfChange", effective)
    return branch(name, branch(info, head, date_of_change, *children, change_history(page, effective)))


def change_history(page: Page, effective: date, lines: int = 2) -> Element:
    """Dated remarks, not sorted; from version 18.0 on some tools write the longer names."""
    when, what = ("ChangeDate", "ChangeDescription") if page.version == "18.0" else ("Date", "Description")
    items = []
    for line in range(lines):
        day = effective - timedelta(days=line * 97 % 1_300)
        items.append(
            branch("ChangeHistoryItem", leaf(when, day), leaf(what, f"Fictional change {line + 1} of this section"))
        )
    return branch("ChangeHistory", *items[::-1])


def number_range(page: Page, ndc: str, start: str, stop: str, *, plain: bool = False) -> Element:
    """One E.164 range as the version at hand writes it; calling code 999 is nobody's."""
    subscribers = branch("SN_Range", leaf("SN_RangeStart", start), leaf("SN_RangeStop", stop))
    numbers = branch("NumberRange", leaf("CC", "999"), leaf("NDC", ndc), subscribers)
    if plain:
        return numbers
    owner = leaf("NetworkOwner", "MNO") if page.version == "18.0" else None
    return branch("RangeData", numbers, owner)
