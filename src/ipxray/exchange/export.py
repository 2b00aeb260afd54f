"""What leaves the machine, and in which form; subscribers as the pseudonyms that the tables hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from ipxray.errors import InputError, UsageError
from ipxray.exchange.flat import write_flat
from ipxray.exchange.folder import AssessmentFolder, open_folder
from ipxray.exchange.misp import misp_event
from ipxray.exchange.stix import stix_bundle

__all__ = ["FORMS", "MARKINGS", "SEVERITIES", "export_files", "export_text"]

SEVERITIES: Final = ("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL")
FORMS: Final = ("stix", "misp", "csv", "parquet", "jsonl")
MARKINGS: Final = ("clear", "green", "amber", "red")
_REQUIRED: Final = (
    "finding_id", "rule_id", "title", "severity", "category", "family", "explanation", "first_at", "last_at",
    "messages", "subscribers", "confidence",
)  # fmt: skip
_MOST_EVIDENCE: Final = 200
"""Rows of evidence a finding brings into an event; the table has them all."""


def export_text(path: Path, form: str, *, marking: str = "amber", least: str = "LOW") -> str:
    """The assessment folder `path` as one JSON text: a STIX 2.1 bundle, or a MISP event of its findings.

    `marking` is the Traffic Light Protocol's, `least` the least severity of a finding that is taken along.
    Raises InputError when the folder or a table cannot be read, UsageError when there is nothing to say in that form.
    """
    folder = open_folder(path)
    findings = _findings(folder, least)
    if form == "stix":
        content = stix_bundle(folder, findings, marking)
    else:
        if "findings" not in folder.tables:
            raise UsageError(
                f"{path}: has no findings, and MISP has no objects for anything else", hint="export --format stix"
            )
        content = misp_event(folder, findings, _evidence(folder, findings), marking)
    return json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n"


def export_files(path: Path, form: str, output: Path) -> list[Path]:
    """Every table of the assessment folder `path` as files in `output`: csv, jsonl or parquet.

    Raises InputError when the folder or a table cannot be read, OutputError when `output` cannot be written.
    """
    return write_flat(open_folder(path), form, output)


def _findings(folder: AssessmentFolder, least: str) -> list[dict[str, Any]]:
    wanted = SEVERITIES[SEVERITIES.index(least) :]
    rows = list(folder.rows("findings"))
    _require(folder, rows)
    return [row for row in rows if row["severity"] in wanted]


def _require(folder: AssessmentFolder, rows: Sequence[dict[str, Any]]) -> None:
    missing = [name for name in _REQUIRED if rows and name not in rows[0]]
    if missing:
        raise InputError(
            folder.table_path("findings"), f"has no column {', '.join(missing)}", hint="run ipxray detect again"
        )


def _evidence(folder: AssessmentFolder, findings: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {row["finding_id"]: [] for row in findings}
    for row in folder.rows("evidence"):
        kept = found.get(row["finding_id"])
        if kept is not None and len(kept) < _MOST_EVIDENCE:
            kept.append(row)
    return found
