"""What the duty desk decided about each finding: triage.json in the assessment's folder, replaced as a whole."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from ipxray.errors import InputError, OutputError

__all__ = ["STATES", "Conflict", "Decision", "Triage"]

STATES = ("new", "confirmed", "false_positive", "closed")
FILE = "triage.json"
LONGEST_NOTE = 4_000
_LARGEST = 64 << 20
"""Octets: a note of 4,000 letters for each of 16,000 findings, or short ones for a million."""
_FORMAT = 1


class Decision(NamedTuple):
    """One finding's state, the note, and when both were last changed (UTC, ISO 8601; empty when never)."""

    state: str = "new"
    note: str = ""
    changed_at: str = ""


class Conflict(OutputError):
    """Somebody changed the finding since the page was shown."""


class Triage:
    """The decisions of one folder. Several threads may read and write; another program may replace the file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._decisions: dict[str, Decision] = {}
        self.revision = 0

    def all(self) -> Mapping[str, Decision]:
        """Every decision by finding. Raises InputError when the file is none of ours."""
        with self._lock:
            return dict(self._current())

    def of(self, finding_id: str) -> Decision:
        """The decision about one finding: new and without a note until somebody decides."""
        with self._lock:
            return self._current().get(finding_id, Decision())

    def decide(self, finding_id: str, state: str, note: str, *, seen: str, at: datetime) -> Decision:
        """Keep a decision. `seen` is the `changed_at` that the reader saw.

        Raises Conflict when it has changed since, OutputError when the folder cannot be written.
        """
        with self._lock:
            decisions = dict(self._current())
            if decisions.get(finding_id, Decision()).changed_at != seen:
                raise Conflict(f"{finding_id} was changed meanwhile", hint="look at it again, then decide")
            decided = Decision(state, cleaned(note), at.astimezone(UTC).isoformat(timespec="microseconds"))
            decisions[finding_id] = decided
            self._write(decisions)
            self._decisions = decisions
            self._seen = self._stamp()
            self.revision += 1
            return decided

    def refresh(self) -> int:
        """Look whether the file changed; the number that stands for what it holds now."""
        with self._lock:
            self._current()
            return self.revision

    def _current(self) -> dict[str, Decision]:
        stamp = self._stamp()
        if stamp != self._seen:
            self._decisions = _read(self.path) if stamp else {}
            self._seen = stamp
            self.revision += 1
        return self._decisions

    def _stamp(self) -> tuple[int, int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _write(self, decisions: Mapping[str, Decision]) -> None:
        content = {"format": _FORMAT, "findings": {key: decisions[key]._asdict() for key in sorted(decisions)}}
        staged = self.path.with_name(f".{FILE}.{os.getpid()}.partial")
        try:
            with staged.open("w", encoding="utf-8") as file:
                json.dump(content, file, indent=1, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            staged.replace(self.path)
        except OSError as error:
            staged.unlink(missing_ok=True)
            why = f"{self.path}: cannot be written ({error.strerror})"
            raise OutputError(why, hint="the decision is not kept; check the folder") from error


def cleaned(note: str) -> str:
    """A note as it is kept: no control characters but line ends, no more than its longest."""
    lines = note.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in lines if letter == "\n" or letter.isprintable())
    return kept.encode("utf-8", "ignore").decode()[:LONGEST_NOTE].strip()


def _read(path: Path) -> dict[str, Decision]:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(path, "is too large", hint="move it away to start anew")
        content = json.loads(path.read_bytes())
        findings = content["findings"]
        return {
            str(key): Decision(_state(each["state"]), cleaned(str(each["note"])), str(each["changed_at"])[:40])
            for key, each in findings.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(path, "holds no triage", hint="mend it, or move it away to start anew") from error


def _state(text: object) -> str:
    if text not in STATES:
        raise ValueError(text)
    return str(text)
