"""The cascade after a removal: promote a backup, add providers up to the redundancy floor, recompute the shares.

What chance decides (which of several backups, which new provider) is drawn for all runs at once, network by network.
Ref: docs/method.md §9
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ipxray.exposure import Array, Flags
from ipxray.policy.routing import BACKUP, NONE, PRIMARY, UNSTATED, Roles, Routing, Shares

__all__ = ["Cascade", "Market", "Outcome", "Removal", "removal"]

Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Removal:
    """What is certain after links are cut: roles [N, K], the providers each network needs, who must choose a backup."""

    roles: Roles
    changed: Flags
    need: Places
    promotes: Flags


@dataclass(frozen=True, slots=True)
class Market:
    """What a network that looks for a provider finds: [N, K] share of its region, [K] capacity and load in use."""

    preference: Array
    capacity: Array
    load: Array
    weight: Array
    """[N]: subscribers abroad and guests, the unit of load and capacity."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One service after the cascade, in every run: rows that chance touches hold a place in the table of patterns."""

    routing: Routing
    roles: Roles
    shares: Array
    """[level, N, K], right for every row that chance does not touch."""
    changed: Flags
    drawn: Places
    """Rows that chance touches."""
    choice: npt.NDArray[np.int32]
    """[drawn, run]: place of the row's pattern."""
    patterns: Roles
    pattern_shares: Array
    """[level, pattern, K]."""

    def roles_in(self, run: int) -> Roles:
        """[N, K] in one run."""
        found = self.roles.copy()
        found[self.drawn] = self.patterns[self.choice[:, run]]
        return found

    def shares_in(self, run: int) -> Array:
        """[level, N, K] in one run."""
        found = self.shares.copy()
        found[:, self.drawn] = self.pattern_shares[:, self.choice[:, run]]
        return found

    @property
    def without_carrier(self) -> Flags:
        """[N]: networks that declared a carrier and have none left, in whichever run."""
        left: Flags = np.array(self.roles.any(axis=1), dtype=np.bool_)
        if len(self.drawn):
            some = np.array(self.patterns.any(axis=1), dtype=np.bool_, ndmin=1)
            left[self.drawn] = some[self.choice].all(axis=1)
        return np.asarray(self.routing.roles.any(axis=1) & ~left)

    def avoiding(self, nodes: Flags, shares: Shares) -> Outcome:
        """The same with these nodes cut everywhere and nobody added: what partners keep for who refuses them."""

        def cut(rows: Roles, old: Array) -> tuple[Roles, Array]:
            kept, boxes = rows.copy(), old.copy()
            for place in np.flatnonzero((rows[:, nodes] != NONE).any(axis=1)):
                kept[place, nodes] = NONE
                kept[place] = _promoted(kept[place])
                boxes[:, place] = shares.of(kept[place])
            return kept, boxes

        roles, boxes = cut(self.roles, self.shares)
        patterns, pattern_boxes = cut(self.patterns, self.pattern_shares)
        changed = self.changed | (roles != self.roles).any(axis=1)
        return replace(
            self, roles=roles, shares=boxes, changed=changed, patterns=patterns, pattern_shares=pattern_boxes
        )


def removal(routing: Routing, refused: Flags, floor: int) -> Removal:
    """Cut the refused links [N, K] and promote where there is no choice.

    A network needs as many providers as it had, at most the floor, less those it keeps; it needs none it did not have.
    """
    before = routing.roles
    roles = np.where(refused, np.int8(NONE), before)
    changed = np.asarray((roles != before).any(axis=1))
    had, kept = (before != NONE).sum(axis=1), (roles != NONE).sum(axis=1)
    leads = ((roles != NONE) & (roles != BACKUP)).any(axis=1)
    led = ((before != NONE) & (before != BACKUP)).any(axis=1)
    orphaned = changed & led & ~leads & (kept > 0)
    for place in np.flatnonzero(orphaned & (kept == 1)):
        roles[place] = _promoted(roles[place])
    need = np.where(changed, np.maximum(0, np.minimum(floor, had) - kept), 0)
    return Removal(roles, changed, need.astype(np.intp), orphaned & (kept > 1))


def _promoted(roles: Roles) -> Roles:
    """A single backup that is left leads; several without a leader state nothing, which shares allow for."""
    places = np.flatnonzero(roles)
    if len(places) == 1 and roles[places[0]] == BACKUP:
        roles = roles.copy()
        roles[places[0]] = PRIMARY
    return roles


