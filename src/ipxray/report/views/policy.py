"""A policy before and after: what it changes, what it leaves, what it costs in changes and lost partners."""

from __future__ import annotations

from typing import Any

from ipxray.report.headline import Level
from ipxray.report.reading import Reading
from ipxray.report.sections import CLASS_NAMES, SERVICE_NAMES, Column, Figure, Grid, Row, Section, packed
from ipxray.report.summary import share_text
from ipxray.report.views.evidence import carrier_link, carrier_names

__all__ = ["optimised", "policy"]

_ROWS = 400
_SUBJECTS = {"actor": "those who act", "everyone": "all networks read"}


def policy(reading: Reading) -> Section | None:
    """Every scenario of the run, its states side by side. None without simulated scenarios."""
    if not reading.has("scenarios", "scenario_summary"):
        return None
    scenarios = reading.rows("select * from scenarios order by scenario")
    if not scenarios:
        return None
    measures = sorted(
        reading.rows("select * from scenario_summary order by scenario, subject, measure"), key=_reading_order
    )
    figures = [
        Figure(
            "policy", "change", "Before and after: expected share of messages in reach.", _change(scenarios, measures)
        )
    ]
    grids = [_measures(measures)]
    if reading.has("scenario_timeline") and _dates(reading) > 1:
        figures.append(
            Figure(
                "steps",
                "steps",
                "Reading in expectation, from each date on which a step begins or ends.",
                _steps(reading, scenarios),
            )
        )
        grids.append(_timeline(reading))
    grids += [grid for grid in (_changes(reading), _reach(reading), _dependence(reading)) if grid]
    lead = [f"{row['title']}: {' '.join(row['summary'] or ())}" for row in scenarios]
    return Section(id="policy", title="What a policy would change", lead=lead[:40], figures=figures, grids=grids)


def _dates(reading: Reading) -> int:
    return int(reading.rows('select count(distinct "at") as n from scenario_timeline')[0]["n"])


def _reading_order(row: dict[str, Any]) -> tuple[str, str, int, str]:
    """What a reader asks first: reading, then altering, injecting, what stays, then the cost."""
    verb = row["measure"].partition("_")[0]
    kinds = ("read", "alter", "inject", "stays")
    return row["scenario"], row["subject"], kinds.index(verb) if verb in kinds else len(kinds), row["measure"]


def _change(scenarios: list[dict[str, Any]], measures: list[dict[str, Any]]) -> dict[str, Any]:
    titles = {row["scenario"]: row["title"] for row in scenarios}
    values: dict[str, list[dict[str, Any]]] = {}
    for row in measures:
        if row["unit"] == "share" and 0.0 <= row["before"] <= 1.0:
            values.setdefault(f"{row['scenario']}|{row['subject']}", []).append(
                {
                    "label": _measure_name(row["measure"]),
                    "before": packed(row["before"]),
                    "after": packed(row["after"]),
                    "low": packed(_first(row["q05"], row["after_low"])),
                    "high": packed(_first(row["q95"], row["after_high"])),
                }
            )
    subjects = dict.fromkeys(key.partition("|")[2] for key in values)
    return {
        "choices": [
            {"key": "scenario", "label": "scenario", "options": [[name, title] for name, title in titles.items()]},
            {
                "key": "scenario-subject",
                "label": "whose messages",
                "options": [[name, _SUBJECTS.get(name, name)] for name in subjects],
            },
        ],
        "values": values,
    }


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _measure_name(measure: str) -> str:
    words = measure.split("_", 1)
    if words[0] in ("read", "alter", "inject", "stays") and len(words) == 2:
        verb = "stays with partners:" if words[0] == "stays" else words[0]
        return f"{verb} {CLASS_NAMES.get(words[1], words[1])}"
    return measure.replace("_", " ")


