"""The reference tables of one run, out of declarations, facts, the atlas and shipped data."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from importlib.resources import files

from ipxray.atlas import Atlas
from ipxray.declarations import Corpus
from ipxray.detection.indicators import Indicator, indicator_rows
from ipxray.detection.networks import Networks, number_networks
from ipxray.detection.prefixes import declared_kinds, prefixes
from ipxray.detection.references import (
    Border,
    CarrierDomain,
    DeclaredKind,
    DeclaredRoute,
    HopPosition,
    IndicatorRow,
    NetworkRow,
    OperationRow,
    Place,
    PointCarrier,
    Prefix,
)
from ipxray.errors import UsageError
from ipxray.facts import Facts, normalise_name
from ipxray.identity import PointCode
from ipxray.tables import Table

__all__ = ["operation_rows", "reference_tables"]

_SERVICES = {
    "sccp": (1,),
    "sms_hub": (1,),
    "roaming_hub": (1, 2),
    "diameter": (2,),
    "grx": (3,),
    "n32": (4,),
}
"""Which protocols' messages a declared service may bring: a hub's traffic rides on the signalling network."""

_REGISTERING = frozenset({("gtpv2", "32"), ("gtpv1", "16"), ("gtpv0", "16")})
"""Opening a session says where a subscriber is, as a registration does."""
_TELLING = frozenset({("map", "57"), ("diameter", "323")})
"""restoreData and Notify lie in the family of registrations and register nobody."""
_ROUTING = frozenset({("map", "45"), ("diameter", "8388647")})
"""sendRoutingInfoForSM and its twin of S6c."""

_LONGEST_PATH = 16
"""Route-Records that a message row keeps."""


def reference_tables(
    corpus: Corpus, facts: Facts, atlas: Atlas, indicators: Sequence[Indicator], home: Collection[str]
) -> list[Table]:
    """Build every table that messages are joined with. Raises UsageError when no network of `home` is known."""
    networks = number_networks(corpus, facts, home)
    ranges = prefixes(corpus, facts, networks)
    places, borders = _places()
    return [
        Table("networks", NetworkRow, networks.rows),
        Table("prefixes", Prefix, ranges),
        Table("declared_kinds", DeclaredKind, declared_kinds(ranges)),
        Table("places", Place, places),
        Table("borders", Border, borders),
        Table("operations", OperationRow, operation_rows()),
        Table("point_carriers", PointCarrier, tuple(sorted(set(_point_carriers(corpus, facts, atlas))))),
        Table("carrier_domains", CarrierDomain, tuple(_carrier_domains(facts))),
        Table("declared_routes", DeclaredRoute, tuple(sorted(set(_declared_routes(atlas, networks))))),
        Table("indicators", IndicatorRow, tuple(indicator_rows(indicators))),
        Table("hop_positions", HopPosition, tuple(HopPosition(n) for n in range(1, _LONGEST_PATH + 1))),
    ]


def operation_rows() -> tuple[OperationRow, ...]:
    """The shipped operation table, one row per operation and application context, its directions side by side."""
    text = files("ipxray").joinpath("data/operations.csv").read_text(encoding="utf-8")
    found: dict[tuple[str, str, str], dict[str, str | None]] = {}
    for row in csv.DictReader(text.splitlines()):
        key = row["protocol"], row["operation_code"] or row["operation"], row["application"]
        entry = found.setdefault(key, {})
        suffix = f"_{row['direction']}" if row["direction"] else ""
        entry["category" + suffix] = row["category"] or None
        entry["legit" + suffix] = row["legit_direction"] or None
        entry.setdefault("family", row["family"])
    return tuple(
        OperationRow(
            number,
            *key,
            family=entry["family"] or "other",
            role=_role(*key[:2], entry["family"] or ""),
            category=entry.get("category"),
            legit_direction=entry.get("legit"),
            category_toward_home=entry.get("category_toward_home"),
            legit_toward_home=entry.get("legit_toward_home"),
            category_from_home=entry.get("category_from_home"),
            legit_from_home=entry.get("legit_from_home"),
        )
        for number, (key, entry) in enumerate(found.items(), start=1)
    )


def _role(protocol: str, operation: str, family: str) -> int:
    """What an operation does to the history of a subscriber."""
    if (protocol, operation) in _REGISTERING or (family == "registration" and (protocol, operation) not in _TELLING):
        return 1
    if (protocol, operation) in _ROUTING:
        return 4
    return {"authentication": 2, "cancel": 3}.get(family, 0)


def _places() -> tuple[tuple[Place, ...], tuple[Border, ...]]:
    text = files("ipxray").joinpath("data/places.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    places = tuple(Place(row["country"], float(row["latitude"]), float(row["longitude"])) for row in rows)
    borders = tuple(Border(row["country"], other) for row in rows for other in row["neighbours"].split())
    return places, borders


def _declared_routes(atlas: Atlas, networks: Networks) -> Iterator[DeclaredRoute]:
    for link in atlas.links:
        code = networks.by_name.get(link.tadig)
        if code is not None and not link.pending:
            for service in _SERVICES.get(link.service, ()):
                for carrier in link.candidates:
                    yield DeclaredRoute(code, service, carrier)


def _point_carriers(corpus: Corpus, facts: Facts, atlas: Atlas) -> Iterator[PointCarrier]:
    """Who holds a point code: the carrier that the ITU list's owner is, and the one declared beside it."""
    owners: dict[str, list[str]] = {}
    for carrier in facts.carriers.values():
        for owner in carrier.ispc_owners:
            owners.setdefault(normalise_name(owner), []).append(carrier.id)
    for point in facts.signalling_points:
        for holder in owners.get(normalise_name(point.owner), ()):
            yield PointCarrier(str(point.point_code), holder)
    named = {(link.tadig, source): link.candidates for link in atlas.links for source in link.sources}
    for row in corpus.declarations:
        value = _value(row.point_code)
        if value is not None:
            for candidate in named.get((row.tadig, row.element_path), ()):
                yield PointCarrier(str(value), candidate)


def _value(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return PointCode.parse(text).value
    except UsageError:
        return None


def _carrier_domains(facts: Facts) -> Iterator[CarrierDomain]:
    for carrier in facts.carriers.values():
        for domain in carrier.host_domains:
            name = domain.lower().strip(".")
            yield CarrierDomain(name, len(name), carrier.id)
