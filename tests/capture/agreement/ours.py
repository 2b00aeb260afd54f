"""The decoder under test: rows of the tables `messages`, `gaps` and `tunnels` as plain values."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb

from ipxray import capture

Row = dict[str, object]


class Reading(NamedTuple):
    """What one capture gave."""

    messages: list[Row]
    gaps: list[Row]
    tunnels: list[Row]
    frames: int


def _rows(table: capture.ArrowTable) -> list[Row]:
    relation = duckdb.arrow(table)
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def read(path: Path) -> Reading:
    """Decode one capture with identities shown; messages in the order of frames and of their places in them."""
    decoded = capture.read([path])
    messages = sorted(_rows(decoded.messages), key=lambda row: (row["frame"], row["index"]))
    return Reading(messages, _rows(decoded.gaps), _rows(decoded.tunnels), decoded.account.frames)
