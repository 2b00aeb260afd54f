"""An assessment folder, read back: what it says of itself, and its tables row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipxray.errors import InputError
from ipxray.report import MANIFEST

__all__ = ["AssessmentFolder", "open_folder"]

_BATCH = 10_000
_LARGEST_MANIFEST = 64 << 20
"""Bytes. A world of 5,000 operators writes some 2 MB."""


@dataclass(frozen=True, slots=True)
class AssessmentFolder:
    """Where an assessment lies, its manifest, and the names of its tables in the order of the alphabet."""

    path: Path
    manifest: dict[str, Any]
    tables: tuple[str, ...]

    @property
    def watermark(self) -> str | None:
        """What a fictional world says of itself; null for a real one."""
        return self.manifest.get("watermark") or None

    def table_path(self, name: str) -> Path:
        """Where the table of that name lies."""
        return self.path / "tables" / f"{name}.parquet"

    def rows(self, name: str, columns: Sequence[str] = ("*",)) -> Iterator[dict[str, Any]]:
        """The rows of a table in their order, as mappings; none when the table is not there.

        Raises InputError when the file is no Parquet, or lacks one of `columns`.
        """
        if name not in self.tables:
            return
        yield from _read(self.table_path(name), columns)


def open_folder(path: Path) -> AssessmentFolder:
    """Open an assessment folder. Raises InputError when it is none, or when its manifest cannot be understood."""
    manifest_path = path / MANIFEST
    try:
        if manifest_path.stat().st_size > _LARGEST_MANIFEST:
            raise InputError(manifest_path, "is too long for a manifest", hint="run the command that wrote it again")
        manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    except OSError:
        raise InputError(
            path, "is no assessment folder", hint="name the --output of assess, detect or simulate"
        ) from None
    except (ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict):
        raise InputError(manifest_path, "is no manifest", hint="run the command that wrote it again")
    tables = tuple(sorted(file.stem for file in (path / "tables").glob("*.parquet")))
    return AssessmentFolder(path, manifest, tables)


def _read(path: Path, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    import duckdb  # noqa: PLC0415 - heavy, and an error needs none

    wanted = ", ".join(name if name == "*" else f'"{name}"' for name in columns)
    with duckdb.connect(config={"threads": 1}) as engine:
        try:
            found = engine.execute(f"select {wanted} from read_parquet(?)", [str(path)])  # noqa: S608 - own names
            names = [column[0] for column in found.description or ()]
            while batch := found.fetchmany(_BATCH):
                for row in batch:
                    yield dict(zip(names, row, strict=True))
        except duckdb.Error as error:
            problem = str(error).partition("\n")[0]
            raise InputError(path, f"cannot be read ({problem})", hint="run the command that wrote it again") from None
