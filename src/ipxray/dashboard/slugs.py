"""Any text as one segment of an address: no dot, no slash, no percent sign, and back again."""

from __future__ import annotations

import re
from urllib.parse import urlencode

__all__ = ["SLUG", "address", "slug", "unslug"]

SLUG = r"^(?:[A-Za-z0-9_:\-]|~[0-9a-f]{2}){1,900}$"
"""What a segment looks like. `~` and two hexadecimal digits stand for one octet of UTF-8."""

_PLAIN = re.compile(rb"[A-Za-z0-9_:\-]")


def slug(text: str) -> str:
    """The segment that stands for `text`; two texts never share one."""
    octets = text.encode("utf-8", "surrogatepass")
    return "".join(chr(octet) if _PLAIN.match(bytes((octet,))) else f"~{octet:02x}" for octet in octets)


def unslug(segment: str) -> str:
    """The text behind a segment. A segment that no text gives reads as a text that nothing bears."""
    octets = re.sub(rb"~([0-9a-f]{2})", lambda found: bytes.fromhex(found[1].decode()), segment.encode())
    return octets.decode("utf-8", "replace")


def address(version: str, view: str, *things: str, **asked: object) -> str:
    """The lasting address of a view of one data version: the view's name, then what it is of."""
    path = "/".join(["", "a", version, view, *(slug(thing) for thing in things)])
    query = urlencode({name: value for name, value in asked.items() if value not in (None, "")})
    return f"{path}?{query}" if query else path
