"""What the captures of a world need of it: every network's numbers, nodes, hosts and carriers, as they truly are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from ipxray.lab.plan import NetworkPlan, OrganisationPlan, PlannedCarrier
from ipxray.lab.sections import Page

__all__ = ["Signalling", "SignallingCarrier", "SignallingNetwork", "true_signalling"]

_COUNTRY_CODE = "999"
# What a document's list of nodes calls them; where it lists none, the network has one in its declared range.
_ROLES = {
    "hlr": ("HLR", "HSS"), "vlr": ("MSC/VLR", "VLR", "MSC", "MSC/VLR-2G+3G"), "sgsn": ("SGSN",), "smsc": ("SMSC",),
    "scp": ("SCP", "IN"), "gmlc": (), "router": (),
}  # fmt: skip
_ADDRESSES = 8


class SignallingCarrier(TypedDict):
    """A carrier: its point codes and the domain of its hosts."""

    id: str
    point_codes: list[int]
    host_domain: str


class SignallingNetwork(TypedDict):
    """A network: carriers by service and role (unresolved names left out), global titles by role, IPv4 addresses."""

    tadig: str
    country: str
    number: int
    mcc: str
    mnc: str
    realm: str
    titles: dict[str, list[str]]
    carriers: dict[str, dict[str, list[str]]]
    silent: list[str]
    hosts: list[str]
    addresses: list[str]


class Signalling(TypedDict):
    """All carriers and all networks that have a document of their own."""

    fictional: bool
    carriers: list[SignallingCarrier]
    networks: list[SignallingNetwork]


def true_signalling(carriers: Sequence[PlannedCarrier], published: Sequence[OrganisationPlan]) -> Signalling:
    """The signalling side of a world; of each document its first network."""
    return Signalling(
        fictional=True,
        carriers=[
            SignallingCarrier(id=each.id, point_codes=list(each.point_codes), host_domain=each.host_domain)
            for each in carriers
        ],
        networks=[_network(each) for each in sorted(published, key=lambda each: each.networks[0].tadig)],
    )


def _network(organisation: OrganisationPlan) -> SignallingNetwork:
    network = organisation.networks[0]
    page = Page(organisation, network)
    services = {name: network.services[name] for name in ("sccp", "diameter", "grx")}
    return SignallingNetwork(
        tadig=network.tadig,
        country=organisation.place.iso2,
        number=network.number,
        mcc=network.mcc,
        mnc=network.mnc,
        realm=network.realm,
        titles={role: _titles(network, place, types) for place, (role, types) in enumerate(_ROLES.items())},
        carriers={name: _carriers(network, name) for name in services},
        silent=[name for name, plan in services.items() if plan.form in {"not_applicable", "own_gateway"}],
        hosts=list(services["diameter"].hosts),
        addresses=[page.ipv4(host) for host in range(_ADDRESSES)],
    )


def _titles(network: NetworkPlan, place: int, types: tuple[str, ...]) -> list[str]:
    listed = [_COUNTRY_CODE + node.number for node in network.nodes if node.type in types]
    return listed or [f"{_COUNTRY_CODE}{network.base}905{place:03d}"]


def _carriers(network: NetworkPlan, service: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"primary": [], "backup": []}
    for mention in network.services[service].mentions:
        if mention.carriers:
            # An ambiguous name means one of those that bear it; which, the document does not say.
            meant = mention.carriers[network.number % len(mention.carriers)]
            found["backup" if mention.role == "backup" else "primary"].append(meant)
    return found
