"""The best set of changes, proved: a mixed-integer linear programme, by branch and bound (HiGHS through SciPy)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from ipxray.exposure import Array, Flags
from ipxray.policy.frontier import bracket
from ipxray.policy.gains import Gains

__all__ = ["Cap", "Demands", "Programme", "Solved", "solve"]

_INFEASIBLE = 2
_SEARCHED = 60_000
"""Variables up to which branch and bound is begun: beyond, it may not stop at its time limit for minutes."""


@dataclass(frozen=True, slots=True)
class Cap:
    """No carrier may carry more than `limit` [carrier]: what it carries now, what each unit moves to it, new providers.

    `options` are (unit, carrier, load) of the new providers that a unit may choose from; it chooses `need` of them.
    """

    names: tuple[str, ...]
    limit: Array
    load: Array
    moved: Array
    """[carrier, unit]."""
    options: Sequence[tuple[int, int, float]]


@dataclass(frozen=True, slots=True)
class Demands:
    """What a set must meet: a budget of cost, a share of the exposure to remove, a cap. None: not asked for."""

    budget: float | None = None
    target: float | None = None
    cap: Cap | None = None


@dataclass(frozen=True, slots=True)
class Solved:
    """The set [U], what it removes, what none can exceed, both in messages; `proved` when they meet within the gap."""

    chosen: Flags
    removed: float
    bound: float
    cost: float
    gap: float
    proved: bool
    providers: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Unit → new providers, where a cap made them part of the choice."""


class Programme:
    """Variables: units (0 or 1), pairs of units (0 to 1), then options for new providers (0 or 1)."""

    def __init__(self, gains: Gains, costs: Array, demands: Demands) -> None:
        self.gains, self.costs, self.demands = gains, costs, demands
        self.units, self.pairs = len(gains.units), len(gains.together)
        options = demands.cap.options if demands.cap else ()
        self.size = self.units + self.pairs + len(options)
        self.constraints = [each for each in (self._links(), self._budget(), self._target(), *self._cap()) if each]

    @property
    def _value(self) -> Array:
        value = np.zeros(self.size)
        value[: self.units] = self.gains.linear
        value[self.units : self.units + self.pairs] = self.gains.together
        return value

    @property
    def objective(self) -> Array:
        """To be minimised: minus what is removed, or the cost where a target is set."""
        if self.demands.target is None:
            return -self._value
        cost = np.zeros(self.size)
        cost[: self.units] = self.costs
        # Among sets of one cost the one that removes most: too small to change which cost is least.
        return cost - self._value * (1e-6 / max(1.0, float(np.abs(self._value).sum())))

    @property
    def integrality(self) -> Array:
        """1 for units and options; a pair follows from its units."""
        kinds = np.ones(self.size)
        kinds[self.units : self.units + self.pairs] = 0.0
        return kinds

    def _links(self) -> LinearConstraint | None:
        """A pair that gains counts only when both units are chosen; one that costs counts as soon as both are."""
        if not self.pairs:
            return None
        number = np.arange(self.pairs)
        gaining = self.gains.together >= 0.0
        rows, columns, values, upper = [], [], [], []
        count = 0
        for unit in (self.gains.first, self.gains.second):
            places = np.flatnonzero(gaining)
            at = count + np.arange(len(places))
            rows += [at, at]
            columns += [self.units + number[places], unit[places]]
            values += [np.ones(len(places)), -np.ones(len(places))]
            upper.append(np.zeros(len(places)))
            count += len(places)
        places = np.flatnonzero(~gaining)
        at = count + np.arange(len(places))
        rows += [at, at, at]
        columns += [self.gains.first[places], self.gains.second[places], self.units + number[places]]
        values += [np.ones(len(places)), np.ones(len(places)), -np.ones(len(places))]
        upper.append(np.ones(len(places)))
        count += len(places)
        matrix = sparse.csr_array(
            (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), shape=(count, self.size)
        )
        return LinearConstraint(matrix, -np.inf, np.concatenate(upper))

    def _budget(self) -> LinearConstraint | None:
        if self.demands.budget is None:
            return None
        row = np.zeros((1, self.size))
        row[0, : self.units] = self.costs
        return LinearConstraint(sparse.csr_array(row), -np.inf, self.demands.budget)

    def _target(self) -> LinearConstraint | None:
        if self.demands.target is None:
            return None
        wanted = self.demands.target * self.gains.before * (1.0 - 1e-9)
        return LinearConstraint(sparse.csr_array(self._value[None, :]), wanted, np.inf)

    def _cap(self) -> list[LinearConstraint]:
        """Loads under the cap, and for each unit chosen as many options as it needs providers."""
        cap = self.demands.cap
        if cap is None:
            return []
        loads = sparse.lil_array((len(cap.names), self.size))
        loads[:, : self.units] = cap.moved
        needs = sparse.lil_array((self.units, self.size))
        for number, (unit, carrier, load) in enumerate(cap.options):
            place = self.units + self.pairs + number
            loads[carrier, place] = load
            needs[unit, place] = 1.0
        for unit, found in enumerate(self.gains.units):
            needs[unit, unit] = -float(found.need)
        return [
            LinearConstraint(loads.tocsr(), -np.inf, cap.limit - cap.load),
            LinearConstraint(needs.tocsr(), 0.0, 0.0),
        ]


