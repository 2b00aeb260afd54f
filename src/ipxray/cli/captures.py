"""Captures among the inputs of an assessment: told apart from declarations, and judged by the rules."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipxray.cli.screen import note
from ipxray.errors import UsageError

if TYPE_CHECKING:
    from ipxray.cli.case import Case
    from ipxray.cli.detection_case import Answer

__all__ = ["judge_captures", "split_captures", "tell_findings"]


def split_captures(inputs: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Tell declarations and captures apart, the captures in a named folder too.

    Raises UsageError when there are captures only: exposure is measured on what operators declare.
    """
    from ipxray.capture import is_capture

    documents = [path for path in inputs if path.is_dir() or not is_capture(path)]
    captures = [path for path in inputs if path not in documents]
    if captures and not documents:
        raise UsageError(
            "only captures were named: exposure is measured on what operators declare",
            hint=f"add IR.21 documents; {_summary_of(captures)} says what a capture holds",
        )
    for folder in filter(Path.is_dir, documents):
        captures += [path for path in sorted(folder.iterdir()) if path.is_file() and is_capture(path)]
    return documents, captures


def judge_captures(captures: Sequence[Path], case: Case, output: Path | None) -> Answer | None:
    """Judge the messages of captures beside an assessment; None, and a line saying so, where that cannot be."""
    from ipxray import capture
    from ipxray.cli.detection_case import Question, judge_case
    from ipxray.errors import CaptureError

    if not capture.is_available():
        note(f"the captures are not judged: {capture.missing()}")
        return None
    try:
        return judge_case(Question(captures, at=case.atlas.at, output=output), case.corpus, case.facts, case.atlas)
    except CaptureError as error:
        note(f"the captures are not judged: {error}")
        return None


def tell_findings(answer: Answer) -> None:
    """The duty officer's list under the assessment, and what did not run."""
    from ipxray.cli.detect import tell_faults
    from ipxray.cli.detection_screen import lines

    click.echo("\n" + "\n".join(lines(answer._replace(watermark=None))))
    if answer.findings is not None:
        tell_faults(answer.findings)


def _summary_of(captures: Sequence[Path]) -> str:
    return shlex.join(["ipxray", "capture", "summary", *map(str, captures[:3])]) + (" …" if len(captures) > 3 else "")
