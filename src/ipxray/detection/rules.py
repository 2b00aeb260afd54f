"""Rules are data: one file a behaviour, its head and its query. What is unusable is said in one line and left out."""

from __future__ import annotations

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
    told = tomllib.loads(files("ipxray").joinpath("data/techniques.toml").read_text(encoding="utf-8"))
    return {
        key: Technique(key, row["name"], base)
        for base in ("motif", "fight", "attack")
        for key, row in told[base].items()
    }


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


def _read_all(folders: Sequence[Path], techniques: Mapping[str, Technique], *, shipped: bool) -> Iterator[Rule | Fault]:
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
        line = _line_told(str(error)) or text.count(b"\n") + 1
        yield Fault(str(path), line, f"is no TOML ({str(error).partition(' (')[0]})", "")
        return
    faults = list(_check(head, str(path), source, techniques))
    if not faults:
        sql = filled(head["query"], head.get("parameters", {}))
        start = _line_of(source, "query") or 1
        faults = lint(sql, str(path), first_line=start)
    if faults:
        yield from faults
    else:
        yield _rule(name, head, str(path))


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


def _check(head: Mapping[str, Any], path: str, source: str, techniques: Mapping[str, Technique]) -> Iterator[Fault]:
    """What is wrong with a rule's head, with the line that it stands on."""

    def fault(key: str, problem: str, hint: str = "") -> Fault:
        return Fault(path, _line_of(source, key), problem, hint)

    yield from (fault(key, f"a rule has no field {key!r}", nearest(key, _KNOWN)) for key in head if key not in _KNOWN)
    for key in (*_TEXTS, *_LISTS):
        if not _has_form(head.get(key), is_list=key in _LISTS):
            yield fault(key, f"the field {key!r} is missing or no {'list of texts' if key in _LISTS else 'text'}")
    for key, allowed in (("status", _STATUSES), ("severity", SEVERITIES), ("mark", _MARKS)):
        if head.get(key) not in allowed:
            yield fault(key, f"{key} is {head.get(key)!r}", f"one of {', '.join(allowed)}")
    if _has_form(head.get("techniques"), is_list=True):
        unknown = [name for name in head["techniques"] if name not in techniques]
        yield from (fault(name, f"no technique has the id {name!r}", nearest(name, techniques)) for name in unknown)
    parameters = head.get("parameters", {})
    if not isinstance(parameters, dict) or not all(
        isinstance(each, bool | int | float | str) for each in parameters.values()
    ):
        yield fault("parameters", "parameters are numbers, texts or true and false")
    unknown = [name for name in _placeholders(head.get("explanation")) if name not in PLACEHOLDERS]
    yield from (
        fault("explanation", f"no placeholder is called {name!r}", nearest(name, PLACEHOLDERS)) for name in unknown
    )


def _has_form(value: object, *, is_list: bool) -> bool:
    if is_list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, str) and bool(value.strip())


def _placeholders(text: object) -> list[str]:
    if not isinstance(text, str):
        return []
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
