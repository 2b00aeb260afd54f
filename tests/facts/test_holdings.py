"""Holdings of one company: never more than the whole, disagreement told, circles noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ipxray.facts import OwnershipStatement, Share
from ipxray.facts.faults import FaultList, Place
from ipxray.facts.holdings import MAX_CIRCLES, report_holdings


def held(party: str, share: str, subject: str = "alpha-transit", kind: str = "shareholding", dates: str = "") -> str:
    return (
        f'[[ownership]]\nsubject = "{subject}"\ninterested_party = "{party}"\ninterest_type = "{kind}"\n'
        f'share = {{ {share} }}\nsource = "lab"\n{dates}\n'
    )


def test_parties_that_hold_more_than_the_whole_are_a_fault(world: Callable[..., Any]) -> None:
    made = world(held("state-xa", "exact = 60") + held("state-xb", "exact = 55"))
    assert made.errors == [
        "facts.toml:28: ownership 2 share: shareholding of alpha-transit: state-xa, state-xb hold 115 percent together"
    ]


def test_the_whole_and_a_rounding_are_no_fault(world: Callable[..., Any]) -> None:
    assert world(held("state-xa", "exact = 60") + held("state-xb", "exact = 40")).faults == []
    assert world(held("state-xa", "exact = 60.1") + held("state-xb", "exact = 40")).faults == []


def test_an_interval_adds_nothing_to_the_sum(world: Callable[..., Any]) -> None:
    assert world(held("state-xa", "exact = 60") + held("state-xb", "exclusive_minimum = 50")).faults == []


def test_interest_types_are_summed_apart(world: Callable[..., Any]) -> None:
    text = held("state-xa", "exact = 60") + held("state-xb", "exact = 55", kind="votingRights")
    assert world(text).faults == []


def test_holdings_that_follow_one_another_are_no_fault(world: Callable[..., Any]) -> None:
    earlier = held("state-xa", "exact = 60", dates="end_date = 2020-01-01")
    assert world(earlier + held("state-xb", "exact = 60", dates="start_date = 2020-01-01")).faults == []
    overlap = held("state-xb", "exact = 60", dates="start_date = 2019-12-31")
    assert "120 percent together on 2019-12-31" in world(earlier + overlap).errors[0]


def test_sources_that_disagree_on_one_pair_are_a_warning(world: Callable[..., Any]) -> None:
    made = world(held("state-xa", "exact = 60") + held("state-xa", "exact = 55"))
    assert made.errors == []
    assert made.warnings == [
        (
            "facts.toml:28: ownership 2 share: "
            "another statement on the same pair differs and is in force too: facts.toml:21"
        )
    ]
    assert world(held("state-xa", "exact = 60") * 2).faults == []


def test_a_sum_that_only_the_larger_figures_exceed_is_a_warning(world: Callable[..., Any]) -> None:
    made = world(held("state-xa", "exact = 60") + held("state-xa", "exact = 40") + held("state-xb", "exact = 50"))
    assert made.errors == []
    assert any("110 percent together if the larger figures" in warning for warning in made.warnings)


def test_a_folder_over_another_may_exceed_the_whole_with_a_warning(overlaid: Callable[..., Any]) -> None:
    made = overlaid(held("state-xa", "exact = 60"), held("state-xb", "exact = 55"))
    assert made.errors == []
    assert "115 percent together" in made.warnings[0]
    assert overlaid(held("state-xa", "exact = 60") + held("state-xa", "exact = 50"), "").warnings == []


def test_a_circle_is_allowed_and_noted(world: Callable[..., Any]) -> None:
    made = world(held("beta-relay", "exact = 60") + held("alpha-transit", "exact = 10", subject="beta-relay"))
    assert made.errors == made.warnings == []
    (note,) = made.notes
    assert "holdings go in a circle" in note
    assert "alpha-transit holds beta-relay" in note


def test_many_circles_and_many_statements_are_bounded() -> None:
    place = Place("x.toml", "ownership", 1)

    def statement(subject: str, party: str, share: float) -> tuple[OwnershipStatement, Place]:
        exact = Share(share, share)
        return OwnershipStatement(subject, party, "shareholding", exact, None, None, None, "lab"), place

    faults = FaultList()
    pairs = [(f"a{number}", f"b{number}") for number in range(100)]
    report_holdings([statement(*pair, 1) for one in pairs for pair in (one, one[::-1])], [], faults)
    assert len(faults.found) == MAX_CIRCLES
    faults = FaultList()
    report_holdings([statement("a", f"b{number}", 0.1) for number in range(400)], [], faults)
    assert "more than 300 exact statements" in faults.found[0].message


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=8))
def test_the_sum_of_distinct_parties_decides(shares: list[float]) -> None:
    faults = FaultList()
    own = [
        (
            OwnershipStatement("a", f"p{position}", "shareholding", Share(share, share), None, None, None, "lab"),
            Place("x.toml", "ownership", position),
        )
        for position, share in enumerate(shares)
    ]
    report_holdings(own, [], faults)
    assert bool(faults.found) == (sum(shares) > 100.5)
