"""What is not known, by cause, and which fact would help most."""

from __future__ import annotations

from typing import Any

from ipxray.report.reading import Reading
from ipxray.report.sections import SERVICE_NAMES, Column, Figure, Grid, Link, Row, Section, anchor, packed
from ipxray.report.views.evidence import carrier_names
from ipxray.report.views.levels import EXPOSED

__all__ = ["unknown"]

CAUSES = {
    "routing": "IR.21 gives no shares of traffic",
    "missing": "a declaration is missing",
    "control": "shares in carriers are known as intervals only",
    "name": "a declared name is of no one known carrier",
}
_ABOUT = {"routing": "routing", "missing": "missing declarations", "control": "ownership", "name": "names"}
_HELP = {
    "routing": "ask the operator for its traffic shares or roles",
    "missing": "get its IR.21 document",
    "control": "find the exact share in an ownership register",
    "name": "say which carrier the name means",
}
_REASONS = {
    "unknown_name": "of no known carrier",
    "ambiguous_name": "of several carriers",
    "own_gateway": "its own gateway: the carrier behind it is undeclared",
    "generic_name": "says nobody",
}
_ROWS = 300
_WIDEST = 20


def unknown(reading: Reading) -> Section | None:
    """Doubt by cause and by operator, texts that lead to no carrier, and what to collect next. None without exposure."""
    if not reading.has("exposure", "unresolved"):
        return None
    causes = _mean_doubt(reading)
    figures, lead = [], ["Nothing that was declared is left open."]
    if any(causes.values()):
        widest = max(causes, key=lambda cause: causes[cause])
        lead = [f"Most of the doubt is about {_ABOUT[widest]}: {CAUSES[widest]}. To narrow it, {_HELP[widest]}."]
        bars = [
            {
                "label": f"{cause}: {CAUSES[cause]}",
                "value": packed(width),
                "words": _HELP[cause],
                "hit": cause == widest,
                "href": "#table-doubt",
            }
            for cause, width in causes.items()
        ]
        data = {"choices": [{"key": "doubt", "label": "doubt", "options": [["all", "all"]]}], "values": {"all": bars}}
        label = "How wide the doubt is on average, by cause: share of an operator's messages."
        figures = [Figure("doubt", "bars", label, data)]
    return Section(
        id="unknown",
        title="What is not known",
        lead=lead,
        figures=figures,
        grids=(_next_facts(reading), _widest(reading), _unresolved(reading)),
    )


_DOUBT = (
    "from exposure where subject_kind = 'operator' and counterpart = 'all' and service = 'all' and direction = 'both' "
    "and perspective = 'outbound' and threat = 'read' and list_contains(?, data_class)"
)


def _mean_doubt(reading: Reading) -> dict[str, float]:
    columns = ", ".join(f"avg(ignorance_{cause}) as {cause}" for cause in CAUSES)
    (row,) = reading.rows(f"select {columns} {_DOUBT}", [list(EXPOSED)])
    return {cause: float(row[cause] or 0.0) for cause in CAUSES}


def _widest(reading: Reading) -> Grid:
    columns = ", ".join(f"avg(ignorance_{cause}) as {cause}" for cause in CAUSES)
    found = reading.rows(
        f"select subject, avg(high - low) as width, {columns} {_DOUBT} group by subject order by width desc, subject limit ?",
        [list(EXPOSED), _WIDEST],
    )
    rows = [
        Row(
            [
                Link(row["subject"], f"#{anchor('operator', row['subject'])}"),
                float(row["width"]),
                *(float(row[cause]) for cause in CAUSES),
            ]
        )
        for row in found
    ]
    heads = (
        Column("operator", "code"),
        Column("width of the doubt", "number"),
        *(Column(cause, "number") for cause in CAUSES),
    )
    return Grid("doubt", "Operators whose figures are least certain: width of the bounds, by cause", heads, rows)


def _next_facts(reading: Reading) -> Grid:
    """Facts to collect, those that concern most operators first."""
    facts: list[tuple[Any, str, dict[str, Any]]] = [
        (_asked(row), _REASONS.get(row["reason"], row["reason"]), row) for row in reading.rows(_NAMES)
    ]
    if reading.has("control", "links"):
        named = reading.controller or ""
        rows = reading.rows(_INTERVALS, [reading.rule, named, named])
        names = carrier_names(reading)
        facts += [(_shares(row["carrier_id"], names), "control hangs on an interval", row) for row in rows]
    if reading.has("networks"):
        facts += [
            (f"the {SERVICE_NAMES[service]} carriers", "not declared", row)
            for service in ("sccp", "diameter", "grx")
            for row in reading.rows(_MISSING.format(service=service))
            if row["operators"]
        ]
    found = [Row([fact, why, row["operators"], ", ".join(row["who"])]) for fact, why, row in facts]
    found.sort(key=lambda row: (-int(row.cells[2]), str(row.cells[0])))
    columns = (
        Column("fact"), Column("why it is open"), Column("operators concerned", "number"), Column("operators", "links"),
    )  # fmt: skip
    return Grid("facts", "Which fact would help most", columns, found[:_WIDEST], is_open=True)


def _shares(carrier: str, names: dict[str, str]) -> Link:
    return Link(f"the shares in {names.get(carrier, carrier)}", f"#{anchor('carrier', carrier)}")


def _asked(row: dict[str, Any]) -> str:
    gateway = row["reason"] == "own_gateway"
    return f"the carrier behind “{row['carrier_text']}”" if gateway else f"who is meant by “{row['carrier_text']}”"


_WHO = "count(distinct tadig) as operators, list_sort(list(distinct tadig))[:12] as who"
_NAMES = (
    f"select carrier_text, reason, {_WHO} from unresolved group by all order by operators desc, carrier_text limit 20"
)
_INTERVALS = f"""
select carrier_id, {_WHO} from links where carrier_id in (
  select carrier_id from control where rule = ? and low < high and (controller = ? or ? = ''))
group by carrier_id order by operators desc, carrier_id limit 20
"""
_MISSING = f"select {_WHO} from networks where {{service}} not in ('declared', 'not_applicable')"


def _unresolved(reading: Reading) -> Grid:
    found: list[dict[str, Any]] = reading.rows(
        "select * from unresolved order by reason, carrier_text, tadig, service, element_path limit ?", [_ROWS]
    )
    rows = [
        Row(
            [
                row["carrier_text"], _REASONS.get(row["reason"], row["reason"]),
                Link(row["tadig"], f"#{anchor('operator', row['tadig'])}"), SERVICE_NAMES.get(row["service"], row["service"]),
                row["element_path"],
            ]
        )
        for row in found
    ]  # fmt: skip
    columns = (
        Column("text as written"),
        Column("what it is"),
        Column("operator", "code"),
        Column("service"),
        Column("element", "path"),
    )
    total = reading.count("unresolved")
    note = f"The first {_ROWS} of {total}; all are in tables/unresolved.parquet." if total > _ROWS else ""
    return Grid("unresolved", "Declared texts that lead to no one carrier", columns, rows, note)
