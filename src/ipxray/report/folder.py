"""The assessment folder: self-describing, portable, replaced as a whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ipxray import folders
from ipxray.report.parquet import described, write_csv, write_parquet
from ipxray.tables import Table

__all__ = ["MANIFEST", "check_folder", "write_folder"]

MANIFEST = "assessment.json"
KEPT = ("triage.json",)
"""What people wrote beside an assessment: a new one in the same folder takes it along."""


def check_folder(folder: Path) -> None:
    """Raise OutputError when `folder` is a file or holds something that is no assessment: before any work is done."""
    folders.check_folder(folder, manifest=MANIFEST, what="assessment")


def write_folder(
    folder: Path,
    tables: Sequence[Table],
    manifest: Mapping[str, Any],
    *,
    with_csv: bool = False,
    watermark: str | None = None,
    finish: Callable[[Path], None] | None = None,
) -> None:
    """Write `tables/*.parquet` (and CSV twins) and `assessment.json` into `folder`; `finish` may add files.

    An earlier assessment there is replaced once the new one is complete, so an interrupted run leaves the old one.
    Raises OutputError when the folder holds something else, or cannot be written.
    """
    check_folder(folder)
    with folders.replaced(folder) as staged:
        (staged / "tables").mkdir()
        for name in KEPT:
            if (folder / name).is_file():
                shutil.copy2(folder / name, staged / name)
        for table in tables:
            write_parquet(table, staged / "tables" / f"{table.name}.parquet", watermark)
            if with_csv:
                write_csv(table, staged / "tables" / f"{table.name}.csv", watermark)
        complete = {**manifest, "tables": {table.name: _table_entry(table) for table in tables}}
        text = json.dumps(complete, indent=1, ensure_ascii=False, sort_keys=False, default=str)
        (staged / MANIFEST).write_text(text + "\n", encoding="utf-8")
        if finish:
            finish(staged)


def _table_entry(table: Table) -> dict[str, Any]:
    meaning = " ".join((table.row_type.__doc__ or "").split())
    return {"rows": len(table.rows), "meaning": meaning, "columns": list(described(table.columns))}
