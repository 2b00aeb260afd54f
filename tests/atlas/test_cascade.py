"""Control by cascade with aggregation. Ref: OFAC FAQ 401; docs/method.md §5."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.atlas.builders import AT, owns, share

from ipxray.atlas.cascade import THRESHOLDS, Bound, Ownership
from ipxray.atlas.holdings import PERCENT, holdings_at

ENTITIES = [f"holding-{letter}" for letter in "abcdefg"]
STRICTEST_FIRST = ("over_50", "majority_50", "blocking_25", "ten_percent")


def controls(owner: str, subject: str, rule: str, *stakes: tuple[str, str, float]) -> bool:
    graph = Ownership(holdings_at([owns(*stake) for stake in stakes], AT))
    return subject in graph.controlled([owner], THRESHOLDS[rule], Bound.POINT)  # type: ignore[index]


# The three examples of OFAC FAQ 401: blocked person X, entities A and B.
OFAC = {
    "X 50 A, A 50 B": [("X", "A", 50), ("A", "B", 50)],
    "X 50 A, X 50 B, A 25 C, B 25 C": [("X", "A", 50), ("X", "B", 50), ("A", "C", 25), ("B", "C", 25)],
    "X 50 A, X 10 B, A 40 B": [("X", "A", 50), ("X", "B", 10), ("A", "B", 40)],
}
# A state with 31.9 % of an incumbent that holds 45 % of another.
MINORITIES = [("S", "D", 31.9), ("D", "O", 45)]


@pytest.mark.parametrize("stakes", OFAC.values(), ids=OFAC)
@pytest.mark.parametrize(
    ("rule", "expected"), [("majority_50", True), ("over_50", False), ("blocking_25", True), ("ten_percent", True)]
)
def test_the_examples_of_ofac_are_controlled_at_fifty_percent_and_not_above(
    stakes: list[tuple[str, str, float]], rule: str, expected: bool
) -> None:
    assert controls("X", stakes[-1][1], rule, *stakes) is expected


@pytest.mark.parametrize(
    ("rule", "expected"), [("majority_50", False), ("over_50", False), ("blocking_25", True), ("ten_percent", True)]
)
def test_a_chain_of_minorities_controls_by_blocking_share_only(rule: str, expected: bool) -> None:
    assert controls("S", "O", rule, *MINORITIES) is expected


@pytest.mark.parametrize("stakes", OFAC.values(), ids=OFAC)
def test_a_product_of_shares_would_miss_every_example(stakes: list[tuple[str, str, float]]) -> None:
    assert path_values(stakes, "X", stakes[-1][1], combine_product) < 0.5


def test_the_weakest_link_would_miss_what_only_the_sum_reaches() -> None:
    weakest = {name: path_values(stakes, "X", stakes[-1][1], max, weakest=True) for name, stakes in OFAC.items()}
    assert weakest == {"X 50 A, A 50 B": 0.5, "X 50 A, X 50 B, A 25 C, B 25 C": 0.25, "X 50 A, X 10 B, A 40 B": 0.4}


def combine_product(values: list[float]) -> float:
    return sum(values)


def path_values(stakes, owner, subject, combine, *, weakest=False) -> float:  # type: ignore[no-untyped-def]
    """The two rules that the method rejects: the sum over paths of products, or the best path's least share."""

    def along(node: str) -> list[float]:
        found = []
        for holder, held, percent in stakes:
            if holder == node:
                onward = [1.0] if held == subject else along(held)
                found += [min(percent / 100, rest) if weakest else percent / 100 * rest for rest in onward]
        return found

    return combine(along(owner))


def test_cross_holdings_end_and_do_not_lift_themselves() -> None:
    circle = [("A", "B", 60), ("B", "A", 60), ("B", "C", 60)]
    assert not controls("X", "C", "majority_50", ("X", "A", 30), *circle)
    assert controls("X", "C", "majority_50", ("X", "A", 50), *circle)


