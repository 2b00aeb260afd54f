"""The watch itself: look, decode what is complete, judge it, tell; each step whole or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ipxray.errors import CaptureError, IpxrayError
from ipxray.watch.alert_file import CHANNEL, AlertFile
from ipxray.watch.captures import CaptureFile, complete_files, files_in
from ipxray.watch.corpus import CorpusWatch
from ipxray.watch.journal import FileNote, Journal
from ipxray.watch.outbox import Channel, Outbox
from ipxray.watch.store import Store, short_name

__all__ = ["Judge", "Settings", "Watch"]

Judge = Callable[[Sequence[Path], Path | None, Path], Sequence[Mapping[str, Any]]]
"""Judges messages (tables, one a file) in the light of earlier ones (second path, or None), gives the findings as they
stand now, and writes to the third path what the next files will need of all of these."""

_DAY = 86_400.0
_MOST_NOTES = 200_000
_MOST_AT_ONCE = 16
"""Files judged together when several wait: catching up costs less a file, and a kill repeats no more than these."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a watch watches and where it writes. Seconds; `settle` is how long the last file must lie still."""

    captures: Path
    output: Path
    interval: float = 30.0
    settle: float = 60.0
    retention_days: int = 30
    channels: tuple[Channel, ...] = ()


@dataclass(slots=True)
class _Figures:
    waiting: int = 0
    lag: float = 0.0
    last_round: float = 0.0
    troubles: int = 0
    settled_since: dict[str, float] = field(default_factory=dict)
    earlier: list[CaptureFile] = field(default_factory=list)


