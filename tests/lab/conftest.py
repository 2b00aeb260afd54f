"""Fictional worlds for the tests of the lab, read with lxml alone: they test the reader of IR.21, not it them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import etree

from ipxray.lab import World, write_world

NAMESPACE = "{https://infocentre.gsm.org/TADIG-RAEX-IR21}"


class Paper(NamedTuple):
    """One document: where it lies, its bytes, its root."""

    name: str
    content: bytes
    root: etree._Element

    def texts(self, name: str) -> list[str]:
        """The text of every element of that local name."""
        return [element.text or "" for element in self.root.iter(f"{NAMESPACE}{name}")]

    @property
    def version(self) -> str:
        return self.texts("TADIGRAEXIR21SchemaVersion")[0]

    @property
    def tadigs(self) -> list[str]:
        """Codes of its networks, in order; the summary of version 18.0 is no network."""
        return [code for network in self.root.iter(f"{NAMESPACE}Network") for code in [network[0].text or ""]]


def documents_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((folder / "ir21").rglob("*")):
        name = path.relative_to(folder / "ir21").as_posix()
        if path.suffix == ".xml":
            yield name, path.read_bytes()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{name}!{member}", archive.read(member)) for member in archive.namelist())


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The smallest world that has every trap."""
    return write_world(tmp_path_factory.mktemp("lab") / "world", operators=24, countries=20)


@pytest.fixture(scope="session")
def papers(world: World) -> list[Paper]:
    """Every XML document of that world, those in archives included."""
    return [Paper(name, content, etree.fromstring(content)) for name, content in documents_of(world.folder)]


@pytest.fixture(scope="session")
def truth(world: World) -> dict[str, Any]:
    """The truth as it was written, not as the generator holds it."""
    written: dict[str, Any] = json.loads((world.folder / "truth.json").read_text(encoding="utf-8"))
    return written
