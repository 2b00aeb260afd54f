"""The assessment folder: self-describing, portable, replaced as a whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ipxray.errors import OutputError
from ipxray.report.parquet import described, write_csv, write_parquet
from ipxray.tables import Table

__all__ = ["MANIFEST", "check_folder", "write_folder"]

MANIFEST = "assessment.json"


def check_folder(folder: Path) -> None:
    """Raise OutputError when `folder` is a file or holds something that is no assessment: before any work is done."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise OutputError(
            f"{folder}: holds files that are no assessment", hint="name a new or empty folder with --output"
        )
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file", hint="name a folder with --output")


def write_folder(
    folder: Path,
    tables: Sequence[Table],
    manifest: Mapping[str, Any],
    *,
    with_csv: bool = False,
    watermark: str | None = None,
) -> None:
    """Write `tables/*.parquet` (and CSV twins) and `assessment.json` into `folder`.

    An earlier assessment there is replaced once the new one is complete, so an interrupted run leaves the old one.
    Raises OutputError when the folder holds something else, or cannot be written.
    """
    folder = folder.absolute()
    check_folder(folder)
    staged = folder.with_name(f".{folder.name}.{os.getpid()}.partial")  # two runs at once do not share it
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staged, ignore_errors=True)
        (staged / "tables").mkdir(parents=True)
        for table in tables:
            write_parquet(table, staged / "tables" / f"{table.name}.parquet", watermark)
            if with_csv:
                write_csv(table, staged / "tables" / f"{table.name}.csv", watermark)
        complete = {**manifest, "tables": {table.name: _table_entry(table) for table in tables}}
        text = json.dumps(complete, indent=1, ensure_ascii=False, sort_keys=False, default=str)
        (staged / MANIFEST).write_text(text + "\n", encoding="utf-8")
        _swap(staged, folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})", hint="choose another --output") from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _table_entry(table: Table) -> dict[str, Any]:
    meaning = " ".join((table.row_type.__doc__ or "").split())
    return {"rows": len(table.rows), "meaning": meaning, "columns": list(described(table.columns))}


def _swap(staged: Path, folder: Path) -> None:
    previous = folder.with_name(f".{folder.name}.{os.getpid()}.previous")
    shutil.rmtree(previous, ignore_errors=True)
    try:
        if folder.exists():
            folder.replace(previous)
        staged.replace(folder)
    except BaseException:  # an interrupt between the two moves must not leave the reader without either
        if previous.exists() and not folder.exists():
            previous.replace(folder)
        raise
    shutil.rmtree(previous, ignore_errors=True)
