"""Everything known under one id, line by line, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from itertools import chain
from typing import Annotated, NamedTuple

from ipxray.errors import UsageError
from ipxray.facts.listings import carriers_by_owner
from ipxray.facts.model import (
    Carrier,
    Country,
    Entity,
    Facts,
    Incident,
    OwnershipStatement,
    PolicyAction,
    SignallingPoint,
)
from ipxray.facts.naming import normalise_name
from ipxray.facts.shares import share_text
from ipxray.facts.tabular import point_code_text, point_code_value

__all__ = ["Detail", "show"]


class Detail(NamedTuple):
    """One line of what is known of an id."""

    label: Annotated[str, "what the value is"]
    value: Annotated[str, "the value in words"]
    source: Annotated[str | None, "key of the source; empty when it follows from other lines"]


def show(facts: Facts, identifier: str) -> tuple[Detail, ...]:
    """All that is known under an id, line by line, each with its source.

    Ids are those of carriers, vendors, entities, countries, groups, incidents, policy actions and sources, point
    codes (4-176-4, 4.176.4 or decimal), PLMN ids and TADIG codes. One that is several of these shows all of them. A
    text that is no id is taken as the name of a country, carrier, entity, group or vendor, in this order, if only one
    bears it. Raises UsageError with the nearest ids when nothing does.
    """
    lines = _lines(facts, identifier.strip())
    if not lines:
        named = _named(facts, identifier)
        lines = _lines(facts, named[0]) if len(named) == 1 else ()
    if not lines:
        near = _near(facts, identifier.strip())
        hint = f"did you mean {' or '.join(near)}?" if near else "ipxray facts list shows what there is"
        raise UsageError(f"no fact bears the id {identifier[:60]!r}", hint=hint)
    return lines


def _lines(facts: Facts, identifier: str) -> tuple[Detail, ...]:
    return tuple(chain.from_iterable(part(facts, identifier) for part in _PARTS))


def _names(facts: Facts) -> Iterator[Iterator[tuple[str, str]]]:
    """Kind by kind, the id and the name of everything that has both."""
    yield ((country.iso2, country.name) for country in facts.countries.values())
    for kind in (facts.carriers, facts.entities, facts.groups, facts.vendors):
        yield ((row.id, row.name) for row in kind.values())


def _named(facts: Facts, text: str) -> list[str]:
    """The ids of all that bear this name and are of the first kind of which any does."""
    name = normalise_name(text)
    found = ([one for one, other in kind if name and normalise_name(other) == name] for kind in _names(facts))
    return next((ids for ids in found if ids), [])


def _near(facts: Facts, identifier: str) -> list[str]:
    """What bears the text as a name, carriers that are written so, what has its words in the name, ids alike."""
    name = normalise_name(identifier)
    named = _named(facts, identifier)
    named += [one for alias in facts.aliases if name and normalise_name(alias.text) == name for one in alias.carriers]
    if not named and name:
        words = set(name.split())
        named = [one for kind in _names(facts) for one, text in kind if words <= set(normalise_name(text).split())]
    if named:
        return sorted(set(named))[:5]
    ids = {*facts.carriers, *facts.entities, *facts.groups, *facts.vendors, *facts.sources, *facts.countries}
    ids.update(row.id for row in _events(facts))
    return get_close_matches(identifier[:100].lower(), sorted(ids), n=3) or get_close_matches(
        identifier[:100].upper(), sorted({network.tadig for network in facts.networks if network.tadig}), n=3
    )


def _carrier(facts: Facts, identifier: str) -> Iterator[Detail]:
    carrier = facts.carriers.get(identifier)
    if carrier is None:
        return
    source = carrier.source
    yield Detail("carrier", carrier.name, source)
    yield from _optional("legal name", carrier.legal_name, source)
    yield from _optional("seat", _country_name(facts, carrier.seat), source)
    for asn in carrier.asns:
        yield Detail(f"AS number, {asn.use}", str(asn.asn), asn.source)
    yield from _held_points(facts, carrier)
    for domain in carrier.host_domains:
        yield Detail("hosts edge agents under", domain, source)
    for alias in facts.aliases:
        if identifier in alias.carriers:
            others = [other for other in alias.carriers if other != identifier]
            doubt = f", or {', '.join(others)}" if others else ""
            yield Detail("also written", f"{alias.text}{_period(alias.since, alias.until)}{doubt}", alias.source)
    yield from _optional("note", carrier.note, source)
    if carrier.entity != carrier.id:
        yield from _entity(facts, carrier.entity)


def _held_points(facts: Facts, carrier: Carrier) -> Iterator[Detail]:
    for owner in carrier.ispc_owners:
        points = [point for point in facts.signalling_points if point.owner == owner]
        codes = ", ".join(point_code_text(point.point_code) for point in points)
        yield Detail("point codes as", f"{owner}: {codes or 'none'}", points[0].source if points else carrier.source)


def _entity(facts: Facts, identifier: str) -> Iterator[Detail]:
    entity = facts.entities.get(identifier)
    if entity is None:
        return
    yield Detail("entity", f"{entity.name} ({entity.type})", entity.source)
    yield from _optional("jurisdiction", _country_name(facts, entity.jurisdiction), entity.source)
    yield from _interests(facts, entity)
    for carrier in facts.carriers.values():
        if carrier.entity == identifier != carrier.id:
            yield Detail("is carrier", carrier.id, carrier.source)


def _interests(facts: Facts, entity: Entity) -> Iterator[Detail]:
    for statement in facts.ownership:
        if statement.subject == entity.id:
            yield Detail("held by", _interest(statement, statement.interested_party), statement.source)
    for statement in facts.ownership:
        if statement.interested_party == entity.id:
            yield Detail("holds", _interest(statement, statement.subject), statement.source)


def _interest(statement: OwnershipStatement, other: str) -> str:
    parts = [share_text(statement.share)] if statement.share else []
    parts.append(statement.interest_type)
    if statement.as_of:
        parts.append(f"as of {statement.as_of}")
    if statement.inferred:
        parts.append("inferred from the source's words")
    return f"{other}: {', '.join(parts)}{_period(statement.start_date, statement.end_date)}"


def _country(facts: Facts, identifier: str) -> Iterator[Detail]:
    country = facts.countries.get(identifier.upper())
    if country is None:
        return
    yield Detail("country", country.name, country.source)
    yield Detail("codes", f"{country.iso2} {country.iso3}", country.source)
    yield from _optional("calling codes", " ".join(country.calling_codes), country.source)
    yield from _optional("mobile country codes", " ".join(country.mobile_country_codes), country.source)
    if country.subscriptions is not None:
        figure = f"{country.subscriptions:,} ({country.subscriptions_year})"
        yield Detail("mobile subscriptions", figure, country.source)
    yield from _optional("law of", _country_name(facts, country.territory_of), country.source)
    yield from _in_country(facts, country)


def _in_country(facts: Facts, country: Country) -> Iterator[Detail]:
    for group in facts.groups.values():
        for member in group.members:
            if member.country == country.iso2:
                yield Detail("member of", f"{group.id}{_period(member.since, member.until)}", member.source)
    networks = sum(network.country == country.iso2 for network in facts.networks)
    points = sum(point.country == country.iso2 for point in facts.signalling_points)
    yield Detail("registered", f"{networks} networks, {points} signalling points", None)
    for carrier in facts.carriers.values():
        if carrier.seat == country.iso2:
            yield Detail("seat of", carrier.id, carrier.source)


def _group(facts: Facts, identifier: str) -> Iterator[Detail]:
    group = facts.groups.get(identifier)
    if group is not None:
        yield Detail("group", group.name, group.members[0].source if group.members else None)
        for member in group.members:
            name = _country_name(facts, member.country) or member.country
            yield Detail("member", f"{name}{_period(member.since, member.until)}", member.source)


def _vendor(facts: Facts, identifier: str) -> Iterator[Detail]:
    vendor = facts.vendors.get(identifier)
    if vendor is not None:
        yield Detail("vendor", vendor.name, vendor.source)
        yield from _optional("seat", _country_name(facts, vendor.seat), vendor.source)
        yield Detail("written", ", ".join(vendor.names), vendor.source)
        if vendor.entity != vendor.id:
            yield from _entity(facts, vendor.entity)


def _signalling_point(facts: Facts, identifier: str) -> Iterator[Detail]:
    decimal = re.fullmatch("[0-9]{1,5}", identifier)
    value = int(identifier) if decimal else point_code_value(identifier.replace(".", "-"))
    point: SignallingPoint | None = facts.signalling_point_by_code.get(value) if value is not None else None
    if point is None:
        return
    yield Detail("point code", f"{point_code_text(point.point_code)} = {point.point_code}", point.source)
    yield from _optional("name", point.name, point.source)
    yield from _optional("owner", point.owner, point.source)
    yield from _optional("country", _country_name(facts, point.country), point.source)
    for carrier in carriers_by_owner(facts).get(point.owner, ()):
        yield Detail("carrier", carrier, facts.carriers[carrier].source)


def _network(facts: Facts, identifier: str) -> Iterator[Detail]:
    plmn = identifier.replace("-", "", 1) if re.fullmatch("[0-9]{3}-[0-9]{2,3}", identifier) else identifier
    for network in facts.networks:
        if network.plmn == plmn or (network.tadig and network.tadig == identifier.upper()):
            yield Detail("network", f"{network.plmn} {network.operator}", network.source)
            yield from _optional("country", _country_name(facts, network.country), network.source)
            yield from _optional("TADIG code", network.tadig, network.source)


def _event(facts: Facts, identifier: str) -> Iterator[Detail]:
    for row in _events(facts):
        if row.id == identifier:
            yield from _fields(row, row.source)
    for action in facts.policy_actions:
        if identifier in action.concerns:
            yield Detail(
                "policy action", f"{action.date} {action.body}: {action.action} ({action.status})", action.source
            )


def _events(facts: Facts) -> Iterator[PolicyAction | Incident]:
    yield from facts.policy_actions
    yield from facts.incidents


def _source(facts: Facts, identifier: str) -> Iterator[Detail]:
    source = facts.sources.get(identifier)
    if source is not None:
        yield Detail("source", source.title, identifier)
        yield Detail("publisher", source.publisher, identifier)
        yield Detail("address", source.url, identifier)
        yield from _optional("published", str(source.published or ""), identifier)
        yield Detail("retrieved", f"{source.retrieved}, {source.mark}", identifier)
        yield from _optional("licence", source.licence, identifier)


def _fields(row: PolicyAction | Incident, source: str) -> Iterator[Detail]:
    """The fields of a row that has no structure of its own, in their order."""
    for name, value in row._asdict().items():
        if value and name not in {"id", "source"}:
            yield Detail(name.replace("_", " "), ", ".join(value) if isinstance(value, tuple) else str(value), source)


def _optional(label: str, value: str | None, source: str) -> Iterator[Detail]:
    if value:
        yield Detail(label, value, source)


def _country_name(facts: Facts, code: str | None) -> str | None:
    country = facts.countries.get(code or "")
    return f"{country.name} ({code})" if country else code


def _period(begin: date | None, end: date | None) -> str:
    return f"{f', from {begin}' if begin else ''}{f', until {end}' if end else ''}"


_PARTS = (_carrier, _vendor, _entity, _country, _group, _signalling_point, _network, _event, _source)
