"""What kind of address a text of the tables is: findings say whose address a message bears, not of which plan."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Final

__all__ = ["kind_of"]

_TITLE: Final = re.compile(r"[0-9A-F]{3,24}")
_HOST: Final = re.compile(r"[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63})+\.?")


def kind_of(address: str | None) -> str | None:
    """ip, global_title, host, or None for what is none of these: a pseudonym must not be looked for."""
    if not address:
        return None
    try:
        ip_address(address)
    except ValueError:
        if _TITLE.fullmatch(address):
            return "global_title"
        return "host" if _HOST.fullmatch(address) else None
    return "ip"
