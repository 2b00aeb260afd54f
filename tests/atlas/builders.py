"""Small fictional facts and declarations: every test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ipxray.declarations import SERVICES, Corpus, Declaration, Network, Numbering
from ipxray.facts import (
    Alias,
    Carrier,
    CarrierAsn,
    Country,
    Entity,
    Facts,
    KnownNetwork,
    OwnershipStatement,
    Share,
    SignallingPoint,
    Vendor,
)
from ipxray.identity import PointCode

AT = date(2026, 1, 1)
CREATED = date(2025, 7, 1)
SOURCE = "gazette"
STATES = ("XA", "XB")
TERRITORY = "XH"  # belongs to XA


def carrier(carrier_id: str, name: str = "", **more: Any) -> Carrier:
    """A carrier seated in XB; `asns` as plain numbers."""
    asns = tuple(CarrierAsn(number, "internet", SOURCE) for number in more.pop("asns", ()))
    more = {"entity": carrier_id, "seat": "XB", "source": f"{SOURCE}-{carrier_id}", "asns": asns, **more}
    return Carrier(id=carrier_id, name=name or carrier_id.replace("-", " ").title(), **more)


def alias(text: str, *carriers: str, since: date | None = None, until: date | None = None) -> Alias:
    return Alias(text, carriers, since, until, SOURCE)


def entity(entity_id: str, kind: Any = "registeredEntity", jurisdiction: str | None = "XB") -> Entity:
    return Entity(entity_id, entity_id.replace("-", " ").title(), kind, jurisdiction, SOURCE)


def share(least: float, most: float | None = None, *, over: bool = False, under: bool = False) -> Share:
    """An exact share, or an interval whose bounds may be excluded."""
    return Share(least, least if most is None else most, over, under)


def owns(owner: str, subject: str, held: Share | float | None, **more: Any) -> OwnershipStatement:
    """`owner` holds `subject`: a share in percent, an interval, or None for an interest that is no share."""
    exact = share(held) if isinstance(held, int | float) else held
    kind = "shareholding" if exact else "appointmentOfBoard"
    more = {"start_date": None, "end_date": None, "as_of": None, "source": f"{owner}-on-{subject}", **more}
    return OwnershipStatement(
        subject=subject, interested_party=owner, interest_type=more.pop("interest_type", kind), share=exact, **more
    )


def point(code: str, owner: str) -> SignallingPoint:
    return SignallingPoint(PointCode.parse(code).value, "GATEWAY", owner, "XB", SOURCE)


def country(code: str, name: str, territory_of: str | None = None) -> Country:
    return Country(code, f"{code}{code[-1]}", name, ("999",), ("001",), "Fiction", None, None, territory_of, SOURCE)


def facts(
    carriers: Iterable[Carrier] = (),
    *,
    aliases: Iterable[Alias] = (),
    entities: Iterable[Entity] = (),
    ownership: Iterable[OwnershipStatement] = (),
    points: Iterable[SignallingPoint] = (),
    networks: Iterable[KnownNetwork] = (),
    vendors: Iterable[Vendor] = (),
) -> Facts:
    """Facts of a world with the states XA and XB and the territory XH of XA; each carrier is its own entity."""
    known = {each.id: each for each in carriers}
    implied = {each.entity: entity(each.entity) for each in known.values()}
    states = {f"state-{code.lower()}": entity(f"state-{code.lower()}", "state", code) for code in STATES}
    places = (country("XA", "Ixalia"), country("XB", "Ixbia"), country(TERRITORY, "Ixhaven", "XA"))
    return Facts(
        sources={},
        countries={each.iso2: each for each in places},
        groups={},
        networks=tuple(networks),
        signalling_points=tuple(points),
        carriers=known,
        aliases=tuple(aliases),
        entities=states | implied | {each.id: each for each in entities},
        ownership=tuple(ownership),
        vendors={each.id: each for each in vendors},
        policy_actions=(),
        incidents=(),
        fictional=True,
    )


def declares(tadig: str, service: str, name: str, **more: Any) -> Declaration:
    """One declaration row; its path is made of service, name and point code unless given."""
    place = f"{service}/{name}/{more.get('point_code') or '-'}"
    row = Declaration(
        tadig=tadig,
        country="XB",
        organisation=f"Mobile {tadig}",
        mcc_mnc=("00101",),
        service=service,
        role_text=None,
        role="unstated",
        carrier_text=name,
        carrier_name=name,
        point_code=None,
        asn=None,
        effective_from=None,
        document_created=CREATED,
        schema_version="14.0",
        document_sha256=f"sha-{tadig}",
        element_path=place,
        inferred=False,
        confidence="high",
        own_gateway=False,
    )
    return row._replace(**more)


def node(tadig: str, node_class: str, vendor: str | None, effective_from: date | None = None) -> Numbering:
    return numbering(tadig, "node", "99911")._replace(
        node_class=node_class, vendor_text=vendor, effective_from=effective_from
    )


def numbering(tadig: str, kind: str, value: str) -> Numbering:
    return Numbering(tadig, kind, value, None, None, None, None, None, None, CREATED, f"sha-{tadig}", f"{kind}/{value}")


def network(tadig: str, services: dict[Any, Any] | None = None, **more: Any) -> Network:
    """A network that says nothing of any service but those given."""
    states: dict[Any, Any] = dict.fromkeys(SERVICES, "missing") | (services or {})
    row = Network(
        tadig, "XB", f"Mobile {tadig}", tadig, ("00101",), CREATED, "14.0", f"sha-{tadig}", f"{tadig}.xml", states
    )
    return row._replace(**more)


def corpus(
    declarations: Sequence[Declaration] = (), *, networks: Sequence[Network] = (), rows: Sequence[Numbering] = ()
) -> Corpus:
    """A corpus; networks not given are those that declare, each service they name being declared."""
    said: dict[str, dict[str, str]] = {}
    for row in declarations:
        said.setdefault(row.tadig, {})[row.service] = "own_gateway" if row.own_gateway else "declared"
    found = tuple(networks) or tuple(network(tadig, services) for tadig, services in said.items())
    return Corpus(found, tuple(declarations), tuple(rows), (), ())