def solve(gains: Gains, costs: Array, demands: Demands, *, gap: float = 0.001, seconds: float = 60.0) -> Solved | None:
    """Return the best set that meets the demands, with the bound that proves it; None when no set meets them.

    Without a target the most is removed within the budget; with one the cost is least. `gap` is the relative distance
    to the bound at which the search may stop, `seconds` the time after which it must: then `proved` is false.
    """
    programme = Programme(gains, costs, demands)
    if not programme.size:
        return _nothing(gains, demands)
    known = _known(gains, costs, demands, gap)
    if known is not None and (known.proved or programme.size > _SEARCHED):
        return known
    result = milp(
        programme.objective,
        integrality=programme.integrality,
        bounds=Bounds(0.0, 1.0),
        constraints=programme.constraints,
        options={"mip_rel_gap": gap, "time_limit": seconds, "presolve": True},
    )
    if result.x is None:
        return known or (None if result.status == _INFEASIBLE else _nothing(gains, demands, proved=False))
    chosen = np.asarray(result.x[: programme.units] > 0.5)
    removed = gains.of(chosen)
    cost = float(costs @ chosen)
    dual = float(result.mip_dual_bound if result.mip_dual_bound is not None else result.fun)
    if demands.target is None:
        bound = max(removed, -dual) + max(0.0, gains.left_out)
        if known is not None:
            bound = max(removed, known.removed, min(bound, known.bound))
            if known.removed > removed:
                distance = (bound - known.removed) / bound
                return replace(known, bound=bound, gap=distance, proved=distance <= gap + 1e-6)
        distance = (bound - removed) / bound if bound > 0.0 else 0.0
    else:
        bound = removed
        distance = max(0.0, cost - dual) / cost if cost > 0.0 else 0.0
    providers = _providers(programme, result.x)
    return Solved(chosen, removed, bound, cost, max(0.0, distance), bool(distance <= gap + 1e-6), providers)


def _known(gains: Gains, costs: Array, demands: Demands, gap: float) -> Solved | None:
    """What the price frontier says of a budget alone: a good set and a bound, which often meet."""
    if demands.budget is None or demands.target is not None or demands.cap is not None:
        return None
    corner, most = bracket(gains, costs, demands.budget)
    bound = most + max(0.0, gains.left_out)
    distance = (bound - corner.removed) / bound if bound > 0.0 else 0.0
    return Solved(corner.chosen, corner.removed, bound, corner.cost, float(distance), bool(distance <= gap))


def _nothing(gains: Gains, demands: Demands, *, proved: bool = True) -> Solved | None:
    if demands.target and gains.before > 0.0 and proved:
        return None
    chosen = np.zeros(len(gains.units), dtype=np.bool_)
    bound = 0.0 if proved else gains.before
    return Solved(chosen, 0.0, bound, 0.0, 0.0 if proved else 1.0, proved)


def _providers(programme: Programme, values: Array) -> dict[int, tuple[str, ...]]:
    cap = programme.demands.cap
    found: dict[int, list[str]] = {}
    for number, (unit, carrier, _) in enumerate(cap.options if cap else ()):
        if values[programme.units + programme.pairs + number] > 0.5 and cap is not None:
            found.setdefault(unit, []).append(cap.names[carrier])
    return {unit: tuple(names) for unit, names in found.items()}
