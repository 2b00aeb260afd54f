"""Rules are data: one file a behaviour, its head and its query. What cannot be used is said in one line and left out."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

from ipxray.detection.lint import Fault, columns_read, lint, nearest
from ipxray.errors import InputError

__all__ = ["SEVERITIES", "Rule", "Rules", "Technique", "load_rules", "shipped_techniques"]

SEVERITIES = ("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL")
_STATUSES = ("draft", "stable")
_MARKS = ("sourced", "inferred", "assumed")
_TEXTS = ("title", "category", "family", "why", "false_positives", "blind_spots", "advice", "explanation", "query")
_LISTS = ("techniques", "sources")
_KNOWN = {*_TEXTS, *_LISTS, "status", "severity", "mark", "parameters"}
PLACEHOLDERS = (
    "sender", "sender_network", "sender_country", "subscriber", "home", "operation", "count", "networks", "carriers",
)  # fmt: skip
_LARGEST = 200_000
"""Bytes of a rule file: a longer one is no rule."""


class Technique(NamedTuple):
    """One technique of a knowledge base of attacks: MoTIF, FiGHT or ATT&CK."""

    id: str
    name: str
    base: str
    source: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One behaviour: its head, and `sql` with its parameters filled in. `id` is the path without its ending."""

    id: str
    title: str
    status: str
    severity: str
    category: str
    family: str
    techniques: tuple[str, ...]
    mark: str
    why: str
    false_positives: str
    blind_spots: str
    sources: tuple[str, ...]
    advice: str
    explanation: str
    parameters: Mapping[str, Any]
    sql: str
    path: str
    columns: frozenset[str]
    """Columns of `enriched` that the query reads."""

    @property
    def protocol(self) -> str:
        """The folder that the rule lies in."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that can run, by id, and what is wrong with the others."""

    rules: tuple[Rule, ...]
    faults: tuple[Fault, ...]


def shipped_techniques() -> dict[str, Technique]:
    """Every technique that a rule may name, by id."""
    text = files("ipxray").joinpath("data/techniques.csv").read_text(encoding="utf-8")
    return {row["id"]: Technique(**row) for row in csv.DictReader(text.splitlines())}


def load_rules(folders: Sequence[Path] = (), *, shipped: bool = True) -> Rules:
    """Read the shipped rules and those of `folders`; a later rule of the same id replaces an earlier one.

    A file that is no usable rule is a fault, not an exception. Raises InputError for a folder that holds no rule file.
    """
    techniques = shipped_techniques()
    found: dict[str, Rule] = {}
    faults: list[Fault] = []
    for each in _read_all(folders, techniques, shipped=shipped):
        if isinstance(each, Rule):
            found[each.id] = each
        else:
            faults.append(each)
    return Rules(tuple(found[name] for name in sorted(found)), tuple(faults))


def _read_all(
    folders: Sequence[Path], techniques: Mapping[str, Technique], *, shipped: bool
) -> Iterator[Rule | Fault]:
    if shipped:
        with as_file(files("ipxray").joinpath("data/rules")) as folder:
            for path in sorted(folder.rglob("*.toml")):
                yield from _read(path, folder, techniques)
    for folder in folders:
        paths = [folder] if folder.is_file() else sorted(folder.rglob("*.toml"))
        if not paths:
            raise InputError(folder, "holds no rule", hint="rules are *.toml files in a folder, one a behaviour")
        for path in paths:
            yield from _read(path, folder if folder.is_dir() else folder.parent, techniques)


def _read(path: Path, folder: Path, techniques: Mapping[str, Technique]) -> Iterator[Rule | Fault]:
    name = path.relative_to(folder).with_suffix("").as_posix()
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            yield Fault(str(path), None, "is too long for a rule", f"at most {_LARGEST:,} bytes")
            return
        source = text.decode("utf-8")
        head = tomllib.loads(source)
    except OSError as error:
        yield Fault(str(path), None, f"cannot be read ({error.strerror})", "")
        return
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        yield Fault(str(path), _line_told(str(error)), f"is no TOML ({str(error).partition(' (')[0]})", "")
        return
    faults = list(_check(head, str(path), source, techniques))
    if not faults:
        sql = filled(head["query"], head.get("parameters", {}))
        start = _line_of(source, "query") or 1
        faults = lint(sql, str(path), first_line=start)
    yield from faults or [_rule(name, head, str(path))]


def _rule(name: str, head: Mapping[str, Any], path: str) -> Rule:
    sql = filled(head["query"], head.get("parameters", {}))
    return Rule(
        id=name,
        **{key: head[key] for key in (*_TEXTS, "status", "severity", "mark") if key != "query"},
        techniques=tuple(head["techniques"]),
        sources=tuple(head["sources"]),
        parameters=dict(head.get("parameters", {})),
        sql=sql,
        path=path,
        columns=columns_read(sql),
    )


def filled(query: str, parameters: Mapping[str, Any]) -> str:
    """The query with every {parameter} as a literal."""
    for name, value in parameters.items():
        if isinstance(value, bool):
            literal = "TRUE" if value else "FALSE"
        elif isinstance(value, str):
            literal = "'" + value.replace("'", "''") + "'"
        else:
            literal = str(value)
        query = query.replace("{" + name + "}", literal)
    return query.strip()


def _check(
    head: Mapping[str, Any], path: str, source: str, techniques: Mapping[str, Technique]
) -> Iterator[Fault]:
    def fault(key: str, problem: str, hint: str = "") -> Fault:
        return Fault(path, _line_of(source, key), problem, hint)

    for key in head:
        if key not in _KNOWN:
            yield fault(key, f"a rule has no field {key!r}", nearest(key, _KNOWN))
    for key in _TEXTS:
        if not isinstance(head.get(key), str) or not head[key].strip():
            yield fault(key, f"the field {key!r} is missing or no text")
    for key in _LISTS:
        if not isinstance(head.get(key), list) or not all(isinstance(item, str) for item in head[key]):
            yield fault(key, f"the field {key!r} is missing or no list of texts")
    for key, allowed in (("status", _STATUSES), ("severity", SEVERITIES), ("mark", _MARKS)):
        if head.get(key) not in allowed:
            yield fault(key, f"{key} is {head.get(key)!r}", f"one of {', '.join(allowed)}")
    listed = head.get("techniques")
    for technique in listed if isinstance(listed, list) else ():
        if isinstance(technique, str) and technique not in techniques:
            yield fault(technique, f"no technique has the id {technique!r}", nearest(technique, techniques))
    parameters = head.get("parameters", {})
    if not isinstance(parameters, dict) or any(
        not isinstance(value, (bool, int, float, str)) for value in parameters.values()
    ):
        yield fault("parameters", "parameters are numbers, texts or true and false")
    if isinstance(head.get("explanation"), str):
        for name in _placeholders(head["explanation"]):
            if name not in PLACEHOLDERS:
                yield fault("explanation", f"no placeholder is called {{{name}}}", nearest(name, PLACEHOLDERS))


def _placeholders(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]


def _line_of(source: str, key: str) -> int | None:
    for number, line in enumerate(source.splitlines(), start=1):
        if line.startswith(key) or f'"{key}"' in line:
            return number
    return None


def _line_told(message: str) -> int | None:
    _, found, rest = message.partition("line ")
    digits = rest.partition(",")[0]
    return int(digits) if found and digits.isdigit() else None


