"""Text out of hostile files: what is kept of it can neither move a terminal's cursor nor carry an e-mail address."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["LONGEST_TEXT", "fold", "legible", "quoted", "without_numbers", "written"]

LONGEST_TEXT: Final = 512
"""Characters kept of one field: the longest carrier list seen has 60, a comment 150."""

_QUOTED: Final = 60
_MAIL: Final = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,255}")
_PHONE: Final = re.compile(r"(?:\+|\b00)\d[\d ()/.-]{6,}\d")
# Controls (C0 but blanks, DEL, C1), invisible and direction-changing characters, surrogates, specials, tags: none
# belongs to a name, each can make a screen show something else than what was declared.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)


def legible(text: str) -> str:
    """Replace what cannot be shown safely by U+FFFD; blanks stay."""
    return text if text.isprintable() else _UNSAFE.sub("\ufffd", text)


def written(text: str | None) -> str:
    """Keep a field as written, without blanks around it: 512 characters, unsafe ones and e-mail addresses replaced."""
    if not text:
        return ""
    kept = legible(text.strip()[:LONGEST_TEXT])
    return _MAIL.sub("\ufffd", kept) if "@" in kept else kept


def without_numbers(text: str) -> str:
    """Replace telephone numbers in free text: a comment may name whom to call, and that is nobody's carrier."""
    return _PHONE.sub("\ufffd", text)


def fold(text: str) -> str:
    """Make every run of blanks one space, none at either end."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Show a piece of a document within a message: one line of 60 characters at most, without telephone numbers."""
    shown = fold(without_numbers(written(text)))
    return f'"{shown[:_QUOTED]}…"' if len(shown) > _QUOTED else f'"{shown}"'
