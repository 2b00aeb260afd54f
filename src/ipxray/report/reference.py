"""What a folder keeps of facts and networks, so that it can be read far from where it was made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, NamedTuple

from ipxray.atlas import Atlas
from ipxray.declarations import are_fictional
from ipxray.facts import Facts
from ipxray.tables import Table

__all__ = [
    "KnownCarrier",
    "KnownCountry",
    "KnownIncident",
    "KnownOwner",
    "KnownPolicyAction",
    "KnownSource",
    "Network",
    "reference_tables",
]


MEASURED = ("sccp", "diameter", "grx")
"""Services whose messages are measured."""


class Network(NamedTuple):
    """One row per network of the assessment: who it is and what it says of each measured service."""

    tadig: Annotated[str, "network (TADIG code, GSMA TD.13)"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    organisation: Annotated[str, "name, as declared"]
    mcc_mnc: Annotated[tuple[str, ...], "PLMN ids, MCC and MNC as text (ITU-T E.212)"]
    sccp: Annotated[str, "declared, missing, not_applicable … (see ir21 check)"]
    diameter: Annotated[str, "the same for Diameter"]
    grx: Annotated[str, "the same for GRX"]
    document_created: Annotated[date | None, "date of its youngest document"]
    fictional: Annotated[bool, "true when all its PLMN ids are of MCC 001 or 999: no public network (ITU-T E.212)"]


class KnownCarrier(NamedTuple):
    """One row per carrier that the facts know."""

    id: Annotated[str, "carrier id"]
    name: Annotated[str, "name"]
    entity: Annotated[str, "its node in the ownership graph"]
    seat: Annotated[str | None, "legal seat, ISO 3166-1 alpha-2"]
    source: Annotated[str, "key of its source"]


class KnownCountry(NamedTuple):
    """One row per country or territory."""

    iso2: Annotated[str, "ISO 3166-1 alpha-2; XA to XZ in a fictional world"]
    name: Annotated[str, "name"]
    region: Annotated[str, "region"]
    territory_of: Annotated[str | None, "state whose law a seat there falls under"]
    subscriptions: Annotated[int | None, "mobile subscriptions"]
    groups: Annotated[tuple[str, ...], "groups of countries that it belongs to at the date of assessment"]


class KnownOwner(NamedTuple):
    """One row per owner that controls a carrier under any rule."""

    id: Annotated[str, "entity id, as in control"]
    name: Annotated[str, "name"]
    type: Annotated[str, "registeredEntity, stateBody, person … (BODS 0.4)"]
    jurisdiction: Annotated[str | None, "ISO 3166-1 alpha-2"]
    source: Annotated[str, "key of its source"]


class KnownIncident(NamedTuple):
    """One row per documented abuse of interconnect signalling. An actor is alleged unless a source says confirmed."""

    id: Annotated[str, "incident id"]
    date: Annotated[str, "YYYY, YYYY-MM or YYYY-MM-DD"]
    title: Annotated[str, "what happened"]
    alleged_actor: Annotated[str, "who is said to have done it"]
    protocols: Annotated[tuple[str, ...], "protocols used"]
    countries: Annotated[tuple[str, ...], "countries concerned, ISO 3166-1 alpha-2"]
    figures: Annotated[str | None, "scale, as published"]
    caution: Annotated[str | None, "what the source does not show"]
    source: Annotated[str, "key of its source"]


class KnownPolicyAction(NamedTuple):
    """One row per act of a regulator, government or industry body."""

    id: Annotated[str, "action id"]
    date: Annotated[str, "YYYY, YYYY-MM or YYYY-MM-DD"]
    body: Annotated[str, "who acted"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    action: Annotated[str, "what it did"]
    status: Annotated[str, "where it stands"]
    concerns: Annotated[tuple[str, ...], "carriers and vendors concerned"]
    source: Annotated[str, "key of its source"]


class KnownSource(NamedTuple):
    """One row per source that a row of this folder names."""

    key: Annotated[str, "key"]
    publisher: Annotated[str, "publisher"]
    title: Annotated[str, "title"]
    url: Annotated[str, "address"]
    retrieved: Annotated[date, "when it was read"]
    published: Annotated[date | None, "when it was published, where known"]
    mark: Annotated[str, "primary (filing, regulator, law, the company), news, or weak (needs a second source)"]


def reference_tables(facts: Facts, atlas: Atlas) -> list[Table]:
    """Tables networks, carriers, owners, countries, incidents, policy_actions and sources, each in order of its key."""
    carriers = [
        KnownCarrier(row.id, row.name, row.entity, row.seat, row.source) for _, row in sorted(facts.carriers.items())
    ]
    controlling = {row.controller for row in atlas.control} & facts.entities.keys()
    owners = [
        KnownOwner(row.id, row.name, row.type, row.jurisdiction, row.source)
        for row in (facts.entities[name] for name in sorted(controlling))
    ]
    incidents = [
        KnownIncident(
            row.id, row.date, row.title, row.alleged_actor, row.protocols, row.countries, row.figures, row.caution,
            row.source,
        )
        for row in facts.incidents
    ]  # fmt: skip
    actions = [
        KnownPolicyAction(row.id, row.date, row.body, row.country, row.action, row.status, row.concerns, row.source)
        for row in facts.policy_actions
    ]
    named = {row.source for row in carriers} | {row.source for row in incidents} | {row.source for row in actions}
    named |= {row.source for row in owners}
    named.update(key for row in atlas.control for key in row.source)
    return [
        Table("networks", Network, tuple(_networks(atlas))),
        Table("carriers", KnownCarrier, tuple(carriers)),
        Table("owners", KnownOwner, tuple(owners)),
        Table("countries", KnownCountry, tuple(_countries(facts, atlas.at))),
        Table("incidents", KnownIncident, tuple(sorted(incidents, key=lambda row: (row.date, row.id)))),
        Table("policy_actions", KnownPolicyAction, tuple(sorted(actions, key=lambda row: (row.date, row.id)))),
        Table("sources", KnownSource, tuple(_sources(facts, named))),
    ]


def _networks(atlas: Atlas) -> Iterable[Network]:
    for row in atlas.operators:
        sccp, diameter, grx = (row.services.get(service, "missing") for service in MEASURED)
        yield Network(
            row.tadig, row.country, row.organisation, row.mcc_mnc, sccp, diameter, grx, row.document_created,
            are_fictional(row.mcc_mnc),
        )  # fmt: skip


def _countries(facts: Facts, at: date) -> Iterable[KnownCountry]:
    groups: dict[str, list[str]] = {}
    for group in sorted(facts.groups.values(), key=lambda group: group.id):
        for member in group.members:
            if (member.since is None or member.since <= at) and (member.until is None or at < member.until):
                groups.setdefault(member.country, []).append(group.id)
    for code, row in sorted(facts.countries.items()):
        found = tuple(groups.get(code, ()))
        yield KnownCountry(code, row.name, row.region, row.territory_of, row.subscriptions, found)


def _sources(facts: Facts, named: Iterable[str]) -> Iterable[KnownSource]:
    for key in sorted(set(named) & facts.sources.keys()):
        row = facts.sources[key]
        yield KnownSource(key, row.publisher, row.title, row.url, row.retrieved, row.published, row.mark)
