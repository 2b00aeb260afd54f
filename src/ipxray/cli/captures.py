"""Captures among the inputs of an assessment: told apart from declarations, and said to be what they are."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from ipxray.cli.screen import note
from ipxray.errors import UsageError

__all__ = ["split_captures", "tell_unjudged"]


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


def tell_unjudged(captures: Sequence[Path]) -> None:
    """Say plainly that the traffic was not looked at, and what looks at it."""
    what = "1 capture is" if len(captures) == 1 else f"{len(captures)} captures are"
    note(f"{what} not part of this assessment: what its messages show is not judged, only what operators declare")
    note(f"{_summary_of(captures)}   says what {'it holds' if len(captures) == 1 else 'they hold'}")


def _summary_of(captures: Sequence[Path]) -> str:
    return shlex.join(["ipxray", "capture", "summary", *map(str, captures[:3])]) + (" …" if len(captures) > 3 else "")
