"""An assessment folder opened for reading: its manifest, and its tables behind SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ipxray.errors import InputError
from ipxray.report.folder import MANIFEST

if TYPE_CHECKING:
    import duckdb

__all__ = ["Reading", "open_reading"]

_TABLE = re.compile(r"[a-z][a-z0-9_]{0,60}")
_MAX_MANIFEST = 64 * 1024 * 1024
"""A manifest lists documents, not messages: 200,000 of them fit."""


class Reading:
    """One assessment folder. `manifest` is assessment.json, `tables` the names of the Parquet files beneath tables/.

    Each table is a view of that name in an engine of its own: `rows` takes DuckDB SQL. Close it, or use it in `with`.
    """

    def __init__(self, folder: Path, manifest: Mapping[str, Any], engine: duckdb.DuckDBPyConnection) -> None:
        self.folder = folder
        self.manifest = manifest
        self._engine = engine
        found = sorted(path for path in (folder / "tables").glob("*.parquet") if _TABLE.fullmatch(path.stem))
        for path in found:
            quoted = str(path).replace("'", "''")
            engine.execute(f"create view \"{path.stem}\" as from read_parquet('{quoted}')")
        self.tables = frozenset(path.stem for path in found)

    def has(self, *tables: str) -> bool:
        """True when every one of these tables is there."""
        return self.tables.issuperset(tables)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run one query and return its rows as plain dicts, in the order the query gives.

        Raises InputError when a table of the folder has not the columns that the query names.
        """
        import duckdb  # noqa: PLC0415 - the heaviest import of all, and only reading needs it

        try:
            cursor = self._engine.execute(sql, list(parameters))
        except duckdb.Error as error:
            problem = str(error).partition("\n")[0]
            hint = "it may be of another version: run the command that wrote it again"
            raise InputError(self.folder / "tables", problem, hint=hint) from error
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def count(self, table: str) -> int:
        """Rows of a table, 0 when it is not there."""
        return int(self.rows(f'select count(*) as n from "{table}"')[0]["n"]) if self.has(table) else 0  # noqa: S608

    @property
    def headline(self) -> Mapping[str, Any]:
        """The headline of the manifest; empty when it has none."""
        found = self.manifest.get("headline")
        return found if isinstance(found, dict) else {}

    @property
    def controller(self) -> str | None:
        """The one controller that the run measured, or None when it ranked everyone."""
        return self.headline.get("controlled_by")

    @property
    def rule(self) -> str:
        """The control rule of the run."""
        return str(self.headline.get("control_rule") or "majority_50")

    @property
    def watermark(self) -> str | None:
        """The line that every page of a fictional world bears."""
        return self.manifest.get("watermark")

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()

    def __enter__(self) -> Reading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_reading(folder: Path) -> Reading:
    """Open an assessment folder. Raises InputError when it has no usable assessment.json or a table cannot be read."""
    import duckdb  # noqa: PLC0415 - the heaviest import of all, and only reading needs it

    path = folder / MANIFEST
    try:
        if path.stat().st_size > _MAX_MANIFEST:
            raise InputError(path, "is larger than any assessment.json", hint="run the command that wrote it again")
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(path, "is no assessment", hint="name a folder that ipxray wrote with --output") from error
    if not isinstance(manifest, dict):
        raise InputError(path, "is no assessment", hint="name a folder that ipxray wrote with --output")
    engine = duckdb.connect(config={"threads": 1})
    try:
        return Reading(folder, manifest, engine)
    except duckdb.Error as error:
        engine.close()
        raise InputError(folder / "tables", str(error).partition("\n")[0], hint="run ipxray again") from error
