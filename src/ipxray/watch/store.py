"""Decoded tables kept by day: store/messages/day=YYYY-MM-DD/*.parquet, likewise gaps and tunnels."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from ipxray import capture
from ipxray.capture import Account

__all__ = ["Store", "short_name"]

_TABLES = ("messages", "gaps", "tunnels")


class Store:
    """A partitioned store below `folder`. Every method may raise OSError or OutputError when the disk refuses."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._scratch = folder / ".decoding"

    def add(self, path: Path, earlier: Path | None, key: str) -> tuple[Account, Path]:
        """Decode one capture file and keep its tables; where its messages lie. Doing it again changes nothing.

        `earlier`, the file before it, is read with it, so that what began there (dialogues, segments, streams) is known
        here; its rows are not kept twice. Raises CaptureError when `path` is no capture.
        """
        shutil.rmtree(self._scratch, ignore_errors=True)
        paths = [path] if earlier is None or not earlier.is_file() else [earlier, path]
        written = capture.decode(paths, self._scratch)
        day = _day(written.account.last_at)
        name = short_name(key)
        for table in _TABLES:
            self._keep(table, path.name, self._place(table, day, name), whole=len(paths) == 1)
        shutil.rmtree(self._scratch, ignore_errors=True)
        return written.account, self._place("messages", day, name)

    def forget(self, days: int) -> list[Path]:
        """Delete the partitions beyond so many days before the newest one: no clock decides. Gives which."""
        every = [path for table in _TABLES for path in self._days(table)]
        newest = max((_date_of(path) for path in every), default=date.min)
        gone = [path for path in every if (newest - _date_of(path)).days >= max(days, 1)]
        for path in gone:
            shutil.rmtree(path, ignore_errors=True)
        return gone

    def _days(self, table: str) -> Iterator[Path]:
        yield from sorted((self._folder / table).glob("day=*-*-*"))

    def _place(self, table: str, day: date, name: str) -> Path:
        return self._folder / table / f"day={day.isoformat()}" / f"{name}.parquet"

    def _keep(self, table: str, capture_name: str, target: Path, *, whole: bool) -> None:
        """Move a table into its partition, with the rows of one file only, in one step."""
        source = self._scratch / f"{table}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name}.partial")
        if whole:
            shutil.move(source, partial)
        else:
            _rows_of(source, capture_name, partial)
        os.replace(partial, target)  # noqa: PTH105 - replaces across what Path.replace does, said plainly


def _rows_of(source: Path, capture_name: str, target: Path) -> None:
    import duckdb  # noqa: PLC0415 - heavy

    with duckdb.connect(config={"threads": 1}) as engine:
        query = "copy (select * from read_parquet(?) where capture = ?) to ? (format parquet, compression zstd)"
        engine.execute(query, [str(source), capture_name, str(target)])


def _day(microseconds: int | None) -> date:
    """The day of a file: of its last message, UTC; the epoch for a file without any."""
    try:
        return datetime.fromtimestamp((microseconds or 0) / 1e6, UTC).date()
    except (OverflowError, OSError, ValueError):
        return date(1970, 1, 1)


def _date_of(partition: Path) -> date:
    try:
        return date.fromisoformat(partition.name.removeprefix("day="))
    except ValueError:
        return date.min


def short_name(key: str) -> str:
    """A file name for a key of any length and any characters."""
    return hashlib.blake2b(key.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()
