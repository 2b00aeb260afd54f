"""What a run of `detect` leaves in its folder: tables, alerts.json, timeline.csv, the report."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipxray import __version__
from ipxray.cli.detection_screen import instant
from ipxray.cli.screen import progress

if TYPE_CHECKING:
    from ipxray.cli.detection_case import Answer, Question
    from ipxray.detection import Findings

__all__ = ["add_files", "headline", "write_output"]

_TIMELINE = (
    "time", "severity", "finding_id", "rule_id", "operation", "sender_network", "sender_address", "receiver_network",
    "subscriber", "capture", "frame", "note",
)  # fmt: skip


def write_output(output: Path, answer: Answer, question: Question) -> None:
    """Write the folder as a whole. Raises OutputError."""
    from ipxray.report import write_folder, write_html

    found = answer.findings
    if found is None:
        return
    manifest = {
        "kind": "detection",
        "ipxray": __version__,
        "fictional": answer.fictional,
        "watermark": answer.watermark,
        "at": question.at,
        "inputs": list(answer.captures),
        "documents": [{"path": path, "sha256": sha256} for path, sha256 in answer.documents],
        "home": list(question.homes),
        "engine": question.engine,
        "headline": headline(found),
    }

    def finish(folder: Path) -> None:
        add_files(folder, found, answer.watermark)
        write_html(folder)

    with progress("writing"):
        write_folder(output, found.tables, manifest, watermark=answer.watermark, finish=finish)


def headline(found: Findings) -> dict[str, Any]:
    """The run in figures: findings by severity, what ran and what did not."""
    from ipxray.detection import SEVERITIES

    counts = {level: sum(finding.severity == level for finding in found.findings) for level in SEVERITIES}
    return {
        "messages": found.messages,
        "findings": counts,
        "rules": len(found.rules),
        "fired": found.fired,
        "left_out": [str(fault) for fault in found.faults],
        "alerts_only_counted": found.cut,
    }


def add_files(folder: Path, found: Findings, watermark: str | None) -> None:
    """Write alerts.json and timeline.csv into `folder`."""
    alerts = {
        "watermark": watermark,
        "headline": headline(found),
        "alerts": [
            {**finding._asdict(), "first": instant(finding.first_at), "last": instant(finding.last_at)}
            for finding in found.findings
        ],
    }
    text = json.dumps(alerts, indent=1, ensure_ascii=False)
    (folder / "alerts.json").write_text(text + "\n", encoding="utf-8")
    _write_timeline(folder / "timeline.csv", found, watermark)


def _write_timeline(path: Path, found: Findings, watermark: str | None) -> None:
    from ipxray.report import csv_cell

    severity = {finding.finding_id: finding.severity for finding in found.findings}
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*_TIMELINE, "watermark"] if watermark else _TIMELINE)
        for row in sorted(
            found.evidence, key=lambda row: (row.observed_at, row.capture, row.frame, row.index, row.rule_id)
        ):
            known = {**row._asdict(), "time": instant(row.observed_at), "severity": severity[row.finding_id]}
            cells = [csv_cell(known[name]) for name in _TIMELINE]
            writer.writerow([*cells, watermark] if watermark else cells)
