"""The truth about control is worked out without the atlas; these cases are worked out without either."""

from __future__ import annotations

from datetime import date

from ipxray.lab.control import TrueControl, true_control
from ipxray.lab.plan import Holder, PlannedCarrier, Stake

CARRIER = PlannedCarrier("c", "C", "c", (), None, None, "XB", None, (), "c.example", 1.0)


def rules(stakes: list[Stake], controller: str, *holders: Holder) -> dict[str, tuple[bool, bool, bool]]:
    found = true_control([CARRIER], holders, stakes)
    return {row.rule: (row.low, row.point, row.high) for row in found if row.controller == controller}


def exactly(subject: str, holder: str, percent: float, **details: date) -> Stake:
    return Stake(subject, holder, round(percent * 100), round(percent * 100), **details)


YES, NO = (True, True, True), (False, False, False)


def test_a_chain_of_halves_controls_at_half_and_not_over_it() -> None:
    """OFAC FAQ 401, first example."""
    stakes = [exactly("a", "state-xa", 50), exactly("c", "a", 50)]
    assert rules(stakes, "XA") == {"majority_50": YES, "blocking_25": YES, "ten_percent": YES}


def test_two_quarters_add_up_where_both_holders_are_controlled() -> None:
    """OFAC FAQ 401, second example."""
    halves = [exactly("a", "state-xa", 50), exactly("b", "state-xa", 50)]
    stakes = [*halves, exactly("c", "a", 25), exactly("c", "b", 25)]
    assert rules(stakes, "XA")["majority_50"] == YES
    assert rules([*stakes[1:]], "XA").get("majority_50", NO) == NO


def test_a_direct_tenth_adds_to_a_controlled_forty() -> None:
    """OFAC FAQ 401, third example, with the first step at half."""
    stakes = [exactly("a", "state-xa", 50), exactly("c", "state-xa", 10), exactly("c", "a", 40)]
    assert rules(stakes, "XA")["majority_50"] == YES


def test_shares_are_added_and_never_multiplied() -> None:
    stakes = [exactly("a", "state-xa", 31.9), exactly("c", "a", 45)]
    assert rules(stakes, "XA") == {"blocking_25": YES, "ten_percent": YES}


def test_a_state_body_is_part_of_its_state_and_a_controller_by_itself() -> None:
    fund = Holder("fund", "Fund", "stateBody", "XA")
    assert rules([exactly("c", "fund", 60)], "XA", fund)["over_50"] == YES
    assert rules([exactly("c", "fund", 60)], "fund", fund)["over_50"] == YES
    company = fund._replace(type="registeredEntity")
    assert rules([exactly("c", "fund", 60)], "XA", company) == {}


def test_more_than_half_exceeds_half() -> None:
    stakes = [Stake("c", "state-xa", 5_000, 10_000, above_least=True)]
    assert rules(stakes, "XA")["over_50"] == YES
    stakes = [Stake("c", "state-xa", 5_000, 10_000)]
    assert rules(stakes, "XA")["over_50"] == (False, True, True)


def test_less_than_a_quarter_stays_under_it() -> None:
    stakes = [Stake("c", "state-xa", 2_000, 2_500, below_most=True)]
    assert rules(stakes, "XA") == {"ten_percent": YES}


def test_what_is_no_share_and_what_is_not_known_is_possible_only() -> None:
    golden = [Stake("c", "state-xa", None, None, interest_type="controlViaCompanyRulesOrArticles")]
    unknown = [Stake("c", "state-xa", 0, 10_000)]
    possible = (False, False, True)
    for stakes in (golden, unknown):
        assert set(rules(stakes, "XA").values()) == {possible}


def test_of_two_sources_the_later_is_expected_and_both_bound() -> None:
    stakes = [
        exactly("c", "state-xa", 55, as_of=date(2023, 1, 1)),
        exactly("c", "state-xa", 40, as_of=date(2025, 1, 1)),
    ]
    assert rules(stakes, "XA")["majority_50"] == (False, False, True)
    assert rules(stakes, "XA")["blocking_25"] == YES


def test_a_stake_counts_from_its_first_day_to_the_day_before_its_last() -> None:
    at = date(2026, 11, 1)
    assert rules([exactly("c", "state-xa", 60, start=at)], "XA")["over_50"] == YES
    assert rules([exactly("c", "state-xa", 60, end=at)], "XA") == {}


def test_holdings_in_a_circle_end() -> None:
    stakes = [exactly("a", "b", 60), exactly("b", "a", 60), exactly("c", "a", 60)]
    assert rules(stakes, "a")["over_50"] == YES
    assert rules(stakes, "b")["over_50"] == YES
    assert rules(stakes, "XA") == {}


def test_a_seat_in_the_territory_is_a_seat_in_its_state_too() -> None:
    found = true_control([CARRIER._replace(seat="XT")], [], [])
    assert found == [TrueControl("c", state, "seat", low=True, point=True, high=True) for state in ("XA", "XT")]
