"""Zips of documents: read in memory, bounded, and never outside themselves."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.declarations import PROBLEMS
from ipxray.declarations.archive import MEMBERS, Archive, is_archive, open_archive
from ipxray.declarations.xml import DOCUMENT_BYTES, Refusal


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def opened(folder: Path, data: bytes) -> Archive | Refusal:
    path = folder / "a.zip"
    path.write_bytes(data)
    return open_archive(path)


def refusals(folder: Path, data: bytes) -> list[str | None]:
    archive = opened(folder, data)
    assert not isinstance(archive, Refusal), archive
    found = [refusal and refusal.code for _, refusal in archive.members()]
    archive.close()
    return found


def test_members_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    archive = opened(tmp_path, zipped({"b.xml": b"<b/>", "folder/": b"", "a.xml": b"<a/>"}))
    assert not isinstance(archive, Refusal)
    assert archive.members() == [("a.xml", None), ("b.xml", None)]
    assert archive.read("a.xml") == b"<a/>"
    archive.close()


@pytest.mark.parametrize(
    "name",
    ["../evil.xml", "a/../../evil.xml", "/etc/evil.xml", "C:evil.xml", "..\\evil.xml", "a\x1b[2J.xml", "a\u202elmx"],
)
def test_a_name_that_leads_out_or_deceives_is_refused(tmp_path: Path, name: str) -> None:
    assert refusals(tmp_path, zipped({name: b"<a/>"})) == ["zip-name"]


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusals(tmp_path, bytes(data)) == ["zip-encrypted"]


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_method_that_may_ask_for_gigabytes_is_refused(tmp_path: Path, method: int) -> None:
    assert refusals(tmp_path, zipped({"a.xml": b"<a/>"}, method)) == ["zip-method"]


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    assert refusals(tmp_path, zipped({"a.xml": b" " * (8 << 20)})) == ["zip-bomb"]
    assert refusals(tmp_path, zipped({"a.xml": b" " * (DOCUMENT_BYTES + 1)})) == ["too-large"]


def test_a_size_that_is_a_lie_does_not_unpack_more(tmp_path: Path) -> None:
    data = zipped({"a.xml": b" " * (DOCUMENT_BYTES * 2)})
    size, lie = struct.pack("<L", DOCUMENT_BYTES * 2), struct.pack("<L", 4)
    archive = opened(tmp_path, data.replace(size, lie))
    assert not isinstance(archive, Refusal)
    read = archive.read("a.xml")
    assert isinstance(read, Refusal) or len(read) <= 4
    archive.close()


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    found = opened(tmp_path, zipped({f"{number}.xml": b"" for number in range(MEMBERS + 1)}, zipfile.ZIP_STORED))
    assert isinstance(found, Refusal)
    assert found.code == "zip-bomb"


def test_a_directory_larger_than_is_held_is_refused_before_it_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.xml": b"<a/>"}))
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<L", 1 << 30)
    found = opened(tmp_path, bytes(data))
    assert isinstance(found, Refusal)
    assert found.code == "zip-bomb"


def test_the_64_bit_form_is_refused(tmp_path: Path) -> None:
    data = zipped({"a.xml": b"<a/>"})
    at = data.rindex(b"PK\x05\x06")
    found = opened(tmp_path, data[:at] + b"PK\x06\x07" + bytes(16) + data[at:])
    assert isinstance(found, Refusal)
    assert found.code == "zip-method"


def test_a_damaged_member_is_told_when_it_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.xml": b"<a>" + b"x" * 100 + b"</a>"}))
    data[45] ^= 0xFF
    archive = opened(tmp_path, bytes(data))
    assert not isinstance(archive, Refusal)
    read = archive.read("a.xml")
    assert isinstance(read, Refusal)
    assert read.code == "zip-broken"
    archive.close()


@given(st.binary(max_size=300).map(lambda data: b"PK\x03\x04" + data), st.integers(0, 120), st.integers(0, 255))
def test_any_bytes_give_an_archive_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, at: int, value: int
) -> None:
    good = bytearray(zipped({"a.xml": b"<a/>", "b.xml": b"<b>" + b"x" * 50 + b"</b>"}))
    good[at] = value
    for data in (junk, bytes(good), bytes(good) + junk):
        archive = opened(tmp_path_factory.getbasetemp(), data)
        if isinstance(archive, Refusal):
            assert archive.code in PROBLEMS
            continue
        for name, refusal in archive.members():
            assert refusal is not None or isinstance(archive.read(name), bytes | Refusal)
        archive.close()


def test_a_zip_is_known_by_its_first_bytes() -> None:
    assert is_archive(zipped({"a": b""}))
    assert is_archive(zipped({}))
    assert not is_archive(b"<a/>")
