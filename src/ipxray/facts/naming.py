"""Company names, folded so that two spellings of one name compare equal."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["normalise_name"]

# Letters that Unicode does not decompose but that operators write with and without their stroke.
_PLAIN = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "&": " and "}
)
_ACRONYM = re.compile(r"(?<!\w)\w(?:\.\w)+\.?(?!\w)")
_NOT_WORD = re.compile(r"[\W_]+")
_LEGAL_FORMS = frozenset(
    (
        "ab", "ad", "ag", "as", "asa", "berhad", "bhd", "bv", "cjsc", "co", "company", "corp", "corporation",
        "dd", "doo", "gmbh", "inc", "incorporated", "jsc", "kft", "kk", "limited", "llc", "llp", "lp", "ltd",
        "nv", "nyrt", "oao", "ojsc", "ooo", "oy", "oyj", "pao", "pjsc", "plc", "private", "pte", "pty", "pvt",
        "sa", "sae", "saoc", "saog", "sarl", "sas", "sdn", "sl", "slu", "spa", "srl", "sro", "wll", "zao",
        "zrt",
    )
)  # fmt: skip


def normalise_name(text: str) -> str:
    """Fold case, accents, blanks and punctuation of a company name and drop legal forms at its end.

    "Telecom Italia Sparkle S.p.A." and "TELECOM ITALIA SPARKLE" give one text. A name made of nothing but a legal form
    keeps its first word; text without a letter or digit gives "". Applying it twice changes nothing.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_PLAIN)
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    joined = _ACRONYM.sub(lambda match: match[0].replace(".", ""), plain)
    words = _NOT_WORD.sub(" ", joined).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)
