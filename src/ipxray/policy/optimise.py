"""The provably best set of changes for a budget, the price frontier, greedy beside them, the chokepoint carriers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ipxray.atlas import Adversary, Atlas
from ipxray.errors import UsageError
from ipxray.exposure import DECIMALS, Array, Flags, Traffic
from ipxray.facts import Facts
from ipxray.parameters import Parameters
from ipxray.policy.costs import Costs, costs_of
from ipxray.policy.cover import cover, greedy_cover, routes
from ipxray.policy.frontier import frontier, greedy_path
from ipxray.policy.gains import Gains, gains
from ipxray.policy.ground import Ground
from ipxray.policy.programme import Cap, Demands, Solved, solve
from ipxray.policy.providers import candidates, cap_of
from ipxray.policy.rows import CarrierCover, FrontierPoint, OptimisedChange

__all__ = ["Limits", "Optimisation", "optimise", "smallest_cover"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a set of changes must keep to. A redundancy floor is the parameter redundancy_floor."""

    budget: float | None = None
    """Greatest cost of all changes."""
    target: float | None = None
    """Share of the exposure that must go at least, 0 to 1: then the cheapest set is sought."""
    cap: float | None = None
    """Greatest part of all messages that any carrier may be handed, 0 to 1."""
    avoid: frozenset[str] = frozenset()
    """Carriers that may not become anybody's new provider."""
    gap: float = 0.001
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Optimisation:
    """The best set and its proof. Exposure is a share of messages; `removed` and `bound` are shares of `before`."""

    data_class: str
    threat: str
    before: float
    removed: float
    bound: float
    gap: float
    proved: bool
    cost: float
    target: float | None
    """Share that was to go at least: then `gap` and `proved` are about the cost, which none could undercut."""
    greedy_removed: float
    greedy_cost: float
    possible: int
    """Changes to choose from."""
    barred: tuple[str, ...]
    """Changes left out because no provider may take over, as TADIG code and service."""
    changes: tuple[OptimisedChange, ...]
    frontier: tuple[FrontierPoint, ...]


def optimise(
    atlas: Atlas,
    facts: Facts,
    adversary: Adversary,
    *,
    parameters: Parameters,
    limits: Limits,
    data_class: str = "credential",
    threat: str = "read",
    acting: Flags | None = None,
    protected: Flags | None = None,
    costs: Costs | None = None,
    traffic: Traffic | None = None,
) -> Optimisation:
    """Find the changes that remove most exposure, with proof. A change: a network drops the carriers on one service.

    `acting` [N] may change, `protected` [N] are the networks whose subscribers' messages count; both are everybody by
    default. New providers are valued as carriers that no partner uses, so the proof rests on no guess of who they are.
    Raises UsageError when no set meets the limits, naming those that bind. Ref: docs/method.md §9
    """
    ground = Ground.of(atlas, facts, parameters, traffic)
    everyone = np.ones(len(atlas.operators), dtype=np.bool_)
    kind = next(
        (one for one in ground.blends if (one.service, one.data_class, one.threat) == ("all", data_class, threat)), None
    )
    if kind is None:
        raise UsageError(f"no message kind lets anybody {threat} {data_class}", hint="see docs/reference/tables.md")
    found = gains(
        ground,
        adversary,
        kind,
        acting=everyone if acting is None else acting,
        protected=everyone if protected is None else protected,
    )
    task = _Task(ground, adversary, found, limits, costs)
    return task.result(data_class, threat)


