"""A folder that a capture process rotates through, in fiction: each message a subscriber of its own."""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

START = 1_767_225_600  # 2026-01-01, seconds


def tunnel_request(number: int) -> bytes:
    """GTPv1 echo requests are enough to have messages: sequence number and no subscriber (TS 29.060)."""
    return struct.pack(">BBHIHH", 0x32, 1, 4, 0, number & 0xFFFF, 0)


def datagram(payload: bytes, number: int) -> bytes:
    """IPv4 and UDP from a documentation address (RFC 5737) to another."""
    source, destination = bytes([192, 0, 2, number % 200 + 1]), bytes([198, 51, 100, 1])
    udp = struct.pack(">HHHH", 2123, 2123, 8 + len(payload), 0) + payload
    return struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), number & 0xFFFF, 0, 64, 17, 0) + source + destination + udp


def pcap(numbers: Sequence[int]) -> bytes:
    """A capture of raw IP with one message for each number, a second apart."""
    packets = []
    for number in numbers:
        body = datagram(tunnel_request(number), number)
        packets.append(struct.pack("<IIII", START + number, 0, len(body), len(body)) + body)
    return struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101) + b"".join(packets)


def rotate(folder: Path, position: int, content: bytes) -> Path:
    """Write one file of a ring, older than the next by a second."""
    path = folder / f"ring_{position:05d}.pcap"
    path.write_bytes(content)
    os.utime(path, (START + position, START + position))
    return path


def every_third(messages: Sequence[Path], context: Path | None, keep: Path) -> Sequence[Mapping[str, Any]]:
    """A judge: each message whose sequence is a multiple of three is a finding; it keeps a count."""
    with duckdb.connect(config={"threads": 1}) as engine:
        seen = engine.execute("select n from read_parquet(?)", [str(context)]).fetchone() if context else (0,)
        rows = engine.execute(
            "select sequence, capture, frame from read_parquet(?) order by sequence", [[str(path) for path in messages]]
        )
        found = rows.fetchall()
        engine.execute(f"copy (select {seen[0] + len(found)} as n) to ? (format parquet)", [str(keep)])
    return [
        {
            "finding_id": f"F{sequence:016x}",
            "rule_id": "gtp/echo",
            "severity": "LOW",
            "title": "Echo",
            "explanation": f"echo {sequence}",
            "last_at": (START + sequence) * 1_000_000,
            "evidence": [f"{capture}:{frame}"],
        }
        for sequence, capture, frame in found
        if sequence % 3 == 0
    ]


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    folder = tmp_path / "ring"
    folder.mkdir()
    return folder
