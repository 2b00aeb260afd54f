"""Small fictional worlds for the tests of fact files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from ipxray.facts import Facts, Fault
from ipxray.facts.faults import FaultList
from ipxray.facts.layer import read_layer
from ipxray.facts.loading import judge

HEAD = """
[world]
fictional = true
[sources.lab]
publisher = "Laboratory"
title = "Made up"
url = "urn:ipxray:lab"
retrieved = 2025-06-01
mark = "primary"
"""
REAL_SOURCE = """
[sources.paper]
publisher = "Example Press"
title = "A report"
url = "https://example.org/report"
retrieved = 2025-06-01
mark = "news"
"""
CARRIERS = """
[[carrier]]
id = "alpha-transit"
name = "Alpha Transit"
seat = "XA"
source = "lab"
[[carrier]]
id = "beta-relay"
name = "Beta Relay"
seat = "XB"
source = "lab"
"""


class World(NamedTuple):
    """What came out of reading one folder: its facts and everything wrong with it."""

    facts: Facts
    faults: list[Fault]

    @property
    def errors(self) -> list[str]:
        return [str(fault) for fault in self.faults if fault.severity == "error"]

    @property
    def warnings(self) -> list[str]:
        return [str(fault) for fault in self.faults if fault.severity == "warning"]

    @property
    def notes(self) -> list[str]:
        return [str(fault) for fault in self.faults if fault.severity == "note"]


def read(*folders: Path, today: date | None = None) -> World:
    """Lay folders over one another without the shipped facts; the faults are those of the last."""
    layers = []
    for folder in folders:
        faults = FaultList()
        layers.append(read_layer(folder, faults))
        facts = judge(layers, today, faults)
    return World(facts, faults.found)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write a folder of fact files: `folder("a", text)` writes text as facts.toml, `files={"x.csv": …}` others."""

    def write(name: str, text: str | bytes = "", files: dict[str, str | bytes] | None = None) -> Path:
        place = tmp_path / name
        shutil.rmtree(place, ignore_errors=True)
        for file, content in {"facts.toml": text, **(files or {})}.items():
            (place / file).parent.mkdir(parents=True, exist_ok=True)
            (place / file).write_bytes(content.encode() if isinstance(content, str) else content)
        return place

    return write


@pytest.fixture
def world(folder: Callable[..., Path]) -> Callable[..., World]:
    """Read a fictional world: source `lab`, carriers alpha-transit (XA) and beta-relay (XB), plus the text."""

    def make(text: str = "", files: dict[str, str | bytes] | None = None, today: date | None = None) -> World:
        return read(folder("world", HEAD + CARRIERS + text, files), today=today)

    return make


@pytest.fixture
def real_world(folder: Callable[..., Path]) -> Callable[..., World]:
    """Read a folder that does not call itself fictional, with one source `paper` plus the text."""

    def make(text: str = "", files: dict[str, str | bytes] | None = None, today: date | None = None) -> World:
        return read(folder("real", REAL_SOURCE + text, files), today=today)

    return make


@pytest.fixture
def overlaid(folder: Callable[..., Path]) -> Callable[..., World]:
    """Read a fictional world with a second one over it."""

    def make(beneath: str, above: str, files: dict[str, dict[str, str | bytes]] | None = None) -> World:
        files = files or {}
        first = folder("beneath", HEAD + CARRIERS + beneath, files.get("beneath"))
        return read(first, folder("above", above, files.get("above")))

    return make
