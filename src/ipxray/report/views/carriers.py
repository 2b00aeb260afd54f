"""The carriers that matter: share of all messages, who depends on them, who controls them."""

from __future__ import annotations

from typing import Any

from ipxray.report.reading import Reading
from ipxray.report.sections import SERVICE_NAMES, Column, Figure, Grid, Row, Section, anchor, packed
from ipxray.report.views.evidence import carrier_link, carrier_names
from ipxray.report.views.flows import carrier_states
from ipxray.report.views.levels import country_names, name_of

__all__ = ["carriers"]

_ROWS = 200
_BARS = 20


def carriers(reading: Reading) -> Section | None:
    """Carriers by the share of messages that cross them, with cone and controllers. None without `dominance`."""
    if not reading.has("dominance"):
        return None
    names, countries, states = carrier_names(reading), country_names(reading), carrier_states(reading)
    rows = reading.rows(
        "select * from dominance where kind = 'carrier' order by service = 'all' desc, service, share desc, id"
    )
    if not rows:
        return None
    values: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        values.setdefault(row["service"], [])
        if len(values[row["service"]]) < _BARS:
            values[row["service"]].append(_bar(row, names, states, reading.controller))
    options = [[service, SERVICE_NAMES.get(service, service)] for service in values]
    data = {"choices": [{"key": "service", "label": "service", "options": options}], "values": values}
    whole = [row for row in rows if row["service"] == "all"]
    seats = _seats(reading)
    cells = [
        Row(
            [
                carrier_link(row["id"], names), seats.get(row["id"]), float(row["share"]), row["cone"],
                row["exclusive_cone"], [name_of(one, countries) for one in states.get(row["id"], ())],
            ]
        )
        for row in whole[:_ROWS]
    ]  # fmt: skip
    columns = (
        Column("carrier"), Column("seat", "code"), Column("share of messages", "number"),
        Column("operators that declare it", "number"), Column("operators that declare nothing else", "number"),
        Column("controlled by"),
    )  # fmt: skip
    return Section(
        id="carriers",
        title="The carriers that matter",
        lead=tuple(_lead(whole)),
        figures=(Figure("carriers", "bars", "Share of all roaming messages expected to cross each carrier.", data),),
        grids=(Grid("dominance", "Carriers, all services", columns, cells, _note(len(whole))),),
    )


def _note(total: int) -> str:
    return f"The first {_ROWS} of {total}; all are in tables/dominance.parquet." if total > _ROWS else ""


def _lead(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["A message may cross two carriers, so shares add up to more than 1."]
    effective = rows[0]["effective_number"] if rows else None
    if effective:
        lines.append(f"The market is as concentrated as if {effective:.1f} equal carriers shared it.")
    return lines


def _bar(
    row: dict[str, Any], names: dict[str, str], states: dict[str, list[str]], controller: str | None
) -> dict[str, Any]:
    link = carrier_link(row["id"], names)
    only = f", only carrier of {row['exclusive_cone']}" if row["exclusive_cone"] else ""
    return {
        "label": link if isinstance(link, str) else link.text,
        "value": packed(row["share"]),
        "words": f"declared by {row['cone']} operators{only}",
        "hit": controller is not None and controller in states.get(row["id"], ()),
        "href": f"#{anchor('carrier', row['id'])}",
    }


def _seats(reading: Reading) -> dict[str, str]:
    return (
        {row["id"]: row["seat"] for row in reading.rows("select id, seat from carriers")}
        if reading.has("carriers")
        else {}
    )
