"""Tables leave as Parquet and CSV, the same bytes for the same rows."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.report import csv_cell, write_csv, write_parquet
from ipxray.report import parquet as parquet_room
from ipxray.tables import Table


class Sample(NamedTuple):
    """One row per sample."""

    name: Annotated[str, "what it is called"]
    parts: Annotated[tuple[str, ...], "its parts"]
    seen: Annotated[date | None, "day it was seen"]
    share: Annotated[float, "a share, 0 to 1"]
    count: Annotated[int | None, "how many"]
    known: Annotated[bool, "whether it is known"]


ROWS = (
    Sample("Umbra Interconnect", ("a", "b"), date(2021, 7, 15), 0.25, 3, known=True),
    Sample("", (), None, 1.0, None, known=False),
)


def read(path: Path) -> list[tuple[object, ...]]:
    return duckdb.sql(f"from '{path}'").fetchall()


def test_rows_come_back_with_their_types(tmp_path: Path) -> None:
    path = tmp_path / "samples.parquet"
    write_parquet(Table("samples", Sample, ROWS), path)
    assert read(path) == [
        ("Umbra Interconnect", ["a", "b"], date(2021, 7, 15), 0.25, 3, True),
        ("", [], None, 1.0, None, False),
    ]
    types = [row[1] for row in duckdb.sql(f"describe from '{path}'").fetchall()]
    assert types == ["VARCHAR", "VARCHAR[]", "DATE", "DOUBLE", "BIGINT", "BOOLEAN"]


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "samples.parquet"
    write_parquet(Table("samples", Sample, ()), path)
    assert read(path) == []
    assert [row[0] for row in duckdb.sql(f"describe from '{path}'").fetchall()] == list(Sample._fields)


def test_more_rows_than_one_batch_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_room, "_BATCH", 7)
    rows = tuple(Sample(f"n{n}", (), None, n / 100, n, known=True) for n in range(100))
    write_parquet(Table("samples", Sample, rows), tmp_path / "samples.parquet")
    assert [row[4] for row in read(tmp_path / "samples.parquet")] == list(range(100))


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_parquet(Table("samples", Sample, ROWS), tmp_path / name, "fictional: Testland")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_watermark_and_the_meaning_travel_in_the_metadata(tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    write_parquet(Table("samples", Sample, ROWS), path, "fictional: Nobody's Land")
    metadata = dict(duckdb.execute("select key, value from parquet_kv_metadata(?)", [str(path)]).fetchall())
    assert metadata[b"ipxray_watermark"] == b"fictional: Nobody's Land"
    assert metadata[b"ipxray_meaning"] == b"One row per sample."


def test_csv_has_a_header_and_a_watermark_column(tmp_path: Path) -> None:
    path = tmp_path / "samples.csv"
    write_csv(Table("samples", Sample, ROWS), path, "fictional: Testland")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows[0]["parts"] == "a | b"
    assert rows[0]["known"] == "true"
    assert rows[1]["seen"] == ""
    assert {row["watermark"] for row in rows} == {"fictional: Testland"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"])
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@given(st.text())
def test_no_cell_of_text_ever_starts_a_formula(text: str) -> None:
    assert not csv_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_negative_number_stays_a_number() -> None:
    assert csv_cell(-1.5) == "-1.5"
