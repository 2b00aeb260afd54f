"""What each fictional operator declares of each service: whom, in which role, under which name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from ipxray.lab.forms import FORMS, GENERIC_NAME
from ipxray.lab.market import Market
from ipxray.lab.plan import Form, Mention, RoleName, ServicePlan

__all__ = ["draw_services"]

_ROLES: Mapping[Form, tuple[RoleName, RoleName]] = {
    "several_primary": ("primary", "primary"),
    "load_sharing": ("load_sharing", "load_sharing"),
    "primary_and_backup": ("primary", "backup"),
    "generic_load_balanced": ("load_sharing", "load_sharing"),
    "two_spellings": ("primary", "backup"),
    "role_in_comments": ("primary", "backup"),
    "role_corrected_by_comment": ("primary", "backup"),
}
_USUAL_ROLES: tuple[tuple[RoleName, RoleName], ...] = (("primary", "primary"), ("primary", "backup"))
_SILENT = {"not_applicable", "own_gateway", "no_hub", "none", "addresses_only"}
_PENDING_FROM = date(2027, 1, 1)


def draw_services(forms: Mapping[str, Form], created: date, market: Market, random: Random) -> dict[str, ServicePlan]:
    """Draw every service of one network in the given forms, for a document of the given day."""
    return {service: _service(service, forms[service], created, market, random) for service in FORMS}


def _service(service: str, form: Form, created: date, market: Market, random: Random) -> ServicePlan:
    effective = created - timedelta(days=random.randrange(1_500))
    if form in _SILENT:
        return ServicePlan(form, effective)
    if form == "pending":
        effective = _PENDING_FROM + timedelta(days=random.randrange(180))
    if service == "sccp":
        return ServicePlan(form, effective, _sccp(form, created, market, random))
    if service == "grx":
        return ServicePlan(form, effective, _grx(form, market, random))
    if service == "diameter":
        return _diameter(form, effective, market, random)
    chosen = market.choose(random)[: 1 if service == "mms" else 2]
    mentions = tuple(market.mention(each, random)._replace(inferred=service == "sms_hub") for each in chosen)
    return ServicePlan(form, effective, mentions)


def _sccp(form: Form, created: date, market: Market, random: Random) -> tuple[Mention, ...]:
    if form == "generic_unsigned":
        return (Mention((), GENERIC_NAME, "primary", point_codes=market.unregistered_point_codes(random)),)
    special = _special(form, created, market, random)
    chosen = market.choose(random, at_least=2, without=_meant(special, market))[len(special) :]
    first, others = _ROLES.get(form) or random.choice(_USUAL_ROLES)
    mentions = []
    for place, mention in enumerate([*special, *(market.mention(each, random) for each in chosen)]):
        role = others if place else first
        mentions.append(_with_point_codes(mention._replace(role=role), form, market, random))
    return tuple(mentions)


def _with_point_codes(mention: Mention, form: Form, market: Market, random: Random) -> Mention:
    if len(mention.carriers) != 1 or mention.name == market.reused.text:
        # Neither may a point code settle what only the day of the document can.
        return mention._replace(point_codes=market.unregistered_point_codes(random))
    carrier = market.carriers[mention.carriers[0]]
    if form == "foreign_point_code" and mention.role == "primary":
        others = [other for other in market.carriers.values() if other.id != carrier.id]
        return mention._replace(point_codes=random.choice(others).point_codes[:1])
    count = random.randint(1, min(3, len(carrier.point_codes)))
    return mention._replace(point_codes=tuple(random.sample(carrier.point_codes, count)), confirmed_by=("ispc",))


def _grx(form: Form, market: Market, random: Random) -> tuple[Mention, ...]:
    special = _special(form, _PENDING_FROM, market, random)
    at_least = 3 if form == "list_in_one_element" else 1
    chosen = market.choose(random, at_least=at_least, without=_meant(special, market))
    mentions = [*special, *(market.mention(each, random) for each in chosen)]
    if form in {"name_with_asn", "old_name_in_brackets"}:
        mentions = [_with_asn(mention, market) for mention in mentions]
    return tuple(_respelled(mention, form) for mention in mentions)


def _respelled(mention: Mention, form: Form) -> Mention:
    spelling = {
        "upper_case": mention.name.upper(),
        "odd_blanks": f" {mention.name.replace(' ', '   ')} ",
        "legal_form": f"{mention.name}, Inc.",
    }.get(form)
    return mention._replace(name=spelling) if spelling else mention


def _with_asn(mention: Mention, market: Market) -> Mention:
    asn = market.carriers[mention.carriers[0]].asn
    return mention._replace(asn=asn, confirmed_by=("asn",)) if asn else mention


def _diameter(form: Form, effective: date, market: Market, random: Random) -> ServicePlan:
    special = _special(form, _PENDING_FROM, market, random)
    at_least = 3 if form == "list_in_one_element" else 1
    chosen = [] if form == "hosted_only" else market.choose(random, at_least=at_least, without=_meant(special, market))
    named = [*special, *(market.mention(each, random) for each in chosen)]
    mentions = [_respelled(mention, form) for mention in named]
    if not form.startswith("hosted"):
        return ServicePlan(form, effective, tuple(mentions))
    others = market.choose(random, without=[each.id for each in chosen])[:1]
    host = random.choice(chosen + others if form == "hosted_edge_agent" else others)
    hosts = tuple(f"dea{number}.{host.host_domain}" for number in (1, 2))
    if host in chosen:
        mentions = [each._replace(confirmed_by=("host",)) if host.id in each.carriers else each for each in mentions]
    else:
        mentions += [Mention((host.id,), name, inferred=True) for name in hosts]
    return ServicePlan(form, effective, tuple(mentions), hosts)


def _special(form: Form, created: date, market: Market, random: Random) -> list[Mention]:
    """What makes the form what it is: the mentions before the usual ones."""
    draws: Mapping[Form, Callable[[], list[Mention]]] = {
        "two_spellings": lambda: market.both_names(random),
        "old_name": lambda: [market.old_name(random)],
        "expired_name": lambda: [market.old_name(random)._replace(carriers=())],
        "old_name_in_brackets": lambda: [market.bracketed_name(random)],
        "reused_name": lambda: [market.name_of_its_day(created)],
        "unknown_name": lambda: [market.unknown_name(random)],
        "ambiguous_name": lambda: [market.shared_name(random)],
        "ambiguous_name_settled": lambda: [market.settled_name(random)],
    }
    return draws[form]() if form in draws else []


def _meant(special: list[Mention], market: Market) -> list[str]:
    """Carriers that the other mentions must avoid: each carrier is named once a service, so that its role is plain."""
    meant = {carrier for mention in special for carrier in mention.carriers}
    for name in market.ambiguous:
        if meant & set(name.carriers) and any(mention.name == name.text for mention in special):
            meant |= set(name.carriers)
    return sorted(meant)
