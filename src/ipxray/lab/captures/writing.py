"""Planned rows become pcapng files: grouped by template, stamped, put where the order of time wants them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from ipxray.errors import OutputError
from ipxray.lab.captures.rows import BENIGN, Ints, Rows
from ipxray.lab.captures.templates import Book

__all__ = ["CaptureFiles"]

_CHUNK = 65_536
"""Rows stamped at once: 30 MB of blocks."""
_TWICE = 1_000
"""One frame in so many is captured twice."""
_SECTION = bytes.fromhex("0a0d0d0a 1c000000 4d3c2b1a 01000000 ffffffffffffffff 1c000000")
_ETHERNET_INTERFACE = bytes.fromhex("01000000 14000000 0100 0000 00000400 14000000")


class CaptureFiles:
    """Writes rows in the order of time; begins a new file after `rotate` octets, none when 0."""

    def __init__(
        self, folder: Path, book: Book, names: NDArray[np.uint8], *, rotate: int = 0, is_numbered: bool = False
    ) -> None:
        self._folder = folder
        self._book = book
        self._names = names
        self._rotate = rotate
        self._is_numbered = is_numbered or rotate > 0
        self._stream: BinaryIO | None = None
        self._frames = 0
        self._octets = 0
        self._counters: dict[int, int] = defaultdict(int)
        self.files: list[str] = []
        self.written = 0
        self.benign = 0
        self.proofs: dict[int, list[tuple[str, int]]] = defaultdict(list)
        """Frames of each campaign: file and number."""
        self.moments: dict[int, tuple[int, int]] = {}
        """First and last moment of each campaign."""

    def __enter__(self) -> CaptureFiles:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the file; what is written next begins another."""
        if self._stream:
            self._stream.close()
        self._stream = None

    def write(self, rows: Rows) -> None:
        """Write rows that are in the order of time, later than all written before."""
        self._count(rows)
        rows = rows[~rows["is_lost"]]
        # A tap that sees both directions of a mirrored port hands some frames on twice.
        rows = np.repeat(rows, np.where(_mixed(rows["stream"].astype(np.uint64)) % np.uint64(_TWICE) == 0, 2, 1))
        if not len(rows) and not self.files:
            self._file()  # a capture of nothing is a capture
        for start in range(0, len(rows), _CHUNK):
            chunk = rows[start : start + _CHUNK]
            buffer, ends = self._blocks(chunk)
            done = 0
            while done < len(chunk):
                done += self._put(chunk, buffer, ends, done)

    def _put(self, rows: Rows, buffer: NDArray[np.uint8], ends: Ints, done: int) -> int:
        """Write rows from `done` on until the file is full or there are no more; return how many."""
        stream = self._file()
        first = int(ends[done - 1]) if done else 0
        until = len(rows)
        if self._rotate and self._octets + int(ends[-1]) - first > self._rotate:
            room = first + self._rotate - self._octets
            until = max(done + 1, int(np.searchsorted(ends, room, side="right")))
        self._note(rows[done:until])
        last = int(ends[until - 1])
        stream.write(buffer[first:last].tobytes())
        self._octets += last - first
        self._frames += until - done
        if until < len(rows):
            self.close()
        return until - done

    def _file(self) -> BinaryIO:
        if self._stream is None:
            name = f"lab-{len(self.files) + 1:03d}.pcapng" if self._is_numbered else "lab.pcapng"
            try:
                self._stream = (self._folder / name).open("wb")
            except OSError as error:
                raise OutputError(f"{self._folder / name} cannot be written: {error.strerror}") from error
            self._stream.write(_SECTION + _ETHERNET_INTERFACE)
            self.files.append(name)
            self._frames, self._octets = 0, len(_SECTION + _ETHERNET_INTERFACE)
        return self._stream

    def _blocks(self, rows: Rows) -> tuple[NDArray[np.uint8], Ints]:
        lengths = np.array([len(self._book[number].block) for number in range(len(self._book))])
        ends = np.cumsum(lengths[rows["template"]])
        starts = ends - lengths[rows["template"]]
        buffer = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
        for places in _groups(rows["template"]):
            template = self._book[int(rows["template"][places[0]])]
            stamped = template.stamped(rows[places], self._names)
            buffer[starts[places][:, None] + np.arange(stamped.shape[1])] = stamped
        return buffer, ends

    def _count(self, rows: Rows) -> None:
        """Number the frames of every association; what the capture lost has its number too."""
        advances = np.array([self._book[number].advance for number in range(len(self._book))], np.int64)
        is_sctp = np.array([self._book[number].is_sctp for number in range(len(self._book))])
        ahead = _association(rows["source"], rows["target"], rows["ports"])
        for places in _groups(ahead):
            some = rows[places[:1]]
            key = int(ahead[places[0]])
            steps = advances[rows["template"][places]]
            first = self._counters[key]
            rows["stream"][places] = (first + np.cumsum(steps) - steps + (key >> 32)) & 0xFFFFFFFF
            # TCP acknowledges the first octet of the other direction for ever: no state between stretches.
            back = _association(some["target"], some["source"], some["ports"] >> 16 | some["ports"] << 16)
            mark = key if is_sctp[some["template"][0]] else int(back[0]) >> 32
            rows["tag"][places] = mark & 0xFFFFFFFF
            self._counters[key] = first + int(steps.sum())

    def _note(self, rows: Rows) -> None:
        self.written += len(rows)
        hostile = np.flatnonzero(rows["campaign"] != BENIGN)
        self.benign += len(rows) - len(hostile)
        for place in hostile:
            campaign, at = int(rows["campaign"][place]), int(rows["at"][place])
            self.proofs[campaign].append((self.files[-1], self._frames + int(place) + 1))
            self.moments[campaign] = (self.moments.get(campaign, (at, at))[0], at)


def _association(source: Ints, target: Ints, ports: Ints) -> Ints:
    return _mixed(_mixed(source.astype(np.uint64) << np.uint64(32) | target) ^ ports)


def _mixed(keys: Ints) -> Ints:
    """Spread keys over 64 bits, so that every association has numbers of its own."""
    keys = (keys ^ keys >> np.uint64(33)) * np.uint64(0xFF51AFD7ED558CCD)
    mixed: Ints = keys ^ keys >> np.uint64(33)
    return mixed


def _groups(values: Ints) -> list[Ints]:
    """Positions of equal values together, each group in its own order."""
    order = np.argsort(values, kind="stable")
    edges = np.flatnonzero(np.diff(values[order])) + 1
    return [group for group in np.split(order, edges) if len(group)]
