"""Who declares whom in which role, as arrays over networks and carriers: what a scenario changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ipxray.atlas import Atlas, Link, share_boxes
from ipxray.exposure import Array, Flags, usable_links
from ipxray.policy.scenario import SERVICES

__all__ = ["BACKUP", "LOAD_SHARING", "NONE", "PRIMARY", "ROLES", "UNSTATED", "Roles", "Routing", "Shares", "routings"]

Roles = npt.NDArray[np.int8]
"""0 none, else the place of the role in ROLES."""

ROLES = ("", "primary", "load_sharing", "backup", "unstated")
NONE, PRIMARY, LOAD_SHARING, BACKUP, UNSTATED = range(len(ROLES))


@dataclass(frozen=True, slots=True)
class Routing:
    """One service: roles and shares [N, K] over the atlas's networks in order and the declared nodes, sorted."""

    service: str
    nodes: tuple[str, ...]
    roles: Roles
    low: Array
    point: Array
    high: Array
    resolved: Flags
    """[K]: the node is one known carrier, so that somebody else may choose it."""

    @property
    def column(self) -> Mapping[str, int]:
        """Place of each node."""
        return {node: place for place, node in enumerate(self.nodes)}

    def chosen(self, nodes: Iterable[str]) -> Flags:
        """[K]: which nodes are among these."""
        wanted = set(nodes)
        return np.array([node in wanted for node in self.nodes], dtype=np.bool_)


class Shares:
    """Boxes of shares by roles, remembered: many networks have the same roles."""

    def __init__(self, parameters: Mapping[str, float]) -> None:
        self._parameters = parameters
        self._known: dict[bytes, Array] = {}

    def of(self, roles: Roles) -> Array:
        """[level (low, point, high), K] of one network's roles."""
        key = roles.tobytes()
        if key not in self._known:
            self._known[key] = self._boxes(roles)
        return self._known[key]

    def _boxes(self, roles: Roles) -> Array:
        found = np.zeros((3, len(roles)))
        places = np.flatnonzero(roles)
        if len(places):
            found[:, places] = np.array(share_boxes([ROLES[roles[place]] for place in places], self._parameters)).T
        return found


def routings(atlas: Atlas) -> dict[str, Routing]:
    """Read the routing of every service out of the links in force."""
    by_service: dict[str, list[Link]] = {service: [] for service in SERVICES}
    for link in usable_links(atlas):
        by_service.setdefault(link.service, []).append(link)
    return {service: _routing(atlas, service, links) for service, links in by_service.items()}


def _routing(atlas: Atlas, service: str, links: list[Link]) -> Routing:
    row = {operator.tadig: place for place, operator in enumerate(atlas.operators)}
    resolved = {link.node: link.carrier_id is not None for link in links}
    nodes = tuple(sorted(resolved))
    column = {node: place for place, node in enumerate(nodes)}
    roles = np.zeros((len(row), len(nodes)), dtype=np.int8)
    low, point, high = np.zeros((3, *roles.shape))
    for link in links:
        at = row[link.tadig], column[link.node]
        roles[at] = ROLES.index(link.role) if link.role in ROLES[1:] else UNSTATED
        low[at] += link.share_low
        point[at] += link.share_point
        high[at] += link.share_high
    # As in exposure: a box always contains its point.
    np.minimum(low, point, out=low)
    np.maximum(np.minimum(high, 1.0), point, out=high)
    return Routing(
        service, nodes, roles, low, point, high, np.array([resolved[node] for node in nodes], dtype=np.bool_)
    )
