"""The global title: digits and plan. Ref: ITU-T Q.713 §3.4.2.3."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import GlobalTitle, NumberingPlan, PseudonymKey

KEY = PseudonymKey(b"sixteen byte key")
DIGITS = "999123456789"


def test_the_plans_have_the_code_points_of_q713() -> None:
    assert {plan.name: plan.value for plan in NumberingPlan} == {"E164": 1, "E212": 6, "E214": 7}


@given(st.from_regex(r"[0-9]{1,15}", fullmatch=True), st.sampled_from(NumberingPlan))
def test_what_is_revealed_is_parsed_back_in_its_plan(text: str, plan: NumberingPlan) -> None:
    title = GlobalTitle.parse(text, plan)
    assert (title.reveal(), title.plan) == (text, plan)
    assert GlobalTitle.parse(f"+{text}", title.plan) == title


def test_the_plan_is_e164_unless_said_and_belongs_to_the_identity() -> None:
    assert GlobalTitle.parse(DIGITS).plan is NumberingPlan.E164
    assert GlobalTitle.parse(DIGITS) != GlobalTitle.parse(DIGITS, NumberingPlan.E214)


@pytest.mark.parametrize("text", ["", "+", "1234567890123456", "99912345b", "99912345f", "999*12345"])
def test_what_is_not_one_to_fifteen_decimal_digits_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not a global title: 1 to 15 decimal digits"):
        GlobalTitle.parse(text)


@pytest.mark.parametrize(
    ("plan", "shown"),
    [
        (NumberingPlan.E164, "999*********"),
        (NumberingPlan.E212, "99912*******"),
        (NumberingPlan.E214, "999*********"),
    ],
)
def test_it_shows_the_prefix_that_its_plan_allows(plan: NumberingPlan, shown: str) -> None:
    title = GlobalTitle.parse(DIGITS, plan)
    assert str(title) == shown
    assert repr(title) == f"GlobalTitle({shown}, {plan.name})"
    assert title.pseudonym(KEY).startswith(shown.rstrip("*") + "~")


@pytest.mark.parametrize(
    ("plan", "shortest", "longest"),
    [(NumberingPlan.E164, 1, 3), (NumberingPlan.E212, 5, 6), (NumberingPlan.E214, 1, 7)],
)
def test_the_caller_may_show_no_more_than_the_operator(plan: NumberingPlan, shortest: int, longest: int) -> None:
    title = GlobalTitle.parse(DIGITS, plan)
    for length in (shortest, longest):
        assert title.masked(prefix_length=length) == DIGITS[:length].ljust(len(DIGITS), "*")
        assert title.pseudonym(KEY, prefix_length=length).startswith(f"{DIGITS[:length]}~")
    for length in (shortest - 1, longest + 1):
        with pytest.raises(UsageError, match=f"{plan.name} global title: {shortest} to {longest} digits"):
            title.masked(prefix_length=length)
