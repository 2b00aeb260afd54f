"""A network in the adversary's hands: whose subscribers it exposes, as home, visited, transit, or by trust."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ipxray.exposure import DECIMALS, LEVELS, Array
from ipxray.policy.rows import ScenarioBreach
from ipxray.policy.stage import Found

__all__ = ["breach_rows"]

_LOW, _EXPECTED, _HIGH = (LEVELS.index(name) for name in ("low", "expected", "high"))


def breach_rows(found: Found) -> tuple[ScenarioBreach, ...]:
    """One row per breached network, role and network whose subscribers it exposes; none without a breach."""
    effects = found.after.state.effects
    rows: list[ScenarioBreach] = []
    for place in np.flatnonzero(effects.breached).tolist():
        rows += _ends(found, place)
        rows += _trusted(found, place)
    return (*rows, *_transit(found))


def _abroad(found: Found) -> Array:
    """[home, visited]: part of each network's roamers abroad."""
    roamers = found.ground.roamers
    whole = roamers.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(roamers, whole, out=np.zeros_like(roamers), where=whole > 0.0))


def _ends(found: Found, breached: int) -> Iterator[ScenarioBreach]:
    """Everything about its own subscribers; about guests, everything while they are its guests."""
    if found.ground.roamers[breached].any():
        yield _row(found, breached, "home", breached, "read", (1.0, 1.0, 1.0))
    part = _abroad(found)[:, breached]
    for subject in np.flatnonzero(part > 0.0).tolist():
        yield _row(found, breached, "visited", subject, "read", (part[subject],) * 3)


def _trusted(found: Found, breached: int) -> Iterator[ScenarioBreach]:
    """Partners take its messages about any of their subscribers; a firewall may stop them, which is not known."""
    roamers = found.ground.roamers
    left = 1.0 - found.ground.parameters["firewall_effectiveness"]
    partners = (roamers[breached] + roamers[:, breached]) > 0.0
    for subject in np.flatnonzero(partners).tolist():
        if subject != breached:
            yield _row(found, breached, "trusted", subject, "inject", (0.0, left, 1.0))


def _transit(found: Found) -> Iterator[ScenarioBreach]:
    """What crosses its own carrier service: exposure beyond the pairs in which it is an end itself."""
    effects = found.after.state.effects
    blend = found.stage.blend("location", "read")
    if not effects.transit or blend is None:
        return
    breached = int(np.flatnonzero(effects.breached)[0])
    part = np.where(effects.breached, 1.0, _abroad(found)[:, effects.breached].sum(axis=1))
    gained = found.after.measured.levels - found.before.levels
    for subject in range(len(found.stage.subjects.operators)):
        values = np.clip(gained[[_LOW, _EXPECTED, _HIGH], subject, 0, blend] - part[subject], 0.0, 1.0)
        if values.max() > 1e-9:
            low, expected, high = sorted(values.tolist())
            yield _row(found, breached, "transit", subject, "read", (low, expected, high))


def _row(  # noqa: PLR0917 - the columns in order
    found: Found, breached: int, role: str, subject: int, threat: str, share: tuple[float, ...]
) -> ScenarioBreach:
    operators = found.ground.atlas.operators
    low, expected, high = (round(float(value), DECIMALS) for value in share)
    return ScenarioBreach(
        scenario=found.stage.scenario.name,
        breached=operators[breached].tadig,
        role=role,
        subject=operators[subject].tadig,
        subject_country=operators[subject].country,
        threat=threat,
        low=low,
        expected=expected,
        high=high,
    )
