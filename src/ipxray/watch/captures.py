"""Which files of a rotated capture are complete: a writer is done with a file once it has begun the next."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from ipxray.capture import is_capture

__all__ = ["CaptureFile", "complete_files", "files_in"]


class CaptureFile(NamedTuple):
    """One file as it stands now. Two are the same content when `key` is the same."""

    name: str
    inode: int
    size: int
    modified_ns: int

    @property
    def key(self) -> str:
        """Tells a file from another that a ring buffer wrote later under its name."""
        return f"{self.name}:{self.inode}:{self.size}:{self.modified_ns}"


def files_in(folder: Path) -> list[CaptureFile]:
    """The captures in `folder`, in the order in which they were begun: by last change, then by name.

    A file that vanishes while it is looked at, as a ring buffer's does, is not there. Raises OSError when the folder
    itself cannot be read.
    """
    found = [file for path in folder.iterdir() if (file := _looked_at(path))]
    return sorted(found, key=lambda file: (file.modified_ns, file.name))


def complete_files(
    now: list[CaptureFile], earlier: Collection[CaptureFile], settled_since: dict[str, float], at: float, settle: float
) -> Iterator[CaptureFile]:
    """Those of `now` that nobody writes to any more, in order.

    A file is complete when a younger one stands beside it and it has not changed since it was last looked at
    (`earlier`), or when it alone has not changed for `settle` seconds; `settled_since` remembers since when, by key.
    """
    unchanged = {file.key for file in earlier}
    for file in now:
        if file.key not in unchanged:
            settled_since[file.key] = at
    for key in [key for key in settled_since if key not in {file.key for file in now}]:
        del settled_since[key]
    for position, file in enumerate(now):
        superseded = position < len(now) - 1 and file.key in unchanged
        if superseded or at - settled_since.get(file.key, at) >= settle:
            yield file


def _looked_at(path: Path) -> CaptureFile | None:
    try:
        if path.name.startswith(".") or not path.is_file() or not is_capture(path):
            return None
        state = path.stat()
    except OSError:
        return None
    return CaptureFile(path.name, state.st_ino, state.st_size, state.st_mtime_ns)
