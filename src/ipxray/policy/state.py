"""One state of a scenario: the cascade on every service, the layers of pairs, and what no carrier reaches any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from ipxray.atlas import Atlas, Link
from ipxray.exposure import Array, Boxes, Flags, usable_links
from ipxray.policy.cascade import Cascade, Outcome, removal
from ipxray.policy.effects import Avoidance, Effects
from ipxray.policy.ground import Ground
from ipxray.policy.layers import Layer
from ipxray.policy.routing import ROLES, Shares

__all__ = ["State", "state_of"]


@dataclass(frozen=True)
class State:
    """The networks after the cascade, in every run, and which pairs are alike."""

    ground: Ground
    effects: Effects
    outcomes: Mapping[str, Outcome]
    shares: Shares
    _members: dict[str, Array] = field(default_factory=dict, repr=False)
    _avoiding: dict[tuple[str, frozenset[str]], Outcome] = field(default_factory=dict, repr=False)

    def boxes(self, run: int, avoided: frozenset[str] = frozenset()) -> tuple[Boxes, ...]:
        """The measured services in one run, for pairs that avoid these nodes."""
        found = []
        for before in self.ground.boxes:
            outcome = self.avoiding(before.service, avoided)
            low, point, high = outcome.shares_in(run)
            found.append(
                replace(
                    before,
                    declared=before.declared._replace(low=low, point=point, high=high),
                    applicable=before.applicable & ~outcome.without_carrier,
                )
            )
        return tuple(found)

    def members(self, boxes: Boxes) -> Array:
        """[K]: point membership of a service's nodes in the adversary set."""
        if boxes.service not in self._members:
            self._members[boxes.service] = boxes.members(self.effects.control.adversary).point
        return self._members[boxes.service]

    def avoiding(self, service: str, avoided: frozenset[str]) -> Outcome:
        """The outcome of a service for pairs that avoid these nodes."""
        if not avoided:
            return self.outcomes[service]
        if (service, avoided) not in self._avoiding:
            outcome = self.outcomes[service]
            self._avoiding[service, avoided] = outcome.avoiding(outcome.routing.chosen(avoided), self.shares)
        return self._avoiding[service, avoided]

    def layers(self, run: int) -> list[Layer]:
        """The layers of one run."""
        return [self.layer(kind, run) for kind in self.kinds]

    def layer(self, kind: PairKind, run: int) -> Layer:
        """One kind of pair in one run."""
        return Layer(
            pairs=kind.pairs,
            boxes=self.boxes(run, kind.avoided),
            protections=tuple(self.effects.protections[place][1] for place in kind.protections),
            breached=kind.breached,
            trusted=self.trusted,
            linked=self.boxes(run) if kind.avoided else None,
        )

    @cached_property
    def kinds(self) -> list[PairKind]:
        """Every kind of pair that exists."""
        return _pair_kinds(self.effects, len(self.ground.volume))

    @cached_property
    def trusted(self) -> Flags | None:
        """[N]: networks that roam with a breached one and so take its messages."""
        breached = self.effects.breached
        if not breached.any():
            return None
        with_it = self.ground.roamers[breached].sum(axis=0) + self.ground.roamers[:, breached].sum(axis=1)
        return np.asarray(breached | (with_it > 0.0))

    def atlas(self, run: int) -> Atlas:
        """The atlas of one run: every link as it then stands, those that nothing changed untouched."""
        links = [link for link in self.ground.atlas.links if link.pending or link.share_high <= 0.0]
        for service, outcome in self.outcomes.items():
            links += _links(self.ground.atlas, service, outcome, run)
        services = {service: outcome.without_carrier for service, outcome in self.outcomes.items()}
        operators = tuple(
            operator._replace(
                services={
                    **operator.services,
                    **{service: "not_applicable" for service, stranded in services.items() if stranded[place]},
                }
            )
            for place, operator in enumerate(self.ground.atlas.operators)
        )
        return replace(self.effects.control.atlas, links=tuple(links), operators=operators)


