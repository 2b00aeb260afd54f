"""Levels of exposure by subject, as tables and figures want them: a bounded part of the table `exposure`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ipxray.report.headline import CLASSES, Level
from ipxray.report.reading import Reading
from ipxray.report.sections import CLASS_NAMES, SERVICE_NAMES, THREAT_NAMES, packed

__all__ = ["EXPOSED", "choices", "controllers", "country_names", "figure_values", "name_of", "read_levels"]

EXPOSED = CLASSES
"""The data classes that a headline shows, in order."""
_CONTROLLERS = 12
"""Controllers whose figures a page of everyone ranked holds: those that touch most."""
_CELLS = 60_000
"""Levels that one figure embeds at most; beyond, it keeps all services together, then reading alone."""
_LEVELS = ("forced", "low", "expected", "high", "possible")
_WHOLE = "direction = 'both' and counterpart = 'all'"


def controllers(reading: Reading) -> list[str]:
    """Whose exposure the folder measures: the one controller, or those ranked first."""
    if reading.controller:
        return [reading.controller]
    if not reading.has("ranking"):
        return []
    order = "operators_touched desc, credential desc nulls last, controller"
    return [
        row["controller"]
        for row in reading.rows(f"select controller from ranking order by {order} limit {_CONTROLLERS}")
    ]


def country_names(reading: Reading) -> dict[str, str]:
    """ISO code → name, and owner's id → name, as far as the folder knows."""
    found = {}
    if reading.has("owners"):
        found = {row["id"]: row["name"] for row in reading.rows("select id, name from owners order by id")}
    if reading.has("countries"):
        found |= {row["iso2"]: row["name"] for row in reading.rows("select iso2, name from countries order by iso2")}
    return found


def name_of(controller: str, names: dict[str, str]) -> str:
    """A controller as a reader knows it: a state by name and code, an owner by name; its id where no name is known."""
    name = names.get(controller, controller)
    return f"{name} ({controller})" if len(controller) == 2 and name != controller else name


def read_levels(reading: Reading, kind: str, controller: str, threat: str = "read") -> dict[str, dict[str, Level]]:
    """Subject → data class → level of one threat, all services, for the subject's own subscribers abroad."""
    found: dict[str, dict[str, Level]] = {}
    sql = (
        f"select subject, data_class, expected, low, high from exposure where {_WHOLE} and service = 'all' "
        "and perspective = 'outbound' and subject_kind = ? and controller = ? and threat = ? "
        "order by subject, data_class"
    )
    for row in reading.rows(sql, [kind, controller, threat]) if reading.has("exposure") else []:
        found.setdefault(row["subject"], {})[row["data_class"]] = Level(row["expected"], row["low"], row["high"])
    return found


def figure_values(reading: Reading, kind: str, subjects: Sequence[str]) -> dict[str, dict[str, list[int | None]]]:
    """`controller|class|threat|perspective|service` → subject → [forced, low, expected, high, possible], packed."""
    if not reading.has("exposure") or not subjects:
        return {}
    names = controllers(reading)
    chosen = "subject_kind = ? and list_contains(?, subject) and list_contains(?, controller)"
    base = f"from exposure where {_WHOLE} and {chosen}"
    arguments: list[Any] = [kind, list(subjects), names]
    for narrower in ("", " and service = 'all'", " and service = 'all' and threat = 'read'"):
        wanted = base + narrower
        if reading.rows(f"select count(*) as n {wanted}", arguments)[0]["n"] <= _CELLS:
            break
    keys = "controller, data_class, threat, perspective, service"
    sql = f"select {keys}, subject, {', '.join(_LEVELS)} {wanted} order by {keys}, subject"
    found: dict[str, dict[str, list[int | None]]] = {}
    for row in reading.rows(sql, arguments):
        key = "|".join(row[part] for part in keys.split(", "))
        found.setdefault(key, {})[row["subject"]] = [packed(row[level]) for level in _LEVELS]
    return found


def choices(values: dict[str, dict[str, list[int | None]]], controller_names: dict[str, str]) -> list[dict[str, Any]]:
    """The filters of a figure: each with the options that its values really have, in the order of the field."""
    found = [dict.fromkeys(part) for part in zip(*(key.split("|") for key in values), strict=True)]
    if not found:
        return []
    titles = ("controller", "data", "threat", "whose subscribers", "service")
    wording = (
        controller_names,
        CLASS_NAMES,
        {"read": "read it", "alter": "alter it", "inject": "inject a forged message"},
        {"outbound": "its own, abroad", "inbound": "visitors in its network"},
        SERVICE_NAMES,
    )
    keys = ("controller", "class", "threat", "perspective", "service")
    order = [list(words) for words in (controller_names, CLASS_NAMES, THREAT_NAMES, wording[3], SERVICE_NAMES)]
    return [
        {
            "key": key,
            "label": title,
            "options": [[value, words.get(value, value)] for value in ordered if value in part],
        }
        for key, title, words, ordered, part in zip(keys, titles, wording, order, found, strict=True)
    ]
