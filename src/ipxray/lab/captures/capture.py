"""One capture of a fictional world: benign traffic and campaigns in the order of time, and the truth beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ipxray import folders
from ipxray.errors import UsageError
from ipxray.lab.captures.campaigns import Campaign
from ipxray.lab.captures.hostile import Played, play_campaigns
from ipxray.lab.captures.landscape import Landscape
from ipxray.lab.captures.people import draw_people
from ipxray.lab.captures.rows import Rows, joined
from ipxray.lab.captures.stage import Stage
from ipxray.lab.captures.traffic import Traffic
from ipxray.lab.captures.writing import CaptureFiles

__all__ = ["TRUTH", "CaptureWritten", "write_capture"]

TRUTH = "truth.json"
"""Its presence says that a folder is a lab capture."""

START = 1_793_606_400_000_000
"""2026-11-02, 08:00 UTC: a day after the truth of every world."""
_HOUR = 3_600_000_000
_ROWS_AT_ONCE = 60_000
_ROWS_A_SECOND = 0.008
"""Messages of one subscriber, about."""
_STRETCHES = (5_000_000, 300_000_000)
"""Shortest and longest time played at once, microseconds."""
_SHARE_LOST = 0.0003
_MOST_SUBSCRIBERS = 5_000_000
_MOST_HOURS = 24 * 14
_MOST_FILES = 10_000
_SMALLEST_FILE = 10_000
"""Octets; a file holds some frames at least."""


@dataclass(frozen=True, slots=True)
class CaptureWritten:
    """What was written: where, which files, how many messages, how many of them are no attack."""

    folder: Path
    files: tuple[str, ...]
    messages: int
    benign_messages: int
    campaigns: int
    idle: tuple[str, ...]
    """Campaigns of which nothing lies in the capture: they begin after its end, or found nobody as their target."""


def write_capture(
    world: Path,
    output: Path,
    *,
    hours: float = 2.0,
    subscribers: int = 20_000,
    campaigns: Sequence[Campaign] = (),
    seed: int = 7,
    home: str | None = None,
    rotate: int = 0,
    parts: int = 1,
    progress: Callable[[int, int, str], None] | None = None,
) -> CaptureWritten:
    """Write pcapng files and truth.json; the same arguments give the same bytes.

    Taken inside the world's first carrier, or at the gateways of `home` (TADIG). A new file begins after `rotate`
    octets (0: never) and, with several `parts`, after each equal part of the time. `progress` hears of seconds played,
    seconds in all and what is done. Memory does not depend on `hours`.
    Raises InputError without a world, UsageError for numbers that make no capture, OutputError for a foreign folder.
    """
    _check(hours, subscribers, rotate, parts)
    folders.check_folder(output, manifest=TRUTH, what="lab capture")
    land = Landscape.read(world, home)
    duration = int(hours * _HOUR)
    rng = np.random.default_rng(seed)
    stage = Stage(land, draw_people(land, subscribers, duration, rng), rng)
    hostile, played = play_campaigns(stage, campaigns, START)
    with folders.replaced(output) as staged:
        # Templates name hosts by number: every name is known before the first frame.
        with CaptureFiles(staged, stage.book, land.names.table(), rotate=rotate, is_numbered=parts > 1) as files:
            _play(stage, hostile, duration, files, parts=parts, progress=progress)
        truth = _truth(land, played, files, seed=seed, hours=hours)
        (staged / TRUTH).write_text(_lines(truth), encoding="utf-8")
    idle = tuple(each.campaign.id for number, each in enumerate(played, start=1) if not files.proofs[number])
    return CaptureWritten(output, tuple(files.files), files.written, files.benign, len(played), idle)


def _check(hours: float, subscribers: int, rotate: int, parts: int) -> None:
    if not 0 < hours <= _MOST_HOURS:
        raise UsageError(f"{hours:g} hours are not to be had", hint=f"more than 0, at most {_MOST_HOURS}")
    if not 1 <= subscribers <= _MOST_SUBSCRIBERS:
        raise UsageError(f"{subscribers} subscribers are not to be had", hint=f"1 to {_MOST_SUBSCRIBERS}")
    if rotate < 0 or 0 < rotate < _SMALLEST_FILE:
        raise UsageError("that is no size for a file", hint=f"{_SMALLEST_FILE / 1e6:g} MB or more, 0 for one file")
    if not 1 <= parts <= _MOST_FILES:
        raise UsageError(f"{parts} files are not to be had", hint=f"1 to {_MOST_FILES}")


def _play(
    stage: Stage,
    hostile: Rows,
    duration: int,
    files: CaptureFiles,
    *,
    parts: int,
    progress: Callable[[int, int, str], None] | None,
) -> None:
    traffic = Traffic(stage, START)
    ends = [START + duration * part // parts for part in range(1, parts)]
    waiting = hostile
    least, most = _STRETCHES
    stretch = min(most, max(least, int(_ROWS_AT_ONCE / (_ROWS_A_SECOND * len(stage.people)) * 1_000_000)))
    for since in range(START, START + duration, stretch):
        until = min(since + stretch, START + duration)
        benign = traffic.during(since, until)
        benign["is_lost"] = stage.rng.random(len(benign)) < _SHARE_LOST
        rows = joined([waiting, benign])
        rows = rows[np.argsort(rows["at"], kind="stable")]
        ready = int(np.searchsorted(rows["at"], until))
        for part in np.split(rows[:ready], np.searchsorted(rows["at"][:ready], ends)):
            if len(part) and part["at"][0] >= START + duration * len(files.files) // parts:
                files.close()
            files.write(part)
        waiting = rows[ready:]
        if progress:
            progress((until - START) // 1_000_000, duration // 1_000_000, "writing")


def _truth(
    land: Landscape, played: Sequence[Played], files: CaptureFiles, *, seed: int, hours: float
) -> dict[str, Any]:
    return {
        "fictional": True,
        "seed": seed,
        "hours": hours,
        "vantage": land.codes[land.vantage.network] if land.vantage.network is not None else land.vantage.carrier,
        "files": files.files,
        "messages": files.written,
        "benign_messages": files.benign,
        "campaigns": [_campaign(number, each, files) for number, each in enumerate(played, start=1)],
    }


def _campaign(number: int, played: Played, files: CaptureFiles) -> dict[str, Any]:
    proofs = files.proofs[number]
    moments = files.moments.get(number, (None, None))
    return {
        "id": played.campaign.id,
        "family": played.campaign.family,
        "behaviour": played.campaign.behaviour,
        "evasion": played.campaign.evasion,
        "address": played.campaign.address,
        "networks": list(played.networks),
        "subscribers": list(played.subscribers),
        "first_at": moments[0],
        "last_at": moments[1],
        "frames": [list(proof) for proof in proofs],
    }


def _lines(truth: dict[str, Any]) -> str:
    """JSON with one line a campaign."""
    head = {name: value for name, value in truth.items() if name != "campaigns"}
    campaigns = ",\n".join(json.dumps(each) for each in truth["campaigns"])
    return json.dumps(head, indent=1)[:-2] + f',\n "campaigns": [\n{campaigns}\n]\n}}\n'
