"""What a partner would ask about a corpus once the registers are laid beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ipxray.atlas.check_names import name_problems
from ipxray.atlas.check_networks import network_problems
from ipxray.atlas.mentions import Resolver
from ipxray.declarations import Corpus, Problem
from ipxray.facts import Facts

__all__ = ["PROBLEMS", "cross_check"]

PROBLEMS: Mapping[str, str] = {
    "unknown-carrier": "a carrier name that no fact knows",
    "ambiguous-carrier": "a carrier name that means several carriers, with nothing beside it that decides",
    "point-code-of-another": "a point code whose owner in the ITU list is not known to be the declared carrier",
    "point-code-not-listed": "a point code that the ITU list does not hold",
    "asn-of-another-carrier": "an AS number beside a carrier's name that belongs to another carrier",
    "undeclared-host": "an edge agent hosted by a carrier that the network does not declare for this service",
    "own-asn-of-a-carrier": "a carrier's AS number among the network's own",
    "plmn-of-another-network": "a PLMN id that registers give to another network or country",
    "tadig-of-another-country": "a TADIG code that registers give to another country",
}
"""Code → what it means. None removes a row: all are warnings and notes."""


def cross_check(corpus: Corpus, facts: Facts, *, at: date) -> tuple[Problem, ...]:
    """Compare what is declared with the registers; return each difference once, names first, in corpus order."""
    paths = {network.tadig: network.document_path for network in corpus.networks}
    resolver = Resolver(facts)
    found = [
        *name_problems(resolver.mentions(corpus.declarations, at), resolver, paths, facts),
        *network_problems(corpus, resolver.registers, facts),
    ]
    return tuple(dict.fromkeys(found))
