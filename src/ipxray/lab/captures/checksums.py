"""Checksums of many frames at once: one line a frame. Ref: RFC 1071; RFC 9260 appendix A (CRC32c)."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["Crc32cOfChanges", "crc32c", "ones_complement"]

_POLYNOMIAL = 0x82F63B78


def _table() -> NDArray[np.uint32]:
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, table >> 1 ^ np.uint32(_POLYNOMIAL), table >> 1)
    return table.astype(np.uint32)


def _tables() -> NDArray[np.uint32]:
    """Four octets a step: table k answers for an octet with k more behind it."""
    tables = [_table()]
    for _ in range(3):
        tables.append((tables[-1] >> 8 ^ tables[0][tables[-1] & 0xFF]).astype(np.uint32))
    return np.array(tables)


_SLICES = _tables()


def crc32c(frames: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """CRC32c of each line, as a number."""
    count, width = frames.shape
    crc = np.full(count, 0xFFFFFFFF, np.uint32)
    whole = width // 4 * 4
    words = np.ascontiguousarray(np.ascontiguousarray(frames[:, :whole]).view("<u4").T)
    for word in words:
        crc ^= word
        crc = (
            _SLICES[3][crc & 0xFF] ^ _SLICES[2][crc >> 8 & 0xFF] ^ _SLICES[1][crc >> 16 & 0xFF] ^ _SLICES[0][crc >> 24]
        )
    for column in range(whole, width):
        crc = crc >> 8 ^ _SLICES[0][(crc ^ frames[:, column]) & 0xFF]
    return crc ^ np.uint32(0xFFFFFFFF)


class Crc32cOfChanges:
    """CRC32c of packets that differ from one packet at some places only: it is linear, so only those octets count."""

    def __init__(self, packet: NDArray[np.uint8], places: NDArray[np.intp]) -> None:
        self._places = places
        self._known = packet[places]
        self._crc = crc32c(packet[None, :])[0]
        self._tables = _behind(len(packet))[len(packet) - 1 - places].ravel()
        self._rows = np.arange(len(places), dtype=np.intp) * 256

    def __call__(self, packets: NDArray[np.uint8]) -> NDArray[np.uint32]:
        """CRC32c of each line, as a number."""
        changes = packets[:, self._places] ^ self._known
        parts = self._tables[self._rows + changes]
        result: NDArray[np.uint32] = np.bitwise_xor.reduce(parts, axis=1) ^ self._crc
        return result


@cache
def _behind(length: int) -> NDArray[np.uint32]:
    """What an octet adds to the sum with so many zero octets behind it: one line a number of octets."""
    lines = [_SLICES[0]]
    for _ in range(length - 1):
        lines.append(lines[-1] >> 8 ^ _SLICES[0][lines[-1] & 0xFF])
    return np.array(lines, np.uint32)


def ones_complement(frames: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The Internet checksum of each line, as a number."""
    if frames.shape[1] % 2:
        frames = np.hstack([frames, np.zeros((len(frames), 1), np.uint8)])
    total = np.ascontiguousarray(frames).view(">u2").astype(np.uint32).sum(axis=1, dtype=np.uint64)
    for _ in range(3):
        total = (total & 0xFFFF) + (total >> 16)
    result: NDArray[np.uint16] = (0xFFFF - total).astype(np.uint16)
    return result
