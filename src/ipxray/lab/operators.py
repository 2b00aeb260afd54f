"""Fictional operators: where they sit, what they own, what their document says and how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ipxray.lab.elements import PREFIX_STYLES
from ipxray.lab.forms import FORMS, deal_forms, deal_versions
from ipxray.lab.market import Market
from ipxray.lab.nodes import draw_nodes
from ipxray.lab.places import PLACES, Place
from ipxray.lab.plan import Form, NetworkPlan, OrganisationPlan, PlannedVendor, ServicePlan, Version
from ipxray.lab.registers import operator_names, plmn_ids, tadig_codes
from ipxray.lab.services import draw_services

__all__ = ["OperatorDraft", "draw_operators"]

_CSV_SERVICES = ("roaming_hub", "n32")
# One operator in so many is declared by a CSV alone, has a second network in its file, left an older document.
_CSV_EVERY, _SECOND_NETWORK_EVERY, _OLDER_EVERY, _OLDER_LINES_EVERY = 12, 11, 9, 13
_FIRST_DAY, _LAST_DAY = date(2022, 1, 10), date(2026, 10, 20)
_BEFORE_RENAMINGS, _AFTER_RENAMINGS = date(2021, 6, 1), date(2024, 1, 1)
# Bytes of a document without padding, of one node, one number range, one line of history: measured on these layouts.
_BARE, _NODE_BYTES, _RANGE_BYTES, _HISTORY_BYTES = 41_000, 470, 420, 225
_SHARE_OF_NODES, _SHARE_OF_RANGES, _SHARE_OF_HISTORY = 0.55, 0.35, 0.10


@dataclass
class OperatorDraft:
    """All operators of a world: with documents, in the CSV alone; and what is older than either and must lose."""

    published: list[OrganisationPlan] = field(default_factory=list)
    listed: list[OrganisationPlan] = field(default_factory=list)
    older_documents: list[OrganisationPlan] = field(default_factory=list)
    older_lines: list[OrganisationPlan] = field(default_factory=list)


def draw_operators(
    count: int, countries: int, market: Market, vendors: Sequence[PlannedVendor], *, seed: int, kilobytes: int
) -> OperatorDraft:
    """Draw `count` operators in `countries` real countries, each with a generator of its own."""
    random = Random(f"{seed}/operators")  # noqa: S311  a repeatable world, no secret
    maker = _Maker(market, vendors, seed, kilobytes)
    draft = OperatorDraft()
    listed = {rank for rank in range(count) if rank % _CSV_EVERY == _CSV_EVERY - 1}
    orders = _orders(count - len(listed), random)
    for rank, place in enumerate(_places(count, countries, random)):
        if rank in listed:
            draft.listed.append(maker.listed(rank, place))
            continue
        pair = rank % _SECOND_NETWORK_EVERY == 1
        published = maker.published(rank, place, _next_order(orders, pair=pair), pair=pair)
        draft.published.append(published)
        if rank % _OLDER_EVERY == _OLDER_EVERY - 2:
            draft.older_documents.append(maker.superseded(rank, published))
        if rank % _OLDER_LINES_EVERY == _OLDER_LINES_EVERY - 10:
            draft.older_lines.append(maker.superseded(rank, published))
    return draft


def _places(count: int, countries: int, random: Random) -> list[Place]:
    chosen = random.sample(PLACES, countries)
    return [chosen[rank % countries] for rank in range(count)]


@dataclass(frozen=True)
class _Order:
    """How one document is to be: its version and the form of each service."""

    version: Version
    forms: dict[str, Form]


def _orders(count: int, random: Random) -> list[_Order]:
    versions = deal_versions(count, random)
    dealt = {service: deal_forms(service, count, random) for service in FORMS if service != "diameter"}
    # Version 8.x has no list of Diameter providers, so its operators take no part in that deal.
    diameter = deal_forms("diameter", sum(version != "8.2" for version in versions), random)
    orders = []
    for rank, version in enumerate(versions):
        forms = {service: found[rank] for service, found in dealt.items()}
        forms["diameter"] = "addresses_only" if version == "8.2" else diameter.pop()
        orders.append(_Order(version, forms))
    return orders


def _next_order(orders: list[_Order], *, pair: bool) -> _Order:
    """Take the next order; for two networks in one file one whose sections the second can share."""
    fitting = (each for each in reversed(orders) if each.version != "8.2" and each.forms["sccp"] != "not_applicable")
    order = next(fitting, orders[-1]) if pair else orders[-1]
    orders.remove(order)
    return order


class _Maker:
    """Makes one organisation after another, dealing out names and numbers."""

    def __init__(self, market: Market, vendors: Sequence[PlannedVendor], seed: int, kilobytes: int) -> None:
        self._market = market
        self._vendors = vendors
        self._seed = seed
        self._kilobytes = kilobytes
        self._plmns = plmn_ids()
        self._tadigs = {place: tadig_codes(place) for place in PLACES}
        self._names = {place: operator_names(place) for place in PLACES}
        self._networks = 0

    def published(self, rank: int, place: Place, order: _Order, *, pair: bool) -> OrganisationPlan:
        """An operator with a document, and in it, for a pair, further networks that take the first one's carriers."""
        random = Random(f"{self._seed}/operator/{rank}")  # noqa: S311
        created = _created(order, random)
        name = next(self._names[place])
        padding = max(0, int(self._kilobytes * 1_000 * random.uniform(0.5, 1.5)) - _BARE)
        services = draw_services(order.forms, created, self._market, random)
        networks = [self._network(place, name, services, padding, random)]
        if pair and order.version != "8.2":
            # Every other such document holds a third network.
            for suffix in ("Light", "Things")[: 1 + (rank % (2 * _SECOND_NETWORK_EVERY) == 1)]:
                networks.append(self._second(place, f"{name} {suffix}", networks[0], created, random))
        return OrganisationPlan(
            place=place,
            name=name,
            networks=tuple(networks),
            version=order.version,
            style=PREFIX_STYLES[rank % len(PREFIX_STYLES)],
            created=created,
            history=3 + int(padding * _SHARE_OF_HISTORY / _HISTORY_BYTES),
        )

    def superseded(self, rank: int, newer: OrganisationPlan) -> OrganisationPlan:
        """An older document of the same networks, with other carriers: nothing of it may count."""
        random = Random(f"{self._seed}/older/{rank}")  # noqa: S311
        created = newer.created - timedelta(days=random.randint(200, 900))
        forms = dict.fromkeys(FORMS, "plain") | {"sccp": "several_primary", "mms": "hub", "sms_hub": "none"}
        services = draw_services(forms, created, self._market, random)
        networks = tuple(network._replace(services=services, nodes=network.nodes[:5]) for network in newer.networks[:1])
        return newer._replace(networks=networks, created=created, version="13.1")

    def listed(self, rank: int, place: Place) -> OrganisationPlan:
        """An operator known from a list of declarations alone."""
        random = Random(f"{self._seed}/operator/{rank}")  # noqa: S311
        created = _LAST_DAY - timedelta(days=random.randrange(900))
        forms = {"sccp": "primary_and_backup", "grx": "plain", "diameter": "plain", "mms": "no_hub", "sms_hub": "none"}
        services = draw_services(forms, created, self._market, random)
        for service in _CSV_SERVICES:
            mentions = tuple(self._market.mention(each, random) for each in self._market.choose(random)[:1])
            services[service] = ServicePlan("plain", created, mentions)
        name = next(self._names[place])
        network = self._network(place, name, services, 0, random)._replace(nodes=())
        return OrganisationPlan(place, name, (network,), "14.0", "default_only", created, 0)

    def _network(
        self, place: Place, name: str, services: dict[str, ServicePlan], padding: int, random: Random
    ) -> NetworkPlan:
        self._networks += 1
        mcc, mnc = next(self._plmns)
        asns = [64_512 + self._networks % 1_000]
        if random.random() < 0.3:
            asns.append(4_200_000_000 + self._networks)
        if random.random() < 0.2 and (known := [each.asn for each in self._market.carriers.values() if each.asn]):
            asns.append(random.choice(known))
        nodes = 8 + int(padding * _SHARE_OF_NODES / _NODE_BYTES)
        return NetworkPlan(
            tadig=next(self._tadigs[place]),
            number=self._networks,
            mcc=mcc,
            mnc=mnc,
            name=name,
            services=services,
            nodes=draw_nodes(nodes, f"{self._networks:04d}", self._vendors, random),
            ranges=3 + int(padding * _SHARE_OF_RANGES / _RANGE_BYTES),
            asns=tuple(asns),
        )

    def _second(self, place: Place, name: str, first: NetworkPlan, created: date, random: Random) -> NetworkPlan:
        """A network whose sections say "not applicable" while the first one's are attached to it.

        Not all are: Diameter may truly not apply, and it may have an MMS hub of its own.
        """
        attached = ("sccp", "grx", "diameter") if random.random() < 0.5 else ("sccp", "grx")
        forms = dict.fromkeys(FORMS, "not_applicable") | {"mms": random.choice(FORMS["mms"]), "sms_hub": "none"}
        services = draw_services(forms, created, self._market, random)
        services |= {service: first.services[service] for service in attached}
        return self._network(place, name, services, 0, random)._replace(nodes=first.nodes, attached=attached)


def _created(order: _Order, random: Random) -> date:
    if order.forms["sccp"] == "old_name":
        return _BEFORE_RENAMINGS + timedelta(days=random.randrange(200))
    first = _AFTER_RENAMINGS if order.forms["sccp"] == "expired_name" else _FIRST_DAY
    return first + timedelta(days=random.randrange((_LAST_DAY - first).days))
