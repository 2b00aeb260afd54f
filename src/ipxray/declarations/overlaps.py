"""E.164 ranges against one another: which overlap, and which node titles lie outside. Ref: ITU-T E.164 §6."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ipxray.declarations.rows import Numbering

__all__ = ["Overlap", "outside", "overlaps"]

_DIGITS = 15
_Numbers = npt.NDArray[np.int64]


class Overlap(NamedTuple):
    """Two ranges that share numbers; `first` begins no later than `second`, the wider one first."""

    first: Numbering
    second: Numbering


def overlaps(rows: Sequence[Numbering]) -> list[Overlap]:
    """Pair every range with the widest-reaching one that begins before it and overlaps it, in order of number.

    A prefix stands for all numbers under it, whatever their length: numbers are compared filled up to 15 digits.
    """
    if len(rows) < 2:
        return []
    starts, stops = _intervals(rows)
    order = np.lexsort((-stops, starts))
    starts, stops = starts[order], stops[order]
    reach = np.maximum.accumulate(stops)
    meeting = np.flatnonzero(starts[1:] <= reach[:-1]) + 1
    return [Overlap(rows[order[_holder(stops, reach, place)]], rows[order[place]]) for place in meeting.tolist()]


def outside(titles: Sequence[Numbering], ranges: Sequence[Numbering]) -> list[Numbering]:
    """The titles that no range holds whole, in their order; none when there are no ranges to compare with."""
    if not titles or not ranges:
        return []
    starts, stops = _intervals(ranges)
    order = np.argsort(starts, kind="stable")
    starts, reach = starts[order], _merged_reach(starts[order], stops[order])
    first, last = _intervals(titles)
    place = np.searchsorted(starts, first, side="right") - 1
    held = (place >= 0) & (last <= reach[np.maximum(place, 0)])
    return [titles[number] for number in np.flatnonzero(~held).tolist()]


def _intervals(rows: Sequence[Numbering]) -> tuple[_Numbers, _Numbers]:
    starts = [int((row.range_start or row.value).ljust(_DIGITS, "0")[:_DIGITS]) for row in rows]
    stops = [int((row.range_stop or row.value).ljust(_DIGITS, "9")[:_DIGITS]) for row in rows]
    return np.array(starts, dtype=np.int64), np.array(stops, dtype=np.int64)


def _holder(stops: _Numbers, reach: _Numbers, place: int) -> int:
    """The place of the range before `place` that reaches as far as any."""
    return int(np.flatnonzero(stops[:place] == reach[place - 1])[0])


def _merged_reach(starts: _Numbers, stops: _Numbers) -> _Numbers:
    """How far the union of ranges goes without a break from each start on; the starts are in order."""
    reach = np.maximum.accumulate(stops)
    breaks = np.append(starts[1:] > reach[:-1] + 1, True)
    ends = np.flatnonzero(breaks)
    return np.asarray(reach[ends[np.searchsorted(ends, np.arange(len(starts)))]])
