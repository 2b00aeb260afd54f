"""Who carries whom and who controls the carrier: the rows of links, control, unresolved and vendors, and the atlas that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

__all__ = [
    "CONTROL_RULES",
    "Adversary",
    "Atlas",
    "Control",
    "ControlRule",
    "Link",
    "Membership",
    "Operator",
    "Unresolved",
    "VendorShare",
]

ControlRule = Literal["majority_50", "over_50", "blocking_25", "ten_percent", "seat"]
CONTROL_RULES: tuple[ControlRule, ...] = ("majority_50", "over_50", "blocking_25", "ten_percent", "seat")


class Operator(NamedTuple):
    """One network that declares: its identity and the state of each service (see ipxray.declarations.Network)."""

    tadig: str
    country: str | None
    organisation: str
    mcc_mnc: tuple[str, ...]
    services: Mapping[str, str]
    document_created: date | None


class Link(NamedTuple):
    """One row per network, service and carrier it declares, in force at the date of assessment or pending after it."""

    tadig: Annotated[str, "network that declares: TADIG code (GSMA TD.13)"]
    service: Annotated[str, "sccp, diameter, grx, mms, sms_hub, roaming_hub or n32"]
    carrier_id: Annotated[str | None, "the one carrier that the name means; null when the name is ambiguous or unknown"]
    node: Annotated[str, "what exposure counts: the carrier_id, ambiguous:<name> or unknown:<name>, name in lower case"]
    candidates: Annotated[
        tuple[str, ...], "carriers that the name may mean, sorted; one when resolved, none when unknown"
    ]
    carrier_name: Annotated[str, "the name as declared, split and folded"]
    role: Annotated[str, "primary, backup, load_sharing or unstated"]
    share_low: Annotated[
        float, "least share of the network's own messages on this service that it hands to this carrier, 0 to 1"
    ]
    share_point: Annotated[float, "assumed share, 0 to 1; the point shares of a network and service add up to 1"]
    share_high: Annotated[float, "greatest share, 0 to 1"]
    sources: Annotated[tuple[str, ...], "element paths of the declarations behind this link, in document order"]
    confirmed_by: Annotated[
        tuple[str, ...],
        "ispc: the ITU owner of a declared point code is this carrier; asn: the number beside the name is its own; "
        "host: a declared Diameter edge agent stands under its domain",
    ]
    inferred: Annotated[bool, "true when no declaration behind it states the carrier in its own field"]
    pending: Annotated[bool, "true when it takes effect after the date of assessment: listed, not counted, shares 0"]
    fresh_days: Annotated[
        int | None, "days from the document's creation to the date of assessment, 0 for a younger document"
    ]


class Control(NamedTuple):
    """One row per carrier, controller and rule under which control is certain or possible at the date of assessment."""

    carrier_id: Annotated[str, "carrier controlled"]
    controller: Annotated[str, "who controls: ISO 3166-1 alpha-2 of a state (XA to XZ fictional), or an entity id"]
    rule: Annotated[
        str, "majority_50 (at least 50 %), over_50, blocking_25, ten_percent: cascade with aggregation; seat"
    ]
    low: Annotated[float, "1 when control holds with every share at its lower bound, else 0"]
    point: Annotated[
        float,
        "1 when control holds with every share at the middle of its interval, else 0; what says nothing (an interest "
        "without a share, a share of 0 to 100 %) does not count here",
    ]
    high: Annotated[float, "1 when control holds with every share at its upper bound, else 0"]
    reason: Annotated[str, "the chain from controller to carrier in words, with shares and dates, or the seat"]
    source: Annotated[tuple[str, ...], "keys of the sources behind each step of the chain, in order"]


class Unresolved(NamedTuple):
    """One row per declared text that does not lead to one carrier: nothing is dropped, everything is listed."""

    tadig: Annotated[str, "network that declares: TADIG code (GSMA TD.13)"]
    service: Annotated[str, "service of the declaration"]
    carrier_text: Annotated[str, "the text as written"]
    reason: Annotated[str, "unknown_name, ambiguous_name, own_gateway or generic_name"]
    element_path: Annotated[str, "where in the document"]
    document_sha256: Annotated[str, "SHA-256 of the document's bytes, hexadecimal"]


class VendorShare(NamedTuple):
    """One row per network, node class, vendor and (where known) state that controls the vendor."""

    tadig: Annotated[str, "network that declares the nodes: TADIG code (GSMA TD.13)"]
    node_class: Annotated[str, "hlr_hss, msc_vlr, sgsn_mme, ggsn_pgw, smsc, stp_dra or other"]
    vendor_text: Annotated[
        str | None, "VendorInfo as written, the most frequent spelling; null when the nodes do not say"
    ]
    vendor_id: Annotated[str | None, "vendor, where the text is known"]
    nodes: Annotated[int, "nodes of this class that name this vendor"]
    share: Annotated[float, "nodes over all nodes of the class that the network lists, 0 to 1"]
    controller: Annotated[
        str | None,
        "a state behind the vendor, ISO 3166-1 alpha-2: its seat, or an owner of at least 50 % by cascade; null when none "
        "is known",
    ]


class Membership(NamedTuple):
    """How far a node belongs to the adversary set: 1 certainly, 0 certainly not; low ≤ point ≤ high. Ref: docs/method.md."""

    low: float
    point: float
    high: float


class Adversary(NamedTuple):
    """The adversary set of one controller under one rule (one of CONTROL_RULES, or wide: any of them). Nodes not listed are outside.

    An ambiguous node is in for certain when all its candidates are, possibly when any is; an unknown node is always
    possible.
    """

    controller: str
    rule: str
    members: Mapping[str, Membership]


@dataclass(frozen=True)
class Atlas:
    """Everything exposure needs to know, at one date. Immutable; indexes are built when first asked."""

    at: date
    operators: tuple[Operator, ...]
    links: tuple[Link, ...]
    control: tuple[Control, ...]
    unresolved: tuple[Unresolved, ...]
    vendors: tuple[VendorShare, ...]
    carrier_entities: Mapping[str, str] = field(default_factory=dict)
    """Every known carrier → its node in the ownership graph; a carrier that is missing here is its own."""
    controller_names: Mapping[str, str] = field(default_factory=dict)
    """How a controller may be written, in lower case (ISO codes, country name, entity or carrier id) → its id in `control`."""

    @cached_property
    def control_by_controller(self) -> Mapping[str, tuple[Control, ...]]:
        """Controller → its rows of `control`, in their order."""
        found: dict[str, list[Control]] = {}
        for row in self.control:
            found.setdefault(row.controller, []).append(row)
        return {controller: tuple(rows) for controller, rows in found.items()}

    @cached_property
    def open_nodes(self) -> Mapping[str, tuple[str, ...]]:
        """Every node that is no carrier → all carriers that it may be in any link, sorted; none for an unknown name."""
        found: dict[str, set[str]] = {}
        for link in self.links:
            if link.carrier_id is None:
                found.setdefault(link.node, set()).update(link.candidates)
        return {node: tuple(sorted(candidates)) for node, candidates in found.items()}