class Watch:
    """One watch over one folder of captures, and one of documents when `corpus` is given.

    `say` is told one line at a time. Raises OutputError when `output` cannot be used.
    """

    def __init__(
        self, settings: Settings, judge: Judge, corpus: CorpusWatch | None, say: Callable[[str], None]
    ) -> None:
        self._settings = settings
        self._judge = judge
        self._corpus = corpus
        self._say = say
        self._journal = Journal(settings.output / "journal.sqlite")
        self._store = Store(settings.output / "store")
        self._alerts = AlertFile(settings.output / "alerts.jsonl", self._journal)
        self._outbox = Outbox(settings.output / "journal.sqlite", settings.channels)
        self._now = _Figures()
        self._told_trouble = ""
        self._ending = threading.Event()

    def run(self, rounds: int | None = None) -> None:
        """Look every `interval` seconds until `stop`, or so many times."""
        self._outbox.start()
        try:
            while not self._ending.is_set() and rounds != 0:
                self.round()
                rounds = None if rounds is None else rounds - 1
                if rounds != 0:
                    self._ending.wait(self._settings.interval)
        finally:
            self._outbox.stop(patience=15.0)
            self._journal.close()

    def stop(self) -> None:
        """End after the step at hand; safe from a signal handler."""
        self._ending.set()

    def round(self) -> None:
        """Look once. Trouble with disks and folders is told once and tried again at the next look."""
        try:
            self._look_at_documents()
            self._look_at_captures()
            self._clear_up()
            self._told_trouble = ""
        except (OSError, IpxrayError) as error:
            self._trouble(str(error))
        self._now.last_round = time.time()

    def figures(self) -> dict[str, float]:
        """The figures of `metrics.MEANINGS`; asked from another thread, so with a journal of its own."""
        journal = Journal(self._settings.output / "journal.sqlite")
        try:
            totals, waiting = journal.totals(), journal.waiting()
        finally:
            journal.close()
        return {
            **{f"ipxray_{name}_total": float(count) for name, count in totals.items()},
            "ipxray_files_waiting": float(self._now.waiting),
            "ipxray_lag_seconds": self._now.lag,
            "ipxray_deliveries_waiting": float(waiting),
            "ipxray_deliveries_failed_total": float(self._outbox.failed),
            "ipxray_deliveries_dropped_total": float(self._outbox.dropped),
            "ipxray_memory_bytes": _resident(),
            "ipxray_last_round_timestamp_seconds": self._now.last_round,
            "ipxray_troubles_total": float(self._now.troubles),
        }

    def _look_at_documents(self) -> None:
        if self._corpus is None:
            return
        alerts = self._corpus.changes(_today())
        if alerts:
            with self._journal.step():
                self._raise(alerts)
            self._tell()
            self._corpus.settle()

    def _look_at_captures(self) -> None:
        now, state = files_in(self._settings.captures), self._now
        settle = self._settings.settle
        complete = list(complete_files(now, state.earlier, state.settled_since, time.monotonic(), settle))
        state.earlier = now
        done = self._journal.done()
        waiting = [file for file in complete if file.key not in done]
        for start in range(0, len(waiting), _MOST_AT_ONCE):
            if self._ending.is_set():
                break
            state.waiting = len(waiting) - start
            self._take(waiting[start : start + _MOST_AT_ONCE], now)
        state.waiting = 0 if not self._ending.is_set() else state.waiting
        self._tell()

    def _take(self, files: Sequence[CaptureFile], now: Sequence[CaptureFile]) -> None:
        """Decode and judge files; what they gave is noted in one transaction, after everything else is on disk."""
        store, old = self._settings.output / "store", self._journal.mark("context")
        notes, tables = self._decoded(files, now)
        findings: Sequence[Mapping[str, Any]] = ()
        name = f"context-{short_name(files[-1].key)}.parquet"
        if tables:
            before = store / old if old and (store / old).is_file() else None
            findings = self._judge(tables, before, store / name)
        with self._journal.step():
            raised = self._raise(findings)
            for note in notes:
                self._journal.finish_file(note)
            if tables:
                self._journal.set_mark("context", name)
        if tables and old and old != name:
            for path in store.glob(f"{old.removesuffix('.parquet')}.*"):
                path.unlink(missing_ok=True)
        self._now.lag = max(0.0, time.time() - min(file.modified_ns for file in files) / 1e9)
        self._tell()
        messages, gaps = (sum(getattr(note, name) for note in notes) for name in ("messages", "gaps"))
        what = files[0].name if len(files) == 1 else f"{files[0].name} to {files[-1].name}"
        self._say(f"{what}: {messages:,} messages, {gaps:,} gaps, {raised} new findings")

    def _decoded(self, files: Sequence[CaptureFile], now: Sequence[CaptureFile]) -> tuple[list[FileNote], list[Path]]:
        """Decode each file into the store; one that is no capture is passed over with a note."""
        notes, tables = [], []
        for file in files:
            path, earlier = self._settings.captures / file.name, _before(file, now)
            note = FileNote(file.key, file.name, time.time(), 0, 0, None, None)
            try:
                before = self._settings.captures / earlier.name if earlier else None
                account, messages = self._store.add(path, before, file.key)
            except CaptureError as error:
                if not path.is_file():
                    raise
                notes.append(note._replace(problem=str(error)))
                self._say(f"passed over: {error}")
            else:
                notes.append(note._replace(messages=account.messages, gaps=account.gaps, last_at=account.last_at))
                tables.append(messages)
        return notes, tables

    def _raise(self, findings: Sequence[Mapping[str, Any]]) -> int:
        channels = [CHANNEL, *(channel.channel for channel in self._settings.channels)]
        at = time.time()
        return sum(self._journal.raise_once(str(row["finding_id"]), at, row, channels) for row in findings)

    def _tell(self) -> None:
        self._alerts.deliver(time.time() + _DAY)  # the file is never late, whatever the clock did

    def _clear_up(self) -> None:
        gone = self._store.forget(self._settings.retention_days)
        if gone:
            self._say(f"retention: {len(gone)} partitions deleted")
        self._journal.forget_files(_MOST_NOTES)

    def _trouble(self, text: str) -> None:
        self._now.troubles += 1
        if text != self._told_trouble:
            self._told_trouble = text
            self._say(f"trouble, trying again: {text}")


def _before(file: CaptureFile, now: Sequence[CaptureFile]) -> CaptureFile | None:
    """The file begun before this one, while it is still there."""
    position = now.index(file)
    return now[position - 1] if position else None


def _today() -> date:
    return datetime.now(tz=UTC).date()


def _resident() -> float:
    """Resident memory in bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0.0
    return float(pages * 4096)
