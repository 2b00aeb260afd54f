"""The facts of a fictional world in the format of the shipped ones: world.toml and two CSV tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ipxray.lab.carriers import AmbiguousName
from ipxray.lab.market import ReusedName
from ipxray.lab.places import STATES, TERRITORY
from ipxray.lab.plan import AT, Holder, PlannedCarrier, PlannedVendor, Stake

__all__ = ["countries_csv", "signalling_points_csv", "world_toml"]

_SOURCE = "lab-world"
_URL = "urn:ipxray:lab"


def world_toml(
    seed: int,
    carriers: Sequence[PlannedCarrier],
    names: tuple[Sequence[AmbiguousName], ReusedName],
    owners: tuple[Sequence[Holder], Sequence[Stake]],
    vendors: Sequence[PlannedVendor],
) -> str:
    """Carriers, their names, their owners and the vendors, with the mark that makes every output say: fictional."""
    holders, stakes = owners
    groups = {carrier.entity: carrier for carrier in carriers if carrier.entity != carrier.id}
    tables = [
        _table("[world]", {"fictional": True, "name": f"Fictional world of seed {seed}"}),
        _source(seed),
        *map(_carrier, carriers),
        *_aliases(carriers, *names),
        *(_entity(Holder(key, f"{each.name} Group", "registeredEntity", each.seat)) for key, each in groups.items()),
        *map(_entity, holders),
        *map(_ownership, stakes),
        *map(_vendor, vendors),
    ]
    return "\n".join(tables)


def countries_csv(words: Iterator[str]) -> str:
    """The fictional states and the territory of the first of them."""
    header = (
        "iso2,iso3,name,calling_codes,mobile_country_codes,region,subscriptions,subscriptions_year,territory_of,source"
    )
    rows = [f"{code},{code}A,Republic of {next(words)},,,Nowhere,,,,{_SOURCE}" for code in STATES]
    rows.append(f"{TERRITORY},{TERRITORY}A,Isle of {next(words)},,,Nowhere,,,{STATES[0]},{_SOURCE}")
    return "\n".join([header, *rows, ""])


def signalling_points_csv(carriers: Sequence[PlannedCarrier]) -> str:
    """The point codes of the fictional carriers, in zones that ITU-T Q.708 leaves unassigned."""
    rows = [
        f"{code >> 11}-{code >> 3 & 255:03d}-{code & 7},{carrier.id},{_owner(carrier)},{carrier.seat},{_SOURCE}"
        for carrier in carriers
        for code in carrier.point_codes
    ]
    return "\n".join(["point_code,name,owner,country,source", *rows, ""])


def _source(seed: int) -> str:
    fields = {
        "publisher": "ipxray lab",
        "title": f"Fictional world of seed {seed}",
        "url": _URL,
        "retrieved": AT,
        "mark": "weak",
    }
    return _table(f"[sources.{_SOURCE}]", fields)


def _owner(carrier: PlannedCarrier) -> str:
    return f"{carrier.name} Ltd"


def _carrier(carrier: PlannedCarrier) -> str:
    asns = [{"asn": carrier.asn, "use": "grx"}] if carrier.asn else []
    fields: dict[str, object] = {"id": carrier.id, "name": carrier.name, "seat": carrier.seat}
    if carrier.entity != carrier.id:
        fields["entity"] = carrier.entity
    fields |= {"ispc_owners": [_owner(carrier)], "host_domains": [carrier.host_domain], "asns": asns}
    return _table("[[carrier]]", fields | {"source": _SOURCE})


def _aliases(
    carriers: Sequence[PlannedCarrier], ambiguous: Sequence[AmbiguousName], reused: ReusedName
) -> Iterator[str]:
    for carrier in carriers:
        for text in carrier.aliases:
            yield _alias(text, [carrier.id])
        if carrier.old_name:
            yield _alias(carrier.old_name, [carrier.id], until=carrier.renamed)
    for name in ambiguous:
        yield _alias(name.text, list(name.carriers))
    yield _alias(reused.text, [reused.before], until=reused.changed)
    yield _alias(reused.text, [reused.since], since=reused.changed)


def _alias(text: str, carriers: list[str], **dates: date | None) -> str:
    return _table("[[alias]]", {"text": text, "carriers": carriers, **dates, "source": _SOURCE})


def _entity(holder: Holder) -> str:
    return _table("[[entity]]", {**holder._asdict(), "source": _SOURCE})


def _ownership(stake: Stake) -> str:
    share: dict[str, float] | None = None
    if stake.least is not None and stake.most is not None:
        if stake.least == stake.most:
            share = {"exact": stake.least / 100}
        else:
            lower = "exclusive_minimum" if stake.above_least else "minimum"
            upper = "exclusive_maximum" if stake.below_most else "maximum"
            share = {lower: stake.least / 100, upper: stake.most / 100}
    fields = {
        "subject": stake.subject,
        "interested_party": stake.holder,
        "interest_type": stake.interest_type,
        "share": share,
        "as_of": stake.as_of,
        "start_date": stake.start,
        "end_date": stake.end,
        "source": _SOURCE,
    }
    return _table("[[ownership]]", fields)


def _vendor(vendor: PlannedVendor) -> str:
    return _table("[[vendor]]", {**vendor._asdict(), "source": _SOURCE})


def _table(header: str, fields: Mapping[str, object]) -> str:
    lines = [f"{name} = {_value(value)}" for name, value in fields.items() if value is not None]
    return "\n".join([header, *lines, ""])


def _value(value: object) -> str:
    """One value as TOML. Texts here are ASCII without control characters, which TOML and JSON quote alike."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | date):
        return str(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_value(each)}" for name, each in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value)
