"""The packets behind findings, unchanged, in one file. Ref: draft-ietf-opsawg-pcapng."""

from __future__ import annotations

import gzip
import struct
from pathlib import Path

import pytest

from ipxray import capture
from ipxray.errors import CaptureError

FRAMES = [b"first frame", b"second", b"the third one", b"4"]


def pcap(order: str = "<", nano: bool = False) -> bytes:
    magic = 0xA1B23C4D if nano else 0xA1B2C3D4
    head = struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 65535, 1)
    return head + b"".join(
        struct.pack(order + "IIII", 1_793_500_000 + n, n, len(data), len(data)) + data for n, data in enumerate(FRAMES)
    )


def packets(path: Path) -> list[tuple[int, bytes]]:
    """Time stamps as written and bytes of every enhanced packet block."""
    data, found, place = path.read_bytes(), [], 0
    while place < len(data):
        kind, length = struct.unpack_from("<II", data, place)
        if kind == 6:
            _, high, low, captured, _ = struct.unpack_from("<IIIII", data, place + 8)
            found.append((high << 32 | low, data[place + 28 : place + 28 + captured]))
        place += length
    return found


@pytest.mark.parametrize("order", ["<", ">"])
def test_chosen_frames_keep_bytes_and_times(order: str, tmp_path: Path) -> None:
    (tmp_path / "a.pcap").write_bytes(pcap(order))
    out = tmp_path / "out.pcapng"
    assert capture.pick([tmp_path / "a.pcap"], {"a.pcap": {2, 4}}, out) == 2
    assert packets(out) == [(1_793_500_001 * 10**6 + 1, FRAMES[1]), (1_793_500_003 * 10**6 + 3, FRAMES[3])]


def test_what_was_picked_can_be_picked_again(tmp_path: Path) -> None:
    (tmp_path / "a.pcap").write_bytes(pcap(nano=True))
    capture.pick([tmp_path / "a.pcap"], {"a.pcap": {1, 2, 3}}, tmp_path / "b.pcapng")
    assert capture.pick([tmp_path / "b.pcapng"], {"b.pcapng": {3}}, tmp_path / "c.pcapng") == 1
    assert packets(tmp_path / "c.pcapng") == [(1_793_500_002 * 10**9 + 2, FRAMES[2])]


def test_a_packed_capture_that_ends_early_gives_what_it_has(tmp_path: Path) -> None:
    whole = gzip.compress(pcap() + bytes(100_000))
    (tmp_path / "a.pcap.gz").write_bytes(whole[:-12])
    assert capture.pick([tmp_path / "a.pcap.gz"], {"a.pcap.gz": {1, 10**6}}, tmp_path / "out.pcapng") == 1


@pytest.mark.parametrize("content", [b"", b"no capture at all", b"\x0a\x0d\x0d\x0a" + b"\xff" * 40])
def test_what_is_no_capture_is_refused_and_leaves_nothing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.pcap").write_bytes(content)
    with pytest.raises(CaptureError):
        capture.pick([tmp_path / "a.pcap"], {"a.pcap": {1}}, tmp_path / "out.pcapng")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pcap"]
