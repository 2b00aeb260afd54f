"""How one value of a row looks in a table: escaped, with its bounds, leading to its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup, escape

from ipxray.dashboard.page import Shown
from ipxray.dashboard.slugs import slug
from ipxray.report import Level, level_text, share_text

__all__ = ["NUMERIC", "cell", "count", "instant"]

NUMERIC = ("count", "share", "level", "number", "signed")
_NONE = Markup('<span class="none">-</span>')
_LONG = 40


def cell(row: Mapping[str, Any], column: Shown, version: str) -> Markup:
    """The inside of one table cell. `version` is that of the page, for links to others of the same data."""
    if column.kind == "level":
        return _level(row, column.name)
    value = row[column.name]
    if column.kind == "address":
        return Markup('<a href="{}">{}</a>').format(row["address"], value)
    if column.kind == "viewed":
        column = column._replace(link=row["view"], kind="code")
    if value is None or value in ("", []):
        return _NONE
    if column.kind in _DRAWN:
        return _DRAWN[column.kind](value)
    return Markup(", ").join(_linked(each, column, version) for each in (value if isinstance(value, list) else [value]))


def count(value: object) -> str:
    """A whole number, its thousands apart."""
    return f"{value:,}" if isinstance(value, int) else str(value)


def instant(value: object) -> str:
    """Microseconds since 1970 as a time in UTC; what lies outside the calendar stays a number."""
    if not isinstance(value, int):
        return ""
    try:
        return datetime.fromtimestamp(value / 1e6, tz=UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return str(value)


def _level(row: Mapping[str, Any], name: str) -> Markup:
    """Expected with its bounds, and the same as a dot on a whisker, which screen readers need not hear twice."""
    names = ("expected", "low", "high") if name == "expected" else (name, f"{name}_low", f"{name}_high")
    found = [row.get(each) for each in names]
    values = [float(value) for value in found if isinstance(value, int | float)]
    if len(values) < len(names):
        return _NONE
    shown = Level(*values)
    dot, low, high = (100.0 * min(1.0, max(0.0, value)) for value in shown)
    expected, _, bounds = level_text(shown).partition(" ")
    return Markup(
        '<span class="level"><b>{}</b> <i>{}</i><svg viewBox="0 0 100 8" aria-hidden="true" focusable="false">'
        '<path d="M{:.1f} 4H{:.1f}"/><circle cx="{:.1f}" cy="4" r="3"/></svg></span>'
    ).format(expected, bounds, low, high, dot)


def _linked(value: object, column: Shown, version: str) -> Markup:
    text = Markup('<span class="day">{}</span>').format(value) if isinstance(value, date) else escape(value)
    if column.link and isinstance(value, str):
        mark = Markup(' class="code"') if column.kind == "code" else ""
        return Markup('<a href="/a/{}/{}/{}"{}>{}</a>').format(version, column.link, slug(value), mark, text)
    return Markup('<span class="code">{}</span>').format(text) if column.kind == "code" else text


def _path(value: object) -> Markup:
    """An element path: its last step, the whole behind it."""
    whole = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    last = whole.rpartition("/")[2][-_LONG:]
    return Markup('<details class="where"><summary>{}</summary><span class="path">{}</span></details>').format(
        last, whole
    )


def _severity(value: object) -> Markup:
    return Markup('<span class="severity {}">{}</span>').format(slug(str(value).lower()), str(value).lower())


def _state(value: object) -> Markup:
    return Markup('<span class="state {}">{}</span>').format(slug(str(value)), str(value).replace("_", " "))


_DRAWN: Mapping[str, Callable[[Any], Markup]] = {
    "share": lambda value: escape(share_text(value) if isinstance(value, int | float) else value),
    "count": lambda value: escape(count(value)),
    "signed": lambda value: escape(f"{value:+.2f}"),
    "number": lambda value: escape(f"{value:.4g}" if isinstance(value, float) else value),
    "at": lambda value: Markup("<time>{}</time>").format(instant(value)),
    "yes": lambda value: escape("yes" if value else "no"),
    "path": _path,
    "severity": _severity,
    "state": _state,
    "prose": lambda value: Markup('<span class="prose">{}</span>').format(value),
}
