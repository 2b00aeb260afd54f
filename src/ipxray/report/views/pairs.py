"""The pair explorer: who can read, alter or inject what when a subscriber of H roams in V. Computed where it is read."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ipxray.exposure import messages
from ipxray.report.headline import Level
from ipxray.report.reading import Reading
from ipxray.report.sections import (
    CLASS_NAMES,
    SERVICE_NAMES,
    THREAT_NAMES,
    Column,
    Figure,
    Grid,
    Link,
    Row,
    Section,
    anchor,
)
from ipxray.report.views.evidence import carrier_names
from ipxray.report.views.intervals import most_exposed
from ipxray.report.views.levels import EXPOSED, country_names

__all__ = ["pair_data", "pairs"]

_MEASURED = ("sccp", "diameter", "grx")
_ROWS = 60
_DIGITS = 6


def pairs(reading: Reading) -> Section | None:
    """Any pair of networks against the one controller of the run. None without a controller or without two networks."""
    if not reading.controller or not reading.has("networks", "links", "control") or reading.count("networks") < 2:
        return None
    grids = [_grid(reading)]
    label = "Choose a home and a visited network: who could read, alter or inject what between them."
    return Section(
        id="pairs",
        title="If a SIM of one network roams in another",
        lead=(
            (
                "Direction and service decide: authentication vectors travel from home to visited, the location back. "
                "A backup link suffices to inject."
            ),
        ),
        figures=(Figure("pairs", "pairs", label, pair_data(reading)),),
        grids=grids,
        notes=("On the command line: ipxray route HOME VISITED shows one pair message by message, with its sources.",),
    )


def pair_data(reading: Reading) -> dict[str, Any]:
    """Everything the model of one pair needs: boxes, membership, parameters, message kinds. Shares as they stand."""
    names, countries = carrier_names(reading), country_names(reading)
    members = _members(reading)
    nodes: dict[str, int] = {}
    listed: list[list[Any]] = []
    boxes: dict[str, dict[str, list[Any]]] = {service: defaultdict(list) for service in _MEASURED}
    for row in reading.rows(_BOXES, [list(_MEASURED)]):
        node = row["node"]
        if node not in nodes:
            nodes[node] = len(nodes)
            listed.append(_node(node, row["candidates"] or [], members, names))
        shares = [round(float(row[part]), _DIGITS) for part in ("low", "point", "high")]
        boxes[row["service"]][row["tadig"]].append([nodes[node], *shares, int(bool(row["confirmed"]))])
    return {
        "controller": reading.controller,
        "start": _start(reading),
        "networks": _networks(reading, countries),
        "nodes": listed,
        "boxes": {service: dict(found) for service, found in boxes.items()},
        "parameters": {row["name"]: row["value"] for row in reading.manifest.get("parameters") or ()},
        "messages": [
            [
                kind.service,
                kind.data_class,
                kind.payload,
                kind.path,
                kind.weight,
                list(kind.threats),
                kind.forged_to,
                kind.message,
            ]
            for kind in messages()
        ],
        "names": {"services": SERVICE_NAMES, "classes": CLASS_NAMES, "threats": THREAT_NAMES},
    }


def _networks(reading: Reading, countries: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": row["tadig"],
            "name": row["organisation"],
            "country": countries.get(row["country"], row["country"]),
            "absent": [service for service in _MEASURED if row[service] == "not_applicable"],
            "href": f"#{anchor('operator', row['tadig'])}",
        }
        for row in reading.rows("select * from networks order by tadig")
    ]


_BOXES = """
select service, tadig, node, sum(share_low) as low, sum(share_point) as point, sum(share_high) as high,
  list_sort(list_distinct(flatten(list(case when carrier_id is null then candidates else [carrier_id] end)))) as candidates,
  bool_or(len(confirmed_by) > 0) as confirmed
from links where not pending and share_high > 0 and list_contains(?, service)
group by service, tadig, node order by service, tadig, node
"""


def _members(reading: Reading) -> dict[str, tuple[float, float, float]]:
    """Carrier → how far it is the controller's: low, point, high. An entity's set holds itself where it is a carrier."""
    rows = reading.rows(
        "select carrier_id, max(low) as low, max(point) as point, max(high) as high from control "
        "where controller = ? and (rule = ? or ? = 'wide') group by carrier_id order by carrier_id",
        [reading.controller, reading.rule, reading.rule],
    )
    found = {row["carrier_id"]: (row["low"], row["point"], row["high"]) for row in rows}
    if reading.has("carriers"):
        itself = reading.rows("select id from carriers where entity = ? order by id", [reading.controller])
        found |= {row["id"]: (1.0, 1.0, 1.0) for row in itself}
    return found


def _node(
    node: str, candidates: list[str], members: dict[str, tuple[float, float, float]], names: dict[str, str]
) -> list[Any]:
    """[id, label, low, point, high, candidates]: membership as exposure reads it, an unknown name being possibly anyone."""
    outside = (0.0, 0.0, 0.0)
    if node in members:
        low, point, high = members[node]
    elif not candidates:
        low, point, high = 0.0, 0.0, 1.0
    else:
        found = [members.get(name, outside) for name in candidates]
        low, high = min(one[0] for one in found), max(one[2] for one in found)
        point = min(one[1] for one in found)
    return [node, names.get(node, node.partition(":")[2] or node), low, float(point > 0.5), high, candidates]


def _start(reading: Reading) -> list[str]:
    """The pair shown first: the most exposed network, in the next most exposed one of another country."""
    first = most_exposed(reading, 12)
    where = {row["tadig"]: row["country"] for row in reading.rows("select tadig, country from networks")}
    abroad = [tadig for tadig in first[1:] if where.get(tadig) != where.get(first[0])]
    return [first[0], abroad[0]] if abroad else []


def _grid(reading: Reading) -> Grid:
    """The most exposed pairs, where the run listed pairs."""
    rows = []
    if reading.has("exposure"):
        rows = reading.rows(_MOST, [list(EXPOSED), _ROWS])
    found = [
        Row(
            [
                Link(row["home"], f"#{anchor('operator', row['home'])}"), Link(row["visited"], f"#{anchor('operator', row['visited'])}"),
                *(_level(row["levels"], name) for name in EXPOSED),
            ]
        )
        for row in rows
    ]  # fmt: skip
    columns = (
        Column("home", "code"), Column("visited", "code"), *(Column(f"read {CLASS_NAMES[name]}", "level") for name in EXPOSED),
    )  # fmt: skip
    note = f"The {_ROWS} most exposed pairs." if found else "No pair is listed: ipxray assess --pairs lists them all."
    return Grid("pairs", "Most exposed pairs: expected [low, high], all services", columns, found, note)


_MOST = """
with shown as (select subject as home, counterpart as visited, data_class, expected, low, high from exposure
  where subject_kind = 'pair' and service = 'all' and threat = 'read' and direction = 'both'
  and list_contains(?, data_class))
select home, visited, list({'name': data_class, 'expected': expected, 'low': low, 'high': high} order by data_class) as levels
from shown group by home, visited order by max(expected) desc, avg(expected) desc, home, visited limit ?
"""


def _level(levels: list[dict[str, Any]], name: str) -> Level | None:
    found = next((one for one in levels if one["name"] == name), None)
    return Level(found["expected"], found["low"], found["high"]) if found else None
