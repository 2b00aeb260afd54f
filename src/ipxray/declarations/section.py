"""One section of one network, what is found in it, and what all sections of a document share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from typing import Final, NamedTuple

from lxml import etree

from ipxray.declarations.problems import ProblemLog
from ipxray.declarations.rows import Numbering, Role, Service
from ipxray.declarations.text import LONGEST_TEXT, written
from ipxray.declarations.xml import LocalNames

__all__ = ["LISTED", "ROWS", "Named", "Paths", "Reading", "Section", "parse_date"]

ROWS: Final = 100_000
"""The most rows of one document: 100 times the largest seen."""

LISTED: Final = ROWS + 1
"""The most items looked at in one list: one more than rows, so that a cut is noticed where rows are counted."""

_KEPT_PATHS: Final = 200_000
_NOTHING: Final = repeat(None)


class Named(NamedTuple):
    """One carrier that a section names, before it is known for which networks the section holds."""

    service: Service
    role_text: str | None
    role: Role
    carrier_text: str
    carrier_name: str
    point_code: str | None
    asn: int | None
    element_path: str
    inferred: bool
    confidence: str


class Paths:
    """Element names and paths of list items, made once: item 17 of a list has the same path in every document."""

    def __init__(self) -> None:
        self.names = LocalNames()
        self._known: dict[str, list[str]] = {}
        self._kept = 0

    def of_items(self, stem: str, count: int) -> list[str]:
        """At least `count` paths `stem[1]`, `stem[2]` …"""
        known = self._known.get(stem)
        if known is None:
            if self._kept > _KEPT_PATHS:
                self._known.clear()
                self._kept = 0
            known = self._known[stem] = []
        if len(known) < count:
            self._kept += count - len(known)
            known.extend([f"{stem}[{number}]" for number in range(len(known) + 1, count + 1)])
        return known


@dataclass(slots=True)
class Reading:
    """What the sections of one document share."""

    log: ProblemLog
    paths: Paths
    created: date | None
    sha256: str
    own_domains: tuple[str, ...] = ()
    """PLMN domains of the document's networks: what a host name of their own ends with, dots first."""
    own_keys: frozenset[str] = frozenset()
    """What the document's networks are called, by `own_key`."""

    @property
    def names(self) -> LocalNames:
        """Tag → local name."""
        return self.paths.names


@dataclass(slots=True)
class Section:
    """One section: its Info element and path, the date from which it holds, the network in which it stands.

    Readers add what they find: carriers, and numbering rows as those of that network. `calling_codes` are the CC of the
    ranges by kind: rows keep whole numbers only.
    """

    info: etree._Element
    path: str
    effective_from: date | None
    tadig: str
    reading: Reading
    named: list[Named] = field(default_factory=list)
    numbers: list[Numbering] = field(default_factory=list)
    calling_codes: dict[str, set[str]] = field(default_factory=dict)
    is_read: bool = False

    def report(self, code: str, message: str, place: str) -> None:
        """Add a problem of this section to the document's log."""
        self.reading.log.add(code, message, tadig=self.tadig, place=place)

    def add_number(self, kind: str, value: str, path: str) -> None:
        """Add a numbering row that is neither a range nor a node."""
        self.add_numbers(kind, (value,), (path,))

    def add_numbers(
        self,
        kind: str,
        values: Iterable[str],
        paths: Iterable[str],
        *,
        firsts: Iterable[str | None] = _NOTHING,
        lasts: Iterable[str | None] = _NOTHING,
        types: Iterable[str | None] = _NOTHING,
        classes: Iterable[str | None] = _NOTHING,
        vendors: Iterable[str | None] = _NOTHING,
    ) -> None:
        """Add numbering rows of one kind, column by column, until the shortest column ends.

        Rows are made by tuple.__new__: the constructor costs four times as much, and a corpus has a million of them.
        """
        since, created, sha256 = self.effective_from, self.reading.created, self.reading.sha256
        columns = zip(
            repeat(self.tadig), repeat(kind), values, firsts, lasts, types, classes, vendors,
            repeat(since), repeat(created), repeat(sha256), paths, strict=False,
        )  # fmt: skip
        self.numbers += map(tuple.__new__, repeat(Numbering), columns)

    def text(self, raw: str | None, place: str) -> str:
        """A text field as it is kept; says so in the log when it had to be cut or cleaned."""
        kept = written(raw)
        if raw and len(kept) != len(raw):
            bare = raw.strip()
            if len(bare) > LONGEST_TEXT:
                self.report("text-cut", f"a text of {len(bare):,} characters was cut", place)
        if "\ufffd" in kept and raw and "\ufffd" not in raw:
            self.report("text-cleaned", "unsafe characters or e-mail addresses were replaced", place)
        return kept


def parse_date(text: str | None) -> date | None:
    """The date of an xs:date or xs:dateTime as written; None when it is none."""
    try:
        return date.fromisoformat(text.strip()[:10]) if text else None
    except ValueError:
        return None
