"""What every change removes alone and every two changes remove together: exposure as a quadratic over yes and no.

A unit is one network on one service: changed, it drops the controller's carriers there. With reach r of the sender,
arrive a of the receiver and X what is on-net (see ipxray.exposure.kernel), a pair's exposure before is
r + a · ((1 - r) - η X); with the sender changed a · (1 - η X'), with the receiver changed r, with both 0. So the gain
of a set is Σ linear + Σ together, exact, and `together` is what makes single gains misleading. Ref: docs/method.md §9
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ipxray.atlas import Adversary
from ipxray.exposure import ENDS, LEVELS, Array, Blend, Flags, Plane, planes
from ipxray.policy.cascade import removal
from ipxray.policy.ground import Ground
from ipxray.policy.routing import BACKUP, NONE, PRIMARY, UNSTATED, Roles, Routing, Shares

__all__ = ["Gains", "Unit", "gains"]

Places = npt.NDArray[np.intp]
_BLOCK = 256
"""Senders looked at together: their rows of all pairs fit the cache of most machines."""


class Unit(NamedTuple):
    """One change: a network drops these nodes on one service, keeps those, and needs so many new providers."""

    operator: int
    service: str
    dropped: tuple[str, ...]
    kept: tuple[str, ...]
    need: int
    shares: Array
    """[K]: point shares over the service's nodes once changed; what the new providers take is missing from the sum."""


@dataclass(frozen=True, slots=True)
class Gains:
    """Exposure removed by a set S of units: Σ linear[u] + Σ together[u, v], in messages; `before` is all of it."""

    units: tuple[Unit, ...]
    linear: Array
    first: Places
    second: Places
    """Pairs of units, first < second, that matter to each other."""
    together: Array
    left_out: float
    """Sum of the pairs too small to be listed: what any bound must add."""
    before: float
    whole: float
    """All messages: exposure over this is the share that the tables show."""

    def of(self, chosen: Flags) -> float:
        """Messages that a set [U] no longer exposes, without the pairs left out."""
        both = chosen[self.first] & chosen[self.second]
        return float(self.linear @ chosen + self.together[both].sum())

    def without(self, barred: Flags) -> Gains:
        """The same when these units [U] may not change."""
        if not barred.any():
            return self
        place = np.cumsum(~barred) - 1
        kept = ~barred[self.first] & ~barred[self.second]
        units = tuple(unit for unit, is_barred in zip(self.units, barred, strict=True) if not is_barred)
        first, second = place[self.first[kept]], place[self.second[kept]]
        return replace(
            self, units=units, linear=self.linear[~barred], first=first, second=second, together=self.together[kept]
        )

    def beside(self, chosen: Flags) -> Array:
        """[U]: what each unit adds to a set, or takes along when it leaves it."""
        found = self.linear.copy()
        np.add.at(found, self.first, self.together * chosen[self.second])
        np.add.at(found, self.second, self.together * chosen[self.first])
        return found


def gains(
    ground: Ground,
    adversary: Adversary,
    kind: Blend,
    *,
    acting: Flags,
    protected: Flags,
    pairs_kept: int = 200_000,
) -> Gains:
    """Gather the gains for one data class and threat (`kind`, of all services).

    Networks in `acting` may change; the messages that count are those about subscribers of `protected` networks. The
    pairs with least gain beyond `pairs_kept` are left out and summed in `left_out`.
    """
    seen = planes(ground.boxes, adversary, ground.parameters, staged=False)
    shares = Shares(ground.parameters)
    found = _Gathered()
    for place, plane in enumerate(seen):
        routing = ground.routings[plane.boxes.service]
        inside = plane.boxes.members(adversary).point > 0.5
        units = _units(routing, inside, acting, shares, int(ground.parameters["redundancy_floor"]))
        weights = _weights(ground, plane, kind, place, protected)
        found.whole += float((kind.weights[place].sum() * _applicable(ground, plane, protected)).sum())
        if kind.threat == "inject":
            _over_links(found, plane, units, weights)
        else:
            _on_paths(found, plane, units, weights[0] + weights[1].T)
    return found.result(pairs_kept)


