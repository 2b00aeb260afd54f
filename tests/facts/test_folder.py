"""A facts folder is read in order and within bounds, whatever lies in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ipxray.facts import folder as folder_module
from ipxray.facts.faults import FaultList
from ipxray.facts.folder import MAX_DEPTH, MAX_FILE_BYTES, files_of


def read(folder: Path) -> tuple[list[str], list[str]]:
    faults = FaultList()
    names = [file.name for file in files_of(folder, faults)]
    return names, [str(fault) for fault in faults.found]


def test_toml_and_csv_files_come_sorted_by_path_from_every_level(tmp_path: Path) -> None:
    for name in ("b.toml", "a/z.csv", "a/b/c.toml", "readme.md", "a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert read(tmp_path) == (["a/b/c.toml", "a/z.csv", "b.toml"], [])


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert read(tmp_path) == ([], [])


def test_a_huge_file_is_a_fault_and_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.toml").open("wb") as stream:
        stream.truncate(50_000_000)
    (tmp_path / "small.toml").write_text("")
    names, faults = read(tmp_path)
    assert names == ["small.toml"]
    assert faults == [f"huge.toml: is larger than {MAX_FILE_BYTES:,} bytes"]


def test_many_files_that_are_huge_together_are_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MAX_FOLDER_BYTES", 100)
    for number in range(5):
        (tmp_path / f"{number}.toml").write_text("#" * 40)
    names, faults = read(tmp_path)
    assert names == ["0.toml", "1.toml"]
    assert "more than 100 bytes of facts" in faults[0]


def test_too_many_entries_are_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MAX_ENTRIES", 3)
    for number in range(5):
        (tmp_path / f"{number}.toml").write_text("")
    names, faults = read(tmp_path)
    assert len(names) == 3
    assert "more than 3 entries" in faults[0]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("")
    (tmp_path / "loop").symlink_to(tmp_path)
    names, faults = read(tmp_path)
    assert len(names) == MAX_DEPTH + 1
    assert "levels deep" in faults[0]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert read(tmp_path) == ([], ["pipe.toml: is no regular file"])


def test_a_link_to_nothing_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    assert read(tmp_path) == ([], ["gone.toml: is no regular file"])


def test_a_folder_named_like_a_fact_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    (tmp_path / "x.toml" / "y.toml").write_text("")
    assert read(tmp_path) == (["x.toml/y.toml"], [])


def test_a_file_that_vanishes_or_is_forbidden_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.toml").write_text("")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert read(tmp_path) == ([], ["a.toml: cannot be read: Permission denied"])


def test_a_folder_that_cannot_be_listed_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert read(tmp_path) == ([], [".: cannot be read: Permission denied"])
