"""Places in a template that every message fills anew, found again after encoding by the filler they were given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ipxray.lab.captures.rows import Ints, Rows

__all__ = ["Field", "Slots", "Stamp", "cell_identity", "digits", "unsigned"]

Stamp: TypeAlias = Callable[[Rows, NDArray[np.uint8]], NDArray[np.uint8]]
"""From rows (and the table of names) to octets: one line a row, as wide as the slot."""


@dataclass(frozen=True)
class Field:
    """One place of a template: where it begins, how wide it is, what fills it."""

    offset: int
    width: int
    stamp: Stamp


@dataclass
class Slots:
    """Hands out filler for one template and finds it again in the finished frame."""

    _taken: list[tuple[bytes, Stamp]] = field(default_factory=list)
    _known: dict[tuple[str, ...], bytes] = field(default_factory=dict)

    def number(self, column: str, octets: int = 4) -> bytes:
        """A column as an unsigned integer of three octets or more, most significant first: fewer are not unique."""
        return self._take((column, "number", str(octets)), octets, lambda rows, _: unsigned(rows[column], octets))

    def short(self, column: str) -> bytes:
        """A column in two octets, with the two zero octets that follow it in the header of GTP version 1."""
        return self._take(
            (column, "short"), 4, lambda rows, _: unsigned(rows[column].astype(np.uint64) << np.uint64(16), 4)
        )

    def tbcd(self, column: str, count: int, filler: int = 0xF) -> bytes:
        """A column as digits, two an octet, low half first. Ref: 3GPP TS 29.002 §17.7.8; ITU-T Q.713 with filler 0."""
        width = (count + 1) // 2
        return self._take(
            (column, "tbcd", str(count), str(filler)), width, lambda rows, _: digits(rows[column], count, filler)
        )

    def text(self, column: str, width: int) -> bytes:
        """A name of exactly that many octets."""
        return self._take((column, "text", str(width)), width, lambda rows, names: names[rows[column], :width])

    def decimal(self, column: str, count: int) -> bytes:
        """A column as ASCII digits."""
        return self._take((column, "decimal", str(count)), count, lambda rows, _: _ascii(rows[column], count))

    def cell(self) -> bytes:
        """Network, area and cell in seven octets (CellGlobalIdOrServiceAreaId). Ref: 3GPP TS 29.002 §17.7.1."""
        return self._take(("cell",), 7, lambda rows, _: cell_identity(rows))

    def fields(self, frame: bytes) -> list[Field]:
        """Every place where a filler lies in the finished frame; what was taken for another segment lies nowhere."""
        found = []
        for filler, stamp in self._taken:
            place = frame.find(filler)
            while place >= 0:
                found.append(Field(place, len(filler), stamp))
                place = frame.find(filler, place + 1)
        return found

    def cut(self, message: bytes, near: int) -> int:
        """The first place from `near` on where a message can be cut without cutting a slot."""
        spans = [(message.find(filler), len(filler)) for filler, _ in self._taken]
        for start, width in sorted(spans):
            if 0 <= start < near < start + width:
                near = start + width
        return near

    def _take(self, key: tuple[str, ...], width: int, stamp: Stamp) -> bytes:
        if key not in self._known:
            # High bits set: text templates stay recognisable, and no count or length in a header looks like it.
            raw = blake2b("/".join(key).encode(), digest_size=width).digest()
            self._known[key] = bytes(octet | 0x80 for octet in raw)
            self._taken.append((self._known[key], stamp))
        return self._known[key]


def unsigned(values: Ints, octets: int) -> NDArray[np.uint8]:
    """Unsigned integers, most significant octet first: one line a value."""
    wide = values.astype(">u8").view(np.uint8).reshape(-1, 8)
    return wide[:, 8 - octets :]


def digits(values: Ints, count: int, filler: int = 0xF) -> NDArray[np.uint8]:
    """Decimal digits with leading zeros, two an octet, first digit in the low half; an odd count ends in `filler`."""
    halves = np.full((len(values), (count + 1) // 2 * 2), filler, np.uint8)
    rest = values.astype(np.int64)
    for place in range(count - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        halves[:, place] = digit
    result: NDArray[np.uint8] = np.bitwise_or(halves[:, 0::2], np.left_shift(halves[:, 1::2], 4))
    return result


def cell_identity(rows: Rows) -> NDArray[np.uint8]:
    """Network in three octets, area and cell in two each."""
    return np.hstack([unsigned(rows["plmn"], 3), unsigned(rows["area"], 2), unsigned(rows["cell"], 2)])


def _ascii(values: Ints, count: int) -> NDArray[np.uint8]:
    octets = np.empty((len(values), count), np.uint8)
    rest = values.astype(np.int64)
    for place in range(count - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        octets[:, place] = digit
    return octets + np.uint8(ord("0"))
