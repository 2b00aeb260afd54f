"""Equipment vendors: whose nodes stand in the networks, by kind of node."""

from __future__ import annotations

from typing import Any

from ipxray.report.reading import Reading
from ipxray.report.sections import Column, Figure, Grid, Link, Row, Section, anchor
from ipxray.report.views.levels import country_names, name_of

__all__ = ["vendors"]

NODE_NAMES = {
    "hlr_hss": "HLR, HSS",
    "msc_vlr": "MSC, VLR",
    "sgsn_mme": "SGSN, MME",
    "ggsn_pgw": "GGSN, PGW",
    "smsc": "SMSC",
    "stp_dra": "STP, DRA",
    "other": "other",
}
_NAMED = 7
"""Vendors with a colour of their own: as many as stay apart for every kind of colour vision."""
_ROWS = 600
_NOT_SAID = "not said"


def vendors(reading: Reading) -> Section | None:
    """Nodes by vendor and kind, and who stands behind the vendor. None where no document lists a node."""
    if not reading.has("vendors") or not reading.count("vendors"):
        return None
    names = country_names(reading)
    rows = reading.rows(_SUMS)
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["vendor"]] = totals.get(row["vendor"], 0) + row["nodes"]
    leading = [one for one in sorted(totals, key=lambda one: (-totals[one], one)) if one != _NOT_SAID][:_NAMED]
    cells = [
        Row([row["vendor"], NODE_NAMES.get(row["node_class"], row["node_class"]), row["nodes"], row["networks"],
             [name_of(one, names) for one in row["controllers"] or ()]])
        for row in rows
    ]  # fmt: skip
    columns = (
        Column("vendor"), Column("node"), Column("nodes", "number"), Column("networks", "number"),
        Column("state behind it"),
    )  # fmt: skip
    label = "Nodes that operators list, by kind and vendor: share of the nodes."
    said = sum(count for name, count in totals.items() if name != _NOT_SAID)
    return Section(
        id="vendors",
        title="Whose equipment",
        lead=(f"{said} of {sum(totals.values())} nodes that operators list name a vendor.",),
        figures=(Figure("vendors", "stack", label, _stack(rows, leading)),),
        grids=(Grid("equipment", "Nodes by vendor and kind", columns, cells), _by_network(reading, names)),
    )


_SUMS = f"""
with once as (
  select coalesce(vendor_id, vendor_text, '{_NOT_SAID}') as vendor, node_class, tadig, vendor_id, vendor_text,
    max(nodes) as nodes, list(controller) filter (controller is not null) as states
  from vendors group by all
)
select vendor, node_class, sum(nodes)::bigint as nodes, count(distinct tadig) as networks,
  list_sort(list_distinct(flatten(list(states) filter (states is not null)))) as controllers
from once group by vendor, node_class order by vendor, node_class
"""
"""A vendor with two states behind it stands in two rows of `vendors`: its nodes count once."""


def _stack(rows: list[dict[str, Any]], leading: list[str]) -> dict[str, Any]:
    bars: dict[str, dict[str, int]] = {node: {} for node in NODE_NAMES}
    for row in rows:
        vendor = row["vendor"] if row["vendor"] in leading else _NOT_SAID if row["vendor"] == _NOT_SAID else "others"
        bar = bars.setdefault(row["node_class"], {})
        bar[vendor] = bar.get(vendor, 0) + row["nodes"]
    series = [*leading, *(name for name in ("others", _NOT_SAID) if any(name in bar for bar in bars.values()))]
    return {
        "series": series,
        "bars": [
            {"label": NODE_NAMES.get(node, node), "parts": [bar.get(name, 0) for name in series]}
            for node, bar in bars.items()
            if bar
        ],
    }


def _by_network(reading: Reading, names: dict[str, str]) -> Grid:
    found = reading.rows(
        "select * from vendors order by tadig, node_class, vendor_id, vendor_text, controller limit ?", [_ROWS]
    )
    total = reading.count("vendors")
    rows = [
        Row(
            [
                Link(row["tadig"], f"#{anchor('operator', row['tadig'])}"), NODE_NAMES.get(row["node_class"], row["node_class"]),
                row["vendor_text"], row["vendor_id"], row["nodes"], float(row["share"]),
                name_of(row["controller"], names) if row["controller"] else None,
            ]
        )
        for row in found
    ]  # fmt: skip
    columns = (
        Column("operator", "code"), Column("node"), Column("as written"), Column("vendor"), Column("nodes", "number"),
        Column("share of its nodes", "number"), Column("state behind it"),
    )  # fmt: skip
    note = f"The first {_ROWS} of {total} rows; all are in tables/vendors.parquet." if total > _ROWS else ""
    return Grid("vendors-by-network", "Nodes by network", columns, rows, note)
