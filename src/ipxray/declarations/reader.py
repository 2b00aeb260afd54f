"""Documents → corpus: each network once, out of its newest document; what cannot be used becomes a problem."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ipxray.declarations.csv_list import Countries, read_list
from ipxray.declarations.document import read_document
from ipxray.declarations.opening import Opened, opened, reading_pace
from ipxray.declarations.problems import ProblemLog
from ipxray.declarations.record import Origin, Record
from ipxray.declarations.rows import Corpus, Document, Problem
from ipxray.declarations.section import Paths
from ipxray.declarations.sources import gather
from ipxray.declarations.xml import Refusal

__all__ = ["Progress", "read"]

CORPUS_ROWS: Final = 4_000_000
"""The most rows of one run, about 1.5 GB: four times what 1,000 networks of 1,000 rows declare."""

Progress = Callable[[int, int, str], None]
"""Called before each document with how many are done, how many there are, and the name of the next."""

_EVER: Final = datetime.min.replace(tzinfo=UTC)


def read(
    inputs: Sequence[Path],
    *,
    country_codes: Mapping[str, str] = MappingProxyType({}),
    tadig_countries: Mapping[str, str] = MappingProxyType({}),
    progress: Progress | None = None,
) -> Corpus:
    """Read IR.21 XML, folders and zips of it, and declaration CSVs, in any mix, into one corpus.

    `country_codes` leads from ISO 3166-1 alpha-3 to alpha-2; a country it lacks is null and a problem (unless it is
    empty). Where a list names no country, it is inferred: from `tadig_countries` (TADIG code to alpha-2), else from the
    letters of the code; a problem says so. Of two documents of one network the one created later holds. Content never
    raises: what is wrong is among the problems, and a corpus without networks is possible. Raises InputError for an
    input that does not exist.
    """
    sources, problems = gather(inputs)
    collection = _Collection(country_codes, tadig_countries, problems)
    with reading_pace():
        for done, document in enumerate(opened(sources)):
            if progress is not None:
                progress(done, len(sources), document.source.shown)
            collection.add(document)
    if progress is not None and sources:
        progress(len(sources), len(sources), "")
    return collection.corpus()


class _Collection:
    """The networks read so far, each out of its newest document."""

    def __init__(
        self, country_codes: Mapping[str, str], tadig_countries: Mapping[str, str], problems: list[Problem]
    ) -> None:
        self._country_codes = country_codes
        self._tadig_countries = tadig_countries
        self._problems = problems
        self._paths = Paths()
        self._records: dict[str, Record] = {}
        self._documents: list[Document] = []
        self._first_path: dict[str, str] = {}
        self._rows = 0

    def add(self, document: Opened) -> None:
        """Read one document and keep what it has newer than the documents before it."""
        log = ProblemLog(document.source.shown)
        records = self._read(document, log)
        if isinstance(records, Refusal):
            log.add(records.code, records.message, place=records.place)
        else:
            for record in records:
                self._keep(record, log)
        self._problems += log.close()

    def _read(self, document: Opened, log: ProblemLog) -> list[Record] | Refusal:
        source, data, sha256, root = document
        if isinstance(data, Refusal):
            return data
        origin = Origin(source.shown, sha256, len(data))
        first = self._first_path.setdefault(origin.sha256, origin.path)
        if first != origin.path:
            log.add("file-repeated", f"the same as {first}")
            return []
        if self._rows > CORPUS_ROWS:
            return Refusal("corpus-full", f"more than {CORPUS_ROWS:,} rows so far; this document was not read")
        if isinstance(root, Refusal):
            return root
        if root is None:
            records = read_list(data, origin, Countries(self._country_codes, self._tadig_countries), log)
        else:
            records = read_document(root, origin, self._country_codes, self._paths, log)
        if not isinstance(records, Refusal):
            network = records[0].network
            self._documents.append(
                Document(origin.path, origin.sha256, origin.size, network.schema_version, network.document_created)
            )
        return records

    def _keep(self, record: Record, log: ProblemLog) -> None:
        tadig = record.network.tadig
        rival = self._records.get(tadig)
        if rival is not None:
            record, other = _decide(rival, record)
            path, day = record.network.document_path, record.network.document_created
            if (record.created_at or _EVER) == (other.created_at or _EVER):
                message = f"{tadig} is in {path} too, of the same date with other content; that one is used"
                log.add("document-rival", message, tadig=tadig, path=other.network.document_path)
            else:
                message = f"{tadig} is taken from the newer {path} of {day}"
                log.add("document-older", message, tadig=tadig, path=other.network.document_path)
            self._rows -= len(rival.declarations) + len(rival.numbering)
            # The one that holds takes the place of its own document in the order of rows.
            del self._records[tadig]
        self._records[tadig] = record
        self._rows += len(record.declarations) + len(record.numbering)

    def corpus(self) -> Corpus:
        """Everything kept, documents in order of reading, networks and rows in order of the document that holds."""
        order = {document.path: number for number, document in enumerate(self._documents)}
        records = sorted(self._records.values(), key=lambda record: order[record.network.document_path])
        return Corpus(
            tuple(record.network for record in records),
            tuple(chain.from_iterable(record.declarations for record in records)),
            tuple(chain.from_iterable(record.numbering for record in records)),
            tuple(self._documents),
            tuple(self._problems),
        )


def _decide(one: Record, other: Record) -> tuple[Record, Record]:
    """Which record holds and which does not: the newer, of two equally old ones the first by path."""
    first, second = (one.created_at or _EVER), (other.created_at or _EVER)
    is_first_path = one.network.document_path <= other.network.document_path
    return (one, other) if first > second or (first == second and is_first_path) else (other, one)