def _measures(measures: list[dict[str, Any]]) -> Grid:
    rows = [
        Row(
            [
                row["scenario"], _SUBJECTS.get(row["subject"], row["subject"]), _measure_name(row["measure"]),
                _amount(row["before"], row["unit"], row["text_before"]), _amount(row["after"], row["unit"], row["text_after"]),
                _spread(row),
            ]
        )
        for row in measures
    ]  # fmt: skip
    columns = (
        Column("scenario"), Column("whose"), Column("measure"), Column("before", "number"), Column("after", "number"),
        Column("spread over the runs", "number"),
    )  # fmt: skip
    return Grid("measures", "Scenarios, measure by measure", columns, rows, is_open=True)


def _amount(value: float, unit: str, text: str) -> Any:
    shown: Any = round(value) if unit == "count" else float(value) if 0.0 <= value <= 1.0 else f"{value:.2f}"
    return f"{text} {value:.2f}" if text else shown


def _spread(row: dict[str, Any]) -> str | None:
    low, high = _first(row["q05"], row["after_low"]), _first(row["q95"], row["after_high"])
    return None if low is None or high is None else f"{_plain(low, row['unit'])} to {_plain(high, row['unit'])}"


def _plain(value: float, unit: str) -> str:
    if unit == "count":
        return f"{value:g}"
    return share_text(value) if unit == "share" and 0.0 <= value <= 1.0 else f"{value:.2f}"


def _steps(reading: Reading, scenarios: list[dict[str, Any]]) -> dict[str, Any]:
    titles = {row["scenario"]: row["title"] for row in scenarios}
    values: dict[str, list[dict[str, Any]]] = {}
    for row in reading.rows('select * from scenario_timeline order by scenario, subject, data_class, "at"'):
        values.setdefault("|".join((row["scenario"], row["subject"], row["data_class"])), []).append(
            {
                "at": row["at"].isoformat(),
                "event": row["event"],
                "low": packed(row["low"]),
                "value": packed(row["expected"]),
                "high": packed(row["high"]),
            }
        )
    subjects = dict.fromkeys(key.split("|")[1] for key in values)
    classes = dict.fromkeys(key.split("|")[2] for key in values)
    return {
        "choices": [
            {"key": "scenario", "label": "scenario", "options": [[name, title] for name, title in titles.items()]},
            {
                "key": "scenario-subject",
                "label": "whose messages",
                "options": [[name, _SUBJECTS.get(name, name)] for name in subjects],
            },
            {
                "key": "class",
                "label": "data",
                "options": [[name, title] for name, title in CLASS_NAMES.items() if name in classes],
            },
        ],
        "values": values,
    }


def _timeline(reading: Reading) -> Grid:
    rows = [
        Row([row["scenario"], row["at"], row["event"], _SUBJECTS.get(row["subject"], row["subject"]), CLASS_NAMES.get(row["data_class"], row["data_class"]), Level(row["expected"], row["low"], row["high"])])
        for row in reading.rows('select * from scenario_timeline order by scenario, "at", subject, data_class limit ?', [_ROWS])
    ]  # fmt: skip
    columns = (
        Column("scenario"),
        Column("from"),
        Column("event", "prose"),
        Column("whose"),
        Column("data"),
        Column("read", "level"),
    )
    return Grid("policy-dates", "Reading by date", columns, rows)


def _changes(reading: Reading) -> Grid | None:
    if not reading.has("scenario_changes"):
        return None
    names = carrier_names(reading)
    rows = [
        Row(
            [
                row["scenario"], row["tadig"], SERVICE_NAMES.get(row["service"], row["service"]), row["action"].replace("_", " "),
                carrier_link(row["carrier"], names) if row["carrier"] else None, float(row["share_before"]),
                float(row["share_after"]), float(row["chance"]),
            ]
        )
        for row in reading.rows("select * from scenario_changes order by scenario, tadig, service, action, carrier limit ?", [_ROWS])
    ]  # fmt: skip
    columns = (
        Column("scenario"), Column("operator", "code"), Column("service"), Column("change"), Column("carrier"),
        Column("share before", "number"), Column("share after", "number"), Column("in how many runs", "number"),
    )  # fmt: skip
    return Grid("policy-changes", "What would have to change", columns, rows, _note(reading, "scenario_changes"))


