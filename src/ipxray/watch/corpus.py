"""A folder of IR.21 documents, watched: which change of meaning moves whose exposure, told once."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ipxray import atlas, declarations, exposure, folders
from ipxray.declarations import Change, Corpus
from ipxray.exposure import Exposure
from ipxray.facts import Facts
from ipxray.parameters import Parameters
from ipxray.report import Level, level_text

__all__ = ["CorpusWatch", "Question"]

_TOLD = ("carrier", "own_gateway", "role", "service_state", "network")
"""Topics of a change that can move exposure; ranges and nodes cannot."""

_RISE = 0.01
"""Share of messages below which a change of exposure is not worth waking anybody."""

_CLASSES = {
    "credential": "the authentication vectors of",
    "location": "the location of",
    "sms": "the text messages of",
    "user_traffic": "the user traffic of",
}
_MARK = "corpus.txt"


@dataclass(frozen=True, slots=True)
class Question:
    """Whose carriers matter (None: changes are told without figures), under which rule, to which home networks."""

    controlled_by: str | None
    rule: str
    homes: tuple[str, ...]
    facts: Facts
    parameters: Parameters


class CorpusWatch:
    """Compares the documents in `folder` with the copy of those last told of, which lies in `copy`."""

    def __init__(self, folder: Path, copy: Path, question: Question) -> None:
        self._folder = folder
        self._copy = copy
        self._next = copy.with_name(f"{copy.name}.next")
        self._question = question
        self._seen: str | None = None

    def changes(self, at: date) -> list[dict[str, Any]]:
        """Alerts of what changed since the last `settle`; the first look of all only remembers.

        Raises InputError when no usable document is there, OSError or OutputError when a folder cannot be used.
        """
        state = _state_of(self._folder)
        if state == self._seen:
            return []
        self._photograph()
        self._seen = state
        if not (self._copy / _MARK).is_file():
            self.settle()
            return []
        old, new = self._read(self._copy), self._read(self._next)
        told = [change for change in declarations.diff(old, new) if change.topic in _TOLD]
        if not told:
            return []
        before, after = (self._levels(corpus, at) for corpus in (old, new))
        return list(_alerts(told, before, after, self._question, new))

    def settle(self) -> None:
        """Remember the documents of the last look: what changed up to there has been told."""
        if (self._next / _MARK).is_file():
            with folders.replaced(self._copy) as staged:
                staged.rmdir()
                self._next.rename(staged)

    def _photograph(self) -> None:
        """Copy the documents, so that what is compared is what is remembered, whatever is dropped in meanwhile."""
        with folders.replaced(self._next) as staged:
            for path in _documents(self._folder):
                target = staged / path.relative_to(self._folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
            (staged / _MARK).write_text("what the watch last saw\n", encoding="ascii")

    def _read(self, place: Path) -> Corpus:
        return declarations.read(list(_documents(place)), country_codes=self._question.facts.country_by_iso3)

    def _levels(self, corpus: Corpus, at: date) -> dict[tuple[str, str, str], Exposure]:
        """Reading exposure by home, counterpart and data class: of pairs with the homes, else of operators."""
        ask = self._question
        if ask.controlled_by is None:
            return {}
        built = atlas.build(corpus, ask.facts, at=at, parameters=ask.parameters)
        adversary = atlas.adversary(built, ask.controlled_by, ask.rule)
        known = {operator.tadig for operator in built.operators}
        rows: list[Exposure] = []
        if ask.homes:
            for home in ask.homes:
                others = known - {home} if home in known else ()
                for visited in sorted(others):
                    rows += exposure.pair(built, adversary, home, visited, parameters=ask.parameters).exposure
        else:
            rows += exposure.measure(built, ask.facts, adversary, parameters=ask.parameters).exposure
        return {
            (row.subject, row.counterpart, row.data_class): row
            for row in rows
            if row.service == "all" and row.direction == "both" and row.threat == "read"
            if row.subject_kind in ("operator", "pair")
        }


def _alerts(
    changes: Sequence[Change],
    before: Mapping[tuple[str, str, str], Exposure],
    after: Mapping[tuple[str, str, str], Exposure],
    ask: Question,
    corpus: Corpus,
) -> Iterator[dict[str, Any]]:
    """One alert a network whose carriers changed: what, and the data class that moves most."""
    documents = "".join(sorted(document.sha256 for document in corpus.documents))
    for tadig in sorted({change.tadig for change in changes}):
        told = [change for change in changes if change.tadig == tadig]
        moved = _most_moved(tadig, before, after, ask.homes)
        rise = (moved[2].expected - moved[1].expected) if moved else 0.0
        said = "; ".join(map(_said, told[:5])) + (f"; and {len(told) - 5} more" if len(told) > 5 else "")
        explanation = f"{tadig} {said}" + (f": {_figures(*moved, ask)}" if moved else "")
        name = hashlib.blake2b(f"{tadig}\n{explanation}\n{documents}".encode(), digest_size=8).hexdigest()
        yield {
            "finding_id": f"D{name}",
            "rule_id": "declarations/carriers_changed",
            "kind": "declaration_change",
            "title": f"{tadig} declares other carriers",
            "severity": "MEDIUM" if rise >= _RISE else "INFORMATIONAL",
            "source_network": tadig,
            "explanation": explanation,
            "evidence": [path for change in told for path in (change.before_path, change.after_path) if path],
        }


_Moved = tuple[tuple[str, str, str], Exposure, Exposure]


def _most_moved(
    tadig: str,
    before: Mapping[tuple[str, str, str], Exposure],
    after: Mapping[tuple[str, str, str], Exposure],
    homes: tuple[str, ...],
) -> _Moved | None:
    """The figure that moves most: of the homes' roamers at `tadig`, or of its own subscribers."""
    concerned = [
        key
        for key in before.keys() & after.keys()
        if key[2] in _CLASSES and ((key[1] == tadig) if homes and tadig not in homes else (key[0] == tadig))
    ]
    if not concerned:
        return None
    key = max(sorted(concerned), key=lambda key: abs(after[key].expected - before[key].expected))
    return key, before[key], after[key]


