"""One service seen by one adversary: the surfaces of reading and altering, and over whose links it could inject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ipxray.atlas import Adversary
from ipxray.exposure.boxes import Boxes
from ipxray.exposure.kernel import Array, Members, Preference, Surfaces, surfaces

__all__ = ["LEVELS", "STAGES", "Plane", "Scaled", "planes", "preference_of", "scale_of"]

LEVELS = ("forced", "low", "expected", "high", "possible", "open_world_high")
STAGES = ("routing", "control", "name", "missing")
"""Causes of doubt, in the order in which the interval is widened; the last stage is low and high."""


class Scaled(NamedTuple):
    """What direct links leave: the share that certainly, expectedly and possibly crosses a carrier at all."""

    low: float
    expected: float
    high: float


class Plane(NamedTuple):
    """One service of one adversary. `injection` is [level, N]: LEVELS, then low and high of each stage but the last."""

    boxes: Boxes
    surfaces: Surfaces
    injection: Array
    scale: Scaled
    freshness: Array
    """[N]: probability that the declaration still holds, exp(-stale_per_year · years); 0 when missing or undated."""
    confirmation: Array
    """[N]: share of the operator's carriers that a second register confirms."""


def planes(
    boxes: Sequence[Boxes], adversary: Adversary, parameters: Mapping[str, float], *, staged: bool = True
) -> tuple[Plane, ...]:
    """Prepare every service for one adversary. With `staged` false the doubt is not split by cause."""
    members = [service.members(adversary) for service in boxes]
    on_set = [service.declared.point @ one.point for service, one in zip(boxes, members, strict=True)]
    holds = [_declares_any(service, one.point) for service, one in zip(boxes, members, strict=True)]
    preference, scale = preference_of(parameters), scale_of(parameters)
    found = []
    for place, (service, one) in enumerate(zip(boxes, members, strict=True)):
        prior = _prior(boxes, on_set, place)
        found.append(
            Plane(
                boxes=service,
                surfaces=surfaces(service.declared, one, service.on_net, preference, prior, staged=staged),
                injection=_injection(service, one, _prior(boxes, holds, place)),
                scale=scale,
                freshness=np.nan_to_num(np.exp(-parameters["stale_per_year"] * service.age_years), nan=0.0),
                confirmation=service.confirmation,
            )
        )
    return tuple(found)


def preference_of(parameters: Mapping[str, float]) -> Preference:
    """Read the on-net shares. The interval contains the point: who moves the point past a bound moves the bound."""
    point = parameters["on_net_point"]
    return Preference(
        low=min(parameters["on_net_low"], point),
        point=point,
        high=max(parameters["on_net_high"], point),
        transit=parameters["open_world_transit_high"],
    )


def scale_of(parameters: Mapping[str, float]) -> Scaled:
    """Read the shares of direct links, in whichever order they are given."""
    low, high = sorted((parameters["direct_share_low"], parameters["direct_share_high"]))
    return Scaled(low=1.0 - high, expected=1.0 - (low + high) / 2.0, high=1.0 - low)


def _prior(boxes: Sequence[Boxes], values: Sequence[Array], place: int) -> float:
    """What to expect of an operator that declares nothing: the mean of those that do, here, else on any service."""
    declaring = [~service.declared.missing & service.applicable for service in boxes]
    for places in ([place], range(len(boxes))):
        known = np.concatenate([values[each][declaring[each]] for each in places])
        if known.size:
            return float(np.clip(known.mean(), 0.0, 1.0))
    return 0.0


def _declares_any(boxes: Boxes, chosen: Array) -> Array:
    """[N]: 1.0 where the operator declares any of the chosen nodes."""
    return ((boxes.declared.high > 0.0) @ (chosen > 0.0)).astype(np.float64)


def _injection(boxes: Boxes, members: Members, prior: float) -> Array:
    """Whether a carrier of the set holds a trusted link to the operator: backup links are up too, roles do not matter.

    The lower bound asks that a second register confirms the link; that doubt counts as one of name.
    Ref: docs/method.md §4.
    """
    missing = boxes.declared.missing
    confirmed = ((boxes.declared.high > 0.0) & boxes.confirmed) @ (members.low > 0.0)
    low_known = _declares_any(boxes, np.where(members.resolved, members.low, members.point))
    high_known = _declares_any(boxes, np.where(members.resolved, members.high, members.point))
    expected = np.where(missing, prior, _declares_any(boxes, members.point))
    low = np.where(missing, 0.0, confirmed.astype(np.float64))
    high = np.where(missing, 1.0, _declares_any(boxes, members.high))
    stages = [
        (expected, expected),
        (np.where(missing, prior, low_known), np.where(missing, prior, high_known)),
        (np.where(missing, prior, low), np.where(missing, prior, high)),
    ]
    return np.stack([low, low, expected, high, high, high, *(bound for stage in stages for bound in stage)])
