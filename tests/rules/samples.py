"""Samples of the rules: partial rows of `messages`, one a line, judged in the reference world of this folder.

The first line may be a head: a note, the protected networks (home), indicators, a learnt profile. A row with `fires` is
one that the rule must return. Absent columns are null; frames count from 1.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from ipxray.capture import Message

__all__ = ["FOLDER", "RULES", "Sample", "read", "samples", "separated"]

FOLDER = Path(__file__).parent
RULES = FOLDER.parents[1] / "src/ipxray/data/rules"
_ABSENT: dict[str, Any] = dict.fromkeys(Message._fields) | {
    "capture": "sample", "index": 0, "route_record": (), "anomalies": (), "exposes": 0, "length": 100,
}  # fmt: skip
_STEP = 172_800_000_000
"""Two days between samples that are enriched together."""


class Sample(NamedTuple):
    """One sample: which rule, whether it fires, its head, its rows, and (frame, index) of those that must come back."""

    rule: str
    kind: str
    path: Path
    head: dict[str, Any]
    rows: tuple[Message, ...]
    expected: frozenset[tuple[int, int]]

    @property
    def capture(self) -> str:
        """The name under which its rows are judged."""
        return self.path.relative_to(FOLDER).as_posix()

    @property
    def setting(self) -> str:
        """What of its head changes the reference tables."""
        return json.dumps({key: value for key, value in self.head.items() if key != "note"}, sort_keys=True)


def read(path: Path) -> Sample:
    """Read one sample."""
    head: dict[str, Any] = {}
    rows: list[Message] = []
    expected: set[tuple[int, int]] = set()
    for line in path.read_text("utf-8").splitlines():
        values = json.loads(line)
        if "protocol" not in values:
            head = values
            continue
        fires = values.pop("fires", False)
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        row = Message(**(_ABSENT | {"frame": len(rows) + 1} | values | lists))
        if fires:
            expected.add((row.frame, row.index))
        rows.append(row)
    rule = path.parent.parent.relative_to(FOLDER).as_posix()
    return Sample(rule, path.parent.name, path, head, tuple(rows), frozenset(expected))


def samples() -> list[Sample]:
    """Every sample, in the order of its path."""
    return [read(path) for path in sorted(FOLDER.glob("*/*/*/*.jsonl"))]


def separated(sample: Sample, number: int) -> tuple[Message, ...]:
    """The rows with a time and with subscribers of their own, so that samples enriched together do not meet."""
    return tuple(
        row._replace(
            capture=sample.capture,
            observed_at=row.observed_at + number * _STEP,
            imsi=_moved(row.imsi, 5, number * 1_000_000),
            msisdn=_moved(row.msisdn, 7, number * 1_000),
        )
        for row in sample.rows
    )


def _moved(digits: str | None, kept: int, by: int) -> str | None:
    if digits is None or not digits.isdigit():
        return digits
    return digits[:kept] + str(int(digits[kept:]) + by).zfill(len(digits) - kept)
