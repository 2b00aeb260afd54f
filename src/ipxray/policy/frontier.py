"""What may be removed at most for any cost, without a budget to search for: one minimum cut a price.

For a price p the set that maximises removed - p · cost is a minimum cut (project selection: J. Rhys 1970, M. Balinski
1970), since gains of two changes add to each other. The solutions over all prices are the corners of the concave
frontier. Pairs that take from each other (a gain below 0) are left out of the cut and counted in the result.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from ipxray.exposure import Array, Flags
from ipxray.policy.gains import Gains

__all__ = ["Corner", "bracket", "frontier", "greedy", "greedy_path"]

_CUTS = 40
"""Each cut halves the span of prices at least in practice: after so many only rounding is left."""
_UNITS = 2**30
"""Capacities are whole numbers of 32 bits: all sources together get half of that range."""


class Corner(NamedTuple):
    """One set [U] with its price (null for greedy), cost and what it removes, in messages."""

    price: float | None
    chosen: Flags
    cost: float
    removed: float


def frontier(gains: Gains, costs: Array, *, corners: int = 24) -> tuple[Corner, ...]:
    """Return the corners by rising cost, from nothing to everything worth its cost at price 0; at most so many cuts."""
    nothing = _corner(gains, costs, np.zeros(len(gains.units), dtype=np.bool_), None)
    if not gains.units:
        return (nothing,)
    everything = _corner(gains, costs, _cut(gains, costs, 0.0), 0.0)
    found = {nothing.cost: nothing, everything.cost: everything}
    spans = [(nothing, everything)]
    left = corners
    while spans and left:
        spans.sort(key=lambda span: -(span[1].removed - span[0].removed))
        low, high = spans.pop(0)
        if high.cost - low.cost <= 1e-9:
            continue
        price = (high.removed - low.removed) / (high.cost - low.cost)
        middle = _corner(gains, costs, _cut(gains, costs, price), price)
        left -= 1
        line = low.removed + price * (middle.cost - low.cost)
        if middle.removed > line + 1e-7 * max(1.0, gains.before) and low.cost < middle.cost < high.cost:
            found[middle.cost] = middle
            spans += [(low, middle), (middle, high)]
    return tuple(found[cost] for cost in sorted(found))


def _corner(gains: Gains, costs: Array, chosen: Flags, price: float | None) -> Corner:
    return Corner(price, chosen, float(costs @ chosen), gains.of(chosen))


def _cut(gains: Gains, costs: Array, price: float) -> Flags:
    """The set that removes most for this price: units on the source's side of a minimum cut."""
    size = len(gains.units)
    together = np.maximum(0.0, gains.together)
    pull = gains.linear - price * costs
    np.add.at(pull, gains.first, 0.5 * together)
    np.add.at(pull, gains.second, 0.5 * together)
    worth = float(np.maximum(0.0, pull).sum())
    if worth <= 0.0:
        return np.zeros(size, dtype=np.bool_)
    scale = _UNITS / worth
    source, sink = size, size + 1
    gain, loss = (np.minimum(np.maximum(0.0, part) * scale, _UNITS).round() for part in (pull, -pull))
    edge = np.minimum(0.5 * together * scale, _UNITS).round()
    units = np.arange(size)
    rows = np.concatenate([np.full(size, source), units, gains.first, gains.second])
    columns = np.concatenate([units, np.full(size, sink), gains.second, gains.first])
    capacity = np.concatenate([gain, loss, edge, edge]).astype(np.int32)
    graph = sparse.csr_array((capacity, (rows, columns)), shape=(size + 2, size + 2), dtype=np.int32)
    flow = maximum_flow(sparse.csr_matrix(graph), source, sink, method="dinic").flow
    residual = sparse.csr_matrix(graph) - flow
    residual.data = np.maximum(0, residual.data)
    residual.eliminate_zeros()
    reached = breadth_first_order(residual, source, return_predecessors=False)
    chosen = np.zeros(size + 2, dtype=np.bool_)
    chosen[reached] = True
    return chosen[:size]


