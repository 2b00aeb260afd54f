"""The best set of changes is the best: it equals trying every set, each measured by the exposure room itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exposure.builders import DEFAULT, adversary, atlas, facts, links, operator, primary, unstated

from ipxray.atlas import Adversary, Atlas, Link
from ipxray.errors import UsageError
from ipxray.exposure import Traffic, measure
from ipxray.policy import Limits, optimise
from ipxray.policy.gains import gains
from ipxray.policy.ground import Ground

X_ONLY = adversary("x")
EXACT = Limits(gap=0.0)


@st.composite
def small_worlds(draw: st.DrawFn) -> Atlas:
    """Four networks in four countries, everything declared, any mix of carriers and roles on two services."""
    operators, found = [], []
    for place in range(4):
        for service in ("sccp", "diameter"):
            names = draw(st.lists(st.sampled_from(["x", "y", "z", "w"]), unique=True, min_size=1, max_size=3))
            boxes = primary(*names) if draw(st.booleans()) else unstated(*names)
            found += [link._replace(role=role) for link, role in _with_roles(links(f"XAA0{place}", service, boxes))]
        operators.append(operator(f"XAA0{place}", f"X{'ABCD'[place]}", sccp="declared", diameter="declared"))
    return atlas(operators, found)


def _with_roles(rows: list[Link]) -> list[tuple[Link, str]]:
    stated = len(rows) > 1 and rows[0].share_point == 0.9
    return [(link, ("primary" if not n else "backup") if stated else "unstated") for n, link in enumerate(rows)]


@st.composite
def traffics(draw: st.DrawFn) -> Traffic:
    pairs = [(home, visited) for home, visited in product(range(4), repeat=2) if home != visited]
    days = draw(st.lists(st.integers(0, 9), min_size=len(pairs), max_size=len(pairs)))
    table = {(f"XAA0{home}", f"XAA0{visited}"): float(n) for (home, visited), n in zip(pairs, days, strict=True)}
    return Traffic("roamers.csv", table)


def exposure_of(world: Atlas, against: Adversary, traffic: Traffic, data_class: str) -> float:
    """Everybody's messages together, by the exposure room: the mean of the rows weighted by roamers."""
    rows = measure(world, facts(), against, parameters=DEFAULT, traffic=traffic).exposure
    homes: dict[str, float] = {}
    for (home, _), days in traffic.roamer_days.items():
        homes[home] = homes.get(home, 0.0) + days
    wanted = [
        row
        for row in rows
        if (row.subject_kind, row.service, row.direction, row.perspective) == ("operator", "all", "both", "outbound")
        and (row.data_class, row.threat) == (data_class, "read")
    ]
    whole = sum(homes[row.subject] for row in wanted)
    return sum(homes[row.subject] * row.expected for row in wanted) / whole if whole else 0.0


def changed(world: Atlas, ground: Ground, units: list[tuple[str, str]], found: object) -> Atlas:
    """The world in which these networks dropped x; what they then need is a carrier of their own."""
    rows = [link for link in world.links if (link.tadig, link.service) not in units]
    by_name = {(world.operators[unit.operator].tadig, unit.service): unit for unit in found.units}  # type: ignore[attr-defined]
    for tadig, service in units:
        unit = by_name[tadig, service]
        nodes = ground.routings[service].nodes
        shares = {nodes[place]: (share, share, share) for place, share in enumerate(unit.shares.tolist()) if share}
        rest = 1.0 - sum(share for share, _, _ in shares.values())
        shares |= {f"new-{tadig}-{n}": (rest / unit.need,) * 3 for n in range(unit.need)}
        rows += links(tadig, service, shares)  # type: ignore[arg-type]
    return replace(world, links=tuple(rows))


