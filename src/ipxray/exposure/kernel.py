"""Exact bounds on the share of messages that cross an adversary set J: one service, all ordered pairs of operators.

A sender splits its messages over its first carriers a, with shares x in its boxes that add up to 1. A carrier outside J
hands over to the receiver's carriers, which lie in J with share `arrive`; where it serves the receiver too, it delivers
on-net with share `preference` and then crosses nobody else. So a message crosses J with probability

    Σ x_a · (1 if a in J else (1 - preference · on_net_a) · arrive)  =  reach + arrive · ((1 - reach) - preference · X)

where `reach` is the sender's share on J and X its share on carriers outside J that serve the receiver. Both bounds of
this form are a fractional knapsack with three costs (in J, on-net, neither): filling the cheapest (dearest) group first
is exact, and `reach` and `arrive` do not depend on the other end, only X does. Ref: docs/method.md §4.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["Array", "Declared", "Flags", "Members", "OnNet", "Preference", "Surface", "Surfaces", "surfaces"]

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


class Declared(NamedTuple):
    """What N operators declare over K nodes: shares [N, K]. A row in `missing` [N] declares nothing: shares 0."""

    low: Array
    point: Array
    high: Array
    missing: Flags


class Members(NamedTuple):
    """Membership of K nodes in the set, 0 or 1, low ≤ point ≤ high; `resolved` marks nodes whose carrier is known."""

    low: Array
    point: Array
    high: Array
    resolved: Flags


class OnNet(NamedTuple):
    """Which nodes [K, K] may be, and surely are, one carrier: `certain` ≤ identity ≤ `possible`."""

    possible: Flags
    certain: Flags


class Preference(NamedTuple):
    """Share of on-net deliveries where one carrier serves both ends, low ≤ point ≤ high; and of undeclared transit."""

    low: float
    point: float
    high: float
    transit: float = 0.0


@dataclass(frozen=True, slots=True)
class Surface:
    """One level of exposure over all ordered pairs, in factors: small until a block of it is asked for."""

    reach: Array
    """[N]: share of the sender's first carriers that lies in the set."""
    arrive: Array
    """[N]: share of the receiver's carriers that lies in the set."""
    least: Array | None
    """Least shares outside the set [N, K]; None when all are 0."""
    most: Array
    """Greatest shares outside the set [N, K]."""
    on_net: Array
    """[K, N]: 1 where a sender's node serves the receiver."""
    slack: Array
    """[N]: what on-net may take beyond `least` (lower bound); minus what it need not take of `most` (upper bound)."""
    preference: float
    is_upper: bool

    def block(self, senders: slice, receivers: slice) -> Array:
        """Return the level for these senders (rows) and receivers (columns), float64 in [0, 1]."""
        on_net = self.on_net[:, receivers]
        share = self.most[senders] @ on_net
        slack = self.slack[senders, None]
        if self.is_upper:
            share += slack
            np.maximum(share, 0.0 if self.least is None else self.least[senders] @ on_net, out=share)
        elif self.least is None:
            np.minimum(share, slack, out=share)
        else:
            np.minimum(share, self.least[senders] @ on_net + slack, out=share)
        reach = self.reach[senders, None]
        share *= -self.preference
        share += 1.0 - reach
        share *= self.arrive[receivers]
        share += reach
        # The clip takes rounding only: the formula itself stays inside [0, 1].
        return np.clip(share, 0.0, 1.0, out=share)


class Surfaces(NamedTuple):
    """All levels of one service. `stages` are (low, high), each wider than before: routing, control, name, missing."""

    point: Surface
    stages: tuple[tuple[Surface, Surface], ...]
    open_world: Surface
    captured: Array
    """[N]: 1 when every declared carrier certainly lies in the set. Forced: either end is."""
    touched: Array
    """[N]: 1 when any declared carrier may lie in the set or none is declared. Possible: either end is."""

    @property
    def low(self) -> Surface:
        """The lower bound, all causes of doubt counted."""
        return self.stages[-1][0]

    @property
    def high(self) -> Surface:
        """The upper bound, all causes of doubt counted, in the closed world (no undeclared transit)."""
        return self.stages[-1][1]


class _Doubt(NamedTuple):
    """What is taken as known at one stage, over K + 1 nodes: the last stands for what a missing declaration hides."""

    low: Array
    high: Array
    possible: Flags
    certain: Flags


def surfaces(
    declared: Declared, members: Members, on_net: OnNet, preference: Preference, prior: float, *, staged: bool = True
) -> Surfaces:
    """Prepare every level of one service. `prior` is the expected share on J of an operator that declares nothing.

    With `staged` false only the last stage is prepared. A stage without doubt of its own shares the surfaces of the one
    before. Ref: docs/method.md §4, §6.
    """
    boxes = _with_hidden_node(declared)
    doubts = _doubts(members, on_net, prior)
    steps: list[tuple[Surface, Surface]] = []
    for place, doubt in enumerate(doubts if staged else doubts[-1:]):
        if (place and _same(doubt, doubts[place - 1])) or (place == 3 and not declared.missing.any()):
            steps.append(steps[-1])
        else:
            steps.append((_lower(boxes, doubt, preference), _upper(boxes, doubt, preference)))
    declares = declared.high > 0.0
    inside, outside = _any(declares & (members.low >= 1.0)), _any(declares & (members.low < 1.0))
    return Surfaces(
        point=_point(boxes, np.append(members.point, prior), preference),
        stages=tuple(steps),
        open_world=_with_transit(steps[-1][1], preference.transit),
        captured=(inside & ~outside).astype(np.float64),
        touched=(_any(declares & (members.high > 0.0)) | declared.missing).astype(np.float64),
    )


