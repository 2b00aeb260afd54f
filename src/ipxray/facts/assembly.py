"""Layers laid over one another: what a later folder replaces, what adds up, what is implied and never written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any

from ipxray.facts.faults import FaultList, Place
from ipxray.facts.layer import Layer
from ipxray.facts.model import Carrier, Country, Entity, Facts, Vendor

__all__ = ["assemble", "is_user_assigned", "report_duplicates", "state_id"]

# ISO 3166-1 clause 8.1.3: codes that the standard leaves to its users.
_USER_ASSIGNED = re.compile("AA|Q[M-Z]|X[A-Z]|ZZ")
_STATE = re.compile("state-([a-z]{2})")


def _own_id(row: Any) -> Hashable:
    return row.id  # type: ignore[no-any-return]


_KEYS: Mapping[str, Callable[[Any], Hashable]] = MappingProxyType(
    {
        "sources": lambda row: row.key,
        "countries": lambda row: row.iso2,
        "networks": lambda row: (row.plmn, row.tadig),
        "signalling_points": lambda row: row.point_code,
    }
    | dict.fromkeys(("group", "carrier", "entity", "vendor", "policy_action", "incident"), _own_id)
)


def is_user_assigned(code: str) -> bool:
    """True for AA, QM to QZ, XA to XZ and ZZ, which no country holds; XK, used for Kosovo, is among them."""
    return _USER_ASSIGNED.fullmatch(code) is not None


def state_id(code: str) -> str:
    """The entity id of a country's state, `state-xx`."""
    return f"state-{code.lower()}"


def assemble(layers: Sequence[Layer]) -> Facts:
    """Build the facts of one run. A later row replaces the earlier one of its id; aliases and ownership add up."""
    countries: dict[str, Country] = _merged(layers, "countries")
    carriers: dict[str, Carrier] = _merged(layers, "carrier")
    vendors: dict[str, Vendor] = _merged(layers, "vendor")
    entities = {entity.id: entity for entity in _implied(layers, countries, carriers, vendors)}
    entities.update(_merged(layers, "entity"))
    return Facts(
        sources=MappingProxyType(_merged(layers, "sources")),
        countries=MappingProxyType(countries),
        groups=MappingProxyType(_merged(layers, "group")),
        networks=tuple(_networks(layers)),
        signalling_points=tuple(_merged(layers, "signalling_points").values()),
        carriers=MappingProxyType(carriers),
        aliases=tuple(row for layer in layers for row, _ in layer.entries["alias"]),
        entities=MappingProxyType(entities),
        ownership=tuple(row for layer in layers for row, _ in layer.entries["ownership"]),
        vendors=MappingProxyType(vendors),
        policy_actions=tuple(_merged(layers, "policy_action").values()),
        incidents=tuple(_merged(layers, "incident").values()),
        fictional=any(layer.fictional for layer in layers),
        digest=hashlib.sha256(b"".join(layer.digest for layer in layers)).hexdigest(),
    )


def report_duplicates(layer: Layer, faults: FaultList) -> None:
    """Fault every row whose id another row of the folder bears; networks may share a PLMN id unless all is the same."""
    for kind, key in _KEYS.items():
        if kind == "networks":
            key = _whole_row  # noqa: PLW2901
        seen: dict[Hashable, Place] = {}
        for row, place in _rows(layer, kind):
            first = seen.setdefault(key(row), place)
            if first is not place:
                faults.add(place, "", f"is there twice: first in {first}")


def _rows(layer: Layer, kind: str) -> list[tuple[Any, Place]]:
    return layer.entries[kind] if kind in layer.entries else getattr(layer, kind)


def _whole_row(row: Any) -> Hashable:
    return tuple(row)


def _merged(layers: Sequence[Layer], kind: str) -> dict[Any, Any]:
    key = _KEYS[kind]
    return {key(row): row for layer in layers for row, _ in _rows(layer, kind)}


def _networks(layers: Sequence[Layer]) -> Iterator[Any]:
    """Every layer's networks but those whose PLMN id and TADIG code a later layer has as well."""
    key = _KEYS["networks"]
    later: set[Hashable] = set()
    kept: list[list[Any]] = []
    for layer in reversed(layers):
        kept.append([row for row, _ in layer.networks if not later or key(row) not in later])
        later.update(key(row) for row, _ in layer.networks)
    return chain.from_iterable(reversed(kept))


def _implied(
    layers: Sequence[Layer],
    countries: Mapping[str, Country],
    carriers: Mapping[str, Carrier],
    vendors: Mapping[str, Vendor],
) -> Iterator[Entity]:
    for code, country in countries.items():
        yield Entity(state_id(code), country.name, "state", code, country.source)
    for code, source in sorted(_undescribed_states(layers, countries).items()):
        yield Entity(state_id(code), f"State {code}", "state", code, source)
    for vendor in vendors.values():
        if vendor.entity == vendor.id:
            yield Entity(vendor.id, vendor.name, "registeredEntity", vendor.seat, vendor.source)
    for carrier in carriers.values():
        if carrier.entity == carrier.id:
            name = carrier.legal_name or carrier.name
            yield Entity(carrier.id, name, "registeredEntity", carrier.seat, carrier.source)


def _undescribed_states(layers: Sequence[Layer], countries: Mapping[str, Country]) -> dict[str, str]:
    """User-assigned codes that a fictional world names without a row in countries.csv → the source of who names it."""
    found: dict[str, str] = {}
    for layer in layers:
        if layer.fictional:
            for row, _ in chain(layer.entries["carrier"], layer.entries["vendor"]):
                found.setdefault(row.seat or "", row.source)
            for row, _ in layer.entries["entity"]:
                found.setdefault(row.jurisdiction or "", row.source)
            for row, _ in layer.entries["ownership"]:
                for party in (row.interested_party, row.subject):
                    if match := _STATE.fullmatch(party):
                        found.setdefault(match[1].upper(), row.source)
    return {code: source for code, source in found.items() if is_user_assigned(code) and code not in countries}
