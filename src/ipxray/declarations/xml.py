"""Bytes of any origin → an element tree, or one line that says why not. Names count without namespace and prefix."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from sys import intern
from typing import Final, NamedTuple

from lxml import etree

__all__ = [
    "DOCUMENT_BYTES",
    "LocalNames",
    "Refusal",
    "child",
    "children",
    "leaves",
    "new_parser",
    "parse",
    "path_of",
    "text_of",
    "texts_of",
]

DOCUMENT_BYTES: Final = 16 * 2**20
"""The largest document that is read: 45 times the largest seen (355 kB)."""

MARKUP: Final = 1_200_000
"""The most `<` (and the most `=`) a document may have: what 16 MiB of ordinary IR.21 would hold. A tree node costs 120
bytes and `<a/>` only four, so without this bound 16 MiB of markup would cost half a gigabyte."""

PROLOG_BYTES: Final = 65_536
"""The root element of every document seen begins within the first 60 bytes; licence comments may stand before it."""

TAGS: Final = 20_000
"""The most names of elements remembered; all versions of the schema have about 700."""

LEAVES: Final = 20_000
"""Elements visited below a section whose layout is not known; the largest LTE section seen has 130."""

# ASCII-compatible encodings only, beside UTF-16: in UTF-7 and its like a DOCTYPE need not look like one.
_ENCODINGS: Final = re.compile(
    r"utf-?8|utf-?16(le|be)?|us-ascii|ascii|latin-?1|iso[-_]8859-\d{1,2}|windows-125\d|cp125\d"
)
_DECLARED: Final = re.compile(r"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"']{0,64})["']""")
_BEFORE_ROOT: Final = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_UTF16: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_UTF32: Final = (b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"<\0\0\0", b"\0\0\0<")
_ERRORS: Final = {
    number: name.removeprefix("ERR_").replace("_", " ").lower()
    for name, number in vars(etree.ErrorTypes).items()
    if isinstance(number, int)
}
_CODES: Final = {
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: "xml-too-complex",
    etree.ErrorTypes.ERR_NAME_TOO_LONG: "xml-too-complex",
    etree.ErrorTypes.ERR_INVALID_ENCODING: "xml-encoding",
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: "xml-encoding",
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING: "xml-encoding",
}


class Refusal(NamedTuple):
    """Why something was not read: a code of `PROBLEMS`, what is wrong, where."""

    code: str
    message: str
    place: str | None = None


class LocalNames(dict[str, str]):
    """Tag → local name, computed once per tag; a dict because the rows of long lists are told apart by it.

    Forgets all when hostile documents have filled it.
    """

    def __missing__(self, tag: str) -> str:
        if len(self) > TAGS:
            self.clear()
        # Interned, so that comparing it with a literal is comparing two pointers.
        name = self[tag] = intern(tag[tag.rfind("}") + 1 :])
        return name