def _any(flags: Flags) -> Flags:
    """[N]: whether any node of the row is flagged."""
    return np.asarray(flags.any(axis=1))


def _with_hidden_node(declared: Declared) -> Declared:
    """Give an operator that declares nothing one node of its own that takes everything."""
    hidden = declared.missing.astype(np.float64)[:, None]
    low, point, high = (np.hstack([shares, hidden]) for shares in declared[:3])
    return Declared(low, point, high, declared.missing)


def _doubts(members: Members, on_net: OnNet, prior: float) -> tuple[_Doubt, _Doubt, _Doubt, _Doubt]:
    """The four stages: only routing unknown; then also control; then also names; then also what is missing."""
    size = len(members.low)
    same = np.zeros((size + 1, size + 1), dtype=np.bool_)
    same[:size, :size] = np.eye(size, dtype=np.bool_)
    possible, certain = same.copy(), same.copy()
    possible[:size, :size], certain[:size, :size] = on_net.possible, on_net.certain
    anything = possible.copy()
    anything[size, :] = anything[:, size] = True
    point = np.append(members.point, prior)
    control_low = np.append(np.where(members.resolved, members.low, members.point), prior)
    control_high = np.append(np.where(members.resolved, members.high, members.point), prior)
    return (
        _Doubt(point, point, same, same),
        _Doubt(control_low, control_high, same, same),
        _Doubt(np.append(members.low, prior), np.append(members.high, prior), possible, certain),
        _Doubt(np.append(members.low, 0.0), np.append(members.high, 1.0), anything, certain),
    )


def _same(one: _Doubt, other: _Doubt) -> bool:
    return all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def _serves(compatible: Flags, receivers: Flags) -> Array:
    """[K, N]: 1 where a node is compatible with any node that the receiver declares."""
    return (compatible.astype(np.float64) @ receivers.T.astype(np.float64) > 0.0).astype(np.float64)


def _outside(shares: Array, members: Array) -> Array | None:
    """Shares outside the set; None when there is nothing to multiply later."""
    rest = shares * (1.0 - members)
    return rest if rest.any() else None


def _lower(boxes: Declared, doubt: _Doubt, preference: Preference) -> Surface:
    """Fill on-net first, then the other carriers outside the set, then the set.

    On-net may only be with a carrier of the receiver that is not certainly in the set: with one that is, the sender's
    own carrier would be in the set too, and then the message is seen.
    """
    most = boxes.high * (1.0 - doubt.low)
    reach = np.clip(np.maximum(boxes.low @ doubt.low, 1.0 - most.sum(axis=1)), 0.0, 1.0)
    return Surface(
        reach=reach,
        arrive=reach,
        least=_outside(boxes.low, doubt.low),
        most=most,
        on_net=_serves(doubt.possible, (boxes.high > 0.0) & (doubt.low < 1.0)),
        slack=np.maximum(0.0, 1.0 - boxes.low.sum(axis=1)),
        preference=preference.high,
        is_upper=False,
    )


def _upper(boxes: Declared, doubt: _Doubt, preference: Preference) -> Surface:
    """Fill the set first, then the carriers outside it that are not on-net, then on-net with what must remain."""
    least, most = boxes.low * (1.0 - doubt.high), boxes.high * (1.0 - doubt.high)
    reach = np.clip(np.minimum(boxes.high @ doubt.high, 1.0 - least.sum(axis=1)), 0.0, 1.0)
    return Surface(
        reach=reach,
        arrive=reach,
        least=_outside(boxes.low, doubt.high),
        most=most,
        on_net=_serves(doubt.certain, boxes.high > 0.0),
        slack=1.0 - reach - most.sum(axis=1),
        preference=preference.low,
        is_upper=True,
    )


def _point(boxes: Declared, members: Array, preference: Preference) -> Surface:
    share = boxes.point * (1.0 - members)
    reach = boxes.point @ members
    same = np.eye(boxes.point.shape[1], dtype=np.bool_)
    same[-1, -1] = False
    return Surface(
        reach=reach,
        arrive=reach,
        least=None,
        most=share,
        on_net=_serves(same, boxes.high > 0.0),
        slack=np.zeros(len(reach)),
        preference=preference.point,
        is_upper=True,
    )


def _with_transit(high: Surface, transit: float) -> Surface:
    """The upper bound when a third, undeclared carrier may stand between two: what is not on-net meets it."""
    return Surface(
        reach=high.reach,
        arrive=high.arrive + (1.0 - high.arrive) * transit,
        least=high.least,
        most=high.most,
        on_net=high.on_net,
        slack=high.slack,
        preference=high.preference,
        is_upper=True,
    )
