"""Build the atlas: names resolved, links with share bounds, owners resolved, all at one date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain

from ipxray.atlas.adversary import controller_names
from ipxray.atlas.control import control_rows, ownership_at
from ipxray.atlas.links import link_rows, unresolved_rows
from ipxray.atlas.mentions import Mention, Resolver
from ipxray.atlas.model import Atlas, Operator
from ipxray.atlas.states import state_bodies
from ipxray.atlas.vendors import vendor_rows
from ipxray.declarations import Corpus, Network
from ipxray.facts import Facts
from ipxray.parameters import Parameters

__all__ = ["build", "owned_anew"]

_STRONGEST = ("declared", "own_gateway", "missing")


def build(corpus: Corpus, facts: Facts, *, at: date, parameters: Parameters) -> Atlas:
    """Return the atlas of a corpus at a date: operators and links in corpus order, control over all carriers.

    Nothing declared is dropped: what leads to no single carrier stands in `unresolved` and, unless it is the
    network's own gateway or an edge agent's host, as an open node among the links.
    """
    mentions = Resolver(facts).mentions(corpus.declarations, at)
    territory_seat = parameters["territory_seat"]
    ownership = ownership_at(facts, at)
    nodes = chain.from_iterable(corpus.numbering_by_kind.get("node", {}).values())
    return Atlas(
        at=at,
        operators=_operators(corpus.networks, mentions),
        links=link_rows(mentions, at, parameters),
        control=control_rows(facts, ownership, territory_seat=territory_seat),
        unresolved=unresolved_rows(mentions),
        vendors=vendor_rows(nodes, facts, ownership, at=at, territory_seat=territory_seat),
        carrier_entities={carrier.id: carrier.entity for carrier in facts.carriers.values()},
        controller_names=controller_names(facts, state_bodies(facts)),
    )


def owned_anew(atlas: Atlas, facts: Facts, *, parameters: Mapping[str, float]) -> Atlas:
    """Return the atlas with control read anew out of other facts, everything declared as it stands.

    A state or owner that only the other facts know can be named as controller from then on.
    """
    ownership = ownership_at(facts, atlas.at)
    return replace(
        atlas,
        control=control_rows(facts, ownership, territory_seat=parameters["territory_seat"]),
        carrier_entities={carrier.id: carrier.entity for carrier in facts.carriers.values()},
        controller_names=controller_names(facts, state_bodies(facts)),
    )


def _operators(networks: Iterable[Network], mentions: Iterable[Mention]) -> tuple[Operator, ...]:
    said: dict[str, dict[str, set[str]]] = {}
    for mention in mentions:
        said.setdefault(mention.tadig, {}).setdefault(mention.service, set()).add(_says(mention))
    return tuple(_operator(network, said.get(network.tadig, {})) for network in networks)


def _says(mention: Mention) -> str:
    if mention.pending or (mention.hosted and not mention.candidates):
        return "missing"
    return "own_gateway" if mention.reason == "own_gateway" else "declared"


def _operator(network: Network, said: dict[str, set[str]]) -> Operator:
    """The state of each service at the date: what is pending or leads nowhere leaves the service missing."""
    services: dict[str, str] = {service: state for service, state in network.services.items() if service not in said}
    for service, states in said.items():
        services[service] = next(state for state in _STRONGEST if state in states)
    return Operator(
        tadig=network.tadig,
        country=network.country,
        organisation=network.organisation,
        mcc_mnc=network.mcc_mnc,
        services=services,
        document_created=network.document_created,
    )
