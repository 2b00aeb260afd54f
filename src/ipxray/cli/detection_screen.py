"""The duty officer's list: what happened, from whose address, what it gave away, how sure, the proof, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipxray.cli.detection_case import Answer
    from ipxray.detection import Finding

__all__ = ["instant", "lines"]

_SHOWN = 20
_FRAMES = 4
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = 253_402_300_799_000_000
"""End of the year 9999: a capture may claim any time."""


def instant(microseconds: int) -> str:
    """A time as ISO 8601, UTC, to the second."""
    told = _EPOCH + timedelta(microseconds=min(max(microseconds, 0), _LAST))
    return told.strftime("%Y-%m-%d %H:%M:%S")


def lines(answer: Answer) -> Iterator[str]:
    """The list, line by line, gravest first."""
    found = answer.findings
    if found is None:
        return
    if answer.watermark:
        yield f"{answer.watermark}\n"
    counts = Counter(finding.severity for finding in found.findings)
    told = " · ".join(f"{counts[level]} {level}" for level in reversed(_levels()) if counts[level])
    yield f"{found.messages:,} messages judged by {len(found.rules)} rules: {told or 'nothing found'}"
    for finding in found.findings[:_SHOWN]:
        yield ""
        yield from _finding(finding)
    if len(found.findings) > _SHOWN:
        yield ""
        yield f"{len(found.findings) - _SHOWN} more findings; --output keeps them all, --format json prints them all"


def _levels() -> tuple[str, ...]:
    from ipxray.detection import SEVERITIES

    return SEVERITIES


def _finding(finding: Finding) -> Iterator[str]:
    first, last = instant(finding.first_at), instant(finding.last_at)
    span = first if first == last else f"{first} to {last[11:] if last[:10] == first[:10] else last}"
    yield f"{finding.severity}  {finding.title}  ({span} UTC, {finding.finding_id})"
    yield f"  {finding.explanation}"
    yield f"  {_figures(finding)}"
    if len(finding.operations) > 1:
        yield f"  steps: {' → '.join(finding.operations[:8])}{' …' if len(finding.operations) > 8 else ''}"
    if finding.observed_route:
        declared = ", ".join(finding.declared_route) or "nobody"
        yield f"  came over {', '.join(finding.observed_route)}; its network declares {declared}"
    yield f"  proof: {_frames(finding)}"
    yield f"  do: {finding.advice}"


def _figures(finding: Finding) -> str:
    messages = "1 message" if finding.messages == 1 else f"{finding.messages:,} messages"
    people = "1 subscriber" if finding.subscribers == 1 else f"{finding.subscribers:,} subscribers"
    where = f"{finding.source_network or '?'} ({finding.source_country or '?'})"
    others = len(finding.networks) - 1
    gave = ", ".join(name.replace("_", " ") for name in finding.data_exposed) or "nothing seen"
    parts = [
        messages,
        people,
        f"address of {where}" + (f" and {others} more networks" if others > 0 else ""),
        f"gave away: {gave}" + (f" ({finding.answered:,} answered)" if finding.answered else ""),
        f"sure: {finding.confidence:.2f}",
    ]
    if finding.indicator:
        parts.append(f"indicator {finding.indicator}")
    return " · ".join(parts)


def _frames(finding: Finding) -> str:
    shown = ", ".join(finding.evidence[:_FRAMES])
    rest = finding.messages - _FRAMES
    return f"{shown} and {rest:,} more" if rest > 0 else shown
