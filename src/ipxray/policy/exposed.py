"""The rows of scenario_exposure: every subject before, after, and with the actor alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import repeat

import numpy as np
import numpy.typing as npt

from ipxray.exposure import DECIMALS, PERSPECTIVES, Flags
from ipxray.policy.ground import ACTOR, EVERYONE
from ipxray.policy.layers import Measured
from ipxray.policy.rows import ScenarioExposure
from ipxray.policy.stage import Found, Played

__all__ = ["exposed"]

_QUANTILES = (0.05, 0.5, 0.95)
_EXPECTED = 2
_NOBODY = ("", "", "")


def exposed(found: Found) -> tuple[ScenarioExposure, ...]:
    """One row per state, subject, perspective, service, data class and threat that carries weight."""
    rows = list(_rows(found, "before", found.before, None))
    rows += _rows(found, "after", found.after.measured, found.after)
    if found.alone is not None:
        rows += _rows(found, "alone", found.alone.measured, found.alone)
    return tuple(rows)


def _rows(found: Found, state: str, now: Measured, played: Played | None) -> Iterator[ScenarioExposure]:
    stage = found.stage
    labels = [_named(found, label) for label in stage.subjects.labels]
    shown = np.array([label is not None for label in labels], dtype=np.bool_)
    present = now.present & shown[:, None, None]
    subject, perspective, blend = np.nonzero(present)
    levels = [level[present].tolist() for level in now.levels]
    change = (now.levels[_EXPECTED] - found.before.levels[_EXPECTED]).round(DECIMALS)[present].tolist()
    of_subject = [_repeated(part, subject) for part in zip(*(label or _NOBODY for label in labels), strict=True)]
    kinds = [(kind.service, kind.data_class, kind.threat) for kind in found.ground.blends]
    of_blend = [_repeated(part, blend) for part in zip(*kinds, strict=True)]
    rule = stage.rule if played is None else played.state.effects.control.rule
    return map(
        ScenarioExposure, repeat(stage.scenario.name), repeat(state), *of_subject, _repeated(PERSPECTIVES, perspective),
        repeat(stage.adversary.controller), repeat(rule), *of_blend, *levels, change,
        *_quantiles(found, played, present),
    )  # fmt: skip


def _repeated(texts: Sequence[str], places: npt.NDArray[np.intp]) -> list[str]:
    chosen: list[str] = np.array(texts, dtype=np.object_)[places].tolist()
    return chosen


def _named(found: Found, label: tuple[str, str, str]) -> tuple[str, str, str] | None:
    """How a subject is shown; a part of everyone is none of its own."""
    kind, subject, counterpart = label
    if subject == ACTOR:
        return ("actor", ", ".join(found.stage.scenario.actor), counterpart) if found.stage.actor.any() else None
    if subject == EVERYONE:
        return ("everyone", "all", counterpart) if counterpart == "all" else None
    return kind, subject, counterpart


def _quantiles(found: Found, played: Played | None, present: Flags) -> list[list[float | None]]:
    """5 %, 50 % and 95 % of the runs for every row; null before, and where runs are not summed (see the column)."""
    if played is None or played is found.alone:
        return [[None] * int(present.sum())] * len(_QUANTILES)
    spread = played.spread
    values = np.clip(np.quantile(spread.expected, _QUANTILES, axis=0).round(DECIMALS), 0.0, 1.0)
    alliances = len(found.stage.subjects.alliances)
    alone = values.shape[3] - alliances
    whole = np.full((len(_QUANTILES), *present.shape), np.nan)
    for place, blend in enumerate(spread.places):
        whole[:, :alone, :, blend] = values[:, place, :, :alone].transpose(0, 2, 1)
        whole[:, present.shape[0] - alliances :, :, blend] = values[:, place, :, alone:].transpose(0, 2, 1)
    return [[None if value != value else value for value in part[present].tolist()] for part in whole]  # noqa: PLR0124
