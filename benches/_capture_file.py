"""Write a capture of a given number of messages: templates stamped by numpy, the same bytes every time.

Knows nothing of the decoder. Forty in a hundred messages are GTPv2-C, thirty Diameter S6a over SCTP, thirty MAP over
M3UA over SCTP, of ten kinds; half of each are answers.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import _capture_messages as made

Octets = NDArray[np.uint8]

SECOND = 1_700_000_000
MESSAGES_A_SECOND = 10_000
BLOCKS_A_WRITE = 2_000
NODES, PLACES = 48, 4_999

# What is stamped over each mark: the number of the pair, or what it leaves when divided, in octets of some form.
MARKS = (
    (made.COUNTER, "binary", 0),
    (made.SEQUENCE, "binary", 0),
    (made.DIGITS, "digits", 0),
    (made.SEMI_OCTETS, "semi_octets", 0),
    (made.NODE, "digits", NODES),
    (made.NODE_SEMI_OCTETS, "semi_octets", NODES),
    (made.PLACE, "binary", PLACES),
)


class Stamp(NamedTuple):
    """A field that differs from message to message: where it stands in its block, how it is written, its octets."""

    offset: int
    form: str
    size: int
    modulus: int


def _pairs() -> list[tuple[int, bytes]]:
    """A block of twenty packets and the pair that each belongs to: requests, then their answers."""
    kinds = (made.gtp(), made.diameter(), made.mobile_application_part())
    requests = [(place, kind[place].request) for place in range(4) for kind in kinds if place < len(kind)]
    answers = [(place, kind[place].answer) for place in range(4) for kind in kinds if place < len(kind)]
    return requests + answers


class Block(NamedTuple):
    """Twenty packets as pcap records, and what is stamped into them: by pair within the block."""

    octets: bytes
    times: tuple[int, ...]
    stamps: tuple[tuple[int, Stamp], ...]


PACKETS_A_BLOCK = 20
# A counter of each pair in a block leaves room for the four pairs of the most frequent protocol.
PAIRS_A_BLOCK = 4


def block() -> Block:
    """The block that a file repeats."""
    octets, times, stamps = b"", [], []
    for pair, packet in _pairs():
        times.append(len(octets))
        octets += struct.pack("<IIII", 0, 0, len(packet), len(packet))
        for mark, form, modulus in MARKS:
            at = packet.find(mark)
            while at >= 0:
                stamps.append((pair, Stamp(len(octets) + at, form, len(mark), modulus)))
                at = packet.find(mark, at + len(mark))
        octets += packet
    return Block(octets, tuple(times), tuple(stamps))


def _written(numbers: NDArray[np.int64], form: str, size: int) -> Octets:
    """Numbers as octets, a row each; an odd number of semi-octets ends with filler."""
    if form == "binary":
        shifts = np.arange(size - 1, -1, -1) * 8
        return (numbers[:, None] >> shifts & 0xFF).astype(np.uint8)
    if form == "digits":
        return _digits(numbers, size) + ord("0")
    digits = _digits(numbers, 9 if size == 5 else 2 * size)
    if size == 5:
        digits = np.column_stack([digits, np.full(len(numbers), 15, np.uint8)])
    return digits[:, 0::2] | digits[:, 1::2] << 4


def _digits(numbers: NDArray[np.int64], count: int) -> Octets:
    return (numbers[:, None] // 10 ** np.arange(count - 1, -1, -1) % 10).astype(np.uint8)


def _blocks(first: int, count: int, template: Block) -> Octets:
    rows = np.tile(np.frombuffer(template.octets, np.uint8), (count, 1))
    # Counters start at one block: an endpoint of zero would be a fault.
    numbers = np.arange(first + 1, first + 1 + count, dtype=np.int64)
    for pair, stamp in template.stamps:
        number = numbers * PAIRS_A_BLOCK + pair
        shown = number % stamp.modulus if stamp.modulus else number
        rows[:, stamp.offset : stamp.offset + stamp.size] = _written(shown, stamp.form, stamp.size)
    for position, offset in enumerate(template.times):
        message = numbers * PACKETS_A_BLOCK + position
        seconds = SECOND + message // MESSAGES_A_SECOND
        microseconds = message % MESSAGES_A_SECOND * (1_000_000 // MESSAGES_A_SECOND)
        rows[:, offset : offset + 4] = _written(seconds, "binary", 4)[:, ::-1]
        rows[:, offset + 4 : offset + 8] = _written(microseconds, "binary", 4)[:, ::-1]
    return rows


def write(path: Path, messages: int) -> int:
    """Write a pcap of `messages` messages (a multiple of twenty); its size in bytes."""
    template = block()
    blocks = messages // PACKETS_A_BLOCK
    with path.open("wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1))
        for first in range(0, blocks, BLOCKS_A_WRITE):
            file.write(_blocks(first, min(BLOCKS_A_WRITE, blocks - first), template).tobytes())
    return path.stat().st_size


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
