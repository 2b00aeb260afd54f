"""What is known of carriers, owners, countries and numbers: typed values, each with its source. Ref: BODS 0.4 for ownership."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

__all__ = [
    "Alias", "Carrier", "CarrierAsn", "Country", "Entity", "Facts", "Group", "Incident", "KnownNetwork", "Membership",
    "OwnershipStatement", "PolicyAction", "Share", "SignallingPoint", "Source", "Vendor",
]  # fmt: skip

Mark = Literal["primary", "news", "weak"]
EntityType = Literal["state", "stateBody", "registeredEntity", "arrangement", "person", "anonymousEntity"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from. `mark`: primary (filing, regulator, law, the company), news, or weak (needs a second source)."""

    key: str
    publisher: str
    title: str
    url: str
    retrieved: date
    mark: Mark
    published: date | None = None
    licence: str | None = None


class Country(NamedTuple):
    """A country or territory. `territory_of` is the state whose law a territory's seat falls under (HK and MO: CN)."""

    iso2: str
    iso3: str
    name: str
    calling_codes: tuple[str, ...]
    mobile_country_codes: tuple[str, ...]
    region: str
    subscriptions: int | None
    subscriptions_year: int | None
    territory_of: str | None
    source: str


class Group(NamedTuple):
    """A named group of countries: five-eyes, nato, eu, g7, quad, asean, major-non-nato-allies."""

    id: str
    name: str
    members: tuple[Membership, ...]


class Membership(NamedTuple):
    """One country's membership of a group, `since` inclusive, `until` exclusive; null means unbounded."""

    country: str
    since: date | None
    until: date | None
    source: str


class KnownNetwork(NamedTuple):
    """A network in public registers: its PLMN id (5 or 6 digits), operator, country, and its TADIG code where one is published."""

    plmn: str
    operator: str
    country: str | None
    tadig: str | None
    source: str


class SignallingPoint(NamedTuple):
    """One international signalling point code as assigned: its value (0 to 16383), name, owner, country. Ref: ITU-T Q.708."""

    point_code: int
    name: str
    owner: str
    country: str | None
    source: str


class CarrierAsn(NamedTuple):
    """An AS number of a carrier. `use` is internet or grx: the two are not the same network."""

    asn: int
    use: str
    source: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """An interconnect carrier. `entity` is its node in the ownership graph, `seat` the ISO 3166-1 alpha-2 code of its legal seat."""

    id: str
    name: str
    entity: str
    seat: str | None
    source: str
    legal_name: str | None = None
    asns: tuple[CarrierAsn, ...] = ()
    ispc_owners: tuple[str, ...] = ()
    """Names, as the ITU list writes them, under which this carrier holds signalling point codes."""
    host_domains: tuple[str, ...] = ()
    """Domains of the carrier's hosted Diameter edge agents, for example bics3gppnetwork.org: compared by whole labels."""
    note: str | None = None


class Alias(NamedTuple):
    """A name as operators write it. More than one carrier: the name is ambiguous and stays a set of candidates."""

    text: str
    carriers: tuple[str, ...]
    since: date | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A legal or natural person, a state or its body, in BODS 0.4 terms. A state's id is state-xx with its ISO code."""

    id: str
    name: str
    type: EntityType
    jurisdiction: str | None
    source: str


class Share(NamedTuple):
    """A share in percent, exact or an interval; the flags say that a bound itself is excluded. Ref: BODS 0.4 Share."""

    minimum: float
    maximum: float
    exclusive_minimum: bool = False
    exclusive_maximum: bool = False

    @property
    def is_exact(self) -> bool:
        """True when the share is one number."""
        return self.minimum == self.maximum


@dataclass(frozen=True, slots=True)
class OwnershipStatement:
    """`interested_party` holds `share` of `subject`, valid from `start_date` (inclusive) to `end_date` (exclusive).

    `share` is null for an interest that is no share (board appointment, golden share, statute). `inferred` marks a share that
    the source's words imply (wholly owned: 100; majority: over 50; subsidiary: over 50) and no figure states.
    """

    subject: str
    interested_party: str
    interest_type: str
    share: Share | None
    start_date: date | None
    end_date: date | None
    as_of: date | None
    source: str
    quote: str | None = None
    inferred: bool = False
    note: str | None = None


class Vendor(NamedTuple):
    """An equipment vendor: its node in the ownership graph, its seat, and how operators write it."""

    id: str
    name: str
    entity: str
    seat: str | None
    names: tuple[str, ...]
    source: str


class PolicyAction(NamedTuple):
    """What a regulator or government did: date (as precise as known, YYYY, YYYY-MM or YYYY-MM-DD), body, action, whom it concerns."""

    id: str
    date: str
    body: str
    country: str | None
    action: str
    status: str
    concerns: tuple[str, ...]
    source: str


class Incident(NamedTuple):
    """A documented abuse of interconnect signalling: when, who is said to have done it, how, with which techniques and figures."""

    id: str
    date: str
    title: str
    alleged_actor: str
    protocols: tuple[str, ...]
    techniques: tuple[str, ...]
    countries: tuple[str, ...]
    figures: str | None
    caution: str | None
    source: str


@dataclass(frozen=True)
class Facts:
    """All facts of one run: the shipped ones, overlaid by the user's folders in order. Immutable; indexes are built when first asked."""

    sources: Mapping[str, Source]
    countries: Mapping[str, Country]
    groups: Mapping[str, Group]
    networks: tuple[KnownNetwork, ...]
    signalling_points: tuple[SignallingPoint, ...]
    carriers: Mapping[str, Carrier]
    aliases: tuple[Alias, ...]
    entities: Mapping[str, Entity]
    ownership: tuple[OwnershipStatement, ...]
    vendors: Mapping[str, Vendor]
    policy_actions: tuple[PolicyAction, ...]
    incidents: tuple[Incident, ...]
    fictional: bool = False
    """True when any folder says that it describes a fictional world: then every output says so."""
    digest: str = ""
    """SHA-256 over the files read, in order."""

    @cached_property
    def signalling_point_by_code(self) -> Mapping[int, SignallingPoint]:
        """Point code value → its assignment."""
        return {point.point_code: point for point in self.signalling_points}

    @cached_property
    def country_by_iso3(self) -> Mapping[str, str]:
        """ISO alpha-3 → alpha-2."""
        return {country.iso3: code for code, country in self.countries.items()}

    @cached_property
    def country_by_tadig(self) -> Mapping[str, str]:
        """TADIG code → country (ISO alpha-2), where registers give it one and the same."""
        found: dict[str, set[str]] = {}
        for network in self.networks:
            if network.tadig and network.country:
                found.setdefault(network.tadig, set()).add(network.country)
        return {tadig: code for tadig, (code, *others) in found.items() if not others}

    @cached_property
    def country_by_calling_code(self) -> Mapping[str, tuple[str, ...]]:
        """Calling code → the countries that share it, sorted."""
        found: dict[str, list[str]] = {}
        for code, country in sorted(self.countries.items()):
            for calling_code in country.calling_codes:
                found.setdefault(calling_code, []).append(code)
        return {calling_code: tuple(codes) for calling_code, codes in found.items()}
