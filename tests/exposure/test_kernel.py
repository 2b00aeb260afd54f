"""The bounds are exact, sound and in order. Ref: docs/method.md §4, §6."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exposure.cases import cases, declarations
from tests.exposure.scalar import Case, levels, scalar_levels

from ipxray.exposure.kernel import Array, Declared, Members, OnNet, Preference, surfaces

CLOSE = 1e-9
X, Y, Z = range(3)


def hand_example(members: list[float]) -> Case:
    """H1 (primary X, backup Y), V1 (primary X, backup Z), V2 (Y alone), H1 once it has dropped X."""
    low = np.array([[0.8, 0, 0], [0.8, 0, 0], [0, 1, 0], [0, 1, 0]])
    point = np.array([[0.9, 0.1, 0], [0.9, 0, 0.1], [0, 1, 0], [0, 1, 0]])
    high = np.array([[1, 0.2, 0], [1, 0, 0.2], [0, 1, 0], [0, 1, 0]], dtype=np.float64)
    same = np.eye(3, dtype=np.bool_)
    inside = np.array(members)
    return Case(
        Declared(low, point, high, np.zeros(4, dtype=np.bool_)),
        Members(inside, inside, inside, np.ones(3, dtype=np.bool_)),
        OnNet(same, same),
        Preference(0.5, 0.9, 1.0),
        0.0,
    )


@pytest.mark.parametrize(
    ("sender", "receiver", "expected"),
    [
        (0, 1, (0.96, 0.99, 1.0)),
        (0, 2, (0.80, 0.90, 1.0)),
        (1, 0, (0.96, 0.99, 1.0)),
        (2, 0, (0.0, 0.09, 0.5)),
        (3, 1, (0.8, 0.9, 1.0)),
        (3, 2, (0.0, 0.0, 0.0)),
    ],
    ids=["H1-V1", "H1-V2", "V1-H1", "V2-H1", "H1 without X-V1", "H1 without X-V2"],
)
def test_the_worked_example_comes_out_to_the_digit(
    sender: int, receiver: int, expected: tuple[float, float, float]
) -> None:
    found = levels(hand_example([1.0, 0.0, 0.0]))
    got = (found.low[sender, receiver], found.point[sender, receiver], found.high[sender, receiver])
    assert got == pytest.approx(expected, abs=1e-12)


@settings(max_examples=60)
@given(cases())
def test_every_pair_equals_a_linear_programme_that_knows_no_groups(case: Case) -> None:
    found = levels(case)
    for sender in range(case.size):
        for receiver in range(case.size):
            wanted = scalar_levels(case, sender, receiver)
            got = [level[sender, receiver] for level in found]
            assert got == pytest.approx(list(wanted), abs=CLOSE)


@given(cases(with_missing=True))
def test_levels_are_in_order(case: Case) -> None:
    forced, low, point, high, possible = levels(case)
    assert (forced <= low + CLOSE).all()
    assert (low <= point + CLOSE).all()
    assert (point <= high + CLOSE).all()
    assert (high <= possible + CLOSE).all()


@given(cases(with_missing=True))
def test_each_cause_of_doubt_widens_the_interval_and_the_point_is_always_inside(case: Case) -> None:
    found = case.prepared
    everyone = slice(0, case.size)
    point = found.point.block(everyone, everyone)
    inner_low, inner_high = point, point
    for low, high in ((one.block(everyone, everyone), other.block(everyone, everyone)) for one, other in found.stages):
        assert (low <= inner_low + CLOSE).all()
        assert (high >= inner_high - CLOSE).all()
        inner_low, inner_high = low, high
    assert (found.open_world.block(everyone, everyone) >= inner_high - CLOSE).all()


@given(cases(with_missing=True))
def test_the_last_stage_is_the_same_when_the_others_are_not_asked_for(case: Case) -> None:
    everyone = slice(0, case.size)
    alone, staged = surfaces(*case, staged=False), case.prepared
    for one, other in ((alone.low, staged.low), (alone.high, staged.high), (alone.open_world, staged.open_world)):
        assert np.array_equal(one.block(everyone, everyone), other.block(everyone, everyone))


@given(cases(with_missing=True), st.integers(0, 3), st.integers(0, 3))
def test_a_block_is_a_part_of_the_whole(case: Case, first: int, other: int) -> None:
    senders, receivers = slice(first, case.size), slice(0, other + 1)
    found = case.prepared
    everyone = slice(0, case.size)
    for surface in (found.point, found.low, found.high):
        whole = surface.block(everyone, everyone)
        assert surface.block(senders, receivers) == pytest.approx(whole[senders, receivers], abs=1e-12)


def with_members(case: Case, inside: list[bool]) -> Case:
    """The same case with a set that is known for certain."""
    chosen = np.array(inside[: len(case.members.low)], dtype=np.float64)
    return case._replace(members=Members(chosen, chosen, chosen, case.members.resolved))


SETS = st.lists(st.booleans(), min_size=6, max_size=6)


@given(cases(resolved_only=True), SETS, SETS)
def test_more_carriers_in_the_set_never_lower_a_level(case: Case, one: list[bool], more: list[bool]) -> None:
    both = [a or b for a, b in zip(one, more, strict=True)]
    for smaller, larger in zip(levels(with_members(case, one)), levels(with_members(case, both)), strict=True):
        assert (smaller <= larger + CLOSE).all()


@given(cases(resolved_only=True), SETS, SETS)
def test_two_sets_together_see_no_more_than_the_sum_of_both(case: Case, one: list[bool], other: list[bool]) -> None:
    both = levels(with_members(case, [a or b for a, b in zip(one, other, strict=True)]))
    first, second = levels(with_members(case, one)), levels(with_members(case, other))
    assert (both.point <= first.point + second.point + CLOSE).all()
    assert (both.high <= first.high + second.high + CLOSE).all()


def merged(shares: Array, limit: float) -> Array:
    return np.hstack([shares[:, 2:], np.minimum(limit, shares[:, :1] + shares[:, 1:2])])


@given(cases(resolved_only=True), SETS)
def test_merging_two_carriers_inside_the_set_changes_nothing(case: Case, inside: list[bool]) -> None:
    if len(case.members.low) < 2:
        case = case._replace(
            declared=Declared(
                *(np.hstack([part, np.zeros_like(part)]) for part in case.declared[:3]), case.declared[3]
            ),
            members=Members(*(np.append(part, part[:1]) for part in case.members)),
            on_net=OnNet(np.eye(2, dtype=np.bool_), np.eye(2, dtype=np.bool_)),
        )
    apart = with_members(case, [True, True, *inside[2:]])
    declared = case.declared
    shares = [merged(declared.low, np.inf), merged(declared.point, np.inf), merged(declared.high, 1.0)]
    size = shares[0].shape[1]
    one = Members(*(np.append(part[2:], part[:1]) for part in apart.members))
    same = np.eye(size, dtype=np.bool_)
    joined = Case(Declared(*shares, declared.missing), one, OnNet(same, same), case.preference, case.prior)
    for before, after in zip(levels(apart), levels(joined), strict=True):
        assert before == pytest.approx(after, abs=CLOSE)


@st.composite
def routed(draw: st.DrawFn) -> tuple[Case, Array, int, int]:
    """A case and one world that its declarations allow: who each name is, who is in the set, how each end splits."""
    case = draw(cases(with_missing=True))
    seed = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sender, receiver = draw(st.integers(0, case.size - 1)), draw(st.integers(0, case.size - 1))
    return case, _a_world(case, seed, sender, receiver), sender, receiver


def _a_world(case: Case, chance: np.random.Generator, sender: int, receiver: int) -> Array:
    """The share of messages that cross the set in one world, carrier by carrier."""
    carriers = int(case.members.resolved.sum())
    stranger, hidden = carriers, carriers + 1
    inside = np.append(
        np.where(chance.random(carriers) < 0.5, case.members.low[:carriers], case.members.high[:carriers]),
        chance.integers(0, 2, size=2),
    )
    ends = []
    for place in (sender, receiver):
        split = np.zeros(carriers + 2)
        if case.declared.missing[place]:
            split += chance.dirichlet(np.full(carriers + 2, 0.5))
        else:
            for node, share in enumerate(_admissible(case.declared, place, chance)):
                split[_meaning(case, node, carriers, stranger, inside, chance)] += share
        served = split > 0.0
        if case.declared.missing[place]:
            served[hidden] = True
        else:
            for node in np.flatnonzero(case.declared.high[place] > 0.0):
                if node < carriers:
                    served[node] = True
        ends.append((split, served))
    stay = chance.uniform(case.preference.low, case.preference.high)
    (first, _), (last, served) = ends
    arrive = float(last @ inside)
    return np.array(
        sum(
            share * (1.0 if inside[carrier] else (1.0 - stay * served[carrier]) * arrive)
            for carrier, share in enumerate(first)
        )
    )


def _meaning(case: Case, node: int, carriers: int, stranger: int, inside: Array, chance: np.random.Generator) -> int:
    """One carrier that the node may be, afresh for each document: one name may mean two carriers in two of them."""
    if node < carriers:
        return node
    may_be = np.flatnonzero(case.on_net.possible[node, :carriers])
    if len(may_be) == carriers and bool(case.on_net.possible[node].all()) and _is_unknown(case, node):
        return int(chance.choice([*may_be.tolist(), stranger]))
    return int(chance.choice(may_be))


def _is_unknown(case: Case, node: int) -> bool:
    members = case.members
    return bool(members.low[node] == 0.0 and members.high[node] == 1.0)


def _admissible(declared: Declared, place: int, chance: np.random.Generator) -> Array:
    """A random split within the boxes: fill what is left in a random order, mixed with the point."""
    split = declared.low[place].copy()
    for node in chance.permutation(len(split)):
        split[node] += min(declared.high[place, node] - split[node], 1.0 - split.sum())
    part = chance.random()
    return np.asarray(part * split + (1.0 - part) * declared.point[place])


@given(routed())
def test_every_admissible_routing_in_every_possible_world_lies_inside_the_bounds(
    world: tuple[Case, Array, int, int],
) -> None:
    case, crossed, sender, receiver = world
    found = levels(case)
    assert found.low[sender, receiver] - CLOSE <= crossed <= found.high[sender, receiver] + CLOSE


@given(st.data())
def test_the_bounds_are_reached_not_only_kept(data: st.DataObject) -> None:
    """For known carriers some routing attains each bound: the interval could not be narrower."""
    case = data.draw(cases(resolved_only=True))
    certain = with_members(case, [bool(one) for one in case.members.point])
    found = levels(certain)
    wanted = scalar_levels(certain, 0, 1)
    assert found.low[0, 1] == pytest.approx(wanted.low, abs=CLOSE)
    assert found.high[0, 1] == pytest.approx(wanted.high, abs=CLOSE)


def test_an_end_that_declares_nothing_leaves_what_the_other_end_makes_sure() -> None:
    """The sender's primary is in the set: at least its least share is seen, whoever serves the other end."""
    case = hand_example([1.0, 0.0, 0.0])
    shares = [np.vstack([part, np.zeros(3)]) for part in case.declared[:3]]
    missing = np.array([False, False, False, False, True])
    found = levels(case._replace(declared=Declared(*shares, missing), prior=0.25))
    assert (found.low[0, 4], found.high[0, 4]) == pytest.approx((0.8, 1.0))
    assert found.point[0, 4] == pytest.approx(0.9 + 0.1 * 0.25)
    assert (found.low[4, 4], found.point[4, 4], found.high[4, 4]) == pytest.approx((0.0, 0.25 + 0.75 * 0.25, 1.0))
    assert (found.forced[0, 4], found.possible[2, 4]) == (0.0, 1.0)


