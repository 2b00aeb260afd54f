"""The smallest set of carriers that crosses a wanted share of all messages: the chokepoints, proved.

A message goes over one carrier (on-net, or both ends have the same) or over two. All pairs of networks together are
then at most K + K²/2 routes with a weight each, and a set of carriers crosses a route when it holds one of its ends:
a small programme, exact at the point values. Ref: docs/method.md §9
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from ipxray.exposure import Array, Boxes, messages, preference_of, scale_of
from ipxray.policy.ground import Ground

__all__ = ["Cover", "Routes", "cover", "greedy_cover", "routes"]


class Routes(NamedTuple):
    """Share of all messages on each route [K, K] between nodes; the diagonal is one carrier alone."""

    nodes: tuple[str, ...]
    weight: Array
    """[K, K], upper triangle; adds up to at most 1: the rest crosses no known carrier."""

    def crossed(self, chosen: Array) -> float:
        """Share of all messages that cross any chosen node [K]."""
        free = 1.0 - chosen
        return float(self.weight.sum() - free @ self.weight @ free)


class Cover(NamedTuple):
    """Owners of nodes in the order of rising rest, with the share crossed by each alone and by all so far."""

    names: tuple[str, ...]
    alone: tuple[float, ...]
    together: tuple[float, ...]
    proved: bool


def routes(ground: Ground) -> Routes:
    """Gather every route over all services, mixed by the weight_* parameters, at the point values."""
    names = sorted({node for boxes in ground.boxes for node in boxes.nodes})
    column = {node: place for place, node in enumerate(names)}
    found = np.zeros((len(names), len(names)))
    whole = 0.0
    for boxes in ground.boxes:
        mix = ground.parameters[f"weight_{boxes.service}"]
        sent = _sent(ground, boxes)
        whole += mix * float(sent.sum())
        places = [column[node] for node in boxes.nodes]
        found[np.ix_(places, places)] += mix * _service(ground, boxes, sent)
    found = np.triu(found) + np.tril(found, -1).T
    return Routes(tuple(names), found / whole if whole else found)


def _sent(ground: Ground, boxes: Boxes) -> Array:
    """Messages by sender (rows) and receiver, over all message kinds of the service."""
    kinds = [kind for kind in messages() if kind.service == boxes.service]
    home = sum(kind.weight for kind in kinds if kind.path == "home")
    visited = sum(kind.weight for kind in kinds if kind.path == "visited")
    has = boxes.applicable.astype(np.float64)
    pairs = ground.roamers * has[:, None] * has[None, :]
    return np.asarray((home * pairs + visited * pairs.T) / (home + visited))


def _service(ground: Ground, boxes: Boxes, sent: Array) -> Array:
    """[K, K]: over a then b, on the diagonal over a alone."""
    point, on_net = boxes.declared.point, preference_of(ground.parameters).point
    declares = (boxes.declared.high > 0.0).astype(np.float64)
    onto = sent.T @ point
    served = onto * declares
    over_two = onto.T @ point - on_net * (served.T @ point)
    alone = on_net * served.sum(axis=0)
    # Where one end declares nothing, only the other end's carrier is known.
    missing = boxes.declared.missing.astype(np.float64)
    found = over_two + np.diag(alone + onto.T @ missing + missing @ sent @ point)
    return np.asarray(scale_of(ground.parameters).expected * found)


def cover(found: Routes, owners: Mapping[str, Sequence[str]], wanted: float, *, gap: float = 0.0) -> Cover | None:
    """The fewest owners (name → its nodes) whose nodes cross the wanted share; None when all together do not."""
    names, holds = _holds(found, owners)
    if found.crossed(np.minimum(1.0, holds.sum(axis=0))) < wanted - 1e-12:
        return None
    first, second = np.nonzero(found.weight > 0.0)
    weight = found.weight[first, second]
    size, count = len(names), len(weight)
    touching = np.minimum(1.0, holds[:, first] + holds[:, second])
    link = sparse.hstack([sparse.csr_array(-touching.T), sparse.eye_array(count)]).tocsr()
    enough = sparse.csr_array(np.concatenate([np.zeros(size), weight])[None, :])
    # Among sets of one size, the one that crosses most.
    objective = np.concatenate([np.ones(size), -weight * (0.5 / max(1.0, float(weight.sum()))) * 1e-3])
    result = milp(
        objective,
        integrality=np.concatenate([np.ones(size), np.zeros(count)]),
        bounds=Bounds(0.0, 1.0),
        constraints=[LinearConstraint(link, -np.inf, 0.0), LinearConstraint(enough, wanted - 1e-9, np.inf)],
        options={"mip_rel_gap": gap, "time_limit": 60.0},
    )
    if result.x is None:
        return None
    chosen = [names[place] for place in np.flatnonzero(result.x[:size] > 0.5)]
    return _ordered(found, {name: owners[name] for name in chosen}, proved=result.status == 0)


def greedy_cover(found: Routes, owners: Mapping[str, Sequence[str]], wanted: float) -> Cover:
    """Take the owner that adds most, until the wanted share is crossed or nobody adds anything."""
    names, holds = _holds(found, owners)
    chosen = np.zeros(len(found.nodes))
    order: list[str] = []
    while found.crossed(chosen) < wanted - 1e-12 and len(order) < len(names):
        gains = [found.crossed(np.maximum(chosen, row)) for row in holds]
        best = int(np.argmax(gains))
        if gains[best] <= found.crossed(chosen) + 1e-15:
            break
        order.append(names[best])
        chosen = np.maximum(chosen, holds[best])
    return _listed(found, order, owners, proved=False)


def _holds(found: Routes, owners: Mapping[str, Sequence[str]]) -> tuple[list[str], Array]:
    """Owners with a node here, sorted, and [owner, K] which nodes are theirs."""
    column = {node: place for place, node in enumerate(found.nodes)}
    names = sorted(name for name, nodes in owners.items() if any(node in column for node in nodes))
    holds = np.zeros((len(names), len(found.nodes)))
    for place, name in enumerate(names):
        holds[place, [column[node] for node in owners[name] if node in column]] = 1.0
    return names, holds


def _ordered(found: Routes, owners: Mapping[str, Sequence[str]], *, proved: bool) -> Cover:
    """The same set in the order in which each adds most."""
    names, holds = _holds(found, owners)
    chosen = np.zeros(len(found.nodes))
    order: list[str] = []
    rest = set(range(len(names)))
    while rest:
        best = max(sorted(rest), key=lambda place: found.crossed(np.maximum(chosen, holds[place])))
        rest.remove(best)
        order.append(names[best])
        chosen = np.maximum(chosen, holds[best])
    return _listed(found, order, owners, proved=proved)


def _listed(found: Routes, order: Sequence[str], owners: Mapping[str, Sequence[str]], *, proved: bool) -> Cover:
    names, holds = _holds(found, {name: owners[name] for name in order})
    row = dict(zip(names, holds, strict=True))
    chosen = np.zeros(len(found.nodes))
    alone, together = [], []
    for name in order:
        chosen = np.maximum(chosen, row[name])
        alone.append(round(found.crossed(row[name]), 12))
        together.append(round(found.crossed(chosen), 12))
    return Cover(tuple(order), tuple(alone), tuple(together), proved)
