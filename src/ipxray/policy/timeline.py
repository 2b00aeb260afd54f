"""What the steps come to day by day: exposure to reading on each day on which one begins or ends."""

from __future__ import annotations

from datetime import date

from ipxray.exposure import LEVELS
from ipxray.policy.ground import ACTOR, EVERYONE
from ipxray.policy.layers import Measured
from ipxray.policy.rows import ScenarioTimeline
from ipxray.policy.stage import CLASSES, Found

__all__ = ["timeline"]

_LOW, _EXPECTED, _HIGH = (LEVELS.index(name) for name in ("low", "expected", "high"))


def timeline(found: Found) -> tuple[ScenarioTimeline, ...]:
    """Rows for the date of assessment before any step, then for every date of a step, in order."""
    at = found.ground.atlas.at
    rows = _rows(found, at, "before any step", found.before)
    undated = any(step.since is None for step in found.stage.scenario.steps)
    days = sorted({day for day in found.stage.scenario.dates if day > at} | ({at} if undated else set()))
    for day in days or [found.stage.day]:
        rows += _rows(found, day, _event(found, day), found.stage.on(day).measured)
    return tuple(rows)


def _event(found: Found, day: date) -> str:
    begun = [step.kind for step in found.stage.scenario.steps if step.since == day]
    ended = [step.kind for step in found.stage.scenario.steps if step.until == day]
    undated = [step.kind for step in found.stage.scenario.steps if step.since is None and day == found.ground.atlas.at]
    words = [
        f"{', '.join(dict.fromkeys(kinds))} {verb}"
        for kinds, verb in ((begun + undated, "begins"), (ended, "ends"))
        if kinds
    ]
    return "; ".join(words) or "all steps in force"


def _rows(found: Found, day: date, event: str, now: Measured) -> list[ScenarioTimeline]:
    rows = []
    for subject, shown in ((ACTOR, "actor"), (EVERYONE, "everyone")):
        place = found.stage.subject(subject)
        for data_class in CLASSES:
            blend = found.stage.blend(data_class, "read")
            if blend is not None and now.present[place, 0, blend]:
                low, expected, high = (float(now.levels[level, place, 0, blend]) for level in (_LOW, _EXPECTED, _HIGH))
                rows.append(
                    ScenarioTimeline(found.stage.scenario.name, day, event, shown, data_class, low, expected, high)
                )
    return rows
