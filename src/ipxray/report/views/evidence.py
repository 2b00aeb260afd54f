"""The evidence: declarations behind every link, ownership behind every controller, the sources of both."""

from __future__ import annotations

import re
from typing import Any

from ipxray.report.headline import Level
from ipxray.report.reading import Reading
from ipxray.report.sections import SERVICE_NAMES, Column, Grid, Link, Row, Section, anchor
from ipxray.report.views.intervals import SHOWN, most_exposed
from ipxray.report.views.levels import country_names, name_of

__all__ = ["carrier_link", "carrier_names", "evidence", "source_link"]

_ROWS = 1_200
"""Rows of one table that a page holds: about half a megabyte."""
_CERTAINTY = {(1, 1): "certain", (0, 1): "expected", (0, 0): "possible"}
_WEB = re.compile(r"https?://[^\s\"'<>]+")


def carrier_link(node: str, names: dict[str, str]) -> Link | str:
    """A declared carrier, leading to who controls it; a name that no one carrier bears stays text."""
    kind, separator, text = node.partition(":")
    if separator and kind in ("unknown", "ambiguous"):
        return f"{text} ({'of no known carrier' if kind == 'unknown' else 'of several carriers'})"
    return Link(names.get(node, node), f"#{anchor('carrier', node)}")


def source_link(reading: Reading, keys: list[str] | tuple[str, ...]) -> list[Any]:
    """The sources of a row, leading to the table of sources where the folder has it."""
    return [Link(key, f"#{anchor('source', key)}") if reading.has("sources") else key for key in keys]


def evidence(reading: Reading) -> Section | None:
    """Every number leads here: which element of which document says so, and which source. None without links."""
    if not reading.has("links"):
        return None
    grids = [_links(reading)]
    if reading.has("control"):
        grids.append(_control(reading))
    if reading.has("sources"):
        grids.append(_sources(reading))
    return Section(
        id="evidence",
        title="Evidence",
        lead=(
            "Each link is what a document declares, with the place in it; each controller follows from cited shares.",
        ),
        grids=grids,
    )


def carrier_names(reading: Reading) -> dict[str, str]:
    """Carrier id → name."""
    if not reading.has("carriers"):
        return {}
    return {row["id"]: row["name"] for row in reading.rows("select id, name from carriers order by id")}


def _links(reading: Reading) -> Grid:
    subjects = most_exposed(reading) or [row["tadig"] for row in reading.rows(_BUSIEST)]
    paths = {row.get("sha256"): str(row.get("path")) for row in reading.manifest.get("documents") or ()}
    names = carrier_names(reading)
    total = reading.count("links")
    documents = _DOCUMENTS if reading.has("declarations") else "select null"
    found = reading.rows(_DECLARED.format(documents=documents), [subjects])[:_ROWS]
    rows, seen = [], set()
    for row in found:
        tadig = row["tadig"]
        level = None if row["pending"] else Level(row["share_point"], row["share_low"], row["share_high"])
        state = [word for word in ("pending", "inferred") if row[word]]
        cells = [
            tadig, SERVICE_NAMES.get(row["service"], row["service"]), carrier_link(row["node"], names),
            row["carrier_name"], row["role"], level, ", ".join(row["confirmed_by"] or ()) or None,
            ", ".join(state) or "in force", row["fresh_days"],
            paths.get(row["document_sha256"]) or row["document_sha256"], ", ".join(row["sources"] or ()),
        ]  # fmt: skip
        rows.append(Row(cells, None if tadig in seen else anchor("operator", tadig)))
        seen.add(tadig)
    note = (
        f"{len(rows)} of {total} links, those of the most exposed; all are in tables/links.parquet."
        if total > len(rows)
        else ""
    )
    columns = (
        Column("operator", "code"), Column("service"), Column("carrier"), Column("as declared"), Column("role"),
        Column("share of its own messages", "level"), Column("confirmed by"), Column("state"),
        Column("age in days", "number"), Column("document", "path"), Column("element", "path"),
    )  # fmt: skip
    return Grid("links", "Declared links, with the place in the document", columns, rows, note)


_BUSIEST = f"select tadig from links group by tadig order by count(*) desc, tadig limit {SHOWN}"
_DOCUMENTS = """
select min(document_sha256) from declarations as one where one.tadig = links.tadig
  and one.service = links.service and list_contains(links.sources, one.element_path)
"""
_DECLARED = """
select links.*, ({documents}) as document_sha256 from links where list_contains($1, tadig)
order by list_position($1, tadig), service, share_point desc, node
"""


def _control(reading: Reading) -> Grid:
    names, countries = carrier_names(reading), country_names(reading)
    # Every state and owner under the run's rule; the seat beside it, since the two grounds are easily taken for one.
    found = reading.rows(
        "select * from control where carrier_id in (select unnest(candidates) from links) and (rule in (?, 'seat') or ? = 'wide') "
        "order by carrier_id, rule = 'seat', low desc, point desc, length(controller), controller, rule limit ?",
        [reading.rule, reading.rule, _ROWS],
    )
    rows, seen = [], set()
    for row in found:
        carrier = row["carrier_id"]
        cells = [
            names.get(carrier, carrier), name_of(row["controller"], countries), row["rule"],
            _CERTAINTY.get((int(row["low"]), int(row["point"])), "possible"), row["reason"],
            source_link(reading, row["source"] or []),
        ]  # fmt: skip
        rows.append(Row(cells, None if carrier in seen else anchor("carrier", carrier)))
        seen.add(carrier)
    declared = reading.rows("select distinct unnest(candidates) as id from links order by id")
    rows += [
        Row(
            [names.get(one["id"], one["id"]), None, None, None, "no controller is known", None],
            anchor("carrier", one["id"]),
        )
        for one in declared
        if one["id"] not in seen
    ]
    columns = (
        Column("carrier"), Column("controller"), Column("rule"), Column("how sure"), Column("chain", "prose"),
        Column("sources", "links"),
    )  # fmt: skip
    return Grid("control", f"Who controls the declared carriers ({reading.rule}, and where the seat is)", columns, rows)


def _sources(reading: Reading) -> Grid:
    rows = [
        Row(
            [
                row["key"], row["publisher"], _cited(row["title"], row["url"]), row["published"], row["retrieved"],
                row["mark"],
            ],
            anchor("source", row["key"]),
        )
        for row in reading.rows("select * from sources order by key limit ?", [_ROWS])
    ]  # fmt: skip
    columns = (
        Column("key", "code"), Column("publisher"), Column("title", "prose"), Column("published"), Column("read on"),
        Column("mark"),
    )  # fmt: skip
    return Grid("sources", "Sources", columns, rows)


def _cited(title: str, url: str) -> Link | str:
    """Only an address of the web becomes one: nothing that a browser would run."""
    return Link(title, url) if _WEB.fullmatch(url or "") else title