class _Gathered:
    """What the services add up to."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self.linear: list[Array] = []
        self.first: list[Places] = []
        self.second: list[Places] = []
        self.together: list[Array] = []
        self.before = self.whole = 0.0

    def result(self, kept: int) -> Gains:
        first, second = (np.concatenate([np.zeros(0, np.intp), *part]) for part in (self.first, self.second))
        together = np.concatenate([np.zeros(0), *self.together])
        order = np.sort(np.argsort(-np.abs(together), kind="stable")[:kept])
        rest = float(together.sum() - together[order].sum())
        linear = np.concatenate([np.zeros(0), *self.linear])
        return Gains(
            tuple(self.units), linear, first[order], second[order], together[order], rest, self.before, self.whole
        )


def _units(routing: Routing, inside: Flags, acting: Flags, shares: Shares, floor: int) -> list[Unit]:
    refused = acting[:, None] & inside[None, :]
    cut = removal(routing, refused, max(1, floor))
    found = []
    for row in np.flatnonzero(cut.changed).tolist():
        dropped = [routing.nodes[node] for node in np.flatnonzero((routing.roles[row] > 0) & inside)]
        kept = [routing.nodes[node] for node in np.flatnonzero(cut.roles[row])]
        need = int(cut.need[row])
        boxes = shares.of(_with_new(routing.roles[row], cut.roles[row], need))[1, : len(routing.nodes)]
        found.append(Unit(row, routing.service, tuple(dropped), tuple(kept), need, boxes))
    return found


def _with_new(before: Roles, now: Roles, need: int) -> Roles:
    """The roles with so many new providers behind them, as the cascade gives them."""
    roles = np.concatenate([now, np.zeros(need, dtype=np.int8)])
    for place in range(len(now), len(roles)):
        if (roles == UNSTATED).any():
            roles[place] = UNSTATED
        elif (roles != NONE).any():
            roles[place] = BACKUP
        else:
            roles[place] = PRIMARY if (before[before != NONE] != UNSTATED).any() else UNSTATED
    return roles


def _applicable(ground: Ground, plane: Plane, protected: Flags) -> Array:
    """[home, visited]: roamers of protected networks where both ends have the service."""
    has = plane.boxes.applicable.astype(np.float64)
    return np.asarray(ground.roamers * (has * protected)[:, None] * has[None, :])


def _weights(ground: Ground, plane: Plane, kind: Blend, place: int, protected: Flags) -> tuple[Array, Array]:
    """Messages [home, visited] whose path (or forged link) is the home's, and the visited network's."""
    roamers = plane.scale.expected * _applicable(ground, plane, protected)
    home, visited = (float(kind.coefficients[place, ENDS.index(end)]) for end in ENDS)
    if kind.threat == "inject":
        roamers = roamers / plane.scale.expected if plane.scale.expected else roamers
    return home * roamers, visited * roamers


def _on_paths(found: _Gathered, plane: Plane, units: list[Unit], weights: Array) -> None:
    """Both ends matter: `weights` are [sender, receiver]."""
    surface = plane.surfaces.point
    reach, arrive, preference = surface.reach, surface.arrive, surface.preference
    on_net, most = surface.on_net[:-1], surface.most[:, :-1]
    rows = np.array([unit.operator for unit in units], dtype=np.intp)
    after = most.copy()
    after[rows] = np.array([unit.shares for unit in units]).reshape(len(units), most.shape[1])
    start, unit_of = len(found.units), np.full(len(reach), -1, dtype=np.intp)
    unit_of[rows] = np.arange(len(units))
    linear = np.zeros(len(units))
    pairs = np.zeros((len(units), len(units))) if len(units) else np.zeros((0, 0))
    for begin in range(0, len(reach), _BLOCK):
        some = slice(begin, begin + _BLOCK)
        weight = weights[some]
        if not weight.any():
            continue
        before_on, after_on = preference * (most[some] @ on_net), preference * (after[some] @ on_net)
        sent = reach[some, None]
        now = sent + arrive * ((1.0 - sent) - before_on)
        found.before += float((weight * now).sum())
        own = unit_of[some]
        mine = own >= 0
        linear[own[mine]] += (weight * (now - arrive * (1.0 - after_on)))[mine].sum(axis=1)
        linear += (weight * (now - sent))[:, rows].sum(axis=0)
        pairs[own[mine]] += (weight * arrive * (sent - (after_on - before_on)))[np.ix_(mine, rows)]
    _add_pairs(found, units, linear, pairs, start)


def _add_pairs(found: _Gathered, units: list[Unit], linear: Array, pairs: Array, start: int) -> None:
    both = np.triu(pairs + pairs.T, 1)
    first, second = np.nonzero(both)
    found.units += units
    found.linear.append(linear)
    found.first.append(first + start)
    found.second.append(second + start)
    found.together.append(both[first, second])


def _over_links(found: _Gathered, plane: Plane, units: list[Unit], weights: tuple[Array, Array]) -> None:
    """A forged message comes over the link of one end only: gains just add up."""
    value = plane.injection[LEVELS.index("expected")]
    by_network = weights[0].sum(axis=1) + weights[1].sum(axis=0)
    found.before += float(by_network @ value)
    rows = np.array([unit.operator for unit in units], dtype=np.intp)
    _add_pairs(found, units, (by_network * value)[rows], np.zeros((0, 0)), len(found.units))
