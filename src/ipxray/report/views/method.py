"""How the figures were made: parameters, what each moves, versions, and the hashes of what was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipxray.report.reading import Reading
from ipxray.report.sections import CLASS_NAMES, Column, Figure, Grid, Row, Section, packed

__all__ = ["method"]

_DOCUMENTS = 400
_MOVERS = 15
_LEAD = (
    (
        "Operators declare carriers; shares that no document states lie within bounds, and the bounds of every figure are exact "
        "for them. Control follows from cited shares, added up along chains of owners. A figure is a share of messages of one "
        "kind; kinds are never merged."
    ),
    (
        "forced: no declared choice avoids the controller. Expected: at the assumed shares. Possible: some declared choice "
        "meets it. Always forced ≤ low ≤ expected ≤ high ≤ possible."
    ),
)


def method(reading: Reading) -> Section:
    """Parameters, sensitivity, versions and input hashes: enough to make this page again."""
    figures, grids = [], []
    if reading.has("sensitivity") and reading.count("sensitivity"):
        grids.append(_sensitivity(reading))
        if grids[0].rows:
            figures.append(_tornado(reading))
    if reading.manifest.get("parameters"):
        grids.append(_parameters(reading))
    if reading.manifest.get("documents"):
        grids.append(_documents(reading))
    grids += [_versions(reading), _tables(reading)]
    lead = _LEAD if reading.has("exposure") else ()
    return Section(id="method", title="How this was made", lead=lead, figures=figures, grids=grids)


def _tornado(reading: Reading) -> Figure:
    """What each assumption moves, one data class at a time."""
    values: dict[str, list[dict[str, Any]]] = {}
    rows = reading.rows(
        "select * from sensitivity where threat = 'read' and level = 'expected' and swing > 0 "
        "order by data_class, swing desc, parameter"
    )
    for name in CLASS_NAMES:
        found = [row for row in rows if row["data_class"] == name][:_MOVERS]
        if found:
            values[name] = [
                {
                    "label": row["parameter"],
                    "low": packed(min(row["at_minimum"], row["at_maximum"], row["figure"])),
                    "value": packed(row["figure"]),
                    "high": packed(max(row["at_minimum"], row["at_maximum"], row["figure"])),
                    "words": f"{row['minimum']:g} to {row['maximum']:g}, here {row['value']:g}",
                }
                for row in found
            ]
    options = [[name, CLASS_NAMES[name]] for name in values]
    data = {"choices": [{"key": "class", "label": "data", "options": options}], "values": values}
    label = "What each assumption moves over its whole range: mean over all operators, reading, expected."
    return Figure("sensitivity", "tornado", label, data)


def _sensitivity(reading: Reading) -> Grid:
    found = reading.rows(
        "select * from sensitivity where threat = 'read' and level = 'expected' and swing > 0 "
        "order by swing desc, parameter, data_class"
    )
    rows = [
        Row(
            [
                row["parameter"], CLASS_NAMES.get(row["data_class"], row["data_class"]), _plain(row["value"]),
                _plain(row["minimum"]), _plain(row["maximum"]), float(row["figure"]), float(row["at_minimum"]),
                float(row["at_maximum"]),
            ]
        )
        for row in found
    ]  # fmt: skip
    columns = (
        Column("assumption", "code"), Column("data"), Column("value here", "number"), Column("least", "number"),
        Column("greatest", "number"), Column("figure here", "number"), Column("at least value", "number"),
        Column("at greatest value", "number"),
    )  # fmt: skip
    return Grid("sensitivity", "What each assumption moves: mean over all operators, reading, expected", columns, rows)


def _parameters(reading: Reading) -> Grid:
    rows = [
        Row(
            [
                row["name"], _plain(row["value"]), _plain(row["default"]), f"{_plain(row['minimum'])} to {_plain(row['maximum'])}",
                row.get("mark"), row.get("reason"),
            ]
        )
        for row in reading.manifest["parameters"]
    ]  # fmt: skip
    columns = (
        Column("assumption", "code"), Column("value here", "number"), Column("default", "number"), Column("range"),
        Column("mark"), Column("why", "prose"),
    )  # fmt: skip
    return Grid("parameters", "Assumptions of this run: everything that is not a fact", columns, rows)


def _documents(reading: Reading) -> Grid:
    found = reading.manifest["documents"]
    rows = [
        Row(
            [
                row.get("path"),
                row.get("sha256"),
                row.get("schema_version"),
                row.get("document_created"),
                row.get("size"),
            ]
        )
        for row in found[:_DOCUMENTS]
    ]
    columns = (
        Column("document", "path"), Column("SHA-256", "path"), Column("schema", "code"), Column("created"), Column("bytes", "number"),
    )  # fmt: skip
    note = f"The first {_DOCUMENTS} of {len(found)}; all are in assessment.json." if len(found) > _DOCUMENTS else ""
    return Grid("documents", "What was read", columns, rows, note)


def _versions(reading: Reading) -> Grid:
    manifest: Mapping[str, Any] = reading.manifest
    known = (
        ("ipxray", manifest.get("ipxray")),
        ("date of assessment", manifest.get("at")),
        ("control rule", reading.headline.get("control_rule")),
        ("facts, SHA-256 of the files read", manifest.get("facts_sha256")),
        ("inputs", ", ".join(map(str, manifest.get("inputs") or ()))),
    )
    rows = [Row([name, str(value)]) for name, value in known if value]
    return Grid("versions", "Versions and hashes", (Column("what"), Column("value", "path")), rows)


def _tables(reading: Reading) -> Grid:
    described = reading.manifest.get("tables") or {}
    rows = [
        Row([f"tables/{name}.parquet", reading.count(name), described.get(name, {}).get("meaning")])
        for name in sorted(reading.tables)
    ]
    columns = (Column("file", "code"), Column("rows", "number"), Column("what a row is", "prose"))
    return Grid("tables", "The tables beside this page", columns, rows)


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)
