"""What a watch has done, so that a kill at any moment neither loses nor repeats anything: one transaction a step."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ipxray.errors import OutputError

__all__ = ["Delivery", "FileNote", "Journal"]

_SCHEMA = """
create table if not exists files (key text primary key, name text not null, done_at real not null,
  messages integer not null, gaps integer not null, last_at integer, problem text) strict;
create table if not exists raised (id text primary key, raised_at real not null, content text not null) strict;
create table if not exists outbox (id integer primary key, raised text not null, channel text not null,
  body text not null, attempts integer not null default 0, due_at real not null, unique (raised, channel)) strict;
create table if not exists marks (name text primary key, value text not null) strict;
create index if not exists outbox_due on outbox (channel, due_at);
"""
_DUE = """
select id, raised, channel, body, attempts from outbox
where channel = ?1 and (due_at <= ?2 or due_at > ?2 + 3600) order by id limit ?3
"""
"""Due, or due so far ahead that the clock must have been set back since."""


class FileNote(NamedTuple):
    """What came of one capture file; `problem` says why it gave nothing."""

    key: str
    name: str
    done_at: float
    messages: int
    gaps: int
    last_at: int | None
    problem: str | None


class Delivery(NamedTuple):
    """One thing that one channel is still to be told."""

    number: int
    raised: str
    channel: str
    body: str
    attempts: int


class Journal:
    """The state of one watch in one SQLite file, written in transactions that survive a kill (WAL, synchronous full).

    Raises OutputError when the file cannot be opened, is held by another watch, or is no journal.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._engine = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30.0)
            self._engine.execute("pragma journal_mode = wal")
            self._engine.execute("pragma synchronous = full")
            self._engine.executescript(_SCHEMA)
        except (sqlite3.Error, OSError) as error:
            raise OutputError(f"{path}: cannot be opened ({error})", hint="name another --output") from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.close()

    @contextmanager
    def step(self) -> Iterator[None]:
        """Everything inside happens, or nothing of it."""
        self._engine.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._engine.execute("rollback")
            raise
        self._engine.execute("commit")

    def done(self) -> set[str]:
        """The keys of the files that are dealt with."""
        return {key for (key,) in self._rows("select key from files")}

    def finish_file(self, note: FileNote) -> None:
        """Note that a file is dealt with."""
        self._engine.execute("insert or replace into files values (?, ?, ?, ?, ?, ?, ?)", note)
        for name, count in (("files", 1), ("messages", note.messages), ("gaps", note.gaps)):
            self.set_mark(f"total_{name}", str(self._total(name) + count))

    def forget_files(self, most: int) -> None:
        """Bound the notes on files: a ring buffer has long overwritten the oldest."""
        self._engine.execute(
            "delete from files where key not in (select key from files order by rowid desc limit ?)", [most]
        )

    def raise_once(self, identity: str, at: float, content: Mapping[str, Any], channels: Sequence[str]) -> bool:
        """Note a finding, queue it for every channel; false when it was raised before: then only brought up to date."""
        body = json.dumps(content, ensure_ascii=False, default=str)
        noted = self._engine.execute("insert or ignore into raised values (?, ?, ?)", [identity, at, body])
        if noted.rowcount == 0:
            self._engine.execute("update raised set content = ? where id = ?", [body, identity])
            return False
        queued = [(identity, channel, body, at) for channel in channels]
        self._engine.executemany(
            "insert or ignore into outbox (raised, channel, body, due_at) values (?, ?, ?, ?)", queued
        )
        return True

    def raised(self) -> dict[str, dict[str, Any]]:
        """Everything raised so far, by its id, in the order of raising."""
        rows = self._rows("select id, content from raised order by rowid")
        return {identity: json.loads(content) for identity, content in rows}

    def due(self, channel: str, at: float, most: int) -> list[Delivery]:
        """What a channel is to be told by now, the longest waiting first."""
        return [Delivery(*row) for row in self._rows(_DUE, channel, at, most)]

    def delivered(self, numbers: Sequence[int]) -> None:
        """Take deliveries out of the queue."""
        self._engine.executemany("delete from outbox where id = ?", [(number,) for number in numbers])

    def postpone(self, number: int, due_at: float) -> None:
        """Try a delivery again at that time."""
        self._engine.execute("update outbox set attempts = attempts + 1, due_at = ? where id = ?", [due_at, number])

    def waiting(self) -> int:
        """How many deliveries wait."""
        return int(self._rows("select count(*) from outbox")[0][0])

    def drop_beyond(self, most: int) -> int:
        """Bound the queue: drop the longest waiting beyond `most`; how many were dropped."""
        extra = max(0, self.waiting() - most)
        self._engine.execute("delete from outbox where id in (select id from outbox order by id limit ?)", [extra])
        return extra

    def mark(self, name: str) -> str | None:
        """A remembered value."""
        found = self._rows("select value from marks where name = ?", name)
        return str(found[0][0]) if found else None

    def set_mark(self, name: str, value: str) -> None:
        """Remember a value."""
        self._engine.execute("insert or replace into marks values (?, ?)", [name, value])

    def totals(self) -> dict[str, int]:
        """Files dealt with since the first start, their messages and gaps, and the findings raised."""
        raised = int(self._rows("select count(*) from raised")[0][0])
        return {**{name: self._total(name) for name in ("files", "messages", "gaps")}, "findings": raised}

    def _total(self, name: str) -> int:
        return int(self.mark(f"total_{name}") or 0)

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(self._engine.execute(query, values)) as found:
            return found.fetchall()
