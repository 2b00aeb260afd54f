"""Zips of documents, read in memory and never unpacked to disk: bounded in ratio, size, number and depth."""

from __future__ import annotations

import os
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, Final

from ipxray.declarations.text import legible, quoted
from ipxray.declarations.xml import DOCUMENT_BYTES, Refusal

__all__ = ["ARCHIVE_BYTES", "Archive", "is_archive", "open_archive"]

ARCHIVE_BYTES: Final = 2**30
"""The largest zip: all networks there are, at 30 kB a packed document, come to 0.1 GB."""

UNPACKED_BYTES: Final = 4 * 2**30
"""The most that one zip may unpack to: 10,000 documents of 400 kB."""

MEMBERS: Final = 10_000
"""The most members of one zip: five times the networks there are."""

DIRECTORY_BYTES: Final = 4 * 2**20
"""The largest central directory: 10,000 members with names of 350 bytes. Python reads it whole to count them."""

RATIO: Final = 200
"""The highest compression of a member over 1 MiB: the documents seen reach 27."""

RATIO_FREE_BYTES: Final = 2**20

_END: Final = b"PK\x05\x06"
_ZIP64: Final = b"PK\x06\x07"
_TAIL: Final = 22 + 65_535
"""Bytes in which the end record lies: its own and those of the longest comment."""

_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def is_archive(head: bytes) -> bool:
    """Tell by its first bytes whether a file is a zip (an empty one included)."""
    return head.startswith((b"PK\x03\x04", _END))


def open_archive(path: Path) -> Archive | Refusal:
    """Open a zip and read its directory, unless it is damaged or too large. Raises OSError for an unreadable file."""
    file = path.open("rb")
    refusal = _refuse_directory(file)
    if refusal is None:
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError):
            refusal = Refusal("zip-broken", "the zip is damaged")
        else:
            refusal = _refuse_members(archive.infolist())
            if refusal is None:
                return Archive(file, archive)
    file.close()
    return refusal


class Archive:
    """One open zip; close it after use."""

    def __init__(self, file: BinaryIO, archive: zipfile.ZipFile) -> None:
        self._file = file
        self._zip = archive

    def close(self) -> None:
        """Close the file."""
        self._zip.close()
        self._file.close()

    def members(self) -> list[tuple[str, Refusal | None]]:
        """The names of all files in the archive, sorted, each with a refusal where it must not be read."""
        infos = sorted(self._zip.infolist(), key=lambda info: info.filename)
        return [(info.filename, _refuse(info)) for info in infos if not info.is_dir()]

    def read(self, name: str) -> bytes | Refusal:
        """The bytes of one member, at most as many as a document may have."""
        try:
            with self._zip.open(name) as file:
                data = file.read(DOCUMENT_BYTES + 1)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError, zlib.error):
            return Refusal("zip-broken", "the member is damaged")
        if len(data) > DOCUMENT_BYTES:
            return Refusal("too-large", f"the member unpacks to more than {DOCUMENT_BYTES:,} bytes")
        return data


def _refuse_directory(file: BinaryIO) -> Refusal | None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return Refusal("zip-broken", "the zip is damaged: its directory is missing")
    if tail[max(0, at - 20) : at].startswith(_ZIP64):
        return Refusal("zip-method", "the zip is in the 64-bit form, which no archive of documents needs")
    if int.from_bytes(tail[at + 12 : at + 16], "little") > DIRECTORY_BYTES:
        return Refusal("zip-bomb", f"the directory of the zip is larger than {DIRECTORY_BYTES:,} bytes")
    return None


def _refuse_members(infos: list[zipfile.ZipInfo]) -> Refusal | None:
    if len(infos) > MEMBERS:
        return Refusal("zip-bomb", f"the zip has more than {MEMBERS:,} members")
    if sum(info.file_size for info in infos) > UNPACKED_BYTES:
        return Refusal("zip-bomb", f"the zip unpacks to more than {UNPACKED_BYTES:,} bytes")
    return None


def _refuse(info: zipfile.ZipInfo) -> Refusal | None:
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or legible(name) != name:
        return Refusal("zip-name", f"the member name {quoted(name)} leads out of the archive or cannot be shown")
    if info.flag_bits & 1:
        return Refusal("zip-encrypted", "the member is encrypted")
    if info.compress_type not in _METHODS:
        return Refusal("zip-method", "the member is compressed by a method that is not read")
    if info.file_size > DOCUMENT_BYTES:
        return Refusal("too-large", f"the member unpacks to {info.file_size:,} bytes, more than {DOCUMENT_BYTES:,}")
    if info.file_size > RATIO_FREE_BYTES and info.file_size > RATIO * max(1, info.compress_size):
        return Refusal("zip-bomb", f"the member unpacks to more than {RATIO} times its packed size")
    return None
