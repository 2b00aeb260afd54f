"""The rows of scenario_exposure: every subject before, after, and with the actor alone."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ipxray.exposure import DECIMALS, PERSPECTIVES, Array
from ipxray.policy.ground import ACTOR, EVERYONE
from ipxray.policy.layers import Measured
from ipxray.policy.rows import ScenarioExposure
from ipxray.policy.stage import Found, Played

__all__ = ["exposed"]

_QUANTILES = (0.05, 0.5, 0.95)
_EXPECTED = 2
_NO_SPREAD: list[float | None] = [None] * 6


def exposed(found: Found) -> tuple[ScenarioExposure, ...]:
    """One row per state, subject, perspective, service, data class and threat that carries weight."""
    rows = list(_rows(found, "before", found.before, None))
    rows += _rows(found, "after", found.after.measured, found.after)
    if found.alone is not None:
        rows += _rows(found, "alone", found.alone.measured, found.alone)
    return tuple(rows)


def _rows(found: Found, state: str, now: Measured, played: Played | None) -> Iterator[ScenarioExposure]:
    stage = found.stage
    change = (now.levels[_EXPECTED] - found.before.levels[_EXPECTED]).round(DECIMALS)
    quantiles = _quantiles(found, played)
    rule = stage.rule if played is None else played.state.effects.control.rule
    labels = [_named(found, label) for label in stage.subjects.labels]
    name, controller = stage.scenario.name, stage.adversary.controller
    levels = now.levels.transpose(1, 2, 3, 0)
    for subject, perspective, blend in np.argwhere(now.present).tolist():
        label = labels[subject]
        if label is None:
            continue
        kind = found.ground.blends[blend]
        spread = quantiles.get((subject, blend), _NO_SPREAD)[3 * perspective : 3 * perspective + 3]
        forced, low, expected, high, possible = levels[subject, perspective, blend].tolist()
        yield ScenarioExposure(
            name, state, *label, PERSPECTIVES[perspective], controller, rule,
            kind.service, kind.data_class, kind.threat, forced, low, expected, high, possible,
            float(change[subject, perspective, blend]), *spread,
        )  # fmt: skip


def _named(found: Found, label: tuple[str, str, str]) -> tuple[str, str, str] | None:
    """How a subject is shown; a part of everyone is none of its own."""
    kind, subject, counterpart = label
    if subject == ACTOR:
        return ("actor", ", ".join(found.stage.scenario.actor), counterpart) if found.stage.actor.any() else None
    if subject == EVERYONE:
        return ("everyone", "all", counterpart) if counterpart == "all" else None
    return kind, subject, counterpart


def _quantiles(found: Found, played: Played | None) -> dict[tuple[int, int], list[float | None]]:
    """(subject, blend) → quantiles outbound, then inbound; for blends of all services and every counterpart."""
    if played is None:
        return {}
    spread = played.spread
    values: Array = np.quantile(spread.expected, _QUANTILES, axis=0).round(DECIMALS)
    operators = len(found.stage.subjects.operators) + len(found.stage.subjects.countries)
    alliances = len(found.stage.subjects.alliances)
    places = [*range(operators), *range(operators + 2 * alliances, operators + 3 * alliances)]
    table = np.clip(values, 0.0, 1.0).transpose(3, 1, 2, 0).reshape(len(places), len(spread.places), 6).tolist()
    return {
        (subject, blend): list(table[number][column])
        for number, subject in enumerate(places)
        for column, blend in enumerate(spread.places)
    }