class _Task:
    """One search: units that can be carried out, their costs, and the limits."""

    def __init__(self, ground: Ground, adversary: Adversary, found: Gains, limits: Limits, costs: Costs | None) -> None:
        self.ground, self.limits = ground, limits
        self.networks = [operator.tadig for operator in ground.atlas.operators]
        offered = candidates(ground, adversary, found.units, limits.avoid)
        short = [unit.need > len(names) for unit, names in zip(found.units, offered, strict=True)]
        barred = np.array(short, dtype=np.bool_)
        self.barred = tuple(
            f"{self.networks[unit.operator]} {unit.service}"
            for unit, out in zip(found.units, short, strict=True)
            if out
        )
        self.gains = found.without(barred)
        self.offered = [names for names, out in zip(offered, short, strict=True) if not out]
        self.costs = costs_of(self.gains.units, self.networks, costs)

    def result(self, data_class: str, threat: str) -> Optimisation:
        solved = self._solved()
        budget = self.limits.budget if self.limits.budget is not None else solved.cost
        path = greedy_path(self.gains, self.costs, budget)
        return Optimisation(
            data_class=data_class,
            threat=threat,
            before=self._share(self.gains.before),
            removed=self._part(solved.removed),
            bound=self._part(min(solved.bound, self.gains.before)),
            gap=round(solved.gap, DECIMALS),
            proved=solved.proved,
            cost=solved.cost,
            target=self.limits.target,
            greedy_removed=self._part(path[-1][1] if path else 0.0),
            greedy_cost=float(sum(self.costs[unit] for unit, _ in path)),
            possible=len(self.gains.units),
            barred=self.barred,
            changes=(*self._exact_rows(solved), *self._greedy_rows(path)),
            frontier=(*self._frontier_rows(), self._solved_row(solved), *self._greedy_points(path)),
        )

    def _solved(self) -> Solved:
        demands = self._demands()
        solved = solve(self.gains, self.costs, demands, gap=self.limits.gap, seconds=self.limits.seconds)
        if solved is None:
            raise UsageError("no set of changes meets the limits", hint=self._binding(demands))
        return solved

    def _demands(self) -> Demands:
        cap = self._cap(self.limits.cap) if self.limits.cap is not None else None
        return Demands(self.limits.budget, self.limits.target, cap)

    def _cap(self, limit: float) -> Cap:
        return cap_of(self.ground, self.gains.units, self.offered, limit)

    def _binding(self, demands: Demands) -> str:
        """Name every limit without which the others could be met; all of them where no single one is to blame."""
        words = {
            "budget": f"budget {demands.budget:g}" if demands.budget is not None else "",
            "target": f"target {demands.target:g}" if demands.target is not None else "",
            "cap": self._cap_words(demands.cap),
        }
        given = {name: text for name, text in words.items() if text}
        binding = [
            text
            for name, text in given.items()
            if solve(self.gains, self.costs, replace(demands, **{name: None}), gap=1.0, seconds=self.limits.seconds)
        ]
        shown = "; ".join(binding or given.values())
        reach = self._part(self.gains.of(np.ones(len(self.gains.units), dtype=np.bool_)))
        avoided = f"; {len(self.barred)} changes have no provider left" if self.barred else ""
        return f"binding: {shown} (all changes together remove {reach:.3f} of it{avoided})"

    def _cap_words(self, cap: Cap | None) -> str:
        if cap is None or self.limits.cap is None:
            return ""
        top = int(np.argmax(cap.load)) if len(cap.load) else -1
        now = f", {cap.names[top]} carries {cap.load[top]:.2f} now" if top >= 0 else ""
        return f"concentration cap {self.limits.cap:g}{now}"

    def _share(self, messages: float) -> float:
        return round(messages / self.gains.whole, DECIMALS) if self.gains.whole else 0.0

    def _part(self, messages: float) -> float:
        return round(messages / self.gains.before, DECIMALS) if self.gains.before > 0.0 else 0.0

    def _exact_rows(self, solved: Solved) -> list[OptimisedChange]:
        beside = self.gains.beside(solved.chosen)
        order = sorted(np.flatnonzero(solved.chosen).tolist(), key=lambda unit: (-round(beside.item(unit), 9), unit))
        return [self._row("exact", place, unit, beside, solved.providers) for place, unit in enumerate(order, start=1)]

    def _greedy_rows(self, path: Sequence[tuple[int, float]]) -> list[OptimisedChange]:
        chosen = np.zeros(len(self.gains.units), dtype=np.bool_)
        chosen[[unit for unit, _ in path]] = True
        beside = self.gains.beside(chosen)
        return [self._row("greedy", place, unit, beside, {}) for place, (unit, _) in enumerate(path, start=1)]

    def _row(
        self, method: str, order: int, unit: int, beside: Array, providers: Mapping[int, tuple[str, ...]]
    ) -> OptimisedChange:
        found = self.gains.units[unit]
        operator = self.ground.atlas.operators[found.operator]
        return OptimisedChange(
            method=method,
            order=order,
            tadig=operator.tadig,
            country=operator.country,
            service=found.service,
            dropped=found.dropped,
            kept=found.kept,
            added=providers.get(unit, tuple(self.offered[unit][: found.need])),
            cost=self.costs.item(unit),
            alone=self._share(self.gains.linear.item(unit)),
            last=self._share(beside.item(unit)),
        )

    def _frontier_rows(self) -> list[FrontierPoint]:
        scale = self.gains.before or 1.0
        return [
            self._point(
                "min_cut",
                corner.chosen,
                corner.removed,
                corner.removed + self.gains.left_out,
                price=None if corner.price is None else corner.price / scale,
            )
            for corner in frontier(self.gains, self.costs)
        ]

    def _solved_row(self, solved: Solved) -> FrontierPoint:
        return self._point("exact", solved.chosen, solved.removed, solved.bound)

    def _greedy_points(self, path: Sequence[tuple[int, float]]) -> list[FrontierPoint]:
        rows, chosen = [], np.zeros(len(self.gains.units), dtype=np.bool_)
        for unit, removed in path:
            chosen[unit] = True
            rows.append(self._point("greedy", chosen.copy(), removed, None))
        return rows

    def _point(
        self, method: str, chosen: Flags, removed: float, bound: float | None, *, price: float | None = None
    ) -> FrontierPoint:
        return FrontierPoint(
            method=method,
            price=None if price is None else round(price, DECIMALS),
            cost=float(self.costs @ chosen),
            changes=int(chosen.sum()),
            removed=self._part(removed),
            remaining=self._share(self.gains.before - removed),
            bound=None if bound is None else self._part(min(bound, self.gains.before)),
        )


def smallest_cover(
    atlas: Atlas,
    facts: Facts,
    *,
    parameters: Parameters,
    wanted: float = 0.9,
    adversaries: Sequence[Adversary] = (),
    traffic: Traffic | None = None,
) -> tuple[CarrierCover, ...]:
    """The fewest carriers (and the fewest controllers, by `adversaries`) that cross the wanted share of all messages.

    Exact and greedy rows; none of a kind where even all together cross less. Ref: docs/method.md §9
    """
    ground = Ground.of(atlas, facts, parameters, traffic)
    found = routes(ground)
    owners: dict[str, Mapping[str, Sequence[str]]] = {"carrier": {node: (node,) for node in found.nodes}}
    if adversaries:
        owners["controller"] = {
            one.controller: [node for node in found.nodes if node in one.members and one.members[node].point > 0.5]
            for one in adversaries
        }
    rows: list[CarrierCover] = []
    for kind, holders in owners.items():
        exact = cover(found, holders, wanted)
        if exact is None:
            continue
        for method, one in (("exact", exact), ("greedy", greedy_cover(found, holders, wanted))):
            rows += [
                CarrierCover(kind, method, place, name, tuple(holders[name]), alone, together)
                for place, (name, alone, together) in enumerate(
                    zip(one.names, one.alone, one.together, strict=True), start=1
                )
            ]
    return tuple(rows)
