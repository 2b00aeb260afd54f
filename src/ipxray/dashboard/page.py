"""What a view gives: one main table, tables beside it, and a few words; HTML, JSON and CSV are made of the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ipxray.dashboard.filters import EVERYTHING, Chosen
from ipxray.dashboard.store import Row, Store

__all__ = ["Listing", "Page", "Query", "Shown", "listed", "ordered", "sorted_rows"]


class Shown(NamedTuple):
    """A column as people see it. `kind` says how it is drawn, `link` which page its value leads to.

    Kinds: text, code, count, share, level (with `name`_low and `name`_high beside it), at (microseconds), list, yes,
    severity, state, path.
    """

    name: str
    title: str
    kind: str = "text"
    link: str = ""
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the store: SQL without order or limit, its values, the tables it reads, its own order.

    `order` ends with columns that tell all rows apart, so that the same question always gives the same bytes. `known`
    are rows that were worked out already, in their order: then there is no SQL to ask.
    """

    sql: str
    shown: tuple[Shown, ...]
    order: str
    tables: tuple[str, ...]
    values: tuple[Any, ...] = ()
    known: tuple[Row, ...] | None = None

    @classmethod
    def of(cls, rows: Iterable[Row], shown: tuple[Shown, ...]) -> Query:
        """A question whose answer is already known."""
        return cls("", shown, "", (), (), tuple(rows))


@dataclass(frozen=True, slots=True)
class Listing:
    """The rows of one page of a question, and how many there are in all."""

    query: Query
    rows: Sequence[Row]
    total: int
    number: int = 1
    size: int = 0
    sort: str = ""

    @property
    def pages(self) -> int:
        """Pages in all, at least 1."""
        return max(1, -(-self.total // self.size)) if self.size else 1


@dataclass(frozen=True, slots=True)
class Page:
    """A view's answer. `summary` is for the head of the page, `parts` are the tables beside the main one."""

    view: str
    title: str
    main: Listing
    summary: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, Listing] = field(default_factory=dict)
    filters: tuple[str, ...] = ()
    chosen: Chosen = EVERYTHING
    figures: tuple[str, ...] = ()
    """Pictures of the report that belong here, by their kind."""
    figures_last: bool = False
    template: str = "listing.html"
    note: str = ""
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What only the HTML needs."""


def listed(store: Store, query: Query, chosen: Chosen | None = None, *, limit: int = 1_000) -> Listing:
    """Ask for one page of `query`: as chosen, or the first `limit` rows of a table beside the main one."""
    chosen = chosen or Chosen(size=limit)
    if query.known is not None:
        rows = sorted_rows(query, chosen.sort)
        start = (chosen.page - 1) * chosen.size
        return Listing(query, rows[start : start + chosen.size], len(rows), chosen.page, chosen.size, chosen.sort)
    order = ordered(query, chosen.sort)
    skipped = (chosen.page - 1) * chosen.size
    rows = store.ask(
        f"select * from ({query.sql}) order by {order} limit {chosen.size} offset {skipped}",
        query.values,
        tables=query.tables,
    )
    total = skipped + len(rows)
    if (rows and len(rows) == chosen.size) or (not rows and skipped):
        total = store.count(f"select count(*) from ({query.sql})", query.values, tables=query.tables)
    return Listing(query, rows, total, chosen.page, chosen.size, chosen.sort)


def sorted_rows(query: Query, sort: str) -> list[Row]:
    """The known rows in the asked order: numbers by size, text by letters, what is missing last."""
    rows = list(query.known or ())
    name = sort.removeprefix("-")
    if name not in {column.name for column in query.shown}:
        return rows
    present = [row for row in rows if row[name] is not None]
    try:
        present.sort(key=lambda row: row[name], reverse=sort.startswith("-"))
    except TypeError:
        present.sort(key=lambda row: str(row[name]), reverse=sort.startswith("-"))
    return present + [row for row in rows if row[name] is None]


def ordered(query: Query, sort: str) -> str:
    """The asked column when people see it, then the query's own order; an unknown column is no order."""
    name = sort.removeprefix("-")
    if name not in {column.name for column in query.shown}:
        return query.order
    return f'"{name}" {"desc" if sort.startswith("-") else "asc"} nulls last, {query.order}'