def test_a_sender_that_declares_nothing_may_be_on_net_throughout() -> None:
    """The receiver takes four fifths from the set, yet its other carrier may serve the sender too."""
    case = hand_example([1.0, 0.0, 0.0])
    shares = [np.vstack([part, np.zeros(3)]) for part in case.declared[:3]]
    missing = Declared(*shares, np.array([False, False, False, False, True]))
    assert levels(case._replace(declared=missing)).low[4, 0] == 0.0
    half = case._replace(declared=missing, preference=Preference(0.5, 0.5, 0.5))
    assert levels(half).low[4, 0] == pytest.approx(0.5 * 0.8)


def test_a_receiver_that_only_the_set_serves_forces_even_an_unknown_sender() -> None:
    case = hand_example([0.0, 1.0, 0.0])
    shares = [np.vstack([part, np.zeros(3)]) for part in case.declared[:3]]
    found = levels(case._replace(declared=Declared(*shares, np.array([False, False, False, False, True]))))
    assert (found.forced[4, 2], found.low[4, 2]) == (1.0, 1.0)


def test_undeclared_transit_meets_what_is_not_on_net() -> None:
    """V2 to H1, which the set does not serve: half at least is on-net, the rest may meet transit."""
    case = hand_example([0.0, 0.0, 1.0])._replace(preference=Preference(0.5, 0.9, 1.0, transit=0.2))
    found = case.prepared
    assert found.high.block(slice(2, 3), slice(0, 1)).item() == 0.0
    assert found.open_world.block(slice(2, 3), slice(0, 1)).item() == pytest.approx(0.5 * 0.2)


def test_a_service_that_nobody_declares_is_all_doubt() -> None:
    nothing = np.zeros((2, 0))
    empty = np.zeros(0)
    case = Case(
        Declared(nothing, nothing, nothing, np.ones(2, dtype=np.bool_)),
        Members(empty, empty, empty, empty.astype(np.bool_)),
        OnNet(np.zeros((0, 0), dtype=np.bool_), np.zeros((0, 0), dtype=np.bool_)),
        Preference(0.5, 0.9, 1.0),
        0.0,
    )
    found = levels(case)
    assert (found.low[0, 1], found.point[0, 1], found.high[0, 1], found.possible[0, 1]) == (0.0, 0.0, 1.0, 1.0)


@given(declarations(3, 3, with_missing=False))
def test_an_empty_set_sees_nothing_of_declared_pairs(declared: Declared) -> None:
    none = np.zeros(3)
    same = np.eye(3, dtype=np.bool_)
    found = levels(
        Case(declared, Members(none, none, none, np.ones(3, np.bool_)), OnNet(same, same), Preference(0, 0.5, 1), 0.0)
    )
    assert not np.any([found.forced, found.low, found.point, found.high, found.possible])
