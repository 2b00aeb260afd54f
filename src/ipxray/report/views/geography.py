"""The world map: each country's exposure, small states and fictional ones included."""

from __future__ import annotations

from typing import Any

from ipxray.report.reading import Reading
from ipxray.report.sections import CLASS_NAMES, Column, Figure, Grid, Link, Row, Section, anchor
from ipxray.report.views.levels import EXPOSED, choices, controllers, country_names, figure_values, name_of, read_levels

__all__ = ["world"]


def world(reading: Reading) -> Section | None:
    """Exposure by country on a map of the world, and the table behind it. None without countries in `exposure`."""
    if not reading.has("exposure"):
        return None
    rows = reading.rows("select distinct subject from exposure where subject_kind = 'country' order by subject")
    subjects = [row["subject"] for row in rows]
    if not subjects:
        return None
    names = country_names(reading)
    values = figure_values(reading, "country", subjects)
    known = {code: name_of(code, names) for code in controllers(reading)}
    networks = _networks(reading)
    data: dict[str, Any] = {
        "choices": choices(values, known),
        "values": values,
        "names": {code: name for code, name in names.items() if len(code) == 2},
        "networks": {code: len(found) for code, found in networks.items()},
        "seats": _seats(reading),
    }
    who = next(iter(known.values())) if len(known) == 1 else "the chosen controller"
    label = f"World map: share of each country's roaming messages within reach of {who}."
    return Section(
        id="world",
        title="Where",
        lead=(
            (
                "A country's colour is the share of its operators' roaming messages within the controller's reach. "
                "Hatched countries declared nothing here: not known, which is not the same as safe."
            ),
        ),
        figures=(Figure("map", "map", label, data),),
        grids=(_grid(reading, names, networks, known),),
    )


def _networks(reading: Reading) -> dict[str, list[str]]:
    if not reading.has("networks"):
        return {}
    rows = reading.rows("select country, tadig from networks where country is not null order by country, tadig")
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["country"], []).append(row["tadig"])
    return found


def _seats(reading: Reading) -> dict[str, int]:
    """Country → carriers declared here that have their seat there: how a state without networks still shows."""
    if not reading.has("links", "carriers"):
        return {}
    sql = (
        "select seat, count(*) as n from carriers where seat is not null and id in "
        "(select distinct carrier_id from links where carrier_id is not null) group by seat order by seat"
    )
    return {row["seat"]: row["n"] for row in reading.rows(sql)}


def _grid(reading: Reading, names: dict[str, str], networks: dict[str, list[str]], known: dict[str, str]) -> Grid:
    rows = []
    for controller, title in known.items():
        read, inject = (read_levels(reading, "country", controller, threat) for threat in ("read", "inject"))
        for code in sorted(
            read, key=lambda code: (-max((one.expected for one in read[code].values()), default=0), code)
        ):
            links = [Link(tadig, f"#{anchor('operator', tadig)}") for tadig in networks.get(code, ())]
            levels = [read[code].get(name) for name in EXPOSED]
            forged = inject.get(code, {}).get("credential")
            lead = [title] if len(known) > 1 else []
            rows.append(Row([names.get(code, code), code, *lead, links, *levels, forged]))
    lead_columns = [Column("controller")] if len(known) > 1 else []
    columns = (
        Column("country"), Column("code", "code"), *lead_columns, Column("networks", "links"),
        *(Column(f"read {CLASS_NAMES[name]}", "level") for name in EXPOSED), Column("inject for credentials", "level"),
    )  # fmt: skip
    return Grid(
        "countries", "Exposure by country: expected [low, high], subscribers abroad, all services", columns, rows
    )
