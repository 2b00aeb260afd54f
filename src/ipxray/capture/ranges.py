"""Where a large capture can be cut so that each part can be decoded alone. Ref: libpcap file format, pcapng."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["Part", "parts_of"]

_PCAP: Final = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">"}
_SECTION: Final = b"\x0a\x0d\x0d\x0a"
_INTERFACE: Final = 1
_PACKETS: Final = frozenset((2, 3, 6))
_LONGEST_RECORD: Final = 16 << 20
_LONGEST_PREAMBLE: Final = 1 << 20


class Part(NamedTuple):
    """A stretch of a capture file. Offsets in bytes; frames are numbered from 1, as in the whole file.

    Decoding `preamble` + the bytes from `warm_up` to `end` gives the messages of the stretch; frames before
    `first_frame` are there only for what they leave open (dialogues, segments, streams) and belong to the part before.
    """

    preamble: bytes
    warm_up: int
    warm_up_frame: int
    first_frame: int
    end: int


class _Cut(NamedTuple):
    """A place between two records: bytes and frames before it, and what a decoder must have read until there."""

    offset: int
    frame: int
    preamble: bytes


def parts_of(path: Path, size: int, warm_up: int) -> list[Part] | None:
    """Cut a plain capture into parts of about `size` bytes, each with about `warm_up` bytes before it.

    None when the file is short, compressed or damaged: then it is decoded whole. Reads every record's header once.
    """
    if size <= 0 or path.stat().st_size <= size:
        return None
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        grain = max(1, min(size, warm_up) // 2)
        cuts = list(_cuts(content, grain))
        if not cuts or cuts[-1].offset != len(content):
            return None
        return list(_joined(cuts, size, warm_up))


def _joined(cuts: list[_Cut], size: int, warm_up: int) -> Iterator[Part]:
    """Parts that begin and end at cuts, in order and without a hole."""
    start, last = cuts[0], cuts[-1]
    for cut in cuts[1:]:
        if cut.offset - start.offset < size and cut is not last:
            continue
        before = next((one for one in cuts if one.offset >= start.offset - warm_up), start)
        yield Part(before.preamble, before.offset, before.frame, start.frame, cut.offset)
        start = cut


def _cuts(content: mmap.mmap, grain: int) -> Iterator[_Cut]:
    """A cut at the first record, then one about every `grain` bytes, then one at the end unless the file is damaged."""
    order = _PCAP.get(content[:4])
    if order:
        return _cut_pcap(content, grain, order)
    if content[:4] == _SECTION:
        return _cut_pcapng(content, grain)
    return iter(())


def _cut_pcap(content: mmap.mmap, grain: int, order: str) -> Iterator[_Cut]:
    record = struct.Struct(f"{order}8xI4x").unpack_from
    preamble, offset, frame, due, end = content[:24], 24, 1, 24, len(content)
    while offset + 16 <= end:
        if offset >= due:
            yield _Cut(offset, frame, preamble)
            due = offset + grain
        (length,) = record(content, offset)
        if length > _LONGEST_RECORD:
            return
        offset += 16 + length
        frame += 1
    if offset == end:
        yield _Cut(offset, frame, preamble)


def _cut_pcapng(content: mmap.mmap, grain: int) -> Iterator[_Cut]:
    """Blocks before the first packet of a section, its header and interfaces, are what a decoder must have read."""
    preamble, offset, frame, due, end, order = b"", 0, 1, 0, len(content), "<"
    while offset + 12 <= end:
        if content[offset : offset + 4] == _SECTION:
            order = "<" if content[offset + 8 : offset + 12] == b"\x4d\x3c\x2b\x1a" else ">"
            preamble = b""
        kind, length = struct.unpack_from(f"{order}II", content, offset)
        if not 12 <= length <= _LONGEST_RECORD or length % 4:
            return
        if content[offset : offset + 4] == _SECTION or kind == _INTERFACE:
            preamble += content[offset : offset + length]
            if len(preamble) > _LONGEST_PREAMBLE:
                return
        elif kind in _PACKETS:
            if offset >= due:
                yield _Cut(offset, frame, preamble)
                due = offset + grain
            frame += 1
        offset += length
    if offset == end:
        yield _Cut(offset, frame, preamble)
