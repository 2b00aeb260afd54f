"""Which documents lie behind the inputs, in which order, and what is never opened."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from ipxray.declarations.rows import Problem
from ipxray.declarations.sources import DEPTH, SourceReader, gather
from ipxray.declarations.xml import DOCUMENT_BYTES, Refusal
from ipxray.errors import InputError


def shown(*inputs: Path) -> list[str]:
    return [source.shown for source in gather(inputs)[0]]


def problems(*inputs: Path) -> list[Problem]:
    return gather(inputs)[1]


def codes(*inputs: Path) -> list[str]:
    return [problem.code for problem in problems(*inputs)]


def archive(path: Path, *names: str) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, b"<a/>")
    path.write_bytes(buffer.getvalue())
    return path


def test_a_folder_gives_its_documents_sorted_and_those_of_its_folders_after_them(tmp_path: Path) -> None:
    for name in ("b.xml", "a.XML", "z/c.xml", "m/d.csv", "m/e.xml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"<a/>")
    archive(tmp_path / "c.zip", "y.xml", "x.csv")
    names = ["a.XML", "b.xml", "c.zip!x.csv", "c.zip!y.xml", "m/d.csv", "m/e.xml", "z/c.xml"]
    assert shown(tmp_path) == [f"{tmp_path}/{name}" for name in names]
    assert problems(tmp_path) == []


def test_inputs_keep_their_order(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_bytes(b"<a/>")
    assert shown(tmp_path / "b.xml", tmp_path / "a.xml") == [f"{tmp_path}/b.xml", f"{tmp_path}/a.xml"]


def test_files_of_other_kinds_in_a_folder_are_passed_over_with_one_note(tmp_path: Path) -> None:
    for name in ("trace.pcap", "readme.txt", ".hidden.xml", "._a.xml"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    found = problems(tmp_path)
    assert [problem.code for problem in found] == ["passed-over"]
    assert found[0].severity == "note"
    assert "5 files" in found[0].message


def test_a_named_file_of_another_kind_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "trace.pcap"
    path.write_bytes(b"\xd4\xc3\xb2\xa1")
    assert codes(path) == ["not-a-document"]
    assert problems(path)[0].severity == "error"


@pytest.mark.parametrize("data", [b"<a/>", b"\xef\xbb\xbf <a/>", "<a/>".encode("utf-16"), b"PK\x03\x04"])
def test_a_named_file_without_a_known_suffix_is_known_by_its_content(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "download"
    path.write_bytes(archive(tmp_path / "a.zip", "a.xml").read_bytes() if data.startswith(b"PK") else data)
    assert len(shown(path)) == 1
    assert problems(path) == []


def test_an_input_that_does_not_exist_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        gather([tmp_path / "nowhere.xml"])


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    for name in ("pipe.xml", "pipe", "pipe.zip"):
        os.mkfifo(tmp_path / name)
        assert codes(tmp_path / name) == ["not-regular"]
    assert codes(tmp_path) == ["not-regular", "not-regular", "passed-over"]


def test_a_device_is_never_opened() -> None:
    assert codes(Path("/dev/zero")) == codes(Path("/dev/null")) == ["not-regular"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "doc.xml").write_bytes(b"<a/>")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "b.xml").symlink_to(tmp_path / "b.xml")
    (tmp_path / "c.xml").symlink_to(tmp_path / "nowhere")
    assert shown(tmp_path) == [f"{tmp_path}/a/doc.xml"]
    assert sorted(codes(tmp_path)) == ["link-not-followed", "not-regular", "not-regular"]
    assert codes(tmp_path / "b.xml") == ["unreadable"]


def test_a_link_to_a_document_is_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "doc.xml").write_bytes(b"<a/>")
    (tmp_path / "in" / "link.xml").symlink_to(tmp_path / "doc.xml")
    assert shown(tmp_path / "in") == [f"{tmp_path}/in/link.xml"]


def test_a_folder_nested_without_end_is_walked_so_far(tmp_path: Path) -> None:
    deepest = tmp_path.joinpath(*["d"] * (DEPTH + 2))
    deepest.mkdir(parents=True)
    (deepest / "a.xml").write_bytes(b"<a/>")
    assert shown(tmp_path) == []
    assert codes(tmp_path) == ["folder-too-deep"]


def test_an_archive_within_an_archive_is_not_opened(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", "inner.zip", "a.xml", "b.txt", "__MACOSX/._a.xml", "../x.xml", "../notes.txt")
    assert shown(path) == [f"{path}!a.xml"]
    assert sorted(codes(path)) == ["passed-over", "zip-name", "zip-name", "zip-nested"]


def test_a_name_that_deceives_the_screen_is_shown_defused(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2J.xml").write_bytes(b"<a/>")
    assert shown(tmp_path) == [f"{tmp_path}/a\ufffd[2J.xml"]


def test_a_name_that_is_no_text_is_shown_as_one(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xff.xml")).write_bytes(b"<a/>")
    (name,) = shown(tmp_path)
    name.encode("utf-8")


def test_a_document_too_large_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "blanks.xml"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    (source,) = gather([path])[0]
    found = SourceReader().read(source)
    assert isinstance(found, Refusal)
    assert (found.code, "1,073,741,824" in found.message) == ("too-large", True)


def test_a_document_of_the_greatest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "blanks.xml"
    path.write_bytes(b" " * DOCUMENT_BYTES)
    (source,) = gather([path])[0]
    assert SourceReader().read(source) == b" " * DOCUMENT_BYTES


def test_what_vanishes_between_listing_and_reading_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<a/>")
    archive(tmp_path / "b.zip", "b.xml")
    sources, _ = gather([tmp_path])
    (tmp_path / "a.xml").unlink()
    os.mkfifo(tmp_path / "a.xml")
    (tmp_path / "b.zip").unlink()
    reader = SourceReader()
    found = [reader.read(source) for source in sources]
    reader.close()
    assert [refusal.code for refusal in found if isinstance(refusal, Refusal)] == ["not-regular", "unreadable"]


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(b"<a/>")

    def deny(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    (source,) = gather([path])[0]
    monkeypatch.setattr(os, "open", deny)
    assert SourceReader().read(source) == Refusal("unreadable", "cannot be read: permission denied")
