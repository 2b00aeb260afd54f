"""What every state of a scenario stands on: the atlas before it, its arrays, and who roams where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ipxray.atlas import Atlas
from ipxray.exposure import (
    MEASURED_SERVICES,
    Array,
    Blend,
    Boxes,
    Dominance,
    Flags,
    Subjects,
    Traffic,
    blends,
    boxes_of,
    dominance,
    roamer_weights,
    subjects_of,
)
from ipxray.facts import Facts
from ipxray.policy.cascade import Market
from ipxray.policy.routing import Routing, routings

__all__ = ["ACTOR", "EVERYONE", "Ground"]

ACTOR, EVERYONE = "\0actor", "\0everyone"
"""Subjects beside operators, countries and alliances; no group can have such an id."""


@dataclass(frozen=True)
class Ground:
    """The baseline of one scenario. Immutable; what is dear is computed when first asked."""

    atlas: Atlas
    facts: Facts
    parameters: Mapping[str, float]
    traffic: Traffic | None
    roamers: Array
    """[home, visited]: roamer-days or subscribers."""

    @classmethod
    def of(cls, atlas: Atlas, facts: Facts, parameters: Mapping[str, float], traffic: Traffic | None) -> Ground:
        """Weigh the pairs and hold everything together."""
        weights = roamer_weights(atlas, facts, parameters=parameters, traffic=traffic)
        return cls(atlas, facts, parameters, traffic, weights.roamers)

    @cached_property
    def boxes(self) -> tuple[Boxes, ...]:
        """The measured services before the scenario."""
        return boxes_of(self.atlas)

    @cached_property
    def routings(self) -> Mapping[str, Routing]:
        """Roles and shares of every service before the scenario."""
        return routings(self.atlas)

    @cached_property
    def blends(self) -> tuple[Blend, ...]:
        """The cells of scenario_exposure: every service and all, both directions together."""
        return blends(self.parameters, directions=("both",))

    @cached_property
    def volume(self) -> Array:
        """[N]: each network's roamers abroad and guests."""
        return np.asarray(self.roamers.sum(axis=1) + self.roamers.sum(axis=0))

    @cached_property
    def largest(self) -> tuple[str, ...]:
        """Declared carriers by falling share of all messages that cross them."""
        return tuple(row.id for row in self.dominance if row.service == "all" and ":" not in row.id)

    @cached_property
    def dominance(self) -> tuple[Dominance, ...]:
        """Every declared carrier before the scenario: share, cone, concentration."""
        return dominance(self.atlas, self.facts, parameters=self.parameters, traffic=self.traffic)

    def subjects(self, actor: Flags) -> Subjects:
        """Operators, countries and alliances of the atlas; then the actor and everyone as alliances of their own."""
        found = subjects_of(self.atlas.operators, self.facts, self.atlas.at)
        columns = np.stack([actor.astype(np.float64), np.ones(len(actor))], axis=1)
        return found._replace(alliances=(*found.alliances, ACTOR, EVERYONE), groups=np.hstack([found.groups, columns]))

    @cached_property
    def _regions(self) -> Array:
        """[N, N]: 1 where two networks stand in one region."""
        countries = self.facts.countries
        known = (countries.get(one.country or "") for one in self.atlas.operators)
        names = [country.region if country else "" for country in known]
        codes = np.unique(names, return_inverse=True)[1]
        return np.asarray(codes[:, None] == codes[None, :], dtype=np.float64)

    def market(self, routing: Routing) -> Market:
        """What somebody who looks for a provider of this service finds: regional shares, capacities, loads."""
        regional = self.parameters["provider_regional"]
        headroom = self.parameters["provider_headroom"]
        declares = (routing.roles > 0).astype(np.float64)
        near = self._regions @ declares
        near_all, far = near.sum(axis=1, keepdims=True), declares.sum(axis=0, keepdims=True)
        near = np.divide(near, near_all, out=np.zeros_like(near), where=near_all > 0.0)
        far = far / max(1.0, float(far.sum()))
        load = self.volume @ routing.point
        mean = float(load.mean()) if load.size else 0.0
        capacity = load + headroom * np.maximum(load, mean)
        return Market(
            preference=regional * near + (1.0 - regional) * far,
            capacity=np.where(capacity > 0.0, capacity, 1.0),
            load=load,
            weight=self.volume,
        )

    def measured(self, values: Mapping[str, Routing]) -> Sequence[Routing]:
        """The measured services in their order."""
        return [values[service] for service in MEASURED_SERVICES]
