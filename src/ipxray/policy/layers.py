"""Exposure of a state in which pairs differ: some refuse what partners use, some are protected, some are breached.

Pairs that are alike form a layer with its own shares and protections. Levels are summed over the layers and divided by
the messages of the state before, so that a message that is no longer sent counts as not exposed. Ref: docs/method.md §9
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ipxray.atlas import Adversary
from ipxray.exposure import LEVELS, Array, Boxes, Flags, Plane, Subjects, in_order, planes, totals
from ipxray.policy.ground import Ground
from ipxray.policy.protection import Protection, coefficients

__all__ = ["Layer", "Measured", "denominators", "measured"]

SHOWN = LEVELS.index("possible") + 1


class Layer(NamedTuple):
    """Pairs [home, visited] that are alike: shares on each measured service, protections, breached ends."""

    pairs: Flags
    boxes: tuple[Boxes, ...]
    protections: tuple[Protection, ...] = ()
    breached: bool = False
    trusted: Flags | None = None
    """[N]: networks to which a breached one may send forged messages."""
    linked: tuple[Boxes, ...] | None = None
    """Shares with every link that is up, where `boxes` lack what a pair avoids: forged messages come over those."""


class Measured(NamedTuple):
    """Levels [level, subject, perspective, blend], forced to possible; `present` [subject, perspective, blend]."""

    levels: Array
    present: Flags


def denominators(ground: Ground, subjects: Subjects) -> Array:
    """[blend, perspective, subject]: messages before the scenario."""
    sums = [_weight(ground, boxes, ground.roamers, subjects) for boxes in ground.boxes]
    return np.tensordot(_weights(ground), np.stack(sums), axes=(1, 0))


def measured(
    ground: Ground, layers: Sequence[Layer], adversary: Adversary, subjects: Subjects, whole: Array
) -> Measured:
    """Measure every subject over all layers; `whole` are the denominators."""
    found = np.zeros((len(ground.blends), 2, SHOWN, whole.shape[2]))
    for layer in layers:
        if layer.breached:
            found += _all_seen(ground, layer, subjects)[:, :, None, :]
        else:
            found += _carried(ground, layer, adversary, subjects)
    present = whole > 0.0
    levels = found / np.where(present, whole, 1.0)[:, :, None]
    padded = np.concatenate([levels, levels[:, :, -1:]], axis=2)  # the level of the open world is not shown
    ordered = in_order(padded.transpose(2, 3, 1, 0))[:SHOWN]
    return Measured(ordered, np.asarray(present.transpose(2, 1, 0)))


def layer_planes(layer: Layer, adversary: Adversary, ground: Ground) -> tuple[Plane, ...]:
    """The measured services of a layer before the adversary, with forged messages of a breached network."""
    found = planes(layer.boxes, adversary, ground.parameters, staged=False)
    if layer.linked is not None:
        up = planes(layer.linked, adversary, ground.parameters, staged=False)
        found = tuple(plane._replace(injection=each.injection) for plane, each in zip(found, up, strict=True))
    if layer.trusted is not None:
        found = tuple(plane._replace(injection=_forged(plane.injection, layer.trusted)) for plane in found)
    return found


def _forged(injection: Array, trusted: Flags) -> Array:
    """A network that roams with a breached one takes a forged message from it unless a firewall stops it."""
    found = injection.copy()
    first = LEVELS.index("expected")
    found[first : len(LEVELS), trusted] = 1.0
    return found


def _carried(ground: Ground, layer: Layer, adversary: Adversary, subjects: Subjects) -> Array:
    """[blend, perspective, level, subject] of messages that cross carriers."""
    roamers = np.where(layer.pairs, ground.roamers, 0.0)
    sums = totals(layer_planes(layer, adversary, ground), roamers, subjects.groups, staged=False, open_world=False)
    gathered = subjects.gather(sums)
    factors = coefficients(ground.blends, layer.protections, ground.parameters)
    forged = np.array([kind.threat == "inject" for kind in ground.blends])
    found = np.empty((len(ground.blends), 2, SHOWN, gathered.levels.shape[-1]))
    for chosen, source in ((~forged, gathered.levels), (forged, gathered.injection)):
        flat = source[:, :, :, :SHOWN].swapaxes(1, 2)
        found[chosen] = np.tensordot(factors[chosen], flat, axes=((1, 2), (0, 1)))
    return found


def _all_seen(ground: Ground, layer: Layer, subjects: Subjects) -> Array:
    """[blend, perspective, subject]: every message of pairs with a breached end."""
    roamers = np.where(layer.pairs, ground.roamers, 0.0)
    sums = [_weight(ground, boxes, roamers, subjects) for boxes in ground.boxes]
    return np.tensordot(_weights(ground), np.stack(sums), axes=(1, 0))


def _weights(ground: Ground) -> Array:
    """[blend, service]."""
    return np.stack([kind.weights.sum(axis=1) for kind in ground.blends])


def _weight(ground: Ground, boxes: Boxes, roamers: Array, subjects: Subjects) -> Array:
    """[perspective, subject]: roamer-days of the pairs that have the service before the scenario."""
    del ground
    applicable = boxes.applicable.astype(np.float64)
    pairs = roamers * applicable[:, None] * applicable[None, :]
    by_group = np.stack([pairs @ subjects.groups, pairs.T @ subjects.groups])
    everyone, members = by_group[..., 0], subjects.groups[:, 1:]
    whole = everyone @ members
    inside = (by_group[..., 1:] * members).sum(axis=-2)
    return np.concatenate([everyone, everyone @ subjects.in_country, inside, whole - inside, whole], axis=-1)
