"""Cited reference facts: countries, networks, signalling points, carriers, owners, vendors, policy, incidents."""

from ipxray.facts.detail import Detail, show
from ipxray.facts.faults import Fault
from ipxray.facts.listings import TOPICS, listing
from ipxray.facts.loading import check, load
from ipxray.facts.model import (
    Alias,
    Carrier,
    CarrierAsn,
    Country,
    Entity,
    Facts,
    Group,
    Incident,
    KnownNetwork,
    Membership,
    OwnershipStatement,
    PolicyAction,
    Share,
    SignallingPoint,
    Source,
    Vendor,
)
from ipxray.facts.naming import normalise_name

__all__ = [
    "TOPICS",
    "Alias",
    "Carrier",
    "CarrierAsn",
    "Country",
    "Detail",
    "Entity",
    "Facts",
    "Fault",
    "Group",
    "Incident",
    "KnownNetwork",
    "Membership",
    "OwnershipStatement",
    "PolicyAction",
    "Share",
    "SignallingPoint",
    "Source",
    "Vendor",
    "check",
    "listing",
    "load",
    "normalise_name",
    "show",
]
