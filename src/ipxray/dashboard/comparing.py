"""What changed between two assessments: links, networks, figures and findings, each with before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ipxray.dashboard.derived import OPERATORS
from ipxray.dashboard.filters import EVERYTHING
from ipxray.dashboard.lens import CLASSES, figures, lens_of
from ipxray.dashboard.store import Row, Store

__all__ = ["Change", "changes"]

_LEAST = 0.005
"""Shares that differ by less look alike with two digits."""
Key = tuple[Any, ...]


class Change(NamedTuple):
    """One thing that is not as it was: `what` it is about, `of` whom, in which `part`, before and after in words."""

    what: str
    of: str
    part: str
    change: str
    before: str
    after: str
    difference: float | None
    view: str


def changes(before: Store, after: Store) -> list[Row]:
    """Every difference, by what it is about. The order is that of the names, so the same two give the same rows."""
    found: list[Change] = []
    for differing in (_networks, _links, _figures, _touched, _controlled, _findings):
        found += differing(before, after)
    return [change._asdict() for change in found]


def _networks(before: Store, after: Store) -> Iterator[Change]:
    sql = "select tadig, coalesce(organisation, '') as name from operators"
    was, now = (_keyed(store.ask(sql, tables=OPERATORS), "tadig") for store in (before, after))
    yield from _came_and_went("network", was, now, lambda key, row: (key[0], "", row["name"]), "operators")


def _links(before: Store, after: Store) -> Iterator[Change]:
    sql = (
        "select tadig, service, node, list_sort(list(distinct role)) as roles, sum(share_point) as share "
        "from links where not pending group by all"
    )
    was, now = (_keyed(store.ask(sql, tables=("links",)), "tadig", "service", "node") for store in (before, after))
    yield from _came_and_went("carrier link", was, now, _link, "operators")
    for key in sorted(was.keys() & now.keys()):
        if was[key]["roles"] != now[key]["roles"]:
            one, other = (", ".join(each[key]["roles"]) for each in (was, now))
            yield Change("role of a carrier", key[0], f"{key[1]} {key[2]}", "changed", one, other, None, "operators")


def _link(key: Key, row: Row) -> tuple[str, str, str]:
    return key[0], f"{key[1]} {key[2]}", ", ".join(row["roles"])


def _figures(before: Store, after: Store) -> Iterator[Change]:
    """Expected shares of each operator and country, where both were measured against the same controller."""
    lens = lens_of(after, EVERYTHING)
    if lens[:2] != lens_of(before, EVERYTHING)[:2] or not lens.controller:
        return
    for kind, view in (("operator", "operators"), ("country", "countries")):
        sql, values = figures(kind, lens)
        was, now = (_keyed(store.ask(sql, values, tables=("exposure",)), "subject") for store in (before, after))
        for key in sorted(was.keys() & now.keys()):
            for name, title in CLASSES.items():
                one, other = was[key][name], now[key][name]
                if one is not None and other is not None and abs(other - one) >= _LEAST:
                    risen = "risen" if other > one else "fallen"
                    difference = round(other - one, 6)
                    what = f"{kind}: read {title}"
                    yield Change(what, key[0], "", risen, f"{one:.2f}", f"{other:.2f}", difference, view)


def _touched(before: Store, after: Store) -> Iterator[Change]:
    sql = "select tadig, controller, rule, touched from touch"
    was, now = (_keyed(store.ask(sql, tables=("touch",)), "tadig", "controller", "rule") for store in (before, after))
    for key in sorted(was.keys() & now.keys()):
        one, other = was[key]["touched"], now[key]["touched"]
        if one != other:
            one, other = ("yes" if each else "no" for each in (one, other))
            yield Change(f"declares a carrier of {key[1]}", key[0], key[2], "changed", one, other, None, "operators")


def _controlled(before: Store, after: Store) -> Iterator[Change]:
    sql = "select carrier_id, controller, rule, low, point, high from control where point > 0"
    was, now = (
        _keyed(store.ask(sql, tables=("control",)), "carrier_id", "controller", "rule") for store in (before, after)
    )
    yield from _came_and_went(
        "control of a carrier", was, now, lambda key, _: (key[0], f"{key[2]}", key[1]), "carriers"
    )


def _findings(before: Store, after: Store) -> Iterator[Change]:
    """Findings of one that the other has not; in the same order as the list of them."""
    sql = "select finding_id, severity, title from findings"
    was, now = (_keyed(store.ask(sql, tables=("findings",)), "finding_id") for store in (before, after))
    yield from _came_and_went(
        "finding", was, now, lambda key, row: (key[0], row["severity"] or "", row["title"]), "findings"
    )


def _keyed(rows: Iterable[Row], *names: str) -> dict[Key, Row]:
    return {tuple(str(row[name]) for name in names): row for row in rows}


def _came_and_went(
    what: str, was: Mapping[Key, Row], now: Mapping[Key, Row], words: Any, view: str
) -> Iterator[Change]:
    for key in sorted(was.keys() ^ now.keys()):
        of, part, text = words(key, was.get(key) or now[key])
        if key in now:
            yield Change(what, of, part, "new", "", str(text or ""), None, view)
        else:
            yield Change(what, of, part, "gone", str(text or ""), "", None, view)
