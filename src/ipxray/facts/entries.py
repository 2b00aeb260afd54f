"""The tables of a TOML fact file, one function for each kind of row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any, cast

from ipxray.facts.model import (
    Alias,
    Carrier,
    CarrierAsn,
    Entity,
    EntityType,
    Group,
    Incident,
    Membership,
    OwnershipStatement,
    PolicyAction,
    Vendor,
)
from ipxray.facts.naming import normalise_name
from ipxray.facts.record import Record
from ipxray.facts.shares import read_share

__all__ = ["ENTITY_TYPES", "ENTRY_READERS", "INTEREST_TYPES", "PARTIAL_DATE", "POLICY_STATUSES"]

ENTITY_TYPES = ("state", "stateBody", "registeredEntity", "arrangement", "person", "anonymousEntity")
# Ref: BODS 0.4, codelist interestType.
INTEREST_TYPES = frozenset(
    (
        "shareholding", "votingRights", "appointmentOfBoard", "otherInfluenceOrControl",
        "seniorManagingOfficial", "settlor", "trustee", "protector", "beneficiaryOfLegalArrangement",
        "rightsToSurplusAssetsOnDissolution", "rightsToProfitOrIncome", "rightsGrantedByContract",
        "conditionalRightsGrantedByContract", "controlViaCompanyRulesOrArticles", "controlByLegalFramework",
        "boardMember", "boardChair", "unknownInterest", "unpublishedInterest", "enjoymentAndUseOfAssets",
        "rightToProfitOrIncomeFromAssets", "nominee", "nominator",
    )
)  # fmt: skip
POLICY_STATUSES = ("in force", "proposed", "decided", "superseded", "guidance", "unknown outcome")
PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?")
_STATE = re.compile(r"state-[a-z]{2}")


def _group(record: Record) -> Group:
    source = record.text("source")
    members = []
    for member in record.records("members"):
        since, until = _period(member, "since", "until")
        own = member.optional_text("source")
        members.append(Membership(_country(member, "country") or "", since, until, own or source))
        record.failed |= not member.finish()
    if not members:
        record.fault("members", "is empty")
    elif twice := _overlapping(members):
        record.fault("members", f"{twice} is a member twice at one time")
    return Group(record.identifier(), record.text("name"), tuple(members))


def _carrier(record: Record) -> Carrier:
    identifier, source = record.identifier(), record.text("source")
    asns = []
    for entry in record.records("asns"):
        use = entry.choice("use", ("internet", "grx"))
        asns.append(CarrierAsn(_asn(entry), use, entry.optional_text("source") or source))
        record.failed |= not entry.finish()
    return Carrier(
        id=identifier,
        name=record.text("name"),
        entity=record.identifier("entity") if record.raw("entity") is not None else identifier,
        seat=_country(record, "seat"),
        source=source,
        legal_name=record.optional_text("legal_name"),
        asns=tuple(asns),
        ispc_owners=record.texts("ispc_owners"),
        host_domains=record.texts("host_domains"),
        note=record.optional_text("note"),
    )


def _alias(record: Record) -> Alias:
    text = record.text("text")
    if text and not normalise_name(text):
        record.fault("text", "has neither letter nor digit")
    carriers = record.texts("carriers")
    if not carriers:
        record.fault("carriers", "is empty: name the carrier, or each candidate")
    since, until = _period(record, "since", "until")
    return Alias(text, carriers, since, until, record.text("source"))


def _entity(record: Record) -> Entity:
    identifier = record.identifier()
    if _STATE.fullmatch(identifier):
        record.fault("id", f"{identifier} is implied by its country and never written")
    kind = record.choice("type", ENTITY_TYPES)
    jurisdiction = _country(record, "jurisdiction")
    if kind == "stateBody" and jurisdiction is None:
        record.fault("jurisdiction", "is missing: a state body is part of the state of its jurisdiction")
    return Entity(identifier, record.text("name"), cast(EntityType, kind), jurisdiction, record.text("source"))


def _ownership(record: Record) -> OwnershipStatement:
    subject, party = record.identifier("subject"), record.identifier("interested_party")
    if subject and subject == party:
        record.fault("interested_party", f"{party} cannot hold itself")
    start_date, end_date = _period(record, "start_date", "end_date")
    return OwnershipStatement(
        subject=subject,
        interested_party=party,
        interest_type=record.choice("interest_type", INTEREST_TYPES),
        share=read_share(record),
        start_date=start_date,
        end_date=end_date,
        as_of=record.day("as_of"),
        source=record.text("source"),
        quote=record.optional_text("quote"),
        inferred=record.flag("inferred"),
        note=record.optional_text("note"),
    )


def _vendor(record: Record) -> Vendor:
    identifier = record.identifier()
    entity = record.identifier("entity") if record.raw("entity") is not None else identifier
    name, names = record.text("name"), record.texts("names")
    return Vendor(identifier, name, entity, _country(record, "seat"), names or (name,), record.text("source"))


def _policy_action(record: Record) -> PolicyAction:
    return PolicyAction(
        id=record.identifier(),
        date=_partial_date(record),
        body=record.text("body"),
        country=_country(record, "country"),
        action=record.text("action"),
        status=record.choice("status", POLICY_STATUSES),
        concerns=record.texts("concerns"),
        source=record.text("source"),
    )


def _incident(record: Record) -> Incident:
    return Incident(
        id=record.identifier(),
        date=_partial_date(record),
        title=record.text("title"),
        alleged_actor=record.text("alleged_actor"),
        protocols=record.texts("protocols"),
        techniques=record.texts("techniques"),
        countries=record.texts("countries"),
        figures=record.optional_text("figures"),
        caution=record.optional_text("caution"),
        source=record.text("source"),
    )


ENTRY_READERS: Mapping[str, Callable[[Record], Any]] = MappingProxyType(
    {
        "group": _group,
        "carrier": _carrier,
        "alias": _alias,
        "entity": _entity,
        "ownership": _ownership,
        "vendor": _vendor,
        "policy_action": _policy_action,
        "incident": _incident,
    }
)
"""Array-of-tables name → the function that makes its row. The row of a record that failed must be dropped."""


def _country(record: Record, field: str) -> str | None:
    code = record.optional_text(field)
    if code is not None and not re.fullmatch("[A-Z]{2}", code):
        record.fault(field, f"{code[:20]!r} is no ISO 3166-1 alpha-2 code: two capital letters")
    return code


def _period(record: Record, first: str, last: str) -> tuple[date | None, date | None]:
    begin, end = record.day(first), record.day(last)
    if begin and end and end <= begin:
        record.fault(last, f"{end} is not after {first} {begin}")
    return begin, end


def _overlapping(members: Sequence[Membership]) -> str | None:
    ordered = sorted(members, key=lambda member: (member.country, member.since or date.min))
    for one, other in pairwise(ordered):
        if one.country == other.country and (one.until or date.max) > (other.since or date.min):
            return one.country
    return None


def _asn(record: Record) -> int:
    value = record.raw("asn")
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**32:
        record.fault("asn", "must be an AS number, 1 to 4294967295")
        return 0
    return value


def _partial_date(record: Record) -> str:
    value = record.raw("date")
    text = value.isoformat() if isinstance(value, date) else record.text("date")
    if not text:
        return ""
    if not PARTIAL_DATE.fullmatch(text) or not all(map(_is_day, text.split("/"))):
        record.fault(
            "date", f"{text[:30]!r} is no date: 2019, 2019-05 or 2019-05-09, or two of them with / for a period"
        )
    return text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True
