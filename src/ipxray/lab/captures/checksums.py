"""Checksums of many frames at once: one line a frame. Ref: RFC 1071; RFC 9260 appendix A (CRC32c)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["crc32c", "ones_complement"]

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


def ones_complement(frames: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """The Internet checksum of each line, as a number."""
    if frames.shape[1] % 2:
        frames = np.hstack([frames, np.zeros((len(frames), 1), np.uint8)])
    total = np.ascontiguousarray(frames).view(">u2").astype(np.uint32).sum(axis=1, dtype=np.uint64)
    for _ in range(3):
        total = (total & 0xFFFF) + (total >> 16)
    result: NDArray[np.uint16] = (0xFFFF - total).astype(np.uint16)
    return result
