"""Tables as files: every row, formulas disarmed, an earlier export replaced as a whole."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest
from tests.exchange.conftest import FINDINGS, finding, write

from ipxray import exchange
from ipxray.cli import main
from ipxray.errors import InputError, OutputError


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_every_row_of_every_table_is_written(folder: Path, tmp_path: Path, form: str) -> None:
    written = exchange.export_files(folder, form, tmp_path / "out")
    assert [path.name for path in written] == [f"evidence.{form}", f"findings.{form}"]
    reader = {"csv": "read_csv", "jsonl": "read_json", "parquet": "read_parquet"}[form]
    with duckdb.connect() as engine:
        found = engine.execute(f"select * from {reader}(?)", [str(tmp_path / "out" / f"findings.{form}")]).fetchall()
    assert len(found) == len(FINDINGS)


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(tmp_path: Path) -> None:
    folder = write(tmp_path / "night", (finding(1, title="=cmd|' /C calc'!A0"),))
    exchange.export_files(folder, "csv", tmp_path / "out")
    with (tmp_path / "out" / "findings.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["title"].startswith("'=")


def test_fiction_says_so_in_every_row(folder: Path, tmp_path: Path) -> None:
    exchange.export_files(folder, "jsonl", tmp_path / "out")
    lines = (tmp_path / "out" / "findings.jsonl").read_text().splitlines()
    assert all(json.loads(line)["watermark"] == "FICTIONAL" for line in lines)


def test_an_earlier_export_is_replaced_and_anything_else_is_left_alone(folder: Path, tmp_path: Path) -> None:
    exchange.export_files(folder, "csv", tmp_path / "out")
    exchange.export_files(folder, "jsonl", tmp_path / "out")
    assert not list((tmp_path / "out").glob("*.csv"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="no export"):
        exchange.export_files(folder, "csv", tmp_path / "mine")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_manifest_that_is_none_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "assessment.json").write_bytes(content)
    with pytest.raises(InputError) as refusal:
        exchange.export_text(tmp_path, "stix")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("form", exchange.FORMS)
def test_a_table_that_is_no_parquet_is_one_clear_line(
    folder: Path, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "tables" / "findings.parquet").write_bytes(b"PAR1 but no more")
    status = main(["export", str(folder), "--format", form, "--output", str(tmp_path / "out")])
    if form == "parquet":
        assert status == 0  # bytes are handed on as they are
    else:
        assert status == 3
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_command_line_needs_a_folder_for_tables(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(folder), "--format", "csv"]) == 2
    assert "--output" in capsys.readouterr().err


def test_no_folder_at_all_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path / "none"), "--format", "stix"]) == 3
    assert "no assessment folder" in capsys.readouterr().err
