"""The closed list of what can be said of a document, from which its reference page is written, and the log for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from ipxray.declarations.rows import Problem, Severity

__all__ = ["PROBLEMS", "ProblemKind", "ProblemLog"]


class ProblemKind(NamedTuple):
    """One kind of problem: how grave it is, what it means, what to do about it."""

    severity: Severity
    meaning: str
    hint: str


_FILES = {
    "unreadable": ProblemKind("error", "The file cannot be opened or read.", "check its permissions and try again"),
    "not-regular": ProblemKind(
        "error", "The input is a device, pipe or socket; only regular files are opened.", "name a file or folder"
    ),
    "not-a-document": ProblemKind(
        "error",
        "The named file is neither IR.21 XML nor a zip nor a declaration CSV.",
        "name an IR.21 XML file, a folder or zip of them, or a CSV with the columns tadig and carrier",
    ),
    "empty": ProblemKind("error", "The file holds nothing but blanks.", "get the document again"),
    "too-large": ProblemKind(
        "error", "The file is larger than any IR.21 document.", "check that it is what it should be; split a long list"
    ),
    "passed-over": ProblemKind("note", "Files of other kinds lay in a folder or zip.", "nothing, unless one was meant"),
    "link-not-followed": ProblemKind(
        "note", "A symbolic link to a folder is not followed: it may lead in circles.", "name its target as an input"
    ),
    "folder-too-deep": ProblemKind(
        "error", "A folder is nested deeper than is walked.", "name the inner folder as an input"
    ),
    "too-many-files": ProblemKind(
        "error", "There are more documents than one run reads; the rest was not read.", "run on parts of the corpus"
    ),
    "corpus-full": ProblemKind(
        "error", "The documents so far hold as many rows as one run keeps.", "run on parts of the corpus"
    ),
    "file-repeated": ProblemKind("note", "The same bytes were given twice.", "nothing: they count once"),
    "document-older": ProblemKind(
        "note", "A newer document of the same network is there; this one is not used for it.", "nothing"
    ),
    "document-rival": ProblemKind(
        "warning",
        "Two documents of one network bear the same date and differ; the first by path is used.",
        "remove the one that does not hold",
    ),
}
_XML = {
    "xml-broken": ProblemKind("error", "The XML is not well formed: cut off, damaged or none.", "get the file again"),
    "xml-doctype": ProblemKind(
        "error", "The document has a DOCTYPE; IR.21 has none, and entities are never expanded.", "remove the DOCTYPE"
    ),
    "xml-encoding": ProblemKind(
        "error", "The character encoding is unknown or not the one declared.", "save the file as UTF-8"
    ),
    "xml-too-complex": ProblemKind(
        "error", "The XML has more elements or deeper nesting than any IR.21 document.", "check what the file is"
    ),
    "wrong-root": ProblemKind(
        "error", "The root element is not TADIGRAEXIR21.", "give the RAEX XML export of the IR.21, not another document"
    ),
    "network-missing": ProblemKind("error", "The document holds no network.", "get the complete document"),
    "schema-unknown": ProblemKind(
        "note", "The schema version is absent or not among those seen (8 to 18).", "check what was read"
    ),
    "section-not-understood": ProblemKind(
        "note", "A section of unknown name was found; carriers named in it may be missed.", "report it"
    ),
    "section-repeated": ProblemKind("warning", "A section occurs twice; the first is used.", "ask the operator"),
    "section-contradiction": ProblemKind(
        "warning", "A section says both 'not applicable' and something; what it says is used.", "ask the operator"
    ),
    "section-attached": ProblemKind(
        "note",
        "Sections that say 'not applicable' are filled from another network of the document, which attaches this one.",
        "nothing: this is how IR.21 shares a section",
    ),
    "attached-unknown": ProblemKind(
        "warning", "A section names a network that the document does not hold.", "ask the operator for its document"
    ),
    "attached-twice": ProblemKind(
        "warning", "Two networks attach the same third one to a section; the first is used.", "ask the operator"
    ),
    "rows-truncated": ProblemKind(
        "error", "The document declares more than a reader keeps; the rest was left out.", "check what the file is"
    ),
}
_ARCHIVES = {
    "zip-broken": ProblemKind("error", "The zip, or a member of it, is damaged.", "get the archive again"),
    "zip-encrypted": ProblemKind("error", "The member is encrypted.", "unpack it with its password first"),
    "zip-name": ProblemKind(
        "error", "The member's name leads out of the archive or cannot be shown.", "pack the archive again"
    ),
    "zip-nested": ProblemKind("error", "The archive holds another archive.", "unpack the outer one first"),
    "zip-method": ProblemKind(
        "error", "The member is compressed by a method that is not read.", "pack it with deflate"
    ),
    "zip-bomb": ProblemKind(
        "error", "The archive unpacks to far more than its size or number of members warrants.", "do not use it"
    ),
}
_LISTS = {
    "csv-header": ProblemKind(
        "error",
        "The first line does not name the needed columns.",
        "begin with a line that names at least tadig and carrier",
    ),
    "csv-encoding": ProblemKind("error", "The list is not UTF-8, or holds NUL bytes.", "save it as UTF-8"),
    "csv-broken": ProblemKind(
        "error", "A quote is not closed or not placed right; lines from there on are not used.", "mend the line"
    ),
    "csv-row": ProblemKind("error", "A line cannot be used.", "mend the line"),
    "csv-service-assumed": ProblemKind("note", "The list has no column service; sccp is taken.", "add the column"),
    "csv-formula": ProblemKind(
        "warning", "A cell begins like a spreadsheet formula; it is kept as text.", "check who made the list"
    ),
}
_VALUES = {
    "tadig-missing": ProblemKind("error", "A network has no TADIG code; it is not used.", "ask the operator"),
    "tadig-repeated": ProblemKind(
        "error", "A TADIG code occurs twice in one document; the first is used.", "ask the operator"
    ),
    "tadig-unusual": ProblemKind("note", "The code has not the form of a TADIG code; it is kept.", "check it"),
    "country-unknown": ProblemKind(
        "warning", "The country of the organisation is not known; the network counts for none.", "add it to the facts"
    ),
    "country-inferred": ProblemKind(
        "note", "A list gives no country; it is inferred from the TADIG code.", "add the column country"
    ),
    "date-invalid": ProblemKind("warning", "A date is none; it is treated as absent.", "ask the operator"),
    "number-invalid": ProblemKind(
        "error", "A number is none by ITU-T E.164 or E.212; it is not used.", "ask the operator"
    ),
    "range-reversed": ProblemKind("error", "A range begins after its end; it is not used.", "ask the operator"),
    "range-lengths": ProblemKind(
        "error", "The first and last number of a range differ in length; it is not used.", "ask the operator"
    ),
    "point-code-invalid": ProblemKind(
        "warning", "A point code is not one of the international 3-8-3 form; the row has none.", "ask the operator"
    ),
    "asn-invalid": ProblemKind("warning", "An AS number is none; it is not used.", "ask the operator"),
    "address-invalid": ProblemKind("warning", "An IP address or range is none; it is not used.", "ask the operator"),
    "host-bits": ProblemKind(
        "note", "An IP range has bits set beyond its prefix; the range around it is taken.", "nothing"
    ),
    "host-name-junk": ProblemKind(
        "warning", "A host name or realm is none, or several in one field; what is valid is kept.", "ask the operator"
    ),
    "plmn-missing": ProblemKind("warning", "A network has no PLMN id (MCC and MNC).", "ask the operator"),
    "calling-code-foreign": ProblemKind(
        "warning", "Numbers lie under another calling code than the network's own subscribers.", "ask the operator"
    ),
    "e214-foreign": ProblemKind(
        "warning", "The E.214 translation has another calling code than the network's subscribers.", "ask the operator"
    ),
    "carrier-generic": ProblemKind(
        "warning", "A carrier is given by a word that names nobody, and no signature helps.", "ask the operator"
    ),
    "role-contradiction": ProblemKind(
        "warning", "A comment gives a carrier another role than its own field; the comment is used.", "ask the operator"
    ),
    "text-cut": ProblemKind("note", "A text was longer than is kept; its beginning is used.", "check what the file is"),
    "text-cleaned": ProblemKind(
        "note", "Control characters or e-mail addresses in a text were replaced.", "check what the file is"
    ),
}
_CHECKS = {
    "range-overlap": ProblemKind("warning", "Ranges of one kind of one network overlap.", "ask the operator"),
    "range-shared": ProblemKind(
        "warning", "Ranges of two networks overlap: messages can be ascribed to either.", "ask both operators"
    ),
    "range-shared-in-group": ProblemKind(
        "note", "Ranges of two networks of one document, or of a virtual network and its host, overlap.", "nothing"
    ),
    "plmn-shared": ProblemKind("warning", "Two networks declare the same PLMN id.", "ask both operators"),
    "e214-shared": ProblemKind(
        "warning", "Two networks with different PLMN ids declare the same E.214 translation.", "ask both operators"
    ),
    "node-outside-ranges": ProblemKind(
        "warning", "Nodes have global titles outside the network's global title ranges.", "ask for the missing ranges"
    ),
    "dns-unusable": ProblemKind(
        "warning", "A name server's address cannot be one: unspecified, loopback or multicast.", "ask the operator"
    ),
    "asn-private": ProblemKind(
        "note", "A private AS number is declared; it identifies nobody outside.", "ask for the public one"
    ),
    "section-pending": ProblemKind(
        "note", "Rows take effect after the date of assessment; until then they do not count.", "assess again then"
    ),
    "document-stale": ProblemKind(
        "warning", "The document is older than a year at the date of assessment.", "ask for the current one"
    ),
    "document-undated": ProblemKind("warning", "The document bears no date.", "ask when it was made"),
    "carrier-repeated": ProblemKind(
        "note", "One carrier is named twice for the same service and point code.", "nothing"
    ),
    "roles-without-primary": ProblemKind(
        "warning", "All carriers of a service are backups and none is primary.", "ask which one is primary"
    ),
    "role-twofold": ProblemKind(
        "warning", "One carrier has two different roles on one service.", "ask which one holds"
    ),
    "own-gateway": ProblemKind(
        "warning", "The network names itself as carrier: who carries it abroad is not declared.", "ask the operator"
    ),
    "service-missing": ProblemKind(
        "warning", "The document says nothing of who carries this service.", "ask the operator"
    ),
}  # fmt: skip

PROBLEMS: Mapping[str, ProblemKind] = MappingProxyType(_FILES | _XML | _ARCHIVES | _LISTS | _VALUES | _CHECKS)
"""Every code that a Problem of this room may bear."""

SHOWN_PER_CODE = 5
"""A damaged list of 10,000 ranges is one piece of news: five places show where, the last line counts the rest."""


class ProblemLog:
    """The problems of one document. More than five of one code are counted, not listed, so that a log stays bounded."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(
        self, code: str, message: str, *, tadig: str | None = None, place: str | None = None, path: str | None = None
    ) -> None:
        """Add one problem; its severity and hint follow from its code. `path` names another file than the log's own."""
        kind = PROBLEMS[code]
        problem = Problem(path or self._path, tadig, kind.severity, code, message, kind.hint, place)
        if problem in self._found:
            return
        self._counts[code] += 1
        if self._counts[code] <= SHOWN_PER_CODE:
            self._found.append(problem)

    def close(self) -> list[Problem]:
        """All problems in the order of finding, then one line for each code of which there were more."""
        for code, count in self._counts.items():
            if count > SHOWN_PER_CODE:
                kind = PROBLEMS[code]
                message = f"{count - SHOWN_PER_CODE} more like this: {kind.meaning}"
                self._found.append(Problem(self._path, None, kind.severity, code, message, kind.hint, None))
        self._counts.clear()
        return self._found