@settings(max_examples=25)
@given(small_worlds(), traffics(), st.integers(0, 8), st.sampled_from(["credential", "location"]))
def test_it_equals_brute_force(world: Atlas, traffic: Traffic, budget: int, data_class: str) -> None:
    ground = Ground.of(world, facts(), DEFAULT, traffic)
    kind = next(
        one for one in ground.blends if (one.service, one.data_class, one.threat) == ("all", data_class, "read")
    )
    everyone = np.ones(4, dtype=np.bool_)
    units = gains(ground, X_ONLY, kind, acting=everyone, protected=everyone)
    names = [(world.operators[unit.operator].tadig, unit.service) for unit in units.units]
    costs = [len(unit.dropped) + unit.need for unit in units.units]
    before = exposure_of(world, X_ONLY, traffic, data_class)
    best = 0.0
    for chosen in product((False, True), repeat=len(names)):
        if sum(cost for cost, is_in in zip(costs, chosen, strict=True) if is_in) <= budget:
            some = [name for name, is_in in zip(names, chosen, strict=True) if is_in]
            best = max(best, before - exposure_of(changed(world, ground, some, units), X_ONLY, traffic, data_class))
    found = optimise(
        world, facts(), X_ONLY, parameters=DEFAULT, limits=replace(EXACT, budget=float(budget)),
        data_class=data_class, traffic=traffic,
    )  # fmt: skip
    assert found.before == pytest.approx(before, abs=1e-9)
    assert found.removed * found.before == pytest.approx(best, abs=1e-6)
    assert found.proved
    assert found.bound * found.before >= best - 1e-6
    assert found.greedy_removed <= found.removed + 1e-6


@settings(max_examples=15)
@given(small_worlds(), traffics(), st.integers(0, 8))
def test_a_loose_proof_still_holds(world: Atlas, traffic: Traffic, budget: int) -> None:
    """Without branch and bound: the set fits the budget, and the bound is never below the best."""
    limits = replace(EXACT, budget=float(budget))
    best = optimise(world, facts(), X_ONLY, parameters=DEFAULT, limits=limits, traffic=traffic)
    loose = optimise(world, facts(), X_ONLY, parameters=DEFAULT, limits=replace(limits, gap=1.0), traffic=traffic)
    assert loose.cost <= budget
    assert loose.removed <= best.removed + 1e-6
    assert loose.bound >= best.removed - 1e-6
    assert loose.greedy_removed <= loose.removed + 1e-6
    assert loose.proved is (loose.gap <= 1.0)


def captured_world() -> tuple[Atlas, Traffic]:
    """Everybody has x alone, so no single change gains; the pairs weigh so that the best six changes remove .767."""
    names = [f"XAA0{place}" for place in range(6)]
    operators = [operator(name, f"X{'ABCDEF'[place]}", sccp="declared") for place, name in enumerate(names)]
    found = [link for name in names for link in links(name, "sccp", primary("x"))]
    found += links("XAA06", "sccp", primary("y"))
    operators.append(operator("XAA06", "XG", sccp="declared"))
    days = {
        (names[0], names[1]): 400.0,
        (names[1], names[2]): 367.0,
        (names[3], names[4]): 150.0,
        (names[4], names[5]): 83.0,
    }
    return atlas(operators, found), Traffic("roamers.csv", days)


def test_where_greedy_scores_nothing_the_exact_answer_stands_beside_it() -> None:
    world, traffic = captured_world()
    found = optimise(
        world, facts(), X_ONLY, parameters=DEFAULT, limits=replace(EXACT, budget=6.0), traffic=traffic
    )  # each change drops x and adds a provider: a cost of two
    assert found.greedy_removed == 0.0
    assert found.removed == pytest.approx(0.767)
    assert found.proved
    assert {row.tadig for row in found.changes if row.method == "exact"} == {"XAA00", "XAA01", "XAA02"}
    assert {(row.alone, row.method) for row in found.changes} == {(0.0, "exact")}


