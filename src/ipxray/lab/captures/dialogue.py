"""TCAP messages as bytes: transactions, dialogue portions, components. Ref: ITU-T Q.773; 3GPP TS 29.002 §17."""

from __future__ import annotations

from collections.abc import Sequence

from ipxray.lab.captures.ber import integer, object_identifier, tlv

__all__ = ["accepted", "begin", "continued", "end", "error", "invoke", "map_open", "map_reference", "request", "result"]

_DIALOGUE = "0.0.17.773.1.1.1"
_MAP_DIALOGUE = "0.4.0.0.1.1.1.1"
_VERSION = bytes.fromhex("80020780")


def invoke(code: bytes, argument: bytes, number: int = 1, linked: int | None = None) -> bytes:
    """An Invoke; `code` is the operation code element."""
    link = b"" if linked is None else tlv(0x80, bytes([linked]))
    return tlv(0xA1, integer(number), link, code, argument)


def result(code: bytes, parameter: bytes, number: int = 1) -> bytes:
    """A ReturnResultLast; without parameter it has no operation code either."""
    return tlv(0xA2, integer(number), tlv(0x30, code, parameter) if parameter else b"")


def error(code: int, parameter: bytes = b"", number: int = 1) -> bytes:
    """A ReturnError with a local code."""
    return tlv(0xA3, integer(number), integer(code), parameter)


def request(context: str, user: bytes = b"") -> bytes:
    """The dialogue portion that opens a dialogue in an application context."""
    information = tlv(0xBE, user) if user else b""
    return _portion(tlv(0x60, _VERSION, tlv(0xA1, object_identifier(context)), information))


def accepted(context: str) -> bytes:
    """The dialogue portion that accepts it."""
    outcome = tlv(0xA2, integer(0)) + tlv(0xA3, tlv(0xA1, integer(0)))
    return _portion(tlv(0x61, _VERSION, tlv(0xA1, object_identifier(context)), outcome))


def map_open(destination: bytes, origination: bytes = b"") -> bytes:
    """MAP-Open with its references: octets of AddressStrings."""
    references = tlv(0x80, destination) + (tlv(0x81, origination) if origination else b"")
    return tlv(0x28, object_identifier(_MAP_DIALOGUE), tlv(0xA0, tlv(0xA0, references)))


def map_reference(imsi: bytes) -> bytes:
    """A destination reference that names a subscriber by IMSI (numbering plan E.212)."""
    return b"\x96" + imsi


def begin(origin: bytes, components: Sequence[bytes], dialogue: bytes = b"") -> bytes:
    """A TC-BEGIN."""
    return tlv(0x62, tlv(0x48, origin), dialogue, _components(components))


def continued(origin: bytes, destination: bytes, components: Sequence[bytes], dialogue: bytes = b"") -> bytes:
    """A TC-CONTINUE."""
    return tlv(0x65, tlv(0x48, origin), tlv(0x49, destination), dialogue, _components(components))


def end(destination: bytes, components: Sequence[bytes], dialogue: bytes = b"") -> bytes:
    """A TC-END."""
    return tlv(0x64, tlv(0x49, destination), dialogue, _components(components))


def _components(components: Sequence[bytes]) -> bytes:
    return tlv(0x6C, *components) if components else b""


def _portion(message: bytes) -> bytes:
    return tlv(0x6B, tlv(0x28, object_identifier(_DIALOGUE), tlv(0xA0, message)))
