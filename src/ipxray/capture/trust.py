"""Whether conclusions may be drawn from a capture: what was lost, cut, heard from one side only, or out of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ipxray.capture.counts import Flow, GapKind
    from ipxray.capture.decoding import Account

__all__ = ["Doubt", "doubts"]

_ENOUGH_REQUESTS = 20
"""Below this many requests, a missing answer may be chance."""

_FEW_ANSWERED = 0.5
"""With under half of its requests answered, a capture was made on one path of two, or loses messages."""

_LOST = frozenset({"missing_bytes", "reassembly_incomplete"})
"""Reasons that say something was not captured; the others say that it was not understood."""


_FOREIGN = frozenset({"unsupported", "encrypted"})
"""Reasons that say a stretch is another protocol's, or told apart on its own."""


_FILE_FAULTS = {
    "truncated": "ends early",
    "damaged_file": "is damaged",
    "too_many_elements": "expands beyond what a capture does",
}
"""What to say of a file by the reason of its gap."""


class Doubt(NamedTuple):
    """One reason to draw conclusions with care. `kind` is file, loss, cut, one_sided, unanswered, clock, encrypted,
    unread or empty."""

    kind: str
    text: str


def doubts(account: Account, flows: Sequence[Flow], gaps: Sequence[GapKind]) -> tuple[Doubt, ...]:
    """Every reason for doubt, the gravest first; none means that nothing speaks against the capture."""
    return (
        *_about_files(account, gaps),
        *_about_frames(account, gaps),
        *(doubt for flow in flows for doubt in _about_flow(flow)),
        *_about_reading(account, gaps),
    )


def _about_files(account: Account, gaps: Sequence[GapKind]) -> Iterator[Doubt]:
    if account.refused:
        yield Doubt("file", f"{_count(len(account.refused), 'file')} could not be read as a capture")
    for gap in gaps:
        if gap.protocol == "file":
            what = _FILE_FAULTS.get(gap.reason, gap.reason)
            others = f", and {_count(gap.gaps - 1, 'other place')} like it" if gap.gaps > 1 else ""
            yield Doubt(
                "file", f"{gap.capture} {what} at frame {gap.frame}{others}: {_count(gap.bytes, 'byte')} unread"
            )


def _about_frames(account: Account, gaps: Sequence[GapKind]) -> Iterator[Doubt]:
    if account.cut_frames:
        share = account.cut_frames / max(1, account.frames)
        cut = _count(account.cut_frames, "frame")
        yield Doubt("cut", f"{cut} of {account.frames} ({share:.1%}) cut by the snap length")
    lost = [gap for gap in gaps if gap.reason in _LOST and gap.protocol != "file"]
    if lost:
        parts = ", ".join(f"{gap.protocol} {gap.reason} {gap.gaps}" for gap in lost)
        yield Doubt("loss", f"{_count(sum(gap.gaps for gap in lost), 'gap')} where bytes were not captured: {parts}")
    if account.clock_steps:
        times = _count(account.clock_steps, "time")
        yield Doubt("clock", f"the clock went back by more than a second {times}: order and delays are wrong there")


def _about_flow(flow: Flow) -> Iterator[Doubt]:
    requests, answers = _count(flow.requests, "request"), _count(flow.answers, "answer")
    if flow.requests >= _ENOUGH_REQUESTS and not flow.answers:
        yield Doubt("one_sided", f"{flow.protocol}: {requests} and no answer, as if one direction was not captured")
    elif flow.answers >= _ENOUGH_REQUESTS and not flow.requests:
        yield Doubt("one_sided", f"{flow.protocol}: {answers} and no request, as if one direction was not captured")
    elif flow.requests >= _ENOUGH_REQUESTS and flow.paired < flow.requests * _FEW_ANSWERED:
        yield Doubt("unanswered", f"{flow.protocol}: {flow.paired} of {requests} have their answer in the capture")


def _about_reading(account: Account, gaps: Sequence[GapKind]) -> Iterator[Doubt]:
    encrypted = sum(gap.gaps for gap in gaps if gap.reason == "encrypted")
    if encrypted:
        yield Doubt("encrypted", f"{_count(encrypted, 'place')} encrypted: what is said there is not in the tables")
    unread = [gap for gap in gaps if gap.reason not in _LOST | _FOREIGN and gap.protocol != "file"]
    if unread:
        places = _count(sum(gap.gaps for gap in unread), "place")
        first = unread[0]
        yield Doubt("unread", f"{places} not understood, {first.gaps} of them {first.protocol} {first.reason}")
    if not account.frames:
        yield Doubt("empty", "not one frame in it")
    elif not account.messages:
        yield Doubt("unread", "no signalling message in it")


def _count(number: int, one: str) -> str:
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"
