"""What the lab knows of a world before it writes a byte. Documents, facts and truth are three views of these rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from ipxray.lab.elements import PrefixStyle
from ipxray.lab.places import Place

__all__ = [
    "AT", "Form", "Holder", "Mention", "NetworkPlan", "NodePlan", "OrganisationPlan", "PlannedCarrier", "PlannedVendor",
    "RoleName", "ServicePlan", "Stake", "Version",
]  # fmt: skip

AT = date(2026, 11, 1)
"""The date at which a world's truth holds: after every document, before every pending section."""

RoleName = Literal["primary", "backup", "load_sharing", "unstated"]
Version = Literal["8.2", "13.1", "14.0", "18.0"]
Form = str
"""How a section is worded: one of the lists in ipxray.lab.forms."""


class PlannedCarrier(NamedTuple):
    """A fictional carrier: every name it goes by, its numbers, and how often operators choose it."""

    id: str
    name: str
    entity: str
    aliases: tuple[str, ...]
    old_name: str | None
    renamed: date | None
    seat: str
    asn: int | None
    point_codes: tuple[int, ...]
    host_domain: str
    weight: float


class PlannedVendor(NamedTuple):
    """A fictional equipment vendor and its spellings."""

    id: str
    name: str
    names: tuple[str, ...]
    seat: str


class Holder(NamedTuple):
    """A fictional entity that may hold shares: state body, company, person or nobody known."""

    id: str
    name: str
    type: str
    jurisdiction: str | None


class Stake(NamedTuple):
    """One ownership statement in hundredths of a percent. Null bounds: an interest that is no share."""

    subject: str
    holder: str
    least: int | None
    most: int | None
    above_least: bool = False
    below_most: bool = False
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    interest_type: str = "shareholding"


class Mention(NamedTuple):
    """One carrier as one operator names it for one service. No carrier: unknown; several: the name is ambiguous."""

    carriers: tuple[str, ...]
    name: str
    role: RoleName = "unstated"
    asn: int | None = None
    point_codes: tuple[int, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    inferred: bool = False


class ServicePlan(NamedTuple):
    """What one network says of one service, and in which form."""

    form: Form
    effective: date
    mentions: tuple[Mention, ...] = ()
    hosts: tuple[str, ...] = ()


class NodePlan(NamedTuple):
    """One node of a network; the vendor text is as the operator writes it."""

    type: str
    node_class: str
    number: str
    vendor_text: str | None
    vendor: str | None


class NetworkPlan(NamedTuple):
    """One network: numbers, services, nodes. `attached`: the services it takes from its file's first network."""

    tadig: str
    number: int
    mcc: str
    mnc: str
    name: str
    services: Mapping[str, ServicePlan]
    nodes: tuple[NodePlan, ...]
    ranges: int
    asns: tuple[int, ...]
    attached: tuple[str, ...] = ()

    @property
    def base(self) -> str:
        """The national destination code of all its numbers, four digits; leading zeros matter."""
        return f"{self.number:04d}"

    @property
    def realm(self) -> str:
        """Its EPC home domain. Ref: 3GPP TS 23.003 §19.2."""
        return f"epc.mnc{self.mnc:0>3}.mcc{self.mcc}.3gppnetwork.org"


class OrganisationPlan(NamedTuple):
    """One operator and its document: where it lies, how it is written, whether a newer one replaces it."""

    place: Place
    name: str
    networks: tuple[NetworkPlan, ...]
    version: Version
    style: PrefixStyle
    created: date
    history: int
