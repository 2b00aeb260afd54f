"""The shelf: every assessment below one folder, each known by the hash of what it holds."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from ipxray.errors import InputError
from ipxray.report import MANIFEST

__all__ = ["Assessment", "Broken", "Shelf"]

_DEPTH = 2
"""Levels below the folder at which assessments are looked for: `DIR/one` and `DIR/2026/one`."""
_ASSESSMENTS = 1_000
_MANIFEST_BYTES = 64 << 20
"""A manifest lists documents and columns: ten thousand documents take 3 MB."""
_TABLES = 200
_BLOCK = 1 << 20

Signature = tuple[tuple[str, int, int, int], ...]


class Assessment(NamedTuple):
    """One assessment folder as it stood when it was hashed: its name below the shelf, its data version, its tables."""

    name: str
    folder: Path
    version: str
    kind: str
    fictional: bool
    watermark: str | None
    at: str
    manifest: Mapping[str, Any]
    tables: Mapping[str, Path]
    signature: Signature

    @property
    def title(self) -> str:
        """What people call it: whom it is measured against, or what it is."""
        return f"{self.name} ({self.kind})"


class Broken(NamedTuple):
    """A folder that means to be an assessment and cannot be read: its name and why."""

    name: str
    problem: str


class Shelf:
    """The assessments below `root`, looked up anew whenever the files changed. Safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._lock = threading.Lock()
        self._known: dict[Path, Assessment] = {}
        self._names: dict[str, str] = {}

    def all(self) -> tuple[list[Assessment], list[Broken]]:
        """Every assessment by name, and every folder that is a broken one. Raises InputError when the root is gone."""
        if not self.root.is_dir():
            raise InputError(self.root, "the served folder is gone", hint="put it back, or serve another")
        found: list[Assessment] = []
        broken: list[Broken] = []
        for folder in self._folders():
            name = self._name(folder)
            try:
                found.append(self._read(folder, name))
            except InputError as error:
                broken.append(Broken(name, str(error)))
        return sorted(found, key=lambda one: one.name), broken

    def by_version(self, version: str) -> Assessment | None:
        """The assessment with this data version, or None when no folder holds it now."""
        with self._lock:
            known = [one for one in self._known.values() if one.version == version]
        for one in known:
            if self.is_current(one):
                return one
        return next((one for one in self.all()[0] if one.version == version), None)

    def by_name(self, name: str) -> Assessment | None:
        """The assessment that lies in this folder now."""
        return next((one for one in self.all()[0] if one.name == name), None)

    def name_of(self, version: str) -> str | None:
        """The folder in which this version was once seen while serving."""
        return self._names.get(version)

    @staticmethod
    def is_current(assessment: Assessment) -> bool:
        """Whether the files are still those that were hashed."""
        try:
            return _signature(assessment.folder) == assessment.signature
        except OSError:
            return False

    def _read(self, folder: Path, name: str) -> Assessment:
        try:
            signature = _signature(folder)
            with self._lock:
                known = self._known.get(folder)
            if known is not None and known.signature == signature:
                return known
            manifest = _manifest(folder)
            version = _hashed(folder, signature)
        except OSError as error:
            raise InputError(folder, f"cannot be read ({error.strerror})", hint="check that it is all there") from error
        found = _assessment(folder, name, version, manifest, signature)
        with self._lock:
            self._known[folder] = found
            self._names[version] = name
        return found

    def _name(self, folder: Path) -> str:
        return "." if folder == self.root else folder.relative_to(self.root).as_posix()

    def _folders(self) -> Iterator[Path]:
        level = [self.root]
        count = 0
        for _ in range(_DEPTH + 1):
            below: list[Path] = []
            for folder in level:
                if (folder / MANIFEST).is_file():
                    count += 1
                    yield folder
                    if count >= _ASSESSMENTS:
                        return
                else:
                    below += _subfolders(folder)
            level = below


def _subfolders(folder: Path) -> list[Path]:
    """Folders in it, without hidden ones (they are being written) and without links (they may lead out)."""
    try:
        with os.scandir(folder) as entries:
            names = [
                each.name for each in entries if each.is_dir(follow_symlinks=False) and not each.name.startswith(".")
            ]
    except OSError:
        return []
    return [folder / name for name in sorted(names)]


def _signature(folder: Path) -> Signature:
    """Names, sizes, times and inodes of the manifest and the tables: cheap to ask, changed by every rewrite."""
    return tuple((name, stat.st_size, stat.st_mtime_ns, stat.st_ino) for name, stat in _files(folder))


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    yield MANIFEST, (folder / MANIFEST).stat()
    tables = folder / "tables"
    if tables.is_dir() and not tables.is_symlink():
        with os.scandir(tables) as entries:
            plain = [each for each in entries if each.name.endswith(".parquet") and each.is_file(follow_symlinks=False)]
        for each in sorted(plain, key=lambda entry: entry.name)[:_TABLES]:
            yield f"tables/{each.name}", each.stat()


def _hashed(folder: Path, signature: Signature) -> str:
    """The data version: 16 hexadecimal letters over names and bytes of the manifest and every table."""
    digest = blake2b(digest_size=8)
    for name, size, *_ in signature:
        digest.update(f"{name}\0{size}\0".encode("utf-8", "surrogateescape"))
        with (folder / name).open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def _manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / MANIFEST
    if path.stat().st_size > _MANIFEST_BYTES:
        raise InputError(path, "is too large for a manifest", hint="write the assessment anew")
    try:
        manifest = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise InputError(path, "is no JSON", hint="write the assessment anew") from error
    if not isinstance(manifest, dict):
        raise InputError(path, "describes no assessment", hint="write the assessment anew")
    return manifest


def _assessment(folder: Path, name: str, version: str, manifest: Mapping[str, Any], signature: Signature) -> Assessment:
    kind = manifest.get("kind")
    watermark = manifest.get("watermark")
    fictional = bool(manifest.get("fictional"))
    return Assessment(
        name=name,
        folder=folder,
        version=version,
        kind=kind if isinstance(kind, str) and kind else "exposure",
        fictional=fictional,
        watermark=watermark if isinstance(watermark, str) else _FICTIONAL if fictional else None,
        at=str(manifest.get("at") or ""),
        manifest=manifest,
        tables={Path(file).stem: folder / file for file, *_ in signature[1:]},
        signature=signature,
    )


_FICTIONAL = "FICTIONAL WORLD: no operator, carrier, owner or figure here exists."
