"""How much of all messages crosses each carrier, and each controller with its carriers merged first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ipxray.atlas import Adversary, Atlas
from ipxray.exposure.boxes import MEASURED_SERVICES, Boxes, boxes_of
from ipxray.exposure.cells import DECIMALS
from ipxray.exposure.kernel import Array, Flags, surfaces
from ipxray.exposure.messages import ENDS, messages
from ipxray.exposure.planes import preference_of, scale_of
from ipxray.exposure.rows import Dominance
from ipxray.exposure.totals import blocks
from ipxray.exposure.traffic import Traffic
from ipxray.exposure.weights import roamer_weights
from ipxray.facts import Facts

__all__ = ["dominance"]


class _Crossings(NamedTuple):
    """On one service: weighted messages that cross each id, who declares it, who nothing else; and the whole."""

    crossed: Mapping[str, float]
    cone: Mapping[str, frozenset[int]]
    exclusive: Mapping[str, frozenset[int]]
    messages: float
    declaring: frozenset[int]


def dominance(
    atlas: Atlas,
    facts: Facts,
    adversaries: Sequence[Adversary] = (),
    *,
    parameters: Mapping[str, float],
    traffic: Traffic | None = None,
) -> tuple[Dominance, ...]:
    """Share, concentration, cone and exclusive cone of every declared carrier, and of every given controller.

    Everything is at the point values; an operator whose declaration is missing adds nothing. Rows are ordered by kind,
    service (all first) and falling share.
    """
    roamers = roamer_weights(atlas, facts, parameters=parameters, traffic=traffic).roamers
    boxes = boxes_of(atlas)
    sent = [_sent(one, roamers) for one in boxes]
    carriers = [_carriers(one, weights, parameters) for one, weights in zip(boxes, sent, strict=True)]
    rows = _rows("carrier", carriers, parameters)
    if adversaries:
        merged = [_controllers(one, weights, adversaries, parameters) for one, weights in zip(boxes, sent, strict=True)]
        rows += _rows("controller", merged, parameters)
    return tuple(rows)


def _sent(boxes: Boxes, roamers: Array) -> Array:
    """Messages by sender of the path (rows) and the other end, both ends' message kinds counted."""
    by_end = [
        sum(kind.weight for kind in messages() if kind.service == boxes.service and kind.path == end) for end in ENDS
    ]
    applicable = boxes.applicable.astype(np.float64)
    pairs = roamers * applicable[:, None] * applicable[None, :]
    return np.asarray((by_end[0] * pairs + by_end[1] * pairs.T) / sum(by_end))


def _carriers(boxes: Boxes, sent: Array, parameters: Mapping[str, float]) -> _Crossings:
    """Count for each carrier alone. The point formula then opens, with x and y the carrier's share at each end:

    crossings = x + y - on_net · preference · y - (1 - preference) · x · y
    """
    point, on_net = boxes.declared.point, preference_of(parameters).point
    declares = (boxes.declared.high > 0.0).astype(np.float64)
    served = np.zeros(len(sent))
    for rows in blocks(len(sent)):
        served += (sent[rows] * (point[rows] @ declares.T)).sum(axis=0)
    one_end = sent.sum(axis=1) @ point + (sent.sum(axis=0) - on_net * served) @ point
    crossed = one_end - (1.0 - on_net) * (point * (sent @ point)).sum(axis=0)
    crossed *= scale_of(parameters).expected
    chosen = np.eye(len(boxes.nodes), dtype=np.bool_)
    return _crossings(boxes, boxes.nodes, crossed.tolist(), chosen, float(sent.sum()))


def _controllers(
    boxes: Boxes, sent: Array, adversaries: Sequence[Adversary], parameters: Mapping[str, float]
) -> _Crossings:
    preference, scale = preference_of(parameters), scale_of(parameters)
    everyone = slice(0, len(sent))
    crossed, chosen = [], []
    for adversary in adversaries:
        members = boxes.members(adversary)
        point = surfaces(boxes.declared, members, boxes.on_net, preference, 0.0, staged=False).point
        found = sum(float(np.vdot(point.block(rows, everyone), sent[rows])) for rows in blocks(len(sent)))
        crossed.append(scale.expected * found)
        chosen.append(members.point > 0.0)
    names = [adversary.controller for adversary in adversaries]
    return _crossings(boxes, names, crossed, np.stack(chosen), float(sent.sum()))


def _crossings(boxes: Boxes, ids: Sequence[str], crossed: Sequence[float], chosen: Flags, whole: float) -> _Crossings:
    """Collect who declares any, and who declares only, of each id's nodes: `chosen` [id, node]."""
    declares = boxes.declared.high > 0.0
    inside, outside = declares @ chosen.T, declares @ ~chosen.T
    return _Crossings(
        crossed=dict(zip(ids, crossed, strict=True)),
        cone={name: _places(inside[:, place]) for place, name in enumerate(ids)},
        exclusive={name: _places(inside[:, place] & ~outside[:, place]) for place, name in enumerate(ids)},
        messages=whole,
        declaring=_places(np.asarray(declares.any(axis=1))),
    )


def _places(flags: Flags) -> frozenset[int]:
    return frozenset(np.flatnonzero(flags).tolist())


def _rows(kind: str, found: Sequence[_Crossings], parameters: Mapping[str, float]) -> list[Dominance]:
    mix = [parameters[f"weight_{service}"] for service in MEASURED_SERVICES]
    rows = []
    for service, chosen, weights in (
        ("all", found, mix),
        *((service, [one], [1.0]) for service, one in zip(MEASURED_SERVICES, found, strict=True)),
    ):
        whole = sum(weight * one.messages for weight, one in zip(weights, chosen, strict=True))
        if whole > 0.0:
            rows += _service_rows(kind, service, chosen, [weight / whole for weight in weights])
    return rows


def _service_rows(kind: str, service: str, found: Sequence[_Crossings], weights: Sequence[float]) -> list[Dominance]:
    ids = sorted({name for one in found for name in one.crossed})
    shares = {
        name: sum(weight * one.crossed.get(name, 0.0) for weight, one in zip(weights, found, strict=True))
        for name in ids
    }
    total = sum(shares.values())
    normal = {name: share / total if total else 0.0 for name, share in shares.items()}
    concentration = sum(share * share for share in normal.values())
    rows = []
    for name in sorted(ids, key=lambda name: (-shares[name], name)):
        cone = frozenset().union(*(one.cone.get(name, frozenset()) for one in found))
        elsewhere = (one.declaring - one.exclusive.get(name, frozenset()) for one in found)
        is_carrier = kind == "carrier" and total > 0.0
        rows.append(
            Dominance(
                kind=kind,
                id=name,
                service=service,
                share=round(min(1.0, shares[name]), DECIMALS),
                share_of_crossings=round(normal[name], DECIMALS) if is_carrier else None,
                cone=len(cone),
                exclusive_cone=len(cone.difference(*elsewhere)),
                concentration=round(concentration, DECIMALS) if is_carrier else None,
                effective_number=round(1.0 / concentration, DECIMALS) if is_carrier else None,
            )
        )
    return rows
