"""The most exposed operators, each figure with its bounds, and the ranking of everyone when no controller is named."""

from __future__ import annotations

from typing import Any

from ipxray.report.headline import Level
from ipxray.report.reading import Reading
from ipxray.report.sections import CLASS_NAMES, Column, Figure, Grid, Link, Row, Section, anchor, packed
from ipxray.report.views.levels import EXPOSED, choices, controllers, country_names, figure_values, name_of, read_levels

__all__ = ["intervals", "most_exposed", "ranking"]

SHOWN = 60
"""Operators that a page holds: the most exposed. The table has all."""


def most_exposed(reading: Reading, limit: int = SHOWN) -> list[str]:
    """TADIG codes of the operators whose reading is expected most in any class, most exposed first."""
    if not reading.has("exposure"):
        return []
    classes = ", ".join(f"'{name}'" for name in EXPOSED)
    sql = (
        "select subject, max(expected) as most from exposure where subject_kind = 'operator' and service = 'all' "
        "and direction = 'both' and counterpart = 'all' and perspective = 'outbound' and threat = 'read' "
        f"and data_class in ({classes}) group by subject order by most desc, subject limit {int(limit)}"
    )
    return [row["subject"] for row in reading.rows(sql)]


def intervals(reading: Reading) -> Section | None:
    """Dots with whiskers: what of each operator's messages could be read, altered, injected. None without operators."""
    subjects = most_exposed(reading)
    if not subjects:
        return None
    names = country_names(reading)
    known = {code: name_of(code, names) for code in controllers(reading)}
    values = figure_values(reading, "operator", subjects)
    who = _who(reading)
    people = [_person(tadig, who.get(tadig, {}), names) for tadig in subjects]
    total = reading.rows("select count(distinct subject) as n from exposure where subject_kind = 'operator'")[0]["n"]
    note = f"The {SHOWN} most exposed of {total}; all are in tables/exposure.parquet." if total > SHOWN else ""
    data: dict[str, Any] = {"choices": choices(values, known), "values": values, "subjects": people}
    return Section(
        id="operators",
        title="Whose messages",
        lead=(
            (
                "The dot is the expected share, the bar runs from the least to the greatest share that declarations "
                "allow. Where the bar is long, the answer is not known yet."
            ),
        ),
        figures=(Figure("intervals", "intervals", "Most exposed operators, expected share with bounds.", data),),
        grids=(_grid(reading, subjects, who, known, note),),
    )


def _who(reading: Reading) -> dict[str, dict[str, Any]]:
    if not reading.has("networks"):
        return {}
    rows = reading.rows("select tadig, country, organisation from networks order by tadig")
    return {row["tadig"]: row for row in rows}


def _person(tadig: str, row: dict[str, Any], names: dict[str, str]) -> dict[str, str]:
    country = row.get("country") or ""
    return {
        "id": tadig,
        "label": f"{tadig} · {row.get('organisation') or ''}" if row else tadig,
        "place": names.get(country, country),
        "href": f"#{anchor('operator', tadig)}",
    }


def _grid(
    reading: Reading, subjects: list[str], who: dict[str, dict[str, Any]], known: dict[str, str], note: str
) -> Grid:
    rows = []
    for controller, title in known.items():
        read = read_levels(reading, "operator", controller)
        lead = [title] if len(known) > 1 else []
        forged = _injectable(reading)
        for tadig in subjects:
            levels = [read.get(tadig, {}).get(name) for name in EXPOSED]
            if any(level is not None for level in levels):
                row = who.get(tadig, {})
                cells = [Link(tadig, f"#{anchor('operator', tadig)}"), row.get("country"), row.get("organisation")]
                rows.append(Row([*lead, *cells, *levels, *([forged.get(tadig)] if forged else [])]))
    lead_columns = [Column("controller")] if len(known) > 1 else []
    columns = (
        *lead_columns, Column("operator", "code"), Column("country", "code"), Column("name"),
        *(Column(f"read {CLASS_NAMES[name]}", "level") for name in EXPOSED),
        *([Column("trusted link of the controller")] if reading.has("touch") else []),
    )  # fmt: skip
    return Grid("exposed", "Exposure by operator: expected [low, high]", columns, rows, note, is_open=len(known) == 1)


def _injectable(reading: Reading) -> dict[str, str]:
    if not reading.has("touch"):
        return {}
    sql = "select tadig, touched_low, touched, touched_high from touch order by tadig"
    words = {"touched_low": "yes", "touched": "expected", "touched_high": "possible"}
    return {
        row["tadig"]: next((word for column, word in words.items() if row[column]), "no") for row in reading.rows(sql)
    }


def ranking(reading: Reading) -> Section | None:
    """Who could see most of whom: every controller that touches a network. None when one was named."""
    if not reading.has("ranking"):
        return None
    names = country_names(reading)
    rows = reading.rows(
        "select * from ranking where operators_touched > 0 "
        "order by operators_touched desc, credential desc nulls last, controller"
    )
    cells = [
        Row(
            [
                name_of(row["controller"], names), row["carriers"], row["operators_touched"],
                row["countries_touched"],
                *(_level(row, name) for name in EXPOSED),
            ]
        )
        for row in rows
    ]  # fmt: skip
    columns = (
        Column("state or owner"), Column("carriers", "number"), Column("operators touched", "number"),
        Column("countries touched", "number"), *(Column(f"read {CLASS_NAMES[name]}", "level") for name in EXPOSED),
    )  # fmt: skip
    label = "What each state or owner could read of everybody's messages, expected share with bounds."
    return Section(
        id="ranking",
        title="Who could see most of whom",
        lead=("No controller was named, so every state and owner behind a declared carrier is ranked alike.",),
        figures=(Figure("ranking", "intervals", label, _ranked(rows, names)),),
        grids=(Grid("ranked", f"Controllers under {reading.rule}", columns, cells, is_open=True),),
    )


def _ranked(rows: list[dict[str, Any]], names: dict[str, str]) -> dict[str, Any]:
    """The ranking holds bounds only, so the forced and the possible share are drawn as the least and the greatest."""
    values: dict[str, dict[str, list[int | None]]] = {}
    for name in EXPOSED:
        for row in rows:
            if row[name] is not None:
                least, expected, most = (packed(row[part]) for part in (f"{name}_low", name, f"{name}_high"))
                values.setdefault(name, {})[row["controller"]] = [least, least, expected, most, most]
    people = [
        {"id": row["controller"], "label": name_of(row["controller"], names), "place": "", "href": "#table-ranked"}
        for row in rows
    ]
    options = [[name, CLASS_NAMES[name]] for name in values]
    return {
        "choices": [{"key": "class", "label": "data", "options": options}],
        "values": values,
        "subjects": people,
        "bounds_only": True,
    }


def _level(row: dict[str, Any], name: str) -> Level | None:
    return None if row[name] is None else Level(row[name], row[f"{name}_low"], row[f"{name}_high"])
