"""Every name that a row takes from elsewhere: its source, countries, carriers, entities. Each must exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from ipxray.facts.assembly import is_user_assigned
from ipxray.facts.faults import FaultList, Place
from ipxray.facts.layer import Layer
from ipxray.facts.model import Facts, KnownNetwork, SignallingPoint
from ipxray.facts.sources import LAB_URL

__all__ = ["report_references"]

# XK is user-assigned, yet the code that statistics and operators use for Kosovo.
CONVENTIONAL_CODES = frozenset({"XK"})
# The nearest name costs milliseconds to find; after so many faults it is no typing error.
MAX_HINTS = 30


class _Mention(NamedTuple):
    kind: str
    field: str
    name: str | None


def report_references(layer: Layer, facts: Facts, faults: FaultList) -> None:
    """Fault every row of `layer` that names a source, country, carrier or entity which is not among `facts`."""
    known: Mapping[str, Any] = {
        "source": facts.sources,
        "carrier": facts.carriers,
        "entity": facts.entities,
        "party": facts.carriers.keys() | facts.entities.keys() | facts.vendors.keys(),
    }
    for place, mention in chain(_mentions(layer), _mentions_of_long_tables(layer, facts)):
        if mention.name is None:
            continue
        if mention.kind == "country":
            if problem := _country_problem(mention.name, facts):
                faults.add(place, mention.field, problem)
        elif mention.name not in known[mention.kind]:
            name = mention.name[:100]
            near = get_close_matches(name, known[mention.kind], n=1) if len(faults.found) < MAX_HINTS else []
            hint = f": did you mean {near[0]}?" if near else ""
            faults.add(place, mention.field, f"no {mention.kind} is called {name!r}{hint}")
    _report_invention(layer, facts, faults)


def _country_problem(code: str, facts: Facts) -> str | None:
    if code in facts.countries or (facts.fictional and is_user_assigned(code)):
        return None
    if is_user_assigned(code):
        return f"{code} is nobody's country: such codes need [world] fictional = true"
    return f"no country has the code {code[:20]!r}"


def _report_invention(layer: Layer, facts: Facts, faults: FaultList) -> None:
    """Fault what only a fictional world may have, what it may not have, and an alpha-3 code that two countries bear."""
    for country, place in layer.countries:
        code = country.iso2
        if facts.country_by_iso3[country.iso3] != code:
            faults.add(place, "iso3", f"{country.iso3} is the code of {facts.country_by_iso3[country.iso3]}")
        if is_user_assigned(code) and not facts.fictional and code not in CONVENTIONAL_CODES:
            faults.add(place, "iso2", f"{code} is nobody's country: such codes need [world] fictional = true")
        if code in CONVENTIONAL_CODES and layer.fictional:
            faults.add(place, "iso2", f"{code} stands for a real country here: choose another code for a fictional one")
    for source, place in layer.sources:
        if source.url == LAB_URL and not facts.fictional:
            faults.add(place, "url", f"{LAB_URL} needs [world] fictional = true")


def _mentions(layer: Layer) -> Iterator[tuple[Place, _Mention]]:
    for country, place in layer.countries:
        yield place, _Mention("source", "source", country.source)
        yield place, _Mention("country", "territory_of", country.territory_of)
    for kind, entries in layer.entries.items():
        find = _MENTIONS[kind]
        for row, place in entries:
            for mention in find(row):
                yield place, mention


def _mentions_of_long_tables(layer: Layer, facts: Facts) -> Iterator[tuple[Place, _Mention]]:
    """Only what may be a fault: the rows are thousands, and nearly all of them are well."""
    sources, countries = facts.sources, facts.countries
    for row, place in chain[tuple[KnownNetwork | SignallingPoint, Place]](layer.networks, layer.signalling_points):
        if row.source not in sources:
            yield place, _Mention("source", "source", row.source)
        if row.country is not None and row.country not in countries:
            yield place, _Mention("country", "country", row.country)


def _of_group(row: Any) -> Iterator[_Mention]:
    for member in row.members:
        yield _Mention("country", "members", member.country)
        yield _Mention("source", "members", member.source)


def _of_carrier(row: Any) -> Iterator[_Mention]:
    yield from _of_vendor(row)
    for asn in row.asns:
        yield _Mention("source", "asns", asn.source)


def _of_vendor(row: Any) -> Iterator[_Mention]:
    yield _Mention("source", "source", row.source)
    yield _Mention("country", "seat", row.seat)
    yield _Mention("entity", "entity", row.entity)


def _of_alias(row: Any) -> Iterator[_Mention]:
    yield _Mention("source", "source", row.source)
    for carrier in row.carriers:
        yield _Mention("carrier", "carriers", carrier)


def _of_entity(row: Any) -> Iterator[_Mention]:
    yield _Mention("source", "source", row.source)
    yield _Mention("country", "jurisdiction", row.jurisdiction)


def _of_ownership(row: Any) -> Iterator[_Mention]:
    yield _Mention("source", "source", row.source)
    yield _Mention("entity", "subject", row.subject)
    yield _Mention("entity", "interested_party", row.interested_party)


def _of_policy_action(row: Any) -> Iterator[_Mention]:
    yield _Mention("source", "source", row.source)
    yield _Mention("country", "country", row.country)
    for party in row.concerns:
        yield _Mention("party", "concerns", party)


def _of_incident(row: Any) -> Iterator[_Mention]:
    yield _Mention("source", "source", row.source)
    for code in row.countries:
        yield _Mention("country", "countries", code)


_MENTIONS: Mapping[str, Callable[[Any], Iterator[_Mention]]] = MappingProxyType(
    {
        "group": _of_group,
        "carrier": _of_carrier,
        "alias": _of_alias,
        "entity": _of_entity,
        "ownership": _of_ownership,
        "vendor": _of_vendor,
        "policy_action": _of_policy_action,
        "incident": _of_incident,
    }
)
