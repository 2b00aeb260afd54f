"""Where a world may be written, and that an archive has no clock in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ipxray.errors import OutputError
from ipxray.lab.folder import MANIFEST, WorldFolder, archive_bytes


def test_a_world_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "world"

    def interrupted() -> None:
        with WorldFolder(folder) as output:
            output.write("one/two.txt", "text")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(folder.parent.iterdir()) == []


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "world").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="no folder"):
        WorldFolder(tmp_path / "world")


def test_a_link_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "world").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="no folder"):
        WorldFolder(tmp_path / "world")


def test_a_manifest_of_another_maker_proves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "world"
    folder.mkdir()
    (folder / MANIFEST).write_text("mine\nMANIFEST.txt\n", encoding="utf-8")
    with pytest.raises(OutputError, match="no lab has written"):
        WorldFolder(folder)


def test_a_manifest_that_is_no_text_proves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "world"
    folder.mkdir()
    (folder / MANIFEST).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(OutputError, match="no lab has written"):
        WorldFolder(folder)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        WorldFolder(tmp_path / "file" / "world")


def test_an_archive_bears_no_time() -> None:
    packed = archive_bytes({"a.xml": b"<a/>", "b/c.xml": b"<c/>"}, ["b/c.xml", "a.xml"])
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["b/c.xml", "a.xml"]
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert packed == archive_bytes({"b/c.xml": b"<c/>", "a.xml": b"<a/>"}, ["b/c.xml", "a.xml"])
