"""What detection found: a timeline, and for each campaign the ladder of its messages between networks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ipxray.report.reading import Reading
from ipxray.report.sections import Column, Figure, Grid, Row, Section, anchor, packed
from ipxray.report.views.levels import country_names

__all__ = ["findings", "ladder", "moment"]

_SEVERITIES = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL")
_SHOWN = 200
"""Findings that a page holds: the gravest."""
_LADDERS = 40
_RUNGS = 60
_SUCCESS = ("2001", "2002")
"""Result codes that stand beside errors and are none. Ref: RFC 6733 clause 7.1.2"""
"""Messages of one ladder; a campaign of thousands repeats itself."""
_ORDER = f"list_position({list(_SEVERITIES)!r}, severity), confidence desc, first_at, finding_id"


def findings(reading: Reading) -> Section | None:
    """Findings, gravest first, with timeline and ladders. None without the table `findings`."""
    if not reading.has("findings"):
        return None
    total = reading.count("findings")
    found = reading.rows(f"select * from findings order by {_ORDER} limit {_SHOWN}")
    note = f"The {_SHOWN} gravest of {total}; all are in tables/findings.parquet." if total > _SHOWN else ""
    grids = [_grid(reading, found, note)]
    figures = []
    if found:
        label = "When it happened: each bar is one finding, from its first to its last message."
        figures.append(Figure("timeline", "timeline", label, _timeline(found)))
    if found and reading.has("evidence"):
        grids.append(_evidence(reading, found[:_LADDERS]))
        label = "Choose a finding: its messages between networks, from top to bottom in time."
        figures.append(Figure("ladder", "ladder", label, _ladders(reading, found[:_LADDERS])))
    lead = (
        "A finding says what the messages look like, not who sent them: a network's identity can be leased or forged.",
        "Subscribers are shown by pseudonym.",
    )
    return Section(id="findings", title="What happened", lead=lead, figures=figures, grids=grids)


def moment(microseconds: int | None) -> str | None:
    """A time of a message, UTC, to the millisecond."""
    if microseconds is None:
        return None
    seconds, rest = divmod(int(microseconds), 1_000_000)
    try:
        whole = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):  # a capture may claim any time
        return str(microseconds)
    return f"{whole:%Y-%m-%d %H:%M:%S}.{rest // 1000:03d}"


def _choices(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    severities = [name for name in _SEVERITIES if any(row["severity"] == name for row in found)]
    families = sorted({row["family"] for row in found if row["family"]})
    return [
        {
            "key": "severity",
            "label": "severity",
            "options": [["", "any"], *([name, name.lower()] for name in severities)],
        },
        {
            "key": "family",
            "label": "kind",
            "options": [["", "any"], *([name, name.replace("_", " ")] for name in families)],
        },
    ]


def _timeline(found: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "choices": _choices(found),
        "findings": [
            {
                "id": row["finding_id"],
                "title": row["title"],
                "severity": row["severity"],
                "family": row["family"],
                "first": row["first_at"],
                "last": row["last_at"],
                "from": moment(row["first_at"]),
                "to": moment(row["last_at"]),
                "source": row["source_network"] or row["source_address"] or "not known",
                "messages": row["messages"],
                "href": f"#{anchor('finding', row['finding_id'])}",
            }
            for row in found
            if row["first_at"] is not None
        ],
    }


def _grid(reading: Reading, found: list[dict[str, Any]], note: str) -> Grid:
    names = country_names(reading)
    rows = [
        Row(
            [
                row["severity"].lower(), row["title"], row["explanation"], row["advice"], _who(row), _source(row, names),
                moment(row["first_at"]), moment(row["last_at"]), row["messages"], row["answered"],
                float(row["confidence"]), ", ".join(row["data_exposed"] or ()) or None, _route(row), ", ".join(row["rules"] or ()),
                row["finding_id"],
            ],
            anchor("finding", row["finding_id"]),
        )
        for row in found
    ]  # fmt: skip
    columns = (
        Column("severity"), Column("what"), Column("in words", "prose"), Column("what to do", "prose"),
        Column("against", "code"), Column("source"), Column("first, UTC", "code"), Column("last, UTC", "code"),
        Column("messages", "number"), Column("answered with data", "number"), Column("confidence", "number"),
        Column("data exposed"),
        Column("route", "prose"), Column("rules", "path"), Column("finding", "code"),
    )  # fmt: skip
    return Grid("findings", "Findings, gravest first", columns, rows, note, is_open=True)


def _who(row: dict[str, Any]) -> str:
    home = f" of {row['home_network']}" if row["home_network"] else ""
    return f"{row['subscriber']}{home}" if row["subscriber"] else f"{row['subscribers']} subscribers{home}"


def _source(row: dict[str, Any], names: dict[str, str]) -> str | None:
    country = names.get(row["source_country"] or "", row["source_country"])
    parts = [part for part in (row["source_network"], country, row["source_address"]) if part]
    return ", ".join(parts) or None


def _route(row: dict[str, Any]) -> str | None:
    declared, observed = (", ".join(row[part] or ()) for part in ("declared_route", "observed_route"))
    if not observed:
        return f"declared: {declared}" if declared else None
    return f"observed: {observed}; declared: {declared or 'nothing'}"


def _evidence(reading: Reading, found: list[dict[str, Any]]) -> Grid:
    rows = [
        Row(
            [
                row["finding_id"], moment(row["observed_at"]), f"{row['capture']}:{row['frame']}", row["protocol"],
                row["operation"], row["message_type"], _end(row, "sender"), _end(row, "receiver"), row["subscriber"],
                row["answer_error"], row["exposes"], row["note"],
            ]
        )
        for row in _messages(reading, found)
    ]  # fmt: skip
    columns = (
        Column("finding", "code"), Column("time, UTC", "code"), Column("capture and frame", "path"), Column("protocol"),
        Column("operation"), Column("type"), Column("from"), Column("to"), Column("subscriber", "code"), Column("error"),
        Column("exposes"), Column("note"),
    )  # fmt: skip
    total = reading.count("evidence")
    note = f"{len(rows)} of {total} messages; all are in tables/evidence.parquet." if total > len(rows) else ""
    return Grid("messages", "Messages behind the findings", columns, rows, note)


def _messages(reading: Reading, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = [row["finding_id"] for row in found]
    return reading.rows(
        "select * from evidence where list_contains($1, finding_id) and position <= "
        f"(select min(position) from evidence) + {_RUNGS - 1} order by list_position($1, finding_id), position",
        [ids],
    )


def _end(row: dict[str, Any], side: str) -> str | None:
    parts = [part for part in (row[f"{side}_network"], row[f"{side}_address"]) if part]
    return " ".join(parts) or None


def _ladders(reading: Reading, found: list[dict[str, Any]]) -> dict[str, Any]:
    rungs: dict[str, list[dict[str, Any]]] = {row["finding_id"]: [] for row in found}
    for row in _messages(reading, found):
        rungs[row["finding_id"]].append(ladder(row))
    return {
        "findings": [
            {
                "id": row["finding_id"],
                "title": row["title"],
                "severity": row["severity"],
                "explanation": row["explanation"],
                "advice": row["advice"],
                "confidence": packed(row["confidence"]),
                "home": row["home_network"],
                "total": row["messages"],
                "rungs": rungs[row["finding_id"]],
            }
            for row in found
        ]
    }


def ladder(row: dict[str, Any]) -> dict[str, Any]:
    """One message of a ladder: from which network to which, what it asked, what it gave away."""
    return {
        "at": row["observed_at"],
        "time": moment(row["observed_at"]),
        "from": row["sender_network"] or row["sender_address"] or "not known",
        "to": row["receiver_network"] or row["receiver_address"] or "not known",
        "ends": [_end(row, "sender"), _end(row, "receiver")],
        "what": row["operation"] or row["message_type"] or row["protocol"],
        "type": row["message_type"],
        "error": _error(row["answer_error"]),
        "exposes": ", ".join((row["exposes"] or "").replace(",", " ").split()) or None,
        "frame": f"{row['capture']}:{row['frame']}",
        "subscriber": row["subscriber"],
    }


def _error(answer: Any) -> str | None:
    """An error as a ladder shows it: a bare number is a code, and the codes of success are no error."""
    text = "" if answer is None else str(answer)
    if not text or text in _SUCCESS:
        return None
    return f"error {text}" if text.isdigit() else text