def test_the_frontier_is_concave_and_holds_the_exact_answers() -> None:
    world, traffic = captured_world()
    found = optimise(world, facts(), X_ONLY, parameters=DEFAULT, limits=replace(EXACT, budget=6.0), traffic=traffic)
    corners = [(row.cost, row.removed) for row in found.frontier if row.method == "min_cut"]
    assert corners == sorted(corners)
    assert (6.0, pytest.approx(0.767)) in corners
    assert corners[-1][1] == pytest.approx(1.0)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(corners)]
    assert slopes == sorted(slopes, reverse=True)


@settings(max_examples=25)
@given(small_worlds(), traffics())
def test_every_corner_of_the_frontier_is_the_best_for_its_cost(world: Atlas, traffic: Traffic) -> None:
    shown = optimise(world, facts(), X_ONLY, parameters=DEFAULT, limits=replace(EXACT, budget=0.0), traffic=traffic)
    for corner in shown.frontier:
        if corner.method == "min_cut":
            limits = replace(EXACT, budget=corner.cost)
            best = optimise(world, facts(), X_ONLY, parameters=DEFAULT, limits=limits, traffic=traffic)
            assert corner.removed == pytest.approx(best.removed, abs=1e-6)


def test_a_target_is_met_at_least_cost() -> None:
    world, traffic = captured_world()
    found = optimise(world, facts(), X_ONLY, parameters=DEFAULT, limits=replace(EXACT, target=0.4), traffic=traffic)
    assert (found.cost, found.removed) == (4.0, pytest.approx(0.4))


def test_limits_that_cannot_be_met_say_which_binds() -> None:
    world, traffic = captured_world()
    with pytest.raises(UsageError, match=r"binding: budget 2; target 0.4"):
        optimise(world, facts(), X_ONLY, parameters=DEFAULT, limits=Limits(budget=2.0, target=0.4), traffic=traffic)
    with pytest.raises(UsageError, match=r"binding: concentration cap 0.1, x carries"):
        optimise(world, facts(), X_ONLY, parameters=DEFAULT, limits=Limits(budget=9.0, cap=0.1), traffic=traffic)


def test_a_carrier_that_may_not_be_chosen_is_nobodys_provider() -> None:
    world, traffic = captured_world()
    limits = Limits(budget=6.0, avoid=frozenset({"y"}))
    found = optimise(world, facts(), X_ONLY, parameters=DEFAULT, limits=limits, traffic=traffic)
    assert found.possible == 0
    assert len(found.barred) == 6


def test_a_cap_spreads_the_new_providers() -> None:
    names = [f"XAA0{place}" for place in range(4)]
    operators = [operator(name, f"X{'ABCD'[place]}", sccp="declared") for place, name in enumerate(names)]
    rows = [link for name in names[:2] for link in links(name, "sccp", primary("x"))]
    rows += links(names[2], "sccp", primary("y")) + links(names[3], "sccp", primary("z"))
    days = {(one, other): 10.0 for one in names for other in names if one != other}
    limits = Limits(budget=9.0, cap=0.5, gap=0.0)
    found = optimise(
        atlas(operators, rows), facts(), X_ONLY, parameters=DEFAULT, limits=limits,
        traffic=Traffic("roamers.csv", days),
    )  # fmt: skip
    added = sorted(name for row in found.changes if row.method == "exact" for name in row.added)
    assert added == ["y", "z"]


def test_costs_of_the_users_own_decide() -> None:
    world, traffic = captured_world()
    costs = {(f"XAA0{place}", "sccp"): (1.0 if place >= 3 else 5.0) for place in range(6)}
    found = optimise(
        world, facts(), X_ONLY, parameters=DEFAULT, limits=replace(EXACT, budget=3.0), traffic=traffic, costs=costs
    )
    assert found.removed == pytest.approx(0.233)
    assert found.cost == 3.0


def test_injection_just_adds_up() -> None:
    world, traffic = captured_world()
    found = optimise(
        world, facts(), X_ONLY, parameters=DEFAULT, limits=replace(EXACT, budget=4.0), traffic=traffic, threat="inject"
    )
    assert found.removed == found.greedy_removed > 0.0