def test_shares_a_company_holds_of_itself_count_for_nobody() -> None:
    assert not controls("X", "A", "majority_50", ("X", "A", 45), ("A", "A", 10))


def test_sums_are_exact() -> None:
    """0.1 + 0.2 is not 0.3 in floating point; shares that add up to the threshold must reach it."""
    stakes = [("X", f"A{each}", 100.0) for each in range(5)] + [
        (f"A{each}", "C", 10.0 + each / 10) for each in range(4)
    ]
    assert controls("X", "C", "majority_50", *stakes, ("A4", "C", 9.4))
    assert not controls("X", "C", "over_50", *stakes, ("A4", "C", 9.4))


def test_what_carried_an_entity_over_the_threshold_is_told() -> None:
    graph = Ownership(holdings_at([owns("X", "A", 60), owns("X", "B", 70), owns("A", "C", 30), owns("B", "C", 30)], AT))
    reached = graph.controlled(["X"], THRESHOLDS["majority_50"], Bound.LOW)
    assert list(reached) == ["X", "A", "B", "C"]
    assert reached["X"] == ()
    assert [(holding.owner, holding.low // PERCENT) for holding in reached["C"]] == [("A", 30), ("B", 30)]


stakes_of_a_graph = st.lists(
    st.tuples(
        st.sampled_from(ENTITIES), st.sampled_from(ENTITIES), st.integers(0, 100), st.integers(0, 100), st.booleans()
    ),
    max_size=14,
)
Drawn = list[tuple[str, str, int, int, bool]]


def graph_of(drawn: Drawn, lift: int = 0) -> Ownership:
    statements = [
        owns(owner, subject, share(min(100, min(a, b) + lift), min(100, max(a, b) + lift), over=strict and a != b))
        for owner, subject, a, b, strict in drawn
    ]
    return Ownership(holdings_at(statements, AT))


@given(stakes_of_a_graph)
def test_a_lower_threshold_never_controls_less(drawn: Drawn) -> None:
    graph = graph_of(drawn)
    for bound in Bound:
        reached = [set(graph.controlled(["holding-a"], THRESHOLDS[rule], bound)) for rule in STRICTEST_FIRST]
        assert all(less <= more for less, more in pairwise(reached))


@given(stakes_of_a_graph)
def test_low_is_within_point_within_high(drawn: Drawn) -> None:
    graph = graph_of(drawn)
    for threshold in THRESHOLDS.values():
        low, point, high = (set(graph.controlled(["holding-a"], threshold, bound)) for bound in Bound)
        assert low <= point <= high


@given(stakes_of_a_graph, st.integers(1, 60))
def test_greater_shares_never_control_less(drawn: Drawn, lift: int) -> None:
    for threshold in THRESHOLDS.values():
        before = graph_of(drawn).controlled(["holding-a"], threshold, Bound.HIGH)
        after = graph_of(drawn, lift).controlled(["holding-a"], threshold, Bound.HIGH)
        assert set(before) <= set(after)


@given(stakes_of_a_graph)
def test_owners_together_control_at_least_what_each_controls(drawn: Drawn) -> None:
    graph = graph_of(drawn)
    for threshold in THRESHOLDS.values():
        apart = [set(graph.controlled([owner], threshold, Bound.POINT)) for owner in ENTITIES[:2]]
        assert set().union(*apart) <= set(graph.controlled(ENTITIES[:2], threshold, Bound.POINT))


@given(stakes_of_a_graph, st.randoms(use_true_random=False))
def test_the_order_of_statements_changes_nothing(drawn: Drawn, random) -> None:  # type: ignore[no-untyped-def]
    unique = list({(owner, subject): each for each in drawn for owner, subject, *_ in [each]}.values())
    shuffled = random.sample(unique, len(unique))
    for threshold in THRESHOLDS.values():
        assert graph_of(unique).controlled(["holding-a"], threshold, Bound.POINT) == graph_of(shuffled).controlled(
            ["holding-a"], threshold, Bound.POINT
        )
