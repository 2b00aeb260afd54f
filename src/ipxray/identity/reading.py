"""Read hostile text: its length is bounded first, only ASCII counts, and a refusal never repeats what was refused."""

from __future__ import annotations

import re

from ipxray.errors import UsageError

__all__ = ["BLANKS", "LONGEST_TEXT", "read"]

BLANKS = " \t\r\n"
"""What may surround an identity: the white space of XML 1.0 §2.3. Other spaces of Unicode are refused."""

LONGEST_TEXT = 64
"""Four times the longest number read here (15 digits): room for a prefix, dashes and blanks, and nothing else."""


def read(text: str, form: re.Pattern[str], *, refusal: str, accepted: str, limit: int = LONGEST_TEXT) -> re.Match[str]:
    """Match the whole text, blanks around it aside, against one form.

    Raises UsageError made of `refusal` and `accepted` alone: text in the wrong field may be a subscriber's number.
    """
    found = form.fullmatch(text.strip(BLANKS)) if len(text) <= limit else None
    if found is None:
        raise UsageError(refusal, hint=accepted)
    return found
