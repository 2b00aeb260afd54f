"""What a perfect reading of a world would find, out of the generator's own plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypedDict

from ipxray.lab.control import TrueControl
from ipxray.lab.plan import AT, Mention, NetworkPlan, NodePlan, OrganisationPlan, ServicePlan

__all__ = ["TrueLink", "TrueNetwork", "TrueService", "TrueVendor", "Truth", "true_network", "true_world"]

_SERVICES = ("sccp", "diameter", "grx", "mms", "sms_hub", "roaming_hub", "n32")


class TrueLink(TypedDict):
    """One carrier of one service: several carriers where the name is ambiguous, none where it is unknown."""

    carriers: list[str]
    name: str
    role: str
    inferred: bool
    pending: bool
    confirmed_by: list[str]


class TrueService(TypedDict):
    """State of a service and its links, by carriers and name."""

    state: str
    form: str
    links: list[TrueLink]


class TrueVendor(TypedDict):
    """Nodes of one class that name one vendor; null: a text that no fact knows, or none."""

    node_class: str
    vendor: str | None
    text: str | None
    nodes: int
    of: int


class TrueNetwork(TypedDict):
    """One network as the newest word on it says."""

    country: str
    organisation: str
    plmn: str
    document: str
    document_created: str
    schema_version: str
    services: dict[str, TrueService]
    vendors: list[TrueVendor]


class Truth(TypedDict):
    """Everything that is true of a world at one date."""

    fictional: bool
    seed: int
    at: str
    networks: dict[str, TrueNetwork]
    control: list[dict[str, str | bool]]


def true_world(seed: int, networks: dict[str, TrueNetwork], control: Sequence[TrueControl]) -> Truth:
    """Put the truth together, in a stable order."""
    return Truth(
        fictional=True,
        seed=seed,
        at=AT.isoformat(),
        networks=dict(sorted(networks.items())),
        control=[row._asdict() for row in control],
    )


def true_network(organisation: OrganisationPlan, network: NetworkPlan, document: str, *, version: str) -> TrueNetwork:
    """The truth about one network. `version` is the schema version, or csv for an operator known from a list alone."""
    return TrueNetwork(
        country=organisation.place.iso2,
        organisation=organisation.name,
        plmn=network.mcc + network.mnc,
        document=document,
        document_created=organisation.created.isoformat(),
        schema_version=version,
        services={service: _service(service, network.services.get(service), version) for service in _SERVICES},
        vendors=_vendors(network.nodes),
    )


def _service(service: str, plan: ServicePlan | None, version: str) -> TrueService:
    if plan is None:
        # From 13.1 on every document has a section for roaming hubs, and here it always says "not applicable".
        silent = service == "roaming_hub" and version not in {"8.2", "csv"}
        return TrueService(state="not_applicable" if silent else "missing", form="none", links=[])
    if plan.form == "not_applicable":
        state = "not_applicable"
    elif plan.form == "own_gateway":
        state = "own_gateway"
    else:
        state = "declared" if plan.mentions else "missing"
    return TrueService(state=state, form=plan.form, links=_links(plan))


def _links(plan: ServicePlan) -> list[TrueLink]:
    merged: dict[tuple[tuple[str, ...], str], TrueLink] = {}
    for mention in plan.mentions:
        # An unknown name is known by itself only; two host names of one carrier are one link.
        key = (mention.carriers, "" if mention.carriers else mention.name)
        merged.setdefault(key, _link(mention, pending=plan.effective > AT))
    return sorted(merged.values(), key=lambda link: (link["carriers"], link["name"]))


def _link(mention: Mention, *, pending: bool) -> TrueLink:
    return TrueLink(
        carriers=list(mention.carriers),
        name=mention.name,
        role=mention.role,
        inferred=mention.inferred,
        pending=pending,
        confirmed_by=list(mention.confirmed_by),
    )


def _vendors(nodes: Sequence[NodePlan]) -> list[TrueVendor]:
    totals = Counter(node.node_class for node in nodes)
    counts = Counter(
        (node.node_class, node.vendor or "", "" if node.vendor else node.vendor_text or "") for node in nodes
    )
    return [
        TrueVendor(node_class=node_class, vendor=vendor or None, text=text or None, nodes=count, of=totals[node_class])
        for (node_class, vendor, text), count in sorted(counts.items())
    ]
