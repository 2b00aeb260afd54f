"""One facts folder as read: its rows with their places, before it is laid over others."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from typing import Any

from ipxray.facts.entries import ENTRY_READERS
from ipxray.facts.faults import FaultList, Place
from ipxray.facts.folder import FactFile, files_of
from ipxray.facts.model import Country, KnownNetwork, SignallingPoint, Source
from ipxray.facts.record import Record
from ipxray.facts.sources import read_source
from ipxray.facts.tabular import read_tabular

__all__ = ["Layer", "add_toml", "backdrop", "read_layer"]

# tomllib checks a dotted key once per part and part before it: thousands of parts would take hours. Ours have two.
_LONG_KEY = re.compile(
    r"""(?<![\w-])(?>[\w-]++|"[^"\n]*+"|'[^'\n]*+')(?>[ \t]*+\.[ \t]*+(?>[\w-]++|"[^"\n]*+"|'[^'\n]*+')){40}"""
)
_HEADER = re.compile(r"[ \t]*\[(\[?)[ \t]*([\w.\"'-]+)[ \t]*\]")
MAX_ENTRIES = 50_000
_WORLD_FIELDS = ("name", "note")


@dataclass
class Layer:
    """The rows of one folder by kind, each with its place, in the order in which they were read."""

    digest: bytes = b""
    fictional: bool = False
    sources: list[tuple[Source, Place]] = field(default_factory=list)
    countries: list[tuple[Country, Place]] = field(default_factory=list)
    networks: list[tuple[KnownNetwork, Place]] = field(default_factory=list)
    signalling_points: list[tuple[SignallingPoint, Place]] = field(default_factory=list)
    entries: dict[str, list[tuple[Any, Place]]] = field(default_factory=lambda: {kind: [] for kind in ENTRY_READERS})


def backdrop(layer: Layer) -> Layer:
    """What a fictional world keeps of the real one: countries and their groups. No carrier, owner or number of ours."""
    kept = Layer(digest=layer.digest, sources=layer.sources, countries=layer.countries)
    kept.entries["group"] = layer.entries["group"]
    return kept


def read_layer(folder: Traversable, faults: FaultList) -> Layer:
    """Read every file beneath `folder`, sorted by path. What is wrong goes to `faults`; the other rows are kept."""
    layer, digest = Layer(), hashlib.sha256()
    for file in files_of(folder, faults):
        digest.update(f"{file.name}\0{len(file.content)}\0".encode("utf-8", "surrogatepass"))
        digest.update(file.content)
        if file.name.endswith(".toml"):
            add_toml(file, layer, faults)
        elif table := read_tabular(file, faults):
            getattr(layer, table.name).extend(table.rows)
    layer.digest = digest.digest()
    return layer


def add_toml(file: FactFile, layer: Layer, faults: FaultList) -> None:
    """Add the rows of one TOML file to `layer`; what is wrong goes to `faults`."""
    parsed = _parse(file, faults)
    if parsed is None:
        return
    document, lines = parsed
    for kind, value in document.items():
        place = Place(file.name, kind[:60], lines.get((kind, 0)))
        if kind == "world":
            _add_world(value, place, layer, faults)
        elif kind == "sources":
            _add_sources(value, place, lines, layer, faults)
        elif kind in ENTRY_READERS:
            _add_entries(value, place, lines, layer, faults)
        else:
            faults.add(place, "", f"is no table of a fact file: world, sources, {', '.join(ENTRY_READERS)}")


def _parse(file: FactFile, faults: FaultList) -> tuple[dict[str, Any], Mapping[tuple[str, int], int]] | None:
    place = Place(file.name, "", None)
    try:
        text = file.content.decode("utf-8-sig")
        if _LONG_KEY.search(text):
            faults.add(place, "", "has a key of more than forty parts")
            return None
        return tomllib.loads(text), _header_lines(text)
    except UnicodeDecodeError as error:
        faults.add(place, "", f"is not UTF-8: byte {error.start}")
    except RecursionError:
        faults.add(place, "", "is nested too deeply")
    except ValueError as error:  # TOMLDecodeError, and Python's own bound on the digits of a number
        faults.add(place, "", f"is not TOML: {error}"[:300])
    return None


def _header_lines(text: str) -> dict[tuple[str, int], int]:
    """(table name, position among its kind) → line. Position 0 is the first; `[sources.key]` is its own name."""
    lines: dict[tuple[str, int], int] = {}
    seen: Counter[str] = Counter()
    for number, line in enumerate(text.split("\n"), start=1):
        if "[" in line and (match := _HEADER.match(line)):
            name = match[2].replace('"', "").replace("'", "")
            lines[name, seen[name]] = number
            seen[name] += 1
    return lines


def _add_world(value: object, place: Place, layer: Layer, faults: FaultList) -> None:
    if not isinstance(value, dict):
        faults.add(place, "", "must be a table: [world]")
        return
    record = Record(value, place, faults)
    layer.fictional |= record.flag("fictional")
    for name in _WORLD_FIELDS:
        record.optional_text(name)
    record.finish()


def _add_sources(
    value: object, place: Place, lines: Mapping[tuple[str, int], int], layer: Layer, faults: FaultList
) -> None:
    if not isinstance(value, dict):
        faults.add(place, "", "must be tables: [sources.<key>]")
        return
    for key, table in value.items():
        here = Place(place.file, f"source {key[:60]}", lines.get((f"sources.{key}", 0)))
        record = Record(table if isinstance(table, dict) else {}, here, faults)
        if not re.fullmatch("[a-z0-9]+(?:-[a-z0-9]+)*", key):
            record.fault("", "the key must be lower-case letters, digits and single dashes")
        source = read_source(key, record)
        if record.finish():
            layer.sources.append((source, here))


def _add_entries(
    value: object, place: Place, lines: Mapping[tuple[str, int], int], layer: Layer, faults: FaultList
) -> None:
    kind = place.row
    if not isinstance(value, list) or len(value) > MAX_ENTRIES or not all(isinstance(item, dict) for item in value):
        faults.add(place, "", f"must be tables, at most {MAX_ENTRIES:,}: [[{kind}]]")
        return
    for position, item in enumerate(value):
        name = item.get("id")
        what = f"{kind} {name[:60]}" if isinstance(name, str) else f"{kind} {position + 1}"
        record = Record(item, Place(place.file, what, lines.get((kind, position))), faults)
        row = ENTRY_READERS[kind](record)
        if record.finish():
            layer.entries[kind].append((row, record.place))
