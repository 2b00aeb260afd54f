"""Flows: country or operator → service → carrier → the state that controls it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ipxray.report.headline import Level
from ipxray.report.reading import Reading
from ipxray.report.sections import SERVICE_NAMES, Column, Figure, Grid, Row, Section, anchor, packed
from ipxray.report.views.evidence import carrier_names
from ipxray.report.views.levels import country_names, name_of

__all__ = ["carrier_states", "flows"]

_SOURCES = 16
_CARRIERS = 16
"""Bands of a column, the rest together: more cannot be told apart on a screen."""
_MEASURED = ("sccp", "diameter", "grx")
_NOBODY = "no state known"
_UNSURE = "not known"
_OPEN = {"unknown": "names of no known carrier", "ambiguous": "names of several carriers"}


class _Part(NamedTuple):
    """One declared link, weighted: operators count alike, services by their parameter."""

    tadig: str
    country: str
    service: str
    node: str
    low: float
    expected: float
    high: float


def flows(reading: Reading) -> Section | None:
    """Who hands its messages to whom, and whose that is. None without links in force on a measured service."""
    parts = list(_parts(reading)) if reading.has("links", "control") else []
    if not parts:
        return None
    names, countries = carrier_names(reading), country_names(reading)
    states = carrier_states(reading)
    pictures = _by_region(reading, parts, names, states)
    if reading.has("networks"):
        pictures["country"] = _picture(
            reading, parts, lambda part: part.country, titles=countries, names=names, states=states
        )
    pictures |= {
        "operator": _picture(reading, parts, lambda part: part.tadig, titles={}, names=names, states=states),
    }
    label = "Flows of roaming signalling: who declares which carriers on which service, and which state controls them."
    shown = next(iter(pictures.values()))
    labels = {one["id"]: one["label"] for one in shown["nodes"]}
    rows = [
        Row(
            [
                labels[one["source"]],
                labels[one["target"]],
                Level(*(one[part] / 10_000 for part in ("value", "low", "high"))),
            ]
        )
        for one in shown["links"]
    ]
    columns = (Column("from"), Column("to"), Column("share of everyone's messages", "level"))
    return Section(
        id="flows",
        title="Through whom",
        lead=(
            (
                "The wider a band, the more messages are expected to be handed over there. Every operator counts the same, "
                "services as the parameters weigh them; shares that no document states are assumed within their bounds."
            ),
        ),
        figures=(Figure("flows", "flows", label, pictures),),
        grids=(Grid("handed", f"Bands of the figure by {next(iter(pictures))}: expected [low, high]", columns, rows),),
    )


def _by_region(
    reading: Reading, parts: list[_Part], names: dict[str, str], states: dict[str, list[str]]
) -> dict[str, dict[str, Any]]:
    """The whole world by region, where its countries are too many for bands of their own."""
    if len({part.country for part in parts}) <= _SOURCES * 3 // 2 or not reading.has("countries"):
        return {}
    regions = {row["iso2"]: row["region"] for row in reading.rows("select iso2, region from countries")}
    titles = {region: region for region in regions.values()}
    picture = _picture(
        reading, parts, lambda part: regions.get(part.country) or "elsewhere", titles=titles, names=names, states=states
    )
    return {"region": picture}


def carrier_states(reading: Reading) -> dict[str, list[str]]:
    """Carrier → who controls it as expected under the run's rule: the named owner, else states, else nobody."""
    named = reading.controller or ""
    found: dict[str, list[str]] = defaultdict(list)
    sql = (
        "select distinct carrier_id, controller from control where point > 0 and (rule = ? or ? = 'wide') "
        "and (length(controller) = 2 or controller = ?) order by carrier_id, controller"
    )
    for row in reading.rows(sql, [reading.rule, reading.rule, named]) if reading.has("control") else ():
        found[row["carrier_id"]].append(row["controller"])
    return {carrier: [named] if named in states else states for carrier, states in found.items()}


