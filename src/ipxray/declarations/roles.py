"""What part a declared carrier plays, out of the words operators write for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ipxray.declarations.rows import Role
from ipxray.declarations.text import LONGEST_TEXT

__all__ = ["role_from_comments", "role_of"]

# "To be used as secondary option (without loadsharing)" says what is not the case.
_DENIED: Final = re.compile(
    r"\b(?:without|no|not|non)\b[ -]{0,2}(?:any )?(?:load[ -]?(?:shar|balanc)\w*|primary|back-?up)"
)
_LOAD_SHARING: Final = re.compile(r"load[ -]{0,2}(?:shar|balanc)|shar\w* (?:the )?load|balanced|active[ /-]{1,3}active")
_BACKUP: Final = re.compile(
    r"back-? ?up|secondary|second\b|tertiary|stand-? ?by|alternat|redundan|fall-? ?back|overflow|protection|disaster|"
    r"failover|passive"
)
_PRIMARY: Final = re.compile(r"primary|\bmain\b|\bfirst\b|principal|preferred|\bactive\b")


def role_of(text: str | None) -> Role:
    """Read a role out of SCCPConnectivityInformation or a comment; `unstated` for none, or both primary and backup."""
    return _role_in(text[:LONGEST_TEXT]) if text else "unstated"


@lru_cache(maxsize=1024)
def _role_in(text: str) -> Role:
    words = _DENIED.sub(" ", text.casefold())
    if _LOAD_SHARING.search(words):
        return "load_sharing"
    backup, primary = _BACKUP.search(words) is not None, _PRIMARY.search(words) is not None
    if backup == primary:
        return "unstated"
    return "backup" if backup else "primary"


def role_from_comments(comments: Sequence[str | None]) -> tuple[Role, str | None]:
    """The role on which the comments to all point codes of one carrier agree, with the first comment; else unstated."""
    roles = {role_of(comment) for comment in comments}
    if len(roles) == 1 and comments[0] is not None:
        role = roles.pop()
        return role, comments[0] if role != "unstated" else None
    return "unstated", None
