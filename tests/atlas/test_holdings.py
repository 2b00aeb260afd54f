"""Statements in force, merged into one holding per owner and subject."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.atlas.builders import AT, owns, share

from ipxray.atlas.holdings import PERCENT, Holding, holdings_at
from ipxray.facts import OwnershipStatement

DAY = timedelta(days=1)


def merged(*statements: OwnershipStatement) -> Holding:
    (holding,) = holdings_at(statements, AT)
    return holding


def percents(holding: Holding) -> tuple[float, float, float]:
    return tuple(units / PERCENT for units in (holding.low, holding.point, holding.high))  # type: ignore[return-value]


def test_an_exact_share_is_its_own_bounds() -> None:
    assert percents(merged(owns("a", "b", 57.54))) == (57.54, 57.54, 57.54)


def test_the_point_of_an_interval_is_its_middle() -> None:
    assert percents(merged(owns("a", "b", share(40, 70)))) == (40, 55, 70)


def test_a_minority_of_unknown_size_is_expected_below_a_quarter() -> None:
    assert 24.9999 * PERCENT < merged(owns("a", "b", share(0, 50, under=True))).point < 25 * PERCENT


def test_an_excluded_bound_lies_beyond_it() -> None:
    holding = merged(owns("a", "b", share(50, 100, over=True, under=True)))
    assert 50 * PERCENT < holding.low < 50.0001 * PERCENT
    assert 99.9999 * PERCENT < holding.high < 100 * PERCENT
    assert holding.point == 75 * PERCENT


@pytest.mark.parametrize("nothing", [None, share(0, 100), share(0, 100, over=True)])
def test_what_states_no_share_makes_control_possible_and_not_expected(nothing) -> None:  # type: ignore[no-untyped-def]
    assert percents(merged(owns("a", "b", nothing))) == (0, 0, 100)


@pytest.mark.parametrize(
    ("start", "end", "counts"),
    [
        (None, None, True),
        (AT, None, True),
        (AT + DAY, None, False),
        (None, AT, False),
        (None, AT + DAY, True),
        (AT - DAY, AT + DAY, True),
    ],
)
def test_a_statement_counts_from_its_start_until_before_its_end(
    start: date | None, end: date | None, counts: bool
) -> None:
    assert bool(holdings_at([owns("a", "b", 60, start_date=start, end_date=end)], AT)) is counts


def test_statements_that_disagree_span_both_and_the_latest_is_expected() -> None:
    holding = merged(
        owns("a", "b", 100, as_of=date(2025, 1, 1)),
        owns("a", "b", 98, as_of=date(2020, 6, 9)),
        owns("a", "b", share(90, 94)),
    )
    assert percents(holding) == (90, 100, 100)
    assert len(holding.statements) == 3


def test_a_later_statement_that_says_nothing_widens_but_does_not_replace_the_expected_share() -> None:
    older = owns("a", "b", 27.5, as_of=date(2011, 10, 7))
    assert percents(merged(older, owns("a", "b", share(0, 100), as_of=date(2025, 10, 1)))) == (0, 27.5, 100)


def test_shares_and_votes_of_one_stake_are_not_added() -> None:
    holding = merged(owns("a", "b", share(20, 30)), owns("a", "b", share(25, 26), interest_type="votingRights"))
    assert percents(holding) == (25, 25.5, 30)


def test_a_board_seat_beside_a_share_raises_the_upper_bound_only() -> None:
    assert percents(merged(owns("a", "b", 18.4), owns("a", "b", None))) == (18.4, 18.4, 100)


def test_holdings_are_sorted_by_owner_and_subject() -> None:
    found = holdings_at([owns("b", "a", 1), owns("a", "c", 1), owns("a", "b", 1)], AT)
    assert [(each.owner, each.subject) for each in found] == [("a", "b"), ("a", "c"), ("b", "a")]
