"""Inputs → the documents behind them, in a fixed order: files, folders, zips. Only regular files are ever opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, Literal, NamedTuple

from ipxray.declarations.archive import ARCHIVE_BYTES, Archive, is_archive, open_archive
from ipxray.declarations.problems import ProblemLog
from ipxray.declarations.rows import Problem
from ipxray.declarations.text import legible
from ipxray.declarations.xml import DOCUMENT_BYTES, Refusal
from ipxray.errors import InputError

__all__ = ["Source", "SourceReader", "gather"]

SOURCES: Final = 50_000
"""The most documents of one run: 25 for each of about 2,000 networks."""

DEPTH: Final = 32
"""The deepest folder that is walked."""

ENTRIES: Final = 1_000_000
"""The most folder entries looked at."""

_KINDS: Final[dict[str, Literal["xml", "zip", "csv"]]] = {".xml": "xml", ".zip": "zip", ".csv": "csv"}


class Source(NamedTuple):
    """One document to be read: what it is, where it lies, its name within a zip, and how it is shown."""

    kind: Literal["xml", "csv"]
    path: Path
    member: str | None
    shown: str


def gather(inputs: Sequence[Path]) -> tuple[list[Source], list[Problem]]:
    """List the documents behind the inputs, in input order, folders and zips sorted by name.

    Raises InputError for an input that does not exist; everything else that is not a document becomes a problem.
    """
    for path in inputs:
        if not os.path.lexists(path):
            raise InputError(legible(str(path)), "there is no such file or folder", hint="check the path")
    found: list[Source] = []
    problems: list[Problem] = []
    for path in inputs:
        log = ProblemLog(legible(str(path)))
        for source in _from_input(Path(path), log):
            if len(found) >= SOURCES:
                log.add("too-many-files", f"more than {SOURCES:,} documents; the rest was not read")
                break
            found.append(source)
        problems += log.close()
    return found, problems


def _from_input(path: Path, log: ProblemLog) -> Iterator[Source]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        log.add("unreadable", f"cannot be opened: {_reason(error)}")
        return
    if stat.S_ISDIR(mode):
        yield from _from_folder(path, log)
        return
    if not stat.S_ISREG(mode):
        log.add("not-regular", "a device, pipe or socket, no regular file")
        return
    kind = _kind(path.name) or _kind_by_content(path)
    if kind == "zip":
        yield from _from_archive(path, log)
    elif kind is None:
        log.add("not-a-document", "neither IR.21 XML nor a zip nor a declaration CSV")
    else:
        yield Source(kind, path, None, legible(str(path)))


def _kind(name: str) -> Literal["xml", "zip", "csv"] | None:
    return _KINDS.get(name[name.rfind(".") :].lower())


def _kind_by_content(path: Path) -> Literal["xml", "zip", "csv"] | None:
    head = _read(path, 64)
    if isinstance(head, Refusal):
        return "xml" if head.code == "unreadable" else None
    if is_archive(head):
        return "zip"
    text = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    return "xml" if text.startswith(b"<") else None


def _from_folder(top: Path, log: ProblemLog) -> Iterator[Source]:
    waiting = [(os.fspath(top), 0)]
    looked_at = passed_over = 0
    while waiting and looked_at <= ENTRIES:
        folder, depth = waiting.pop()
        below: list[tuple[str, int]] = []
        for entry in _entries(folder, log):
            looked_at += 1
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                below.append((entry.path, depth + 1))
            elif entry.name.startswith(".") or (_kind(entry.name) is None and not entry.is_symlink()):
                passed_over += 1
            else:
                yield from _from_entry(entry, log)
        if below and depth == DEPTH:
            log.add("folder-too-deep", f"nested deeper than {DEPTH} folders", path=legible(folder))
        else:
            waiting.extend(reversed(below))
    if looked_at > ENTRIES:
        log.add("too-many-files", f"more than {ENTRIES:,} entries; the rest was not looked at")
    _note_passed_over(passed_over, log)


def _from_entry(entry: os.DirEntry[str], log: ProblemLog) -> Iterator[Source]:
    kind, path, shown = _kind(entry.name), Path(entry.path), legible(entry.path)
    mode = _mode(path)
    if entry.is_symlink() and stat.S_ISDIR(mode):
        log.add("link-not-followed", "a symbolic link to a folder is not followed", path=shown)
    elif kind is None:
        _note_passed_over(1, log)
    elif not stat.S_ISREG(mode):
        log.add("not-regular", "no regular file, or a link that leads nowhere", path=shown)
    elif kind == "zip":
        yield from _from_archive(path, log)
    else:
        yield Source(kind, path, None, shown)


def _mode(path: Path) -> int:
    """What lies there, links followed; 0 where that cannot be known."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def _entries(folder: str, log: ProblemLog) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(islice(entries, ENTRIES + 1), key=lambda entry: entry.name)
    except OSError as error:
        log.add("unreadable", f"the folder cannot be listed: {_reason(error)}", path=legible(folder))
        return []