def bracket(gains: Gains, costs: Array, budget: float) -> tuple[Corner, float]:
    """Return a good set for a budget and what no set can exceed, from the two corners on either side of the budget.

    The bound is the frontier's line at the budget, the same as that of the linear relaxation; the set is the lower
    corner filled up, or the upper one thinned out. Both take a few cuts, whatever the size.
    """
    low = _corner(gains, costs, np.zeros(len(gains.units), dtype=np.bool_), None)
    high = _corner(gains, costs, _cut(gains, costs, 0.0), 0.0)
    slack = _rounding(gains)
    if high.cost <= budget + 1e-9:
        return high, _most(gains, high.chosen) + slack
    bound = _most(gains, high.chosen)
    for _ in range(_CUTS):
        worth = _most(gains, high.chosen) - _most(gains, low.chosen)
        price = worth / (high.cost - low.cost)
        middle = _corner(gains, costs, _cut(gains, costs, price), price)
        value = _most(gains, middle.chosen) - price * middle.cost
        line = _most(gains, low.chosen) - price * low.cost
        bound = min(bound, max(value, line) + price * budget)
        price_done = middle.cost in (low.cost, high.cost)
        if price_done or value <= line + 1e-9 * max(1.0, gains.before):
            break
        low, high = (middle, high) if middle.cost <= budget + 1e-9 else (low, middle)
    starts = (low.chosen, _thinned(gains, costs, budget, high), np.zeros_like(low.chosen))
    sets = (_corner(gains, costs, _filled(gains, costs, budget, start), None) for start in starts)
    best = max(sets, key=lambda corner: corner.removed)
    return best, max(best.removed, bound + slack)


def _most(gains: Gains, chosen: Flags) -> float:
    """What a set removes when pairs that take from each other are left out: never less than what it removes."""
    both = chosen[gains.first] & chosen[gains.second]
    return float(gains.linear @ chosen + np.maximum(0.0, gains.together[both]).sum())


def _rounding(gains: Gains) -> float:
    """What rounding of the capacities to whole numbers may hide in a bound."""
    worth = float(np.maximum(0.0, gains.linear).sum() + np.maximum(0.0, gains.together).sum())
    return worth * 0.5 * (2 * len(gains.units) + len(gains.together)) / _UNITS


def _filled(gains: Gains, costs: Array, budget: float, chosen: Flags) -> Flags:
    """The set with what greedy adds to it from the rest of the budget."""
    found = chosen.copy()
    found[[unit for unit, _ in greedy_path(gains, costs, budget, chosen)]] = True
    return found


def _thinned(gains: Gains, costs: Array, budget: float, corner: Corner) -> Flags:
    """The set without what it can best spare, until it fits the budget."""
    chosen, cost = corner.chosen.copy(), corner.cost
    beside = gains.beside(chosen)
    neighbours = _neighbours(gains)
    while cost > budget + 1e-9:
        rate = np.where(chosen, beside / np.maximum(costs, 1e-9), np.inf)
        least = int(np.argmin(rate))
        chosen[least] = False
        cost -= costs.item(least)
        row = slice(neighbours.indptr[least], neighbours.indptr[least + 1])
        beside[neighbours.indices[row]] -= neighbours.data[row]
    return chosen


def greedy(gains: Gains, costs: Array, budget: float) -> list[int]:
    """Take the unit with the best gain a cost that still fits, until none gains. Ref: docs/method.md §9."""
    return [unit for unit, _ in greedy_path(gains, costs, budget)]


def greedy_path(gains: Gains, costs: Array, budget: float, start: Flags | None = None) -> list[tuple[int, float]]:
    """The units in the order in which greedy takes them (after those of `start`), each with what is removed by then."""
    chosen = np.zeros(len(gains.units), dtype=np.bool_) if start is None else start
    beside = gains.beside(chosen)
    open_units = ~chosen
    neighbours = _neighbours(gains)
    removed, left = gains.of(chosen), budget - float(costs @ chosen)
    path: list[tuple[int, float]] = []
    while True:
        fits = open_units & (costs <= left + 1e-9) & (beside > 1e-12 * max(1.0, gains.before))
        if not fits.any():
            return path
        rate = np.where(fits, beside / np.maximum(costs, 1e-9), -np.inf)
        best = int(np.argmax(rate))
        removed += float(beside[best])
        left -= float(costs[best])
        open_units[best] = False
        row = slice(neighbours.indptr[best], neighbours.indptr[best + 1])
        beside[neighbours.indices[row]] += neighbours.data[row]
        path.append((best, removed))


def _neighbours(gains: Gains) -> sparse.csr_array:
    size = len(gains.units)
    rows = np.concatenate([gains.first, gains.second])
    columns = np.concatenate([gains.second, gains.first])
    return sparse.csr_array((np.tile(gains.together, 2), (rows, columns)), shape=(size, size))
