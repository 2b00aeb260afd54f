"""Small fictional atlases, written by hand: every test names only what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ipxray.atlas import Adversary, Atlas, Link, Membership, Operator
from ipxray.exposure import Exposure
from ipxray.facts import Country, Facts, Group
from ipxray.facts.model import Membership as GroupMembership
from ipxray.parameters import Parameters

AT = date(2026, 1, 1)
INSIDE, PERHAPS = Membership(1.0, 1.0, 1.0), Membership(0.0, 0.0, 1.0)
DEFAULT = Parameters.default()
NOT_APPLICABLE = {"sccp": "not_applicable", "diameter": "not_applicable", "grx": "not_applicable"}

Box = tuple[float, float, float]


def primary(first: str, *backups: str) -> dict[str, Box]:
    """A primary carrier and its backups in the default boxes of docs/method.md §4."""
    if not backups:
        return {first: (1.0, 1.0, 1.0)}
    return {first: (0.8, 0.9, 1.0)} | {name: (0.0, 0.1 / len(backups), 0.2) for name in backups}


def unstated(*names: str) -> dict[str, Box]:
    """Carriers of which nothing but the name is declared."""
    return {name: (float(len(names) == 1), 1.0 / len(names), 1.0) for name in names}


def links(
    tadig: str,
    service: str,
    boxes: Mapping[str, Box],
    *,
    candidates: Mapping[str, Sequence[str]] | None = None,
    confirmed: Sequence[str] = (),
    fresh_days: int | None = 0,
    pending: bool = False,
) -> list[Link]:
    """One link a carrier. A name in `candidates` is ambiguous, or unknown when it has none."""
    found = []
    for name, (low, point, high) in boxes.items():
        meant = (candidates or {}).get(name)
        node = name if meant is None else f"ambiguous:{name}" if meant else f"unknown:{name}"
        found.append(
            Link(
                tadig=tadig,
                service=service,
                carrier_id=name if meant is None else None,
                node=node,
                candidates=(name,) if meant is None else tuple(sorted(meant)),
                carrier_name=name,
                role="unstated",
                share_low=low,
                share_point=point,
                share_high=high,
                sources=(f"Network[1]/{service}[1]",),
                confirmed_by=("ispc",) if name in confirmed else (),
                inferred=False,
                pending=pending,
                fresh_days=fresh_days,
            )
        )
    return found


def operator(tadig: str, country: str | None, **services: str) -> Operator:
    """A network; a service that is not named is not applicable."""
    return Operator(tadig, country, f"{tadig} Mobile", (), NOT_APPLICABLE | services, AT)


def atlas(operators: Sequence[Operator], found: Sequence[Link]) -> Atlas:
    return Atlas(AT, tuple(operators), tuple(found), (), (), ())


def adversary(
    *inside: str, perhaps: Sequence[str] = (), controller: str = "XZ", rule: str = "majority_50"
) -> Adversary:
    members = dict.fromkeys(inside, INSIDE) | dict.fromkeys(perhaps, PERHAPS)
    return Adversary(controller, rule, members)


def country(code: str, subscriptions: int | None) -> Country:
    return Country(code, f"{code}X", f"Land {code}", (), (), "nowhere", subscriptions, 2025, None, "gazette")


def group(name: str, *members: str, since: date | None = None, until: date | None = None) -> Group:
    return Group(name, name.upper(), tuple(GroupMembership(code, since, until, "gazette") for code in members))


def facts(countries: Sequence[Country] = (), groups: Sequence[Group] = ()) -> Facts:
    return Facts(
        sources={},
        countries={one.iso2: one for one in countries},
        groups={one.id: one for one in groups},
        networks=(),
        signalling_points=(),
        carriers={},
        aliases=(),
        entities={},
        ownership=(),
        vendors={},
        policy_actions=(),
        incidents=(),
    )


def rows_of(rows: Sequence[Exposure], **wanted: str) -> list[Exposure]:
    """The rows whose columns have these values."""
    return [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]


def one_row(rows: Sequence[Exposure], **wanted: str) -> Exposure:
    """The only row with these values; outbound unless said otherwise."""
    (row,) = rows_of(rows, **{"perspective": "outbound", "direction": "both", **wanted})
    return row


def interval(row: Exposure) -> tuple[float, float, float]:
    return row.low, row.expected, row.high