def _from_archive(path: Path, log: ProblemLog) -> Iterator[Source]:
    own = legible(str(path))
    passed_over = 0
    for name, unusable in _members(path, log):
        place = f"{own}!{legible(name)}"
        kind = _kind(name)
        is_hidden = Path(name).name.startswith(".")
        if unusable is not None and (kind is not None or unusable.code == "zip-name"):
            log.add(unusable.code, unusable.message, path=place)
        elif kind == "zip":
            log.add("zip-nested", "an archive within an archive is not opened", path=place)
        elif kind is None or is_hidden:
            passed_over += 1
        else:
            yield Source(kind, path, name, place)
    _note_passed_over(passed_over, log)


def _members(path: Path, log: ProblemLog) -> list[tuple[str, Refusal | None]]:
    own = legible(str(path))
    try:
        if path.stat().st_size > ARCHIVE_BYTES:
            archive: Archive | Refusal = Refusal("too-large", f"larger than {ARCHIVE_BYTES:,} bytes")
        else:
            archive = open_archive(path)
    except OSError as error:
        archive = Refusal("unreadable", f"cannot be read: {_reason(error)}")
    if isinstance(archive, Refusal):
        log.add(archive.code, archive.message, path=own)
        return []
    members = archive.members()
    archive.close()
    return members


def _note_passed_over(count: int, log: ProblemLog) -> None:
    if count:
        log.add("passed-over", f"{count} file{'s' if count > 1 else ''} of other kinds passed over")


class SourceReader:
    """Reads sources one after the other; members of one zip share one open archive. Close it after use."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._archive: Archive | None = None

    def close(self) -> None:
        """Close the archive that is open, if any."""
        if self._archive is not None:
            self._archive.close()
        self._archive = self._path = None

    def read(self, source: Source) -> bytes | Refusal:
        """The bytes of a source, or why it cannot be read."""
        if source.member is None:
            return _read(source.path, DOCUMENT_BYTES)
        try:
            if self._archive is None or self._path != source.path:
                self.close()
                archive = open_archive(source.path)
                if isinstance(archive, Refusal):
                    return archive
                self._archive, self._path = archive, source.path
            return self._archive.read(source.member)
        except (OSError, KeyError):
            return Refusal("unreadable", "the archive changed while it was read")


def _read(path: Path, limit: int) -> bytes | Refusal:
    """Read a regular file; without O_NONBLOCK, a pipe put in its place since it was listed would block for ever.

    As few calls as can be: after each, this thread must wait for its turn beside the one that draws rows.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Refusal("not-regular", "a device, pipe or socket, no regular file")
            if limit == DOCUMENT_BYTES < status.st_size:
                return Refusal("too-large", f"{status.st_size:,} bytes; a document has at most {limit:,}")
            return _bytes(descriptor, min(limit, status.st_size))
        finally:
            os.close(descriptor)
    except OSError as error:
        return Refusal("unreadable", f"cannot be read: {_reason(error)}")


def _bytes(descriptor: int, size: int) -> bytes:
    data = os.read(descriptor, size)
    while len(data) < size and (more := os.read(descriptor, size - len(data))):
        data += more
    return data


def _reason(error: OSError) -> str:
    return (error.strerror or "input/output error").lower()
