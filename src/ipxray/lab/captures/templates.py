"""Templates: a finished pcapng block with places to stamp, and the book that numbers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ipxray.lab.captures import frames
from ipxray.lab.captures.checksums import Crc32cOfChanges, ones_complement
from ipxray.lab.captures.rows import Rows
from ipxray.lab.captures.slots import Field, Slots, unsigned

__all__ = ["Book", "Builder", "Template", "Transport"]

_SCTP, _TCP, _UDP = 132, 6, 17
_IP = frames.BLOCK_HEAD + frames.IP_AT
_TRANSPORT = frames.BLOCK_HEAD + frames.TRANSPORT_AT
_CHECKSUM_AT = {_SCTP: 8, _TCP: 16, _UDP: 6}

Builder = Callable[[Slots], bytes]
"""Encodes one frame, Ethernet to payload, with filler in its slots."""

Transport = int
"""IP protocol number: 132 SCTP, 6 TCP, 17 UDP."""


@dataclass(frozen=True)
class Template:
    """One kind of frame as its pcapng block."""

    name: str
    block: NDArray[np.uint8]
    fields: tuple[Field, ...]
    transport: Transport
    frame_length: int
    advance: int
    """By how much the stream goes on: one TSN, or the octets of a TCP payload."""
    crc: Crc32cOfChanges | None = None

    @classmethod
    def of(cls, name: str, build: Builder) -> Template:
        """Encode it once."""
        slots = Slots()
        frame = build(slots)
        block = frames.block(frame)
        transport = frame[frames.IP_AT + 9]
        payload = len(frame) - frames.TRANSPORT_AT - 20
        octets = np.frombuffer(block, np.uint8).copy()
        fields = tuple(slots.fields(block))
        packet = octets[_TRANSPORT : frames.BLOCK_HEAD + len(frame)]
        within = np.concatenate([np.arange(each.offset, each.offset + each.width) for each in fields]) - _TRANSPORT
        crc = Crc32cOfChanges(packet, np.unique(within[within >= 0])) if transport == _SCTP else None
        return cls(name, octets, fields, transport, len(frame), payload if transport == _TCP else 1, crc)

    @property
    def is_sctp(self) -> bool:
        """True when it runs over SCTP."""
        return self.transport == _SCTP

    def stamped(self, rows: Rows, names: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """One block a row, times and checksums included."""
        blocks = np.repeat(self.block[None, :], len(rows), axis=0)
        for each in self.fields:
            blocks[:, each.offset : each.offset + each.width] = each.stamp(rows, names)
        moments = unsigned(rows["at"], 8)[:, ::-1]
        blocks[:, 12:16] = moments[:, 4:8]
        blocks[:, 16:20] = moments[:, 0:4]
        self._check(blocks, rows)
        return blocks

    def _check(self, blocks: NDArray[np.uint8], rows: Rows) -> None:
        blocks[:, _IP + 4 : _IP + 6] = unsigned(rows["otid"] ^ rows["dtid"] ^ rows["hop"] ^ rows["stream"], 2)
        blocks[:, _IP + 10 : _IP + 12] = unsigned(ones_complement(blocks[:, _IP : _IP + 20]), 2)
        packet = blocks[:, _TRANSPORT : frames.BLOCK_HEAD + self.frame_length]
        place = _CHECKSUM_AT[self.transport]
        if self.crc is not None:
            packet[:, place : place + 4] = unsigned(self.crc(packet), 4)[:, ::-1]
            return
        addresses = blocks[:, _IP + 12 : _IP + 20]
        length = np.full((len(rows), 1), packet.shape[1], np.uint16)
        pseudo = np.hstack(
            [addresses, unsigned(np.full(len(rows), self.transport), 2), unsigned(length[:, 0], 2), packet]
        )
        checksum = ones_complement(pseudo)
        if self.transport == _UDP:
            checksum[checksum == 0] = 0xFFFF
        packet[:, place : place + 2] = unsigned(checksum, 2)


class Book:
    """All templates of one capture by number and name; encoded when first asked for."""

    def __init__(self, builder: Callable[[str], Builder]) -> None:
        self._builder = builder
        self._numbers: dict[str, int] = {}
        self._templates: list[Template] = []

    def number(self, name: str) -> int:
        """The number of a template for `rows["template"]`."""
        if name not in self._numbers:
            self._numbers[name] = len(self._templates)
            self._templates.append(Template.of(name, self._builder(name)))
        return self._numbers[name]

    def __getitem__(self, number: int) -> Template:
        return self._templates[number]

    def __len__(self) -> int:
        return len(self._templates)