class Cascade:
    """Completes removals by chance, the same draws for the same seed."""

    def __init__(self, shares: Shares, parameters: Mapping[str, float], *, runs: int, seed: int) -> None:
        self._shares = shares
        self._backup_share = 1.0 - parameters["primary_share_point"]
        self._runs, self._seed = runs, seed

    def complete(self, routing: Routing, cut: Removal, refused: Flags, market: Market, place: int) -> Outcome:
        """Promote and add for every network that must choose; `refused` [N, K] also bars new providers.

        `place` keeps the draws of one service apart from those of another.
        """
        chance = np.random.default_rng([self._seed, place])
        boxes = np.stack([routing.low, routing.point, routing.high])
        for row in np.flatnonzero(cut.changed):
            boxes[:, row] = self._shares.of(cut.roles[row])
        open_rows = np.flatnonzero(cut.promotes | (cut.need > 0))
        load = np.repeat(market.load[None, :], self._runs, axis=0)
        self._release(routing, cut, market, load)
        drawn = np.empty((len(open_rows), self._runs, len(routing.nodes)), dtype=np.int8)
        for number in chance.permutation(len(open_rows)).tolist():
            drawn[number] = self._draw(routing, cut, refused, market, load, int(open_rows[number]), chance)
        patterns, choice = _distinct(drawn)
        found = np.zeros((3, *patterns.shape))
        for number, roles in enumerate(patterns):
            found[:, number] = self._shares.of(roles)
        return Outcome(routing, cut.roles, boxes, cut.changed, open_rows, choice, patterns, found)

    def _release(self, routing: Routing, cut: Removal, market: Market, load: Array) -> None:
        """A carrier that loses customers has room again."""
        freed = np.where((routing.roles != NONE) & (cut.roles == NONE), routing.point, 0.0)
        load -= market.weight @ freed

    def _draw(  # noqa: PLR0917 - one network of one service in one market
        self,
        routing: Routing,
        cut: Removal,
        refused: Flags,
        market: Market,
        load: Array,
        row: int,
        chance: np.random.Generator,
    ) -> Roles:
        """[run, K]: the roles of one network in every run."""
        runs = np.arange(self._runs)
        roles = np.repeat(cut.roles[row][None, :], self._runs, axis=0)
        if cut.promotes[row]:
            backups = np.flatnonzero(cut.roles[row] == BACKUP)
            roles[runs, backups[chance.integers(len(backups), size=self._runs)]] = PRIMARY
        for _ in range(int(cut.need[row])):
            open_to = routing.resolved & ~refused[row] & (roles == NONE)
            spare = np.clip(1.0 - load / market.capacity, 0.0, 1.0)
            pull = np.where(open_to, market.preference[row] * spare, 0.0)
            crowded = pull.sum(axis=1) <= 0.0
            pull[crowded] = np.where(open_to, market.preference[row], 0.0)[crowded]
            summed = pull.cumsum(axis=1)
            whole = summed[:, -1] if summed.shape[1] else np.zeros(self._runs)
            if not (whole > 0.0).all():
                break
            picked = (chance.random(self._runs) * whole)[:, None] < summed
            column = picked.argmax(axis=1)
            role = _role_of_new(routing.roles[row], roles[0])
            roles[runs, column] = role
            load[runs, column] += market.weight[row] * (
                self._backup_share if role == BACKUP else 1.0 / roles[0].astype(bool).sum()
            )
        return roles


def _distinct(drawn: Roles) -> tuple[Roles, npt.NDArray[np.int32]]:
    """The different rows of [row, run, K], and for each row and run the place of its own among them."""
    rows, runs, nodes = drawn.shape
    place: dict[bytes, int] = {}
    choice = [place.setdefault(one.tobytes(), len(place)) for one in drawn.reshape(rows * runs, nodes)]
    patterns = np.array([np.frombuffer(key, dtype=np.int8) for key in place], dtype=np.int8).reshape(len(place), nodes)
    return patterns, np.array(choice, dtype=np.int32).reshape(rows, runs)


def _role_of_new(before: Roles, now: Roles) -> int:
    """A backup beside a leader, a primary where roles were stated and none leads, else as little as was stated."""
    if (now == UNSTATED).any():
        return UNSTATED
    if (now != NONE).any():
        return BACKUP
    return PRIMARY if (before[before != NONE] != UNSTATED).any() else UNSTATED
