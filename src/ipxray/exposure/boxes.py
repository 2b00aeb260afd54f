"""What operators declare on one service, as arrays over operators and nodes, and which nodes an adversary set holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ipxray.atlas import Adversary, Atlas, Link, Membership
from ipxray.errors import UsageError
from ipxray.exposure.kernel import Array, Declared, Flags, Members, OnNet

__all__ = ["MEASURED_SERVICES", "Boxes", "boxes_of", "membership_of", "usable_links"]

MEASURED_SERVICES = ("sccp", "diameter", "grx")
"""The services that carry the message kinds of data/messages.toml; the others count for touch only."""

_OUTSIDE = Membership(0.0, 0.0, 0.0)
_UNKNOWN = Membership(0.0, 0.0, 1.0)
_ROUNDING = 1e-6
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Boxes:
    """One service: shares [N, K] over the atlas's operators in order and the declared nodes, sorted."""

    service: str
    nodes: tuple[str, ...]
    candidates: tuple[tuple[str, ...], ...]
    """Carriers that each node may mean; none when its name is unknown."""
    declared: Declared
    on_net: OnNet
    confirmed: Flags
    """[N, K]: a second register agrees that the carrier is the one declared."""
    applicable: Flags
    """[N]: the operator has this service, or does not say that it has not."""
    age_years: Array
    """[N]: age of the youngest declaration; NaN when nothing is declared or it bears no date."""

    @property
    def confirmation(self) -> Array:
        """[N]: point share of the operator's carriers that a second register confirms."""
        return np.asarray((self.declared.point * self.confirmed).sum(axis=1))

    def members(self, adversary: Adversary) -> Members:
        """Membership of every node, as arrays."""
        rows = [membership_of(node, names, adversary) for node, names in zip(self.nodes, self.candidates, strict=True)]
        low, point, high = np.array(rows, dtype=np.float64).reshape(len(rows), 3).T
        return Members(low, point, high, resolved=self.on_net.certain.diagonal())


def usable_links(atlas: Atlas) -> Iterable[Link]:
    """Links in force at the date of assessment that may carry anything."""
    return (link for link in atlas.links if not link.pending and link.share_high > 0.0)


def boxes_of(atlas: Atlas) -> tuple[Boxes, ...]:
    """Build the arrays of every measured service, in the order of MEASURED_SERVICES.

    Raises UsageError when the shares of an operator admit no split into one whole.
    """
    by_service: dict[str, list[Link]] = {service: [] for service in MEASURED_SERVICES}
    for link in usable_links(atlas):
        if link.service in by_service:
            by_service[link.service].append(link)
    return tuple(_boxes(atlas, service, links) for service, links in by_service.items())


def membership_of(node: str, candidates: tuple[str, ...], adversary: Adversary) -> Membership:
    """How far a node is in the set: as the adversary lists it, else by its candidates; an unknown name may be anyone.

    The point of an ambiguous node is 1 only when it is 1 for every candidate.
    """
    listed = adversary.members.get(node)
    if listed is not None:
        # Bounds are exact for nodes in or out; a point in between would need a third kind of node.
        return listed._replace(point=float(listed.point > 0.5))
    if not candidates:
        return _UNKNOWN
    found = [adversary.members.get(name, _OUTSIDE) for name in candidates]
    return Membership(
        low=min(one.low for one in found),
        point=float(min(one.point for one in found) > 0.5),
        high=max(one.high for one in found),
    )


def _boxes(atlas: Atlas, service: str, links: list[Link]) -> Boxes:
    row = {operator.tadig: place for place, operator in enumerate(atlas.operators)}
    names: dict[str, set[str]] = {}
    for link in links:
        names.setdefault(link.node, set()).update(link.candidates if link.carrier_id is None else (link.carrier_id,))
    nodes = tuple(sorted(names))
    column = {node: place for place, node in enumerate(nodes)}
    low, point, high = np.zeros((3, len(row), len(nodes)))
    confirmed = np.zeros(low.shape, dtype=np.bool_)
    age = np.full(len(row), np.nan)
    for link in links:
        at = row[link.tadig], column[link.node]
        low[at] += link.share_low
        point[at] += link.share_point
        high[at] += link.share_high
        confirmed[at] |= bool(link.confirmed_by)
        if link.fresh_days is not None:
            age[at[0]] = np.fmin(age[at[0]], max(0, link.fresh_days) / _DAYS_A_YEAR)
    # A box always contains its point: who moves the point past a bound moves the bound.
    np.minimum(low, point, out=low)
    np.maximum(np.minimum(high, 1.0), point, out=high)
    declares = np.asarray(high.any(axis=1))
    _check(atlas, service, declares, (low, point, high))
    said = np.array(
        [operator.services.get(service) != "not_applicable" for operator in atlas.operators], dtype=np.bool_
    )
    candidates = tuple(tuple(sorted(names[node])) for node in nodes)
    return Boxes(
        service=service,
        nodes=nodes,
        candidates=candidates,
        declared=Declared(low, point, high, missing=said & ~declares),
        on_net=_on_net(nodes, candidates),
        confirmed=confirmed,
        applicable=said | declares,
        age_years=age,
    )


def _check(atlas: Atlas, service: str, declares: Flags, shares: tuple[Array, Array, Array]) -> None:
    low, point, high = (each.sum(axis=1) for each in shares)
    wrong = declares & ((low > 1.0 + _ROUNDING) | (high < 1.0 - _ROUNDING) | (np.abs(point - 1.0) > _ROUNDING))
    if wrong.any():
        tadig = atlas.operators[int(np.flatnonzero(wrong)[0])].tadig
        raise UsageError(f"the {service} shares of {tadig} cannot add up to 1", hint="check the share parameters")


def _on_net(nodes: tuple[str, ...], candidates: tuple[tuple[str, ...], ...]) -> OnNet:
    """One name may mean two carriers in two documents, so only a resolved node is certainly the same at both ends."""
    carriers = sorted({name for names in candidates for name in names})
    column = {name: place for place, name in enumerate(carriers)}
    means = np.zeros((len(nodes), len(carriers)))
    for place, names in enumerate(candidates):
        means[place, [column[name] for name in names]] = 1.0
    unknown = np.array([not names for names in candidates], dtype=np.bool_)
    possible = (means @ means.T > 0.0) | unknown[:, None] | unknown[None, :]
    resolved = np.array([names == (node,) for node, names in zip(nodes, candidates, strict=True)], dtype=np.bool_)
    return OnNet(possible=possible, certain=np.diag(resolved))
