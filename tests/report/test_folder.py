"""An assessment folder is replaced as a whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, NamedTuple

import pytest

from ipxray.errors import OutputError
from ipxray.report import folder as folder_room
from ipxray.report import write_folder
from ipxray.tables import Table


class Sample(NamedTuple):
    """One row per sample."""

    name: Annotated[str, "what it is called"]


TABLES = (Table("samples", Sample, (Sample("a"),)),)


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_the_folder_describes_itself(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", TABLES, {"ipxray": "1.2.3"}, with_csv=True)
    assert files(tmp_path / "out") == {"assessment.json", "tables/samples.parquet", "tables/samples.csv"}
    manifest = json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))
    assert manifest["ipxray"] == "1.2.3"
    assert manifest["tables"]["samples"]["rows"] == 1
    assert manifest["tables"]["samples"]["columns"][0]["meaning"] == "what it is called"


def test_a_second_run_replaces_the_first_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", TABLES, {}, with_csv=True)
    write_folder(tmp_path / "out", TABLES, {})
    assert files(tmp_path / "out") == {"assessment.json", "tables/samples.parquet"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_interrupted_run_leaves_the_last_complete_assessment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path / "out", TABLES, {"run": 1})

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folder_room, "write_parquet", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_folder(tmp_path / "out", TABLES, {"run": 2})
    assert json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))["run"] == 1


def test_a_folder_that_holds_something_else_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(OutputError, match="no assessment"):
        write_folder(tmp_path, TABLES, {})
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"


def test_a_file_in_the_way_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="is a file"):
        write_folder(tmp_path / "out", TABLES, {})


def test_a_place_that_cannot_be_written_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_folder(tmp_path / "file" / "out", TABLES, {})