def _figures(key: tuple[str, str, str], before: Exposure, after: Exposure, ask: Question) -> str:
    subject, counterpart, data_class = key
    whose = f"{subject}'s roamers there" if counterpart != "all" else f"{subject}'s roamers"
    if abs(after.expected - before.expected) < _RISE:
        moves = f"stays at {_level(after)}"
    else:
        verb = "rises" if after.expected > before.expected else "falls"
        moves = f"{verb} from {_level(before)} to {_level(after)}"
    return f"what carriers of {ask.controlled_by} could read of {_CLASSES[data_class]} {whose} {moves}"


def _level(row: Exposure) -> str:
    return level_text(Level(row.expected, row.low, row.high))


def _said(change: Change) -> str:
    where = f" on {change.service}" if change.service else ""
    thing = "" if change.topic == "carrier" else f"{change.topic.replace('_', ' ')} "
    if change.kind == "added":
        return f"added {thing}{change.after}{where}"
    if change.kind == "removed":
        return f"removed {thing}{change.before}{where}"
    return f"changed {thing or 'a carrier '}from {change.before} to {change.after}{where}"


def _documents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _MARK and path.name[0] != ".")


def _state_of(folder: Path) -> str:
    """Names, sizes and times of the documents: cheap to ask every round."""
    parts = []
    for path in _documents(folder):
        about = path.stat()
        parts.append(f"{path.relative_to(folder)}:{about.st_size}:{about.st_mtime_ns}")
    if not parts and not folder.is_dir():
        raise FileNotFoundError(2, "no such folder", str(folder))
    return hashlib.blake2b("\n".join(parts).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
