"""Alerts as a file of JSON lines in which each stands once, whatever moment a kill comes at."""

from __future__ import annotations

import os
from pathlib import Path

from ipxray.watch.journal import Journal

__all__ = ["CHANNEL", "AlertFile"]

CHANNEL = "file"
_MARK = "alert_file_length"
_BATCH = 1_000


class AlertFile:
    """The channel `file`. The journal knows how long the file was when both last agreed; the rest is written anew."""

    def __init__(self, path: Path, journal: Journal) -> None:
        self._path = path
        self._journal = journal

    def settle(self) -> None:
        """Cut off what was written but never noted. Raises OSError when the disk refuses."""
        agreed = int(self._journal.mark(_MARK) or 0)
        if self._path.exists() and self._path.stat().st_size > agreed:
            with self._path.open("r+b") as file:
                file.truncate(agreed)

    def deliver(self, at: float) -> int:
        """Append what waits and note it; how many. Raises OSError when the disk refuses: then all of it waits on."""
        told = 0
        while waiting := self._journal.due(CHANNEL, at, _BATCH):
            self.settle()
            with self._path.open("ab") as file:
                file.write("".join(f"{delivery.body}\n" for delivery in waiting).encode())
                file.flush()
                os.fsync(file.fileno())
                length = file.tell()
            with self._journal.step():
                self._journal.delivered([delivery.number for delivery in waiting])
                self._journal.set_mark(_MARK, str(length))
            told += len(waiting)
        return told