def _parts(reading: Reading) -> Iterable[_Part]:
    weights = {row["name"]: float(row["value"]) for row in reading.manifest.get("parameters") or ()}
    rows = reading.rows(
        "select tadig, service, node, sum(share_low) as low, sum(share_point) as point, sum(share_high) as high "
        "from links where not pending and share_high > 0 and list_contains(?, service) group by all order by all",
        [list(_MEASURED)],
    )
    own = (
        {row["tadig"]: row["country"] or "?" for row in reading.rows("select tadig, country from networks")}
        if reading.has("networks")
        else {}
    )
    services: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        services[row["tadig"]].add(row["service"])
    for row in rows:
        here = {service: weights.get(f"weight_{service}", 1.0) for service in services[row["tadig"]]}
        whole = sum(here.values()) * len(services)
        weight = here[row["service"]] / whole if whole else 0.0
        high = min(1.0, row["high"])
        yield _Part(
            row["tadig"], own.get(row["tadig"], "?"), row["service"], row["node"],
            weight * row["low"], weight * row["point"], weight * high,
        )  # fmt: skip


def _picture(
    reading: Reading,
    parts: list[_Part],
    source_of: Callable[[_Part], str],
    *,
    titles: dict[str, str],
    names: dict[str, str],
    states: dict[str, list[str]],
) -> dict[str, Any]:
    """Nodes and links of one Sankey diagram, shares packed."""
    sources = _leading(parts, source_of, _SOURCES)
    carriers = _leading([part for part in parts if ":" not in part.node], lambda part: part.node, _CARRIERS)
    countries = country_names(reading)
    nodes: dict[str, dict[str, Any]] = {}
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for part in parts:
        source = source_of(part)
        owners = states.get(part.node, [])
        hit = reading.controller in owners
        path = [
            _node(
                nodes, 0, source if source in sources else "", titles.get(source, source), _source_href(source, titles)
            ),
            _node(nodes, 1, part.service, SERVICE_NAMES[part.service], ""),
            _carrier_node(nodes, part.node, carriers, names, hit=hit),
        ]
        ends = owners or [_UNSURE if ":" in part.node else _NOBODY]
        for one, other in itertools.pairwise(path):
            _add(sums[one, other], part, 1.0)
        for owner in ends:
            title = name_of(owner, countries) if owner in owners else owner
            node = _node(nodes, 3, owner, title, "", hit=owner == reading.controller)
            _add(sums[path[-1], node], part, 1.0 / len(ends))
    links = [
        {"source": source, "target": target, "low": packed(low), "value": packed(point), "high": packed(high)}
        for (source, target), (low, point, high) in sums.items()
    ]
    return {"nodes": list(nodes.values()), "links": links}


def _add(total: list[float], part: _Part, share: float) -> None:
    for place, value in enumerate((part.low, part.expected, part.high)):
        total[place] += share * value


def _leading(parts: list[_Part], name: Callable[[_Part], str], limit: int) -> set[str]:
    totals: dict[str, float] = defaultdict(float)
    for part in parts:
        totals[name(part)] += part.expected
    return set(sorted(totals, key=lambda one: (-totals[one], one))[:limit])


def _node(nodes: dict[str, dict[str, Any]], column: int, name: str, title: str, href: str, *, hit: bool = False) -> str:
    key = f"{column}:{name}"
    if key not in nodes:
        label = title if name else ("all others" if column == 0 else "other carriers")
        nodes[key] = {"id": key, "column": column, "label": label, "href": href if name else "", "hit": hit}
    return key


def _source_href(source: str, titles: dict[str, str]) -> str:
    return "#table-countries" if source in titles else f"#{anchor('operator', source)}"


def _carrier_node(
    nodes: dict[str, dict[str, Any]], node: str, leading: set[str], names: dict[str, str], *, hit: bool
) -> str:
    kind = node.partition(":")[0]
    if ":" in node:
        return _node(nodes, 2, kind, _OPEN.get(kind, kind), "#table-unresolved")
    if node in leading:
        return _node(nodes, 2, node, names.get(node, node), f"#{anchor('carrier', node)}", hit=hit)
    return _node(nodes, 2, "~hit" if hit else "", "its other carriers" if hit else "", "#table-dominance", hit=hit)
