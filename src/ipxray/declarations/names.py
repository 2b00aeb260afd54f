"""The names of carriers within the text that declares them: lists taken apart, AS numbers off, empty words known."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from ipxray.declarations.text import fold

__all__ = ["CarrierName", "is_generic", "is_void", "own_key", "split_names"]

LARGEST_ASN: Final = 2**32 - 1
"""RFC 6793: AS numbers have 32 bits."""


class CarrierName(NamedTuple):
    """One name, blanks folded, and the AS number written behind it."""

    name: str
    asn: int | None


# Words that say what a carrier is and never which one.
_GENERIC: Final = frozenset(
    [
        "carrier", "carriers", "international", "intl", "global", "gateway", "gateways", "gw", "gwy", "sccp",
        "provider", "providers", "primary", "secondary", "backup", "main", "first", "second", "third", "ss7",
        "signalling", "signaling", "sigtran", "stp", "stps", "hub", "grx", "ipx", "the", "our", "of", "to",
        "network", "networks", "operator", "connection", "link", "links", "other", "others", "various", "see",
        "below", "above", "comments", "comment", "list", "name", "unknown", "unspecified", "tbd", "tba", "dpc",
        "pc", "spc", "point", "code", "no", "nr", "number", "lte", "2g", "3g", "4g", "5g", "volte", "diameter",
        "dra", "dea", "gprs", "mms", "sms", "xx", "xxx",
    ]
)  # fmt: skip
_VOID: Final = frozenset(
    [
        "", "n/a", "na", "n.a", "none", "nil", "null", "not applicable", "not available", "no", "-", "--", "---",
        ".", "0", "/",
    ]
)  # fmt: skip
_OWN: Final = frozenset(["own", "self", "ourselves", "in-house", "inhouse", "direct"])
# Words that turn a network's name into that of its gateway; "international" or "IPX" would turn it into a carrier's.
_GATEWAY: Final = frozenset(
    ["gateway", "gateways", "gw", "gwy", "sccp", "stp", "stps", "ss7", "signalling", "signaling", "dra", "dea"]
)
_LEGAL: Final = frozenset(
    [
        "ltd", "limited", "inc", "incorporated", "llc", "llp", "lp", "co", "corp", "corporation", "company", "plc",
        "sa", "ag", "gmbh", "kg", "bv", "nv", "spa", "srl", "sas", "sarl", "oy", "oyj", "ab", "as", "asa", "aps",
        "pte", "pty", "pjsc", "ojsc", "jsc", "cjsc", "pao", "oao", "zao", "ooo", "doo", "dd", "ad", "kft", "zrt",
        "nyrt", "sro", "tbk", "bhd", "berhad", "sae", "saoc", "saog", "qpsc", "qsc", "kscp", "wll", "fze",
    ]
)  # fmt: skip
# Words that an & joins within one name: Cable & Wireless, Telephone & Telegraph, Posts & Telecommunications.
_JOINED: Final = frozenset(
    [
        "cable", "wireless", "telephone", "telephones", "telegraph", "telegraphs", "post", "posts",
        "telecommunications", "communication", "communications", "radio", "information", "research", "development",
        "data", "voice", "co", "company", "sons", "partners", "brothers", "bros", "towers", "services",
    ]
)  # fmt: skip
_WORD: Final = re.compile(r"n/a|a/s|[^\W_]+(?:[.'-][^\W_]+)*")
_SEPARATOR: Final = re.compile(r"[()]|[;|,]| ?/ ?| & | \+ ")
_ASN_LIST: Final = re.compile(
    r" ?[(\[] ?(?:as ?n?o?[ :.#-]{0,2})?(\d{1,10})(?: ?[,/;] ?(?:as ?n?o?[ :.#-]{0,2})?\d{1,10}){0,8} ?[)\]]$",
    re.IGNORECASE | re.ASCII,
)
_ASN_TAIL: Final = re.compile(r"[ ,:-]{1,4}asn?[ :.#-]{0,2}(\d{1,10})$", re.IGNORECASE | re.ASCII)
_NUMBERING: Final = re.compile(r"^(?:\(?\d{1,2}[.)] |[-*•] )")
_EDGES: Final = " ,;|/+"
_MARKUP: Final = re.compile(r"<[/!?a-z][^<>]*>", re.IGNORECASE)


@lru_cache(maxsize=4096)
def split_names(text: str) -> tuple[CarrierName, ...]:
    """Take a declared text apart into its names, in order, each once; each is a piece of the text with blanks folded.

    Separators are comma, semicolon, bar, slash, and & or + between blanks, outside parentheses. They do not split
    before a legal form ("X, Inc."), between single letters ("A/S", "AT & T") or within a name ("Cable & Wireless"). A
    text with tags of HTML or XML in it is no list: its slashes and bars mean something else, and it stays one name.
    Empty words ("n/a") and generic ones are dropped where another name stands by. An empty text gives nothing.
    """
    folded = fold(text)
    if _MARKUP.search(folded):
        return (CarrierName(folded, None),)
    found = dict.fromkeys(_with_asn(_NUMBERING.sub("", part)) for part in _pieces(folded))
    named = [name for name in found if name.name]
    telling = [name for name in named if not is_void(name.name) and not is_generic(name.name)]
    return tuple(telling or named[:1])


@lru_cache(maxsize=4096)
def is_generic(name: str) -> bool:
    """Tell whether every word of a name is one that names nobody: "SCCP Carrier", "International SCCP Gateway 2"."""
    words = _WORD.findall(name.casefold())
    return any(word in _GENERIC for word in words) and all(word in _GENERIC or word.isdigit() for word in words)


@lru_cache(maxsize=4096)
def is_void(name: str) -> bool:
    """Tell whether a text says that there is nothing: "N/A", "-", "none"."""
    return fold(name).casefold().rstrip(".") in _VOID


@lru_cache(maxsize=4096)
def own_key(name: str) -> str:
    """The core of a name to compare, lower case, without legal form, gateway word, punctuation; `own` for "own"."""
    words = _WORD.findall(name.casefold())
    telling = [word for word in words if word not in _GENERIC]
    if telling and all(word in _OWN for word in telling):
        return "own"
    return "".join(_bare(word) for word in words if word not in _GATEWAY and _bare(word) not in _LEGAL)


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word))


def _pieces(text: str) -> list[str]:
    nested = text.count("(") == text.count(")")
    depth = begin = 0
    cuts: list[tuple[int, int]] = []
    for mark in _SEPARATOR.finditer(text):
        if mark[0] in "()":
            depth = max(0, depth + (1 if mark[0] == "(" else -1)) if nested else 0
        elif depth == 0 and _parts(text, mark):
            cuts.append((begin, mark.start()))
            begin = mark.end()
    cuts.append((begin, len(text)))
    return [_trimmed(text[start:stop]) for start, stop in _rejoined(text, cuts)]


def _trimmed(piece: str) -> str:
    """Take separators off the ends; an & only where blanks show that it is one: "e&" is a name."""
    return piece.strip(_EDGES).removesuffix(" &").removeprefix("& ").strip(_EDGES)


def _parts(text: str, mark: re.Match[str]) -> bool:
    """Tell whether this mark stands between two names rather than within one."""
    sign = mark[0].strip()
    if sign not in ("/", "&"):
        return True
    before = text[: mark.start()].rpartition(" ")[2].strip(_EDGES).casefold()
    after = text[mark.end() :].partition(" ")[0].strip(_EDGES).casefold()
    if sign == "/":
        return mark[0] == " / " or (len(before) > 1 and len(after) > 1)
    return len(before) > 1 and len(after) > 1 and not (before in _JOINED and after in _JOINED)


def _rejoined(text: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put a piece that is only a legal form or a technical word back to the name before it: "X, Ltd.", "X GRX/IPX"."""
    joined: list[tuple[int, int]] = []
    for start, stop in cuts:
        words = _WORD.findall(text[start:stop].casefold())
        belongs = bool(words) and (
            all(_bare(word) in _LEGAL for word in words)
            or (text[start - 1 : start] == "/" and all(word in _GENERIC for word in words))
        )
        if joined and belongs:
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined


def _with_asn(part: str) -> CarrierName:
    found = _ASN_LIST.search(part) or _ASN_TAIL.search(part)
    if found is not None and 0 < int(found[1]) <= LARGEST_ASN:
        name = part[: found.start()].strip(_EDGES)
        return CarrierName(name or part, int(found[1]))
    return CarrierName(part, None)
