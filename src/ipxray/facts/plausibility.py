"""What a single row can say that cannot be: dates, AS numbers, names of owners, one alias for two carriers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain

from ipxray.facts.faults import FaultList, Place
from ipxray.facts.layer import Layer
from ipxray.facts.model import Alias, Facts, Source
from ipxray.facts.naming import normalise_name

__all__ = ["report_implausible"]

# Treaties and sales are announced years ahead, never this many.
_FORESIGHT = timedelta(days=5 * 366)
# A name passes from one company to another a few times in a century.
MAX_PERIODS = 50
# No state, treaty or company among the facts is bound by an older date.
_EARLIEST = date(1800, 1, 1)
# RFC 7607: 0; RFC 6793 §9: 23456 stands for a number that does not fit 16 bits; RFC 7300: the last numbers.
_RESERVED_ASNS = frozenset({0, 23456, 65535, 4_294_967_295})
# RFC 5398 and RFC 6996: for documentation and private use. On a GRX private numbers are in use between its members.
_PRIVATE_ASNS = (range(64_496, 65_535), range(65_536, 65_552), range(4_200_000_000, 4_294_967_295))


def report_implausible(layer: Layer, facts: Facts, today: date | None, faults: FaultList) -> None:
    """Fault what cannot be, warn of what is most likely a slip; `today` bounds the dates of retrieval."""
    for source, place in layer.sources:
        if today is not None and source.retrieved > today:
            faults.add(place, "retrieved", f"{source.retrieved} lies in the future")
    for place, field, day, key in _dates(layer):
        source_row = facts.sources.get(key)
        if source_row is not None and (problem := _date_problem(field, day, source_row)):
            faults.add(place, field, problem)
    _report_asns(layer, facts, faults)
    _report_aliases(layer, faults)
    _report_names(layer, facts, faults)
    _report_owners(layer, facts, faults)


def _dates(layer: Layer) -> Iterator[tuple[Place, str, date, str]]:
    """Every date of the layer's rows: place, field, date, key of the source that vouches for it."""
    for row, place in layer.entries["ownership"]:
        for field in ("as_of", "start_date", "end_date"):
            if (day := getattr(row, field)) is not None:
                yield place, field, day, row.source
    for row, place in layer.entries["alias"]:
        yield from ((place, field, day, row.source) for field in ("since", "until") if (day := getattr(row, field)))
    for row, place in layer.entries["group"]:
        for member in row.members:
            yield from ((place, "members", day, member.source) for day in (member.since, member.until) if day)
    for row, place in chain(layer.entries["policy_action"], layer.entries["incident"]):
        for text in row.date.split("/"):
            yield place, "date", date.fromisoformat(f"{text}-01-01"[:10]), row.source


def _date_problem(field: str, day: date, source: Source) -> str | None:
    if day < _EARLIEST:
        return f"{day} is before {_EARLIEST.year}"
    if field in {"as_of", "date"} and day > source.retrieved:
        return f"{day} is after {source.retrieved}, when its source {source.key} was taken over"
    if day > source.retrieved + _FORESIGHT:
        return f"{day} is more than five years after {source.retrieved}, when its source {source.key} was taken over"
    return None


def _report_asns(layer: Layer, facts: Facts, faults: FaultList) -> None:
    holders: dict[tuple[int, str], str] = {}
    for carrier, place in layer.entries["carrier"]:
        for entry in carrier.asns:
            private = any(entry.asn in numbers for numbers in _PRIVATE_ASNS) and entry.use == "internet"
            if entry.asn in _RESERVED_ASNS or (private and not facts.fictional):
                faults.add(place, "asns", f"{entry.asn} is a reserved or private AS number")
            holder = holders.setdefault((entry.asn, entry.use), carrier.id)
            if holder != carrier.id:
                faults.add(place, "asns", f"AS {entry.asn} ({entry.use}) is also given to {holder}", "warning")


def _report_aliases(layer: Layer, faults: FaultList) -> None:
    by_name: dict[str, list[tuple[Alias, Place]]] = defaultdict(list)
    for alias, place in layer.entries["alias"]:
        name = normalise_name(alias.text)
        if first := next((earlier for earlier in by_name[name] if _overlap(alias, earlier[0])), None):
            other, where = first[0], str(first[1])
            if set(alias.carriers) != set(other.carriers):
                message = f"{alias.text!r} names other carriers in {where}: write one alias with several carriers"
                faults.add(place, "carriers", message)
            elif alias.text == other.text:
                faults.add(place, "text", f"{alias.text!r} stands in {where} as well", "note")
        elif len(by_name[name]) < MAX_PERIODS:
            by_name[name].append((alias, place))
        else:
            faults.add(place, "text", f"{alias.text!r} is there more than {MAX_PERIODS} times")


def _report_names(layer: Layer, facts: Facts, faults: FaultList) -> None:
    """Warn of a name that two carriers bear, and of an alias that is another carrier's name and does not name it."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for carrier in facts.carriers.values():
        for name in (carrier.name, carrier.legal_name):
            bearers[normalise_name(name or "")].add(carrier.id)
    for carrier, place in layer.entries["carrier"]:
        if others := bearers[normalise_name(carrier.name)] - {carrier.id}:
            faults.add(place, "name", f"{carrier.name!r} is also the name of {', '.join(sorted(others))}", "warning")
    for alias, place in layer.entries["alias"]:
        if others := bearers.get(normalise_name(alias.text), set()) - set(alias.carriers):
            faults.add(place, "text", f"{alias.text!r} is the name of {', '.join(sorted(others))}", "warning")


def _overlap(one: Alias, other: Alias) -> bool:
    begins = max(one.since or date.min, other.since or date.min)
    return begins < min(one.until or date.max, other.until or date.max)


def _report_owners(layer: Layer, facts: Facts, faults: FaultList) -> None:
    """Warn of a point code owner that the ITU list does not have, or that two carriers claim."""
    owners = {point.owner for point in facts.signalling_points}
    claimed: dict[str, str] = {}
    for carrier, place in layer.entries["carrier"]:
        for owner in carrier.ispc_owners:
            if owner not in owners:
                faults.add(place, "ispc_owners", f"no signalling point has the owner {owner!r}", "warning")
            holder = claimed.setdefault(owner, carrier.id)
            if holder != carrier.id:
                faults.add(place, "ispc_owners", f"{owner!r} is also given to {holder}", "warning")
