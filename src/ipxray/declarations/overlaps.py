"""E.164 ranges against one another: which overlap, and which node titles lie outside. Ref: ITU-T E.164 §6."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ipxray.declarations.rows import Numbering

__all__ = ["Overlap", "Overlaps", "outside", "overlaps", "overlaps_of"]

_DIGITS = 15
_Numbers = npt.NDArray[np.int64]


class Overlap(NamedTuple):
    """Two ranges that share numbers; `first` begins no later than `second`, the wider one first."""

    first: Numbering
    second: Numbering


class Overlaps(NamedTuple):
    """Overlaps of the ranges of several networks: within each that has any, and over all ranges together."""

    within: Mapping[str, Sequence[Overlap]]
    together: Sequence[Overlap]


def overlaps(rows: Sequence[Numbering]) -> list[Overlap]:
    """Pair every range with the widest-reaching one that begins before it and overlaps it, in order of number.

    A prefix stands for all numbers under it, whatever their length: numbers are compared filled up to 15 digits.
    """
    return _pairs(rows, *_intervals(rows)) if len(rows) > 1 else []


def overlaps_of(networks: Mapping[str, Sequence[Numbering]]) -> Overlaps:
    """The same for the ranges of each network and for all of them: few networks have any, so all are looked at once."""
    rows = list(chain.from_iterable(networks.values()))
    if len(rows) < 2:
        return Overlaps({}, ())
    starts, stops = _intervals(rows)
    owners = np.repeat(np.arange(len(networks)), [len(own) for own in networks.values()])
    order = np.lexsort((starts, owners))
    meeting = (owners[order][1:] == owners[order][:-1]) & (starts[order][1:] <= stops[order][:-1])
    names = list(networks)
    unclean = [names[owner] for owner in np.unique(owners[order][1:][meeting]).tolist()]
    return Overlaps({name: overlaps(networks[name]) for name in unclean}, _pairs(rows, starts, stops))


def _pairs(rows: Sequence[Numbering], starts: _Numbers, stops: _Numbers) -> list[Overlap]:
    order = np.lexsort((-stops, starts))
    starts, stops = starts[order], stops[order]
    reach = np.maximum.accumulate(stops)
    # The place of the first range that reaches as far as any range up to here.
    holders = np.maximum.accumulate(np.where(np.append(True, stops[1:] > reach[:-1]), np.arange(len(rows)), 0))
    meeting = np.flatnonzero(starts[1:] <= reach[:-1]) + 1
    first, second = order[holders[meeting - 1]].tolist(), order[meeting].tolist()
    return [Overlap(rows[holder], rows[row]) for holder, row in zip(first, second, strict=True)]


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
    """The first and the last number of each range, filled up to 15 digits."""
    starts, unit = _filled([row.range_start or row.value for row in rows])
    stops, last_unit = _filled([row.range_stop or row.value for row in rows])
    return starts * unit, (stops + 1) * last_unit - 1


def _filled(numbers: Sequence[str]) -> tuple[_Numbers, _Numbers]:
    """Numbers of at most 15 digits, and how many numbers of 15 digits begin with each."""
    digits = np.fromiter(map(len, numbers), dtype=np.int64, count=len(numbers))
    return np.fromiter(map(int, numbers), dtype=np.int64, count=len(numbers)), 10 ** (_DIGITS - digits)


def _merged_reach(starts: _Numbers, stops: _Numbers) -> _Numbers:
    """How far the union of ranges goes without a break from each start on; the starts are in order."""
    reach = np.maximum.accumulate(stops)
    breaks = np.append(starts[1:] > reach[:-1] + 1, True)
    ends = np.flatnonzero(breaks)
    return np.asarray(reach[ends[np.searchsorted(ends, np.arange(len(starts)))]])
