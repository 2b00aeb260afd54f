"""The files of a facts folder, in order and within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from ipxray.facts.faults import FaultList, Place

__all__ = ["FactFile", "files_of"]

# The largest shipped file is half a megabyte: ten times that leaves room for a world and keeps a wrong folder cheap.
MAX_FILE_BYTES = 5_000_000
MAX_FOLDER_BYTES = 20_000_000
# A facts folder is one or two levels deep; the bound also ends a loop of links.
MAX_DEPTH = 6
MAX_ENTRIES = 5_000


class FactFile(NamedTuple):
    """One file of a folder: its path relative to the folder, with forward slashes, and its bytes."""

    name: str
    content: bytes


def files_of(folder: Traversable, faults: FaultList) -> Iterator[FactFile]:
    """Yield every .toml and .csv file beneath `folder`, sorted by path; what is too large or unreadable is a fault."""
    total = 0
    for name, entry in sorted(_walk(folder, faults)):
        content = _bounded(name, entry, faults)
        if content is None:
            continue
        total += len(content)
        if total > MAX_FOLDER_BYTES:
            faults.add(Place(name, "", None), "", f"the folder holds more than {MAX_FOLDER_BYTES:,} bytes of facts")
            return
        yield FactFile(name, content)


def _walk(folder: Traversable, faults: FaultList) -> Iterator[tuple[str, Traversable]]:
    seen = 0
    waiting: list[tuple[str, Traversable, int]] = [("", folder, 0)]
    while waiting:
        prefix, current, depth = waiting.pop()
        for entry in _entries(prefix, current, faults):
            seen += 1
            name = f"{prefix}{entry.name}"
            if seen > MAX_ENTRIES:
                faults.add(Place(name, "", None), "", f"the folder has more than {MAX_ENTRIES:,} entries")
                return
            if entry.is_dir():
                if depth < MAX_DEPTH:
                    waiting.append((f"{name}/", entry, depth + 1))
                else:
                    faults.add(Place(name, "", None), "", f"the folder is more than {MAX_DEPTH} levels deep")
            elif name.endswith((".toml", ".csv")):
                yield name, entry


def _entries(name: str, folder: Traversable, faults: FaultList) -> Iterator[Traversable]:
    try:
        yield from folder.iterdir()
    except OSError as error:
        faults.add(Place(name or ".", "", None), "", f"cannot be read: {error.strerror}")


def _bounded(name: str, entry: Traversable, faults: FaultList) -> bytes | None:
    place = Place(name, "", None)
    try:
        if not entry.is_file():
            faults.add(place, "", "is no regular file")
            return None
        if isinstance(entry, Path) and entry.stat().st_size > MAX_FILE_BYTES:
            faults.add(place, "", f"is larger than {MAX_FILE_BYTES:,} bytes")
            return None
        with entry.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        faults.add(place, "", f"cannot be read: {error.strerror}")
        return None
    if len(content) > MAX_FILE_BYTES:
        faults.add(place, "", f"is larger than {MAX_FILE_BYTES:,} bytes")
        return None
    return content
