"""Parts of a capture: without a hole, decoded alone as in the whole."""

from __future__ import annotations

import struct
from pathlib import Path
from types import SimpleNamespace

import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipxray import capture
from ipxray.capture.ranges import parts_of


def pcapng(packets: list[bytes], order: str = "<") -> bytes:
    """One section, one interface of Ethernet, enhanced packet blocks."""

    def block(kind: int, body: bytes) -> bytes:
        body += bytes(-len(body) % 4)
        length = struct.pack(f"{order}I", 12 + len(body))
        return struct.pack(f"{order}I", kind) + length + body + length

    head = block(0x0A0D0D0A, struct.pack(f"{order}IHHq", 0x1A2B3C4D, 1, 0, -1))
    head += block(1, struct.pack(f"{order}HHI", 1, 0, 65535))
    rows = b"".join(
        block(6, struct.pack(f"{order}IIIII", 0, 0x5F000, number, len(one), len(one)) + one)
        for number, one in enumerate(packets)
    )
    return head + rows


def decoded_in_parts(path: Path, size: int, warm_up: int) -> list[tuple[object, ...]]:
    """Every part decoded by itself: frame, operation, subscriber and the frame of the request."""
    rows: list[tuple[object, ...]] = []
    for number, part in enumerate(parts_of(path, size, warm_up) or []):
        alone = path.with_name(f"part{number}.pcap")
        alone.write_bytes(part.preamble + path.read_bytes()[part.warm_up : part.end])
        for row in told(alone):
            frame = row[0] + part.warm_up_frame - 1
            request = row[3] + part.warm_up_frame - 1 if row[3] is not None else None
            if frame >= part.first_frame:
                rows.append((frame, row[1], row[2], request))
    return rows


def told(path: Path) -> list[tuple[int, object, object, int | None]]:
    table = pyarrow.table(capture.read([path]).messages)
    columns = [table.column(name).to_pylist() for name in ("frame", "operation", "imsi", "request_frame")]
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize("form", ["pcap", "pcapng", "pcapng big-endian"])
def test_parts_decoded_alone_say_what_the_whole_says(
    made: SimpleNamespace, decoder: None, tmp_path: Path, form: str
) -> None:
    frames = made.frames() * 40
    path = tmp_path / "whole.pcap"
    path.write_bytes(made.pcap(frames) if form == "pcap" else pcapng(frames, ">" if "big" in form else "<"))
    assert decoded_in_parts(path, 5_000, 3_000) == told(path)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(size=st.integers(300, 20_000), warm_up=st.integers(1, 20_000))
def test_parts_follow_one_another_without_a_hole(
    made: SimpleNamespace, tmp_path: Path, size: int, warm_up: int
) -> None:
    path = tmp_path / "whole.pcap"
    path.write_bytes(made.pcap(made.frames() * 20))
    parts = parts_of(path, size, warm_up)
    if parts is None:
        assert path.stat().st_size <= size
        return
    assert parts[0].warm_up_frame == parts[0].first_frame == 1
    assert parts[-1].end == path.stat().st_size
    assert [part.first_frame for part in parts] == sorted({part.first_frame for part in parts})
    for part in parts:
        assert part.warm_up_frame <= part.first_frame


def test_short_damaged_and_compressed_files_are_left_whole(made: SimpleNamespace, tmp_path: Path) -> None:
    whole = made.pcap(made.frames() * 20)
    for content in (whole[:-3], whole[:24] + b"\xff" * 4000, b"\x1f\x8b" + whole, b"text " * 2000):
        path = tmp_path / "one.pcap"
        path.write_bytes(content)
        assert parts_of(path, 1000, 500) is None
    path.write_bytes(whole)
    assert parts_of(path, 1 << 30, 500) is None
