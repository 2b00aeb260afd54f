"""Chosen frames of captures into one pcapng, bytes and times unchanged. Ref: draft-ietf-opsawg-pcapng."""

from __future__ import annotations

import gzip
import importlib
import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from ipxray.capture.files import named_files
from ipxray.errors import CaptureError, InputError, OutputError, UsageError

__all__ = ["pick"]

_SECTION, _INTERFACE, _PACKET, _SIMPLE, _ENHANCED = 0x0A0D0D0A, 1, 2, 3, 6
_LARGEST_BLOCK = 64 * 2**20
"""A longer block is no block: libpcap itself refuses snapshots beyond 256 KiB, pcapng writers stay far below this."""
_PCAP = {
    b"\xa1\xb2\xc3\xd4": (">", 6), b"\xd4\xc3\xb2\xa1": ("<", 6),
    b"\xa1\xb2\x3c\x4d": (">", 9), b"\x4d\x3c\xb2\xa1": ("<", 9),
}  # fmt: skip
"""Magic → byte order, and digits behind the second of its times."""
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class _Block(NamedTuple):
    """One block as it will be written, and whether it is a frame."""

    data: bytes
    is_frame: bool


def pick(paths: Sequence[Path | str], wanted: Mapping[str, Collection[int]], output: Path) -> int:
    """Write the frames `wanted` (numbers from 1, by the capture's name as in messages) into `output`; return how many.

    Each capture is a section of its own, in the order given. Memory does not depend on the size of the files; one that
    ends early gives what it has. Raises CaptureError for a file that is no capture, OutputError, and UsageError for
    zstandard where Python has no reader of it.
    """
    files = [(Path(path), name) for path, name in named_files(paths) if wanted.get(name)]
    partial = output.with_name(f".{output.name}.partial")
    written = 0
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as out:
            for path, name in files:
                written += _copy(path, frozenset(wanted[name]), out)
        partial.replace(output)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror})", hint="choose another file") from error
    finally:
        partial.unlink(missing_ok=True)
    return written


def _copy(path: Path, frames: frozenset[int], out: BinaryIO) -> int:
    last, number, written = max(frames), 0, 0
    with _opened(path) as file, suppress(EOFError):  # a packed file that ends early gives what it has
        for block in _blocks(path, file):
            number += block.is_frame
            if not block.is_frame or number in frames:
                out.write(block.data)
                written += block.is_frame
            if number >= last:
                break
    return written


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            magic = file.read(4)
            file.seek(0)
            if magic[:2] == _GZIP:
                with gzip.open(file) as unpacked:
                    yield cast("BinaryIO", unpacked)
            elif magic == _ZSTD:
                with _zstd(path).open(file) as unpacked:
                    yield unpacked
            else:
                yield file
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", hint="name the capture again") from error


def _zstd(path: Path) -> Any:
    for module in ("compression.zstd", "zstandard"):
        try:
            return importlib.import_module(module)
        except ImportError:
            continue
    raise UsageError(f"{path}: this Python reads no zstandard", hint=f"unpack it first: zstd -d {path.name}")


def _blocks(path: Path, file: BinaryIO) -> Iterator[_Block]:
    magic = file.read(4)
    if magic in _PCAP:
        yield from _of_pcap(file, *_PCAP[magic])
    elif magic == b"\x0a\x0d\x0d\x0a":
        yield from _of_pcapng(path, file, magic)
    else:
        raise CaptureError(
            path, "is no capture", offset=0, hint="ipxray reads .pcap and .pcapng, plain or as .gz or .zst"
        )


def _of_pcap(file: BinaryIO, order: str, digits: int) -> Iterator[_Block]:
    head = file.read(20)
    if len(head) < 20:
        return
    snapshot, link = struct.unpack(order + "II", head[12:20])
    section = struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1)
    options = struct.pack("<HHB3xHH", 9, 1, digits, 0, 0)  # if_tsresol
    yield _Block(_framed(_SECTION, section), is_frame=False)
    yield _Block(_framed(_INTERFACE, struct.pack("<HHI", link & 0xFFFF, 0, snapshot) + options), is_frame=False)
    while len(record := file.read(16)) == 16:
        seconds, fraction, captured, length = struct.unpack(order + "IIII", record)
        if captured > _LARGEST_BLOCK:
            return
        data = file.read(captured)
        if len(data) < captured:
            return
        stamp = seconds * 10**digits + fraction
        fixed = struct.pack("<IIIII", 0, stamp >> 32, stamp & 0xFFFFFFFF, captured, length)
        yield _Block(_framed(_ENHANCED, fixed + data + bytes(-captured % 4)), is_frame=True)


def _framed(kind: int, body: bytes) -> bytes:
    length = len(body) + 12
    return struct.pack("<II", kind, length) + body + struct.pack("<I", length)


def _of_pcapng(path: Path, file: BinaryIO, begun: bytes) -> Iterator[_Block]:
    """Sections, interfaces and frames as they stand; other blocks (names, statistics) are left out."""
    order = "<"
    while len(head := begun + file.read(8 - len(begun))) == 8:
        begun = b""
        more = b""
        if head[:4] == b"\x0a\x0d\x0d\x0a":
            more = file.read(4)
            order = "<" if more == b"\x4d\x3c\x2b\x1a" else ">"
        kind, length = struct.unpack(order + "II", head)
        if length < 12 + len(more) or length % 4 or length > _LARGEST_BLOCK:
            raise CaptureError(path, "holds a block without an end", hint="frames before it were found")
        rest = file.read(length - 8 - len(more))
        if len(rest) < length - 8 - len(more):
            return
        is_frame = kind in (_PACKET, _SIMPLE, _ENHANCED)
        if is_frame or kind in (_SECTION, _INTERFACE):
            yield _Block(head + more + rest, is_frame=is_frame)