def _reach(reading: Reading) -> Grid | None:
    if not reading.has("scenario_reach") or not reading.count("scenario_reach"):
        return None
    rows = [
        Row([row["scenario"], row["tadig"], row["partner"], SERVICE_NAMES.get(row["service"], row["service"]), row["reason"].replace("_", " "), row["certainty"], float(row["weight"])])
        for row in reading.rows("select * from scenario_reach order by scenario, weight desc, tadig, partner, service limit ?", [_ROWS])
    ]  # fmt: skip
    columns = (
        Column("scenario"), Column("operator", "code"), Column("partner lost", "code"), Column("service"), Column("why"),
        Column("how sure"), Column("share of its roamers and guests", "number"),
    )  # fmt: skip
    return Grid(
        "policy-reach",
        "Partners that no accepted carrier reaches any more",
        columns,
        rows,
        _note(reading, "scenario_reach"),
    )


def _dependence(reading: Reading) -> Grid | None:
    if not reading.has("scenario_dependence"):
        return None
    names = carrier_names(reading)
    rows = [
        Row([row["scenario"], row["state"], row["rank"], carrier_link(row["carrier"], names), float(row["share"]), row["operators"], row["only_carrier_of"], ", ".join(row["controllers"] or ()) or None])
        for row in reading.rows("select * from scenario_dependence where service = 'all' and rank <= 10 order by scenario, state desc, rank, carrier limit ?", [_ROWS])
    ]  # fmt: skip
    columns = (
        Column("scenario"), Column("state"), Column("rank", "number"), Column("carrier"), Column("share", "number"),
        Column("operators", "number"), Column("only carrier of", "number"), Column("controlled by"),
    )  # fmt: skip
    return Grid(
        "policy-dependence", "Who carries how much, before and after: does the dependency only move?", columns, rows
    )


def _note(reading: Reading, table: str) -> str:
    total = reading.count(table)
    return f"The first {_ROWS} of {total}; all are in tables/{table}.parquet." if total > _ROWS else ""


def optimised(reading: Reading) -> Section | None:
    """The smallest set of changes for a budget, and what each further one buys. None without `frontier`."""
    if not reading.has("frontier", "optimised_changes"):
        return None
    points = reading.rows("select * from frontier order by method, cost, removed")
    series: dict[str, list[list[float | int | None]]] = {}
    for row in points:
        series.setdefault(row["method"], []).append([row["cost"], packed(row["removed"])])
    label = "Share of the exposure removed, by cost of the changes."
    return Section(
        id="optimised",
        title="What the fewest changes would buy",
        figures=(Figure("frontier", "frontier", label, {"series": series}),),
        grids=(_chosen(reading), _frontier(points)),
    )


def _chosen(reading: Reading) -> Grid:
    found = reading.rows('select * from optimised_changes order by method, "order", tadig, service limit ?', [_ROWS])
    rows = [
        Row(
            [
                row["method"], row["order"], row["tadig"], SERVICE_NAMES.get(row["service"], row["service"]),
                ", ".join(row["dropped"] or ()), ", ".join(row["added"] or ()) or None, float(row["alone"]),
            ]
        )
        for row in found
    ]  # fmt: skip
    columns = (
        Column("method"), Column("place", "number"), Column("operator", "code"), Column("service"), Column("drops", "links"),
        Column("adds"), Column("removes alone", "number"),
    )  # fmt: skip
    return Grid("chosen", "Changes chosen", columns, rows, _note(reading, "optimised_changes"), is_open=True)


def _frontier(points: list[dict[str, Any]]) -> Grid:
    rows = [
        Row(
            [
                row["method"].replace("_", " "), f"{row['cost']:g}", row["changes"], float(row["removed"]),
                float(row["remaining"]),
            ]
        )
        for row in points
    ]  # fmt: skip
    columns = (
        Column("method"), Column("cost", "number"), Column("changes", "number"), Column("removed", "number"),
        Column("remains", "number"),
    )  # fmt: skip
    return Grid("frontier", "Cost and what it removes", columns, rows)