@dataclass(frozen=True, slots=True)
class PairKind:
    """Pairs [home, visited] that are alike: nodes avoided, places of the protections, an end breached or not."""

    pairs: Flags
    avoided: frozenset[str]
    protections: tuple[int, ...]
    breached: bool


def state_of(ground: Ground, effects: Effects, shares: Shares, cascade: Cascade) -> State:
    """Run the cascade on every service."""
    outcomes = {}
    floor = int(ground.parameters["redundancy_floor"])
    shunned = frozenset[str]().union(*(each.nodes["expected"] for each in effects.avoidances))
    for place, (service, routing) in enumerate(ground.routings.items()):
        refused = effects.refused[service]
        cut = removal(routing, refused, floor)
        barred = refused | routing.chosen(shunned)[None, :]
        outcomes[service] = cascade.complete(routing, cut, barred, ground.market(routing), place)
    return State(ground, effects, outcomes, shares)


def _pair_kinds(effects: Effects, size: int) -> list[PairKind]:
    """Number every pair by what holds for it; pairs of one number are alike."""
    unions = _avoided_by(effects.avoidances, size)
    distinct = sorted(set(unions), key=lambda one: (len(one), sorted(one)))
    sets = sorted({a | b for a in distinct for b in distinct}, key=lambda one: (len(one), sorted(one)))
    table = np.array([[sets.index(a | b) for b in distinct] for a in distinct], dtype=np.int64)
    own = np.array([distinct.index(one) for one in unions], dtype=np.int64)
    code = table[own[:, None], own[None, :]] if size else np.zeros((0, 0), dtype=np.int64)
    for _, protection in effects.protections:
        code = 2 * code + protection.pairs
    breached = effects.breached[:, None] | effects.breached[None, :]
    code = 2 * code + breached
    count = len(effects.protections)
    kinds = []
    for value in np.unique(code).tolist():
        rest, is_breached = divmod(value, 2)
        union, bits = divmod(rest, 1 << count)
        active = tuple(place for place in range(count) if bits >> (count - 1 - place) & 1)
        kinds.append(PairKind(np.asarray(code == value), sets[union], active, bool(is_breached)))
    return kinds


def _avoided_by(avoidances: Sequence[Avoidance], size: int) -> list[frozenset[str]]:
    """For each network, the nodes that it takes nothing from at a partner's end."""
    return [
        frozenset[str]().union(*(each.nodes["expected"] for each in avoidances if each.actor[place]))
        for place in range(size)
    ]


def _links(atlas: Atlas, service: str, outcome: Outcome, run: int) -> list[Link]:
    """The links of one service in one run, in the order of the atlas, those added last."""
    roles, (low, point, high) = outcome.roles_in(run), outcome.shares_in(run)
    row = {operator.tadig: place for place, operator in enumerate(atlas.operators)}
    column = outcome.routing.column

    def at(link: Link, place: int, node: int) -> Link:
        return link._replace(
            role=ROLES[roles[place, node]],
            share_low=float(low[place, node]),
            share_point=float(point[place, node]),
            share_high=float(high[place, node]),
        )

    kept = []
    for link in usable_links(atlas):
        if link.service == service:
            place, node = row[link.tadig], column[link.node]
            if not outcome.changed[place]:
                kept.append(link)
            elif roles[place, node]:
                kept.append(at(link, place, node))
    added = np.argwhere((roles > 0) & (outcome.routing.roles == 0)).tolist()
    names = outcome.routing.nodes
    for place, node in added:
        kept.append(at(_new_link(atlas.operators[place].tadig, service, names[node]), place, node))
    return kept


def _new_link(tadig: str, service: str, carrier: str) -> Link:
    """A link that no declaration is behind: inferred and undated, its role and shares to be filled in."""
    return Link(
        tadig=tadig,
        service=service,
        carrier_id=carrier,
        node=carrier,
        candidates=(carrier,),
        carrier_name=carrier,
        role="",
        share_low=0.0,
        share_point=0.0,
        share_high=0.0,
        sources=(),
        confirmed_by=(),
        inferred=True,
        pending=False,
        fresh_days=None,
    )
