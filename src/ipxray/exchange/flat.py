"""Every table of an assessment as CSV, JSON lines or Parquet files. Ref: RFC 4180, Apache Parquet 2."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ipxray import folders
from ipxray.exchange.folder import AssessmentFolder
from ipxray.report import csv_cell

__all__ = ["MANIFEST", "write_flat"]

MANIFEST = "export.json"


def write_flat(folder: AssessmentFolder, form: str, output: Path) -> list[Path]:
    """Write each table into `output` as `form` (csv, jsonl or parquet) and a manifest; give the files in order.

    Raises InputError for a table that cannot be read, OutputError when `output` holds something else.
    """
    folders.check_folder(output, manifest=MANIFEST, what="export")
    write: Callable[[AssessmentFolder, str, Path], None] = {"csv": _csv, "jsonl": _jsonl, "parquet": _parquet}[form]
    with folders.replaced(output) as staged:
        for name in folder.tables:
            write(folder, name, staged / f"{name}.{form}")
        about = {
            "ipxray": folder.manifest.get("ipxray"),
            "watermark": folder.watermark,
            "tables": list(folder.tables),
            "form": form,
        }
        (staged / MANIFEST).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    return [output / f"{name}.{form}" for name in folder.tables]


def _csv(folder: AssessmentFolder, name: str, path: Path) -> None:
    rows = _marked(folder, name)
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for number, row in enumerate(rows):
            if number == 0:
                writer.writerow(row)
            writer.writerow([csv_cell(tuple(value) if isinstance(value, list) else value) for value in row.values()])


def _jsonl(folder: AssessmentFolder, name: str, path: Path) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in _marked(folder, name):
            out.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def _parquet(folder: AssessmentFolder, name: str, path: Path) -> None:
    shutil.copyfile(folder.table_path(name), path)  # the watermark is in its metadata already


def _marked(folder: AssessmentFolder, name: str) -> Iterator[dict[str, Any]]:
    for row in folder.rows(name):
        yield {**row, "watermark": folder.watermark} if folder.watermark else row