def new_parser() -> etree.XMLParser:
    """A parser that expands nothing, fetches nothing, and keeps neither comments nor the blanks between elements."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
        collect_ids=False,
    )


def parse(data: bytes, parser: etree.XMLParser) -> etree._Element | Refusal:
    """Parse a whole document; refuse all but well-formed XML without DOCTYPE, in a known encoding, within bounds."""
    refusal = _refuse_unparsed(data)
    if refusal is not None:
        return refusal
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = error.position[0] if error.position else 1
        number: int = error.code  # type: ignore[attr-defined]  # absent from the stubs
        # The parser's own words quote the document, the kind of error does not.
        kind = _ERRORS.get(number, "not well formed")
        return Refusal(_CODES.get(number, "xml-broken"), f"the XML breaks off: {kind}", f"line {line}")
    if root.getroottree().docinfo.internalDTD is not None:
        return Refusal("xml-doctype", "the document has a DOCTYPE")
    return root


def _refuse_unparsed(data: bytes) -> Refusal | None:
    """What can be seen without a parser, and must be: a parser that meets a DOCTYPE has already begun to obey it."""
    if not data[:64].strip() and not data.strip():
        return Refusal("empty", "the file is empty" if not data else "the file holds nothing but blanks")
    if data.startswith(_UTF32):
        return Refusal("xml-encoding", "the encoding is UTF-32")
    wide = _UTF16.get(data[:2])
    if wide is None and b"\0" in data:
        return Refusal("xml-broken", "the file holds NUL bytes")
    if len(data) > MARKUP and (data.count(b"<") > MARKUP or data.count(b"=") > MARKUP):
        return Refusal("xml-too-complex", f"more than {MARKUP:,} tags or attributes")
    head = data[:PROLOG_BYTES].decode(wide or "latin-1", errors="replace").removeprefix("\ufeff").removeprefix("ï»¿")
    declared = _DECLARED.match(head)
    if declared and not _ENCODINGS.fullmatch(declared[1].lower()):
        return Refusal("xml-encoding", "the declared encoding is not read")
    return _refuse_prolog(head, complete=len(data) <= PROLOG_BYTES)


def _refuse_prolog(head: str, *, complete: bool) -> Refusal | None:
    before = _BEFORE_ROOT.match(head)
    rest = head[before.end() :] if before else head
    if rest[:9].upper() == "<!DOCTYPE":
        return Refusal("xml-doctype", "the document has a DOCTYPE")
    is_open = rest.startswith(("<!", "<?"))  # a comment or instruction that does not end within the head
    if rest.startswith("<") and (complete or not is_open):
        return None
    if complete or (rest and not is_open):
        return Refusal("xml-broken", "the file is not XML")
    return Refusal("xml-too-complex", f"no element begins within the first {PROLOG_BYTES:,} bytes")


def child(element: etree._Element, name: str) -> etree._Element | None:
    """The first child of this local name, in any namespace."""
    return next(element.iterchildren("{*}" + name), None)


def children(element: etree._Element, name: str) -> Iterator[tuple[int, etree._Element]]:
    """The children of this local name with their positions from 1."""
    return enumerate(element.iterchildren("{*}" + name), 1)


def text_of(element: etree._Element, name: str) -> str | None:
    """The text of the first child of this local name; None when there is none or it is blank."""
    found = child(element, name)
    text = None if found is None else found.text
    return (text.strip() or None) if text else None


def texts_of(element: etree._Element, names: LocalNames) -> dict[str, str]:
    """The texts of all children by local name, blanks around them removed, blank ones left out; of two the last."""
    return {names[leaf.tag]: text for leaf in element if leaf.text and (text := leaf.text.strip())}


def path_of(element: etree._Element, known: dict[etree._Element, str], names: LocalNames) -> str:
    """The path of an element below one whose path is known; positions stand where siblings of one name repeat.

    Paths of the elements between are added to `known`.
    """
    parent = element.getparent()
    if parent is None:
        return names[element.tag]
    above = known.get(parent)
    if above is None:
        above = known[parent] = path_of(parent, known, names)
    tag = element.tag
    position = sum(1 for _ in element.itersiblings(tag, preceding=True))
    if position or next(element.itersiblings(tag), None) is not None:
        return f"{above}/{names[tag]}[{position + 1}]"
    return f"{above}/{names[tag]}"


def leaves(
    element: etree._Element, path: str, names: LocalNames, *, without: str = "Contact"
) -> Iterator[tuple[str, str, etree._Element]]:
    """Walk an unknown layout: (path, local name, element) of each element without children, in document order.

    Positions stand where siblings of one name repeat. Elements whose name contains `without` are not entered: contact
    data is never read. Stops after 20,000 elements.
    """
    visited = 0
    stack = [_with_paths(element, path, names)]
    while stack:
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
            continue
        visited += 1
        if visited > LEAVES:
            return
        below, name, found = step
        if without in name:
            continue
        if len(found):
            stack.append(_with_paths(found, below, names))
        else:
            yield step


def _with_paths(element: etree._Element, path: str, names: LocalNames) -> Iterator[tuple[str, str, etree._Element]]:
    below = list(islice(element, LEAVES))
    tags = [names[found.tag] for found in below]
    if len(set(tags)) == len(tags):
        yield from ((f"{path}/{name}", name, found) for name, found in zip(tags, below, strict=True))
        return
    repeated = Counter(tags)
    seen: Counter[str] = Counter()
    for name, found in zip(tags, below, strict=True):
        seen[name] += 1
        yield f"{path}/{name}[{seen[name]}]" if repeated[name] > 1 else f"{path}/{name}", name, found
