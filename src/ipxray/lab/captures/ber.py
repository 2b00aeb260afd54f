"""Basic encoding rules, the writing side: tags, lengths, and the odd forms that evasions use. Ref: ITU-T X.690."""

from __future__ import annotations

__all__ = ["high_tag", "integer", "object_identifier", "tlv"]


def tlv(tag: int, *content: bytes) -> bytes:
    """One element with a tag of one octet and a definite length in its shortest form."""
    body = b"".join(content)
    return bytes([tag]) + _length(len(body)) + body


def high_tag(tag: int, *content: bytes) -> bytes:
    """The same element with its tag number in the high form, which X.690 §8.1.2.2 keeps for numbers above 30."""
    body = b"".join(content)
    return bytes([tag & 0xE0 | 0x1F, tag & 0x1F]) + _length(len(body)) + body


def integer(value: int) -> bytes:
    """An INTEGER in its shortest form."""
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def object_identifier(text: str) -> bytes:
    """An OBJECT IDENTIFIER from dotted arcs."""
    first, second, *arcs = map(int, text.split("."))
    return tlv(0x06, bytes([first * 40 + second]), *map(_arc, arcs))


def _arc(value: int) -> bytes:
    octets = [value & 0x7F]
    while value := value >> 7:
        octets.append(value & 0x7F | 0x80)
    return bytes(reversed(octets))


def _length(length: int) -> bytes:
    if length < 128:
        return bytes([length])
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets
