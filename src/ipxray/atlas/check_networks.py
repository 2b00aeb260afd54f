"""Differences between what a network says of itself and what numbering registers say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ipxray.atlas.confirm import Registers
from ipxray.declarations import Corpus, Network, Problem
from ipxray.facts import Facts, KnownNetwork

__all__ = ["network_problems"]


def network_problems(corpus: Corpus, registers: Registers, facts: Facts) -> Iterator[Problem]:
    """Yield the problems of each network's codes, then those of its own AS numbers, in the order of the corpus."""
    by_plmn: dict[str, list[KnownNetwork]] = {}
    by_tadig: dict[str, list[KnownNetwork]] = {}
    for known in facts.networks:
        by_plmn.setdefault(known.plmn, []).append(known)
        if known.tadig:
            by_tadig.setdefault(known.tadig, []).append(known)
    for network in corpus.networks:
        for plmn in network.mcc_mnc:
            yield from _plmn(network, plmn, by_plmn.get(plmn, []), facts)
        yield from _tadig(network, by_tadig.get(network.tadig, []), facts)
    yield from _own_asns(corpus, registers)


def _plmn(network: Network, plmn: str, known: list[KnownNetwork], facts: Facts) -> Iterator[Problem]:
    if not known:
        return
    if elsewhere := _elsewhere(network, known, facts):
        message = f"PLMN id {plmn} is registered in {elsewhere} to {known[0].operator}"
        yield _problem(
            network, "warning", "plmn-of-another-network", message, "ask whether the code is written correctly"
        )
        return
    tadigs = sorted({each.tadig for each in known if each.tadig})
    if tadigs and network.tadig not in tadigs:
        message = f"PLMN id {plmn} is registered to {known[0].operator} under {', '.join(tadigs)}"
        yield _problem(
            network, "note", "plmn-of-another-network", message, "several networks may share one code: compare"
        )


def _tadig(network: Network, known: list[KnownNetwork], facts: Facts) -> Iterator[Problem]:
    if elsewhere := _elsewhere(network, known, facts):
        message = f"TADIG code {network.tadig} is registered in {elsewhere} to {known[0].operator}"
        yield _problem(
            network, "warning", "tadig-of-another-country", message, "ask whether the code is written correctly"
        )


def _elsewhere(network: Network, known: list[KnownNetwork], facts: Facts) -> str:
    """Return the registers' countries in words when none is the network's; empty when one is or nothing is known.

    A territory and its state are one country here: registers differ in where they put a network of an overseas
    territory.
    """
    countries = sorted({each.country for each in known if each.country})
    if network.country is None or _state(network.country, facts) in {_state(each, facts) for each in countries}:
        return ""
    return ", ".join(countries)


def _state(code: str, facts: Facts) -> str:
    country = facts.countries.get(code)
    return (country.territory_of if country else None) or code


def _own_asns(corpus: Corpus, registers: Registers) -> Iterator[Problem]:
    paths = {network.tadig: network.document_path for network in corpus.networks}
    for row in chain.from_iterable(corpus.numbering_by_kind.get("asn", {}).values()):
        if row.value.isdecimal() and (holders := registers.asn_holders(int(row.value))):
            message = f"AS {row.value}, listed as the network's own, belongs to {' or '.join(sorted(holders))}"
            hint = "own ASNs are no proof of who routes: compare with the declared carriers"
            path = paths.get(row.tadig, row.document_sha256)
            yield Problem(path, row.tadig, "note", "own-asn-of-a-carrier", message, hint, row.element_path)


def _problem(network: Network, severity: str, code: str, message: str, hint: str) -> Problem:
    return Problem(network.document_path, network.tadig, severity, code, message, hint, None)
