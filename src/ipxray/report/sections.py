"""What a page is made of: sections with figures and tables, as plain values that a template or JSON can show.

A cell is text, a number, None (not known), a `Level`, a `Link`, or a list of these. Templates escape every text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = [
    "CLASS_NAMES",
    "SERVICE_NAMES",
    "THREAT_NAMES",
    "Column",
    "Figure",
    "Grid",
    "Link",
    "Row",
    "Section",
    "anchor",
    "packed",
]

CLASS_NAMES: Mapping[str, str] = {
    "credential": "credentials",
    "location": "location",
    "sms": "SMS",
    "user_traffic": "user traffic",
    "identity": "identity",
    "profile": "profile",
}
"""Data classes as a reader says them; never merged into one."""
SERVICE_NAMES: Mapping[str, str] = {
    "all": "all services",
    "sccp": "SCCP (2G, 3G)",
    "diameter": "Diameter (4G)",
    "grx": "GRX (user data)",
    "sms_hub": "SMS hub",
    "roaming_hub": "roaming hub",
    "mms": "MMS",
    "n32": "N32 (5G)",
}
THREAT_NAMES: Mapping[str, str] = {"read": "read", "alter": "alter", "inject": "inject"}
SCALE = 10_000
"""Shares in figures are whole numbers of ten-thousandths."""


class Link(NamedTuple):
    """Text that leads to its evidence."""

    text: str
    href: str


class Column(NamedTuple):
    """One column of a grid. `kind`: text, number, level, code."""

    label: str
    kind: str = "text"
    meaning: str = ""


class Row(NamedTuple):
    """One row; `anchor` is what other parts of the page lead to."""

    cells: Sequence[Any]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `is_open` shows it at once, else it lies behind a summary line; `note` says what is left out."""

    id: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture drawn by viz.js from `data`. `label` says in words what it shows, for those who do not see it."""

    id: str
    kind: str
    label: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page: a title, what it says in plain words, its figures, and the tables behind them."""

    id: str
    title: str
    lead: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    grids: Sequence[Grid] = ()
    notes: Sequence[str] = field(default=())


def packed(value: float | None) -> int | None:
    """A share in ten-thousandths. Only a true zero packs as 0, only a true one as 10,000."""
    if value is None:
        return None
    if value <= 0.0:
        return 0
    if value >= 1.0:
        return SCALE
    return min(SCALE - 1, max(1, round(value * SCALE)))


def anchor(kind: str, name: str) -> str:
    """The id of a row of evidence: letters, digits, dots and dashes of its name."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9.]+', '-', name).strip('-')}"
