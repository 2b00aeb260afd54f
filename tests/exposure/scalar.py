"""The same bounds, one pair at a time and by linear programming: slow, plain, and written apart from the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linprog

from ipxray.exposure.kernel import Array, Declared, Members, OnNet, Preference, Surfaces, surfaces


class Case(NamedTuple):
    """Everything the kernel is given."""

    declared: Declared
    members: Members
    on_net: OnNet
    preference: Preference
    prior: float

    @property
    def prepared(self) -> Surfaces:
        return surfaces(*self)

    @property
    def size(self) -> int:
        return len(self.declared.missing)


class Levels(NamedTuple):
    """Five levels: numbers for a pair, or arrays [sender, receiver]."""

    forced: Array | float
    low: Array | float
    point: Array | float
    high: Array | float
    possible: Array | float


def levels(case: Case) -> Levels:
    """All pairs by the kernel."""
    found = case.prepared
    all_of = slice(0, case.size)
    return Levels(
        1.0 - np.outer(1.0 - found.captured, 1.0 - found.captured),
        found.low.block(all_of, all_of),
        found.point.block(all_of, all_of),
        found.high.block(all_of, all_of),
        1.0 - np.outer(1.0 - found.touched, 1.0 - found.touched),
    )


def scalar_levels(case: Case, sender: int, receiver: int) -> Levels:
    """One pair of operators that both declare, with every node's own cost and no grouping."""
    declared, members = case.declared, case.members
    declares = [np.flatnonzero(declared.high[one] > 0.0).tolist() for one in (sender, receiver)]
    low_boxes = list(zip(declared.low[receiver], declared.high[receiver], strict=True))
    sender_boxes = list(zip(declared.low[sender], declared.high[sender], strict=True))
    arrive_low = _optimum(members.low, low_boxes)
    arrive_high = -_optimum(-members.high, low_boxes)
    costs_low, costs_high, point = [], [], 0.0
    arrive = float(declared.point[receiver] @ members.point)
    for node in range(len(members.low)):
        may = any(case.on_net.possible[node, other] and members.low[other] < 1.0 for other in declares[1])
        must = any(case.on_net.certain[node, other] for other in declares[1])
        costs_low.append(1.0 if members.low[node] else (1.0 - case.preference.high * may) * arrive_low)
        costs_high.append(1.0 if members.high[node] else (1.0 - case.preference.low * must) * arrive_high)
        cost = 1.0 if members.point[node] else (1.0 - case.preference.point * (node in declares[1])) * arrive
        point += float(declared.point[sender, node]) * cost
    return Levels(
        float(any(all(members.low[node] for node in end) for end in declares)),
        _optimum(np.array(costs_low), sender_boxes),
        point,
        -_optimum(-np.array(costs_high), sender_boxes),
        float(any(members.high[node] for end in declares for node in end)),
    )


def _optimum(costs: Array, boxes: Sequence[tuple[float, float]]) -> float:
    """Least cost of a split within the boxes."""
    done = linprog(costs, A_eq=np.ones((1, len(costs))), b_eq=[1.0], bounds=boxes, method="highs")
    assert done.status == 0, done.message
    return float(done.fun)
