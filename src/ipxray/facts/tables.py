"""The rows of each fact table as it is listed: what a column holds, in which unit."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

__all__ = [
    "AliasRow", "CarrierRow", "CountryRow", "EntityRow", "GroupRow", "IncidentRow", "NetworkRow", "OwnershipRow",
    "PolicyRow", "SignallingPointRow", "SourceRow", "VendorRow",
]  # fmt: skip

SourceKey = Annotated[str, "key of the source, see the table sources"]
CountryCode = Annotated[str | None, "ISO 3166-1 alpha-2 code; XA to XZ in a fictional world"]


class CountryRow(NamedTuple):
    """A country or territory."""

    country: Annotated[str, "ISO 3166-1 alpha-2 code"]
    iso3: Annotated[str, "ISO 3166-1 alpha-3 code"]
    name: Annotated[str, "English short name"]
    calling_codes: Annotated[tuple[str, ...], "calling codes, with the area codes that are its own (ITU-T E.164)"]
    mobile_country_codes: Annotated[tuple[str, ...], "mobile country codes, some shared (ITU-T E.212)"]
    region: Annotated[str, "part of the world"]
    subscriptions: Annotated[int | None, "mobile subscriptions, number"]
    subscriptions_year: Annotated[int | None, "year of that number"]
    territory_of: Annotated[str | None, "state whose law a seat in the territory falls under, ISO 3166-1 alpha-2"]
    source: SourceKey


class GroupRow(NamedTuple):
    """A country's membership of a group."""

    group: Annotated[str, "id of the group"]
    name: Annotated[str, "name of the group"]
    country: Annotated[str, "member, ISO 3166-1 alpha-2"]
    since: Annotated[date | None, "first day of membership; empty is unbounded"]
    until: Annotated[date | None, "first day after membership; empty is unbounded"]
    source: SourceKey


class NetworkRow(NamedTuple):
    """A network in public registers."""

    plmn: Annotated[str, "PLMN id, MCC and MNC, 5 or 6 digits (ITU-T E.212)"]
    operator: Annotated[str, "operator as the source writes it"]
    country: CountryCode
    tadig: Annotated[str | None, "TADIG code (GSMA TD.13)"]
    source: SourceKey


class SignallingPointRow(NamedTuple):
    """An international signalling point code."""

    point_code: Annotated[str, "point code written 3-8-3 (ITU-T Q.708)"]
    decimal: Annotated[int, "the same as one number, 0 to 16383"]
    name: Annotated[str, "unique name of the signalling point"]
    owner: Annotated[str, "operator as the ITU list writes it"]
    carriers: Annotated[tuple[str, ...], "carriers that hold codes under this owner's name"]
    country: CountryCode
    source: SourceKey


class CarrierRow(NamedTuple):
    """An interconnect carrier."""

    carrier: Annotated[str, "id of the carrier"]
    name: Annotated[str, "trade name"]
    legal_name: Annotated[str | None, "registered name"]
    entity: Annotated[str, "its node in the ownership graph"]
    seat: CountryCode
    asns: Annotated[tuple[str, ...], "AS numbers with their use, internet or grx (RFC 6793)"]
    ispc_owners: Annotated[tuple[str, ...], "names under which it holds signalling point codes"]
    host_domains: Annotated[tuple[str, ...], "domains of its hosted Diameter edge agents"]
    note: Annotated[str | None, "what else must be known"]
    source: SourceKey


class AliasRow(NamedTuple):
    """A name as operators write it."""

    text: Annotated[str, "the name"]
    carriers: Annotated[tuple[str, ...], "carriers it may mean; several: the name is ambiguous"]
    since: Annotated[date | None, "first day; empty is unbounded"]
    until: Annotated[date | None, "first day after; empty is unbounded"]
    source: SourceKey


class EntityRow(NamedTuple):
    """A node of the ownership graph."""

    entity: Annotated[str, "id of the entity; state-xx is a state"]
    name: Annotated[str, "name"]
    type: Annotated[str, "entity type (BODS 0.4)"]
    jurisdiction: CountryCode
    source: SourceKey


class OwnershipRow(NamedTuple):
    """A statement that one entity has an interest in another."""

    subject: Annotated[str, "entity that is held"]
    interested_party: Annotated[str, "entity that holds"]
    interest_type: Annotated[str, "kind of interest (BODS 0.4)"]
    share: Annotated[str | None, "share in words; empty for an interest that is no share"]
    minimum: Annotated[float | None, "lower bound of the share, percent"]
    maximum: Annotated[float | None, "upper bound of the share, percent"]
    start_date: Annotated[date | None, "first day in force; empty is unbounded"]
    end_date: Annotated[date | None, "first day no more in force; empty is unbounded"]
    as_of: Annotated[date | None, "day for which the source states it"]
    inferred: Annotated[bool, "true when the share follows from the source's words, not from a figure"]
    quote: Annotated[str | None, "the source's words"]
    note: Annotated[str | None, "what else must be known"]
    source: SourceKey


class VendorRow(NamedTuple):
    """An equipment vendor."""

    vendor: Annotated[str, "id of the vendor"]
    name: Annotated[str, "name"]
    entity: Annotated[str, "its node in the ownership graph"]
    seat: CountryCode
    names: Annotated[tuple[str, ...], "how operators write it"]
    source: SourceKey


class PolicyRow(NamedTuple):
    """What a regulator or government did."""

    id: Annotated[str, "id of the action"]
    date: Annotated[str, "day, month or year"]
    body: Annotated[str, "who acted"]
    country: CountryCode
    action: Annotated[str, "what was done"]
    status: Annotated[str, "in force, proposed, decided, superseded, guidance or unknown outcome"]
    concerns: Annotated[tuple[str, ...], "carriers, entities or vendors concerned"]
    source: SourceKey


class IncidentRow(NamedTuple):
    """A documented abuse of interconnect signalling."""

    id: Annotated[str, "id of the incident"]
    date: Annotated[str, "day, month, year or period"]
    title: Annotated[str, "what happened"]
    alleged_actor: Annotated[str, "who is said to have done it"]
    protocols: Annotated[tuple[str, ...], "protocols abused"]
    techniques: Annotated[tuple[str, ...], "techniques used"]
    countries: Annotated[tuple[str, ...], "countries concerned, ISO 3166-1 alpha-2"]
    figures: Annotated[str | None, "figures as published"]
    caution: Annotated[str | None, "what is doubtful about it"]
    source: SourceKey


class SourceRow(NamedTuple):
    """Where facts come from."""

    source: Annotated[str, "key that rows name"]
    publisher: Annotated[str, "who published it"]
    title: Annotated[str, "title, and what was taken over from where"]
    url: Annotated[str, "address"]
    published: Annotated[date | None, "day of publication"]
    retrieved: Annotated[date, "day on which it was taken over"]
    mark: Annotated[str, "primary, news or weak (needs a second source)"]
    licence: Annotated[str | None, "licence of the data"]
