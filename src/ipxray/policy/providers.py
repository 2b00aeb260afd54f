"""Which new providers a change may bring, in the order in which networks of the region take them; their loads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ipxray.atlas import Adversary
from ipxray.exposure import Array
from ipxray.policy.gains import Unit
from ipxray.policy.ground import Ground
from ipxray.policy.programme import Cap

__all__ = ["candidates", "cap_of"]

_OFFERED = 10
"""Providers that a network may choose from under a cap: the ten most used in its region keep the programme small."""


def candidates(ground: Ground, adversary: Adversary, units: Sequence[Unit], avoid: frozenset[str]) -> list[list[str]]:
    """For each unit the providers it may add, best first: none that may be the controller's, none avoided."""
    markets = {service: ground.market(routing) for service, routing in ground.routings.items()}
    found = []
    for unit in units:
        routing = ground.routings[unit.service]
        market = markets[unit.service]
        pull = market.preference[unit.operator] * np.clip(market.capacity - market.load, 0.0, None)
        order = sorted(range(len(routing.nodes)), key=lambda node: (-float(pull[node]), routing.nodes[node]))
        taken = {*unit.kept, *unit.dropped, *avoid}
        found.append(
            [
                routing.nodes[node]
                for node in order
                if routing.resolved[node]
                and routing.nodes[node] not in taken
                and not _may_be(adversary, routing.nodes[node])
            ]
        )
    return found


def _may_be(adversary: Adversary, node: str) -> bool:
    member = adversary.members.get(node)
    return member is not None and member.high > 0.0


def cap_of(ground: Ground, units: Sequence[Unit], offered: Sequence[Sequence[str]], limit: float) -> Cap:
    """The cap on every carrier's part of all messages handed over, by volume and the weight_* parameters."""
    names = sorted({node for boxes in ground.boxes for node in boxes.nodes})
    column = {name: place for place, name in enumerate(names)}
    mix = {boxes.service: ground.parameters[f"weight_{boxes.service}"] for boxes in ground.boxes}
    load = np.zeros(len(names))
    whole = 0.0
    for boxes in ground.boxes:
        routing = ground.routings[boxes.service]
        places = [column[node] for node in routing.nodes]
        load[places] += mix[boxes.service] * (ground.volume @ routing.point)
        whole += mix[boxes.service] * float(ground.volume @ routing.point.any(axis=1))
    moved = np.zeros((len(names), len(units)))
    options: list[tuple[int, int, float]] = []
    for number, unit in enumerate(units):
        routing = ground.routings[unit.service]
        part = mix[unit.service] * float(ground.volume[unit.operator]) / whole if whole else 0.0
        places = [column[node] for node in routing.nodes]
        moved[places, number] = part * (unit.shares - routing.point[unit.operator])
        each = part * max(0.0, 1.0 - float(unit.shares.sum())) / unit.need if unit.need else 0.0
        options += [(number, column[name], each) for name in offered[number][:_OFFERED] if unit.need]
    scaled: Array = load / whole if whole else load
    return Cap(tuple(names), np.full(len(names), limit), scaled, moved, options)
