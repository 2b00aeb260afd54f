"""Facts as tables, one for each topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

from ipxray.errors import UsageError
from ipxray.facts.model import Facts
from ipxray.facts.shares import share_text
from ipxray.facts.tables import (
    AliasRow,
    CarrierRow,
    CountryRow,
    EntityRow,
    GroupRow,
    IncidentRow,
    NetworkRow,
    OwnershipRow,
    PolicyRow,
    SignallingPointRow,
    SourceRow,
    VendorRow,
)
from ipxray.facts.tabular import point_code_text
from ipxray.tables import Table

__all__ = ["TOPICS", "carriers_by_owner", "listing"]


def listing(facts: Facts, topic: str) -> Table:
    """All facts on one topic as a table, in the order of their ids or, without ids, of their files.

    Raises UsageError for a topic that is none of TOPICS.
    """
    if topic not in _LISTINGS:
        near = get_close_matches(topic, _LISTINGS, n=1)
        hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(TOPICS)}"
        raise UsageError(f"there are no facts on {topic[:40]!r}", hint=hint)
    row_type, rows = _LISTINGS[topic]
    return Table(topic.replace("-", "_"), row_type, list(rows(facts)))


def carriers_by_owner(facts: Facts) -> Mapping[str, tuple[str, ...]]:
    """Owner as the ITU list writes it → the carriers that hold point codes under that name, sorted."""
    found: dict[str, set[str]] = {}
    for carrier in facts.carriers.values():
        for owner in carrier.ispc_owners:
            found.setdefault(owner, set()).add(carrier.id)
    return {owner: tuple(sorted(carriers)) for owner, carriers in found.items()}


def _countries(facts: Facts) -> Iterable[CountryRow]:
    return (CountryRow(*country) for _, country in sorted(facts.countries.items()))


def _groups(facts: Facts) -> Iterable[GroupRow]:
    for _, group in sorted(facts.groups.items()):
        for member in sorted(group.members, key=lambda member: member.country):
            yield GroupRow(group.id, group.name, *member)


def _networks(facts: Facts) -> Iterable[NetworkRow]:
    return (NetworkRow(*network) for network in facts.networks)


def _signalling_points(facts: Facts) -> Iterable[SignallingPointRow]:
    carriers = carriers_by_owner(facts)
    for point in sorted(facts.signalling_points):
        code, holders = point_code_text(point.point_code), carriers.get(point.owner, ())
        yield SignallingPointRow(code, point.point_code, point.name, point.owner, holders, point.country, point.source)


def _carriers(facts: Facts) -> Iterable[CarrierRow]:
    for _, carrier in sorted(facts.carriers.items()):
        yield CarrierRow(
            carrier=carrier.id,
            name=carrier.name,
            legal_name=carrier.legal_name,
            entity=carrier.entity,
            seat=carrier.seat,
            asns=tuple(f"{entry.asn} {entry.use}" for entry in carrier.asns),
            ispc_owners=carrier.ispc_owners,
            host_domains=carrier.host_domains,
            note=carrier.note,
            source=carrier.source,
        )


def _aliases(facts: Facts) -> Iterable[AliasRow]:
    return (AliasRow(*alias) for alias in sorted(facts.aliases, key=lambda alias: alias.text.casefold()))


def _entities(facts: Facts) -> Iterable[EntityRow]:
    for _, entity in sorted(facts.entities.items()):
        yield EntityRow(entity.id, entity.name, entity.type, entity.jurisdiction, entity.source)


def _ownership(facts: Facts) -> Iterable[OwnershipRow]:
    for statement in sorted(facts.ownership, key=lambda statement: (statement.subject, statement.interested_party)):
        share = statement.share
        yield OwnershipRow(
            subject=statement.subject,
            interested_party=statement.interested_party,
            interest_type=statement.interest_type,
            share=share_text(share) if share else None,
            minimum=share.minimum if share else None,
            maximum=share.maximum if share else None,
            start_date=statement.start_date,
            end_date=statement.end_date,
            as_of=statement.as_of,
            inferred=statement.inferred,
            quote=statement.quote,
            note=statement.note,
            source=statement.source,
        )


def _vendors(facts: Facts) -> Iterable[VendorRow]:
    return (VendorRow(*vendor) for _, vendor in sorted(facts.vendors.items()))


def _policy(facts: Facts) -> Iterable[PolicyRow]:
    return (PolicyRow(*action) for action in sorted(facts.policy_actions, key=lambda action: (action.date, action.id)))


def _incidents(facts: Facts) -> Iterable[IncidentRow]:
    return (IncidentRow(*incident) for incident in sorted(facts.incidents, key=lambda one: (one.date, one.id)))


def _sources(facts: Facts) -> Iterable[SourceRow]:
    for key, source in sorted(facts.sources.items()):
        yield SourceRow(
            source=key,
            publisher=source.publisher,
            title=source.title,
            url=source.url,
            published=source.published,
            retrieved=source.retrieved,
            mark=source.mark,
            licence=source.licence,
        )


_LISTINGS: Mapping[str, tuple[type[Any], Callable[[Facts], Iterable[Any]]]] = MappingProxyType(
    {
        "countries": (CountryRow, _countries),
        "groups": (GroupRow, _groups),
        "networks": (NetworkRow, _networks),
        "signalling-points": (SignallingPointRow, _signalling_points),
        "carriers": (CarrierRow, _carriers),
        "aliases": (AliasRow, _aliases),
        "entities": (EntityRow, _entities),
        "ownership": (OwnershipRow, _ownership),
        "vendors": (VendorRow, _vendors),
        "policy": (PolicyRow, _policy),
        "incidents": (IncidentRow, _incidents),
        "sources": (SourceRow, _sources),
    }
)
TOPICS = tuple(_LISTINGS)
"""The topics of `listing`, in the order in which they are offered."""
