"""Tables to Parquet and CSV, the same bytes for the same rows. Ref: Apache Parquet 2, RFC 4180."""

from __future__ import annotations

import csv
import errno
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ipxray.tables import Column, Table

__all__ = ["csv_cell", "write_csv", "write_parquet"]

_BATCH = 50_000
"""Rows handed to the engine at once: bounds the copy of a long table without costing time."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""A spreadsheet runs a cell that starts with one of these (OWASP, CSV injection)."""


def write_parquet(table: Table, path: Path, watermark: str | None = None) -> None:
    """Write `table` to `path` (zstd); its meaning and the watermark of a fictional world go into the metadata."""
    import duckdb  # noqa: PLC0415 - the heaviest import of all, and only writing needs it

    columns = table.columns
    with duckdb.connect(config={"threads": 1}) as engine:
        names = ", ".join(f'"{column.name}" {column.sql_type}' for column in columns)
        engine.execute(f"create table rows ({names})")
        for batch in _batches(table.rows):
            values = [[_engine_value(value) for value in column] for column in zip(*batch, strict=True)]
            unnested = ", ".join(f"unnest(${n}::{column.sql_type}[])" for n, column in enumerate(columns, start=1))
            engine.execute(f"insert into rows select {unnested}", values)
        metadata = {"ipxray_table": table.name, "ipxray_meaning": (table.row_type.__doc__ or "").strip()}
        if watermark:
            metadata["ipxray_watermark"] = watermark
        pairs = ", ".join(f"{key}: {_quoted(value)}" for key, value in metadata.items())
        form = f"format parquet, compression zstd, kv_metadata {{{pairs}}}"
        try:
            engine.execute(f"copy rows to {_quoted(str(path))} ({form})")
        except duckdb.IOException as error:  # a full disk is the caller's to hear of, in the words of any other file
            raise OSError(errno.EIO, str(error).partition("\n")[0]) from error


def write_csv(table: Table, path: Path, watermark: str | None = None) -> None:
    """Write `table` to `path`: lists joined by bars, cells that a spreadsheet would run disarmed by an apostrophe."""
    header = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*header, "watermark"] if watermark else header)
        for row in table.rows:
            cells = [csv_cell(value) for value in row]
            writer.writerow([*cells, watermark] if watermark else cells)


def csv_cell(value: object) -> str:
    """One value as the text of one cell; null is empty."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        value = " | ".join(str(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def described(columns: Sequence[Column]) -> Iterator[dict[str, object]]:
    """Each column as a plain mapping, for manifests."""
    for column in columns:
        yield {"name": column.name, "type": column.sql_type, "nullable": column.nullable, "meaning": column.doc}


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _engine_value(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
