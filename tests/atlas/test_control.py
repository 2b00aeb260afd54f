"""Rows of control: every carrier, controller and rule, with the chain in words."""

from __future__ import annotations

from datetime import date

import pytest
from tests.atlas.builders import AT, TERRITORY, carrier, entity, facts, owns, share

from ipxray.atlas.control import control_rows, controlling_states, ownership_at
from ipxray.atlas.model import Control
from ipxray.facts import Facts


def rows(known: Facts, at: date = AT, territory_seat: float = 1.0) -> tuple[Control, ...]:
    return control_rows(known, ownership_at(known, at), territory_seat=territory_seat)


def levels(known: Facts, carrier_id: str, controller: str, at: date = AT) -> dict[str, tuple[float, float, float]]:
    return {
        row.rule: (row.low, row.point, row.high)
        for row in rows(known, at)
        if (row.carrier_id, row.controller) == (carrier_id, controller) and row.rule != "seat"
    }


YES, EXPECTED, POSSIBLE = (1.0, 1.0, 1.0), (0.0, 1.0, 1.0), (0.0, 0.0, 1.0)
UMBRA = carrier("umbra-interconnect", "Umbra Interconnect")
ALL_RULES = ("majority_50", "over_50", "blocking_25", "ten_percent")


def test_a_state_controls_through_its_chain_and_the_reason_tells_every_step() -> None:
    known = facts(
        [UMBRA],
        entities=[entity("umbra-group"), entity("ministry", "stateBody", "XA")],
        ownership=[
            owns("ministry", "umbra-group", 100, as_of=date(2022, 5, 1)),
            owns("umbra-group", "umbra-interconnect", 57.54, as_of=date(2024, 6, 30)),
        ],
    )
    assert levels(known, "umbra-interconnect", "XA") == dict.fromkeys(ALL_RULES, YES)
    (row,) = (each for each in rows(known) if (each.controller, each.rule) == ("XA", "majority_50"))
    assert row.reason == (
        "Ministry (XA state body) holds 100 % (as of 2022-05-01) of Umbra Group; "
        "Umbra Group holds 57.54 % (as of 2024-06-30) of Umbra Interconnect"
    )
    assert row.source == ("ministry-on-umbra-group", "umbra-group-on-umbra-interconnect")


def test_every_owner_along_the_chain_is_a_controller_but_never_the_carrier_itself() -> None:
    known = facts(
        [UMBRA],
        entities=[entity("umbra-group"), entity("founder", "person")],
        ownership=[owns("founder", "umbra-group", 80), owns("umbra-group", "umbra-interconnect", 60)],
    )
    share_rows = [row for row in rows(known) if row.rule != "seat"]
    assert {row.controller for row in share_rows} == {"founder", "umbra-group"}


def test_a_carrier_that_owns_another_controls_it() -> None:
    known = facts([UMBRA, carrier("penumbra-grx")], ownership=[owns("umbra-interconnect", "penumbra-grx", 51)])
    assert {(row.carrier_id, row.controller) for row in rows(known) if row.rule != "seat"} == {
        ("penumbra-grx", "umbra-interconnect")
    }


def test_bodies_of_one_state_are_added_up_as_the_state() -> None:
    known = facts(
        [UMBRA],
        entities=[entity("pension-fund", "stateBody", "XA"), entity("sovereign-fund", "stateBody", "XA")],
        ownership=[
            owns("pension-fund", "umbra-interconnect", 30),
            owns("sovereign-fund", "umbra-interconnect", 21),
        ],
    )
    assert levels(known, "umbra-interconnect", "XA")["over_50"] == YES
    assert "over_50" not in levels(known, "umbra-interconnect", "sovereign-fund")
    (row,) = (each for each in rows(known) if (each.controller, each.rule) == ("XA", "over_50"))
    assert row.reason == (
        "Pension Fund (XA state body) holds 30 % and Sovereign Fund (XA state body) holds 21 %"
        " of Umbra Interconnect, together"
    )


def test_a_carrier_that_is_a_body_of_the_state_is_controlled_by_it() -> None:
    known = facts(
        [carrier("state-relay", entity="post-ministry")], entities=[entity("post-ministry", "stateBody", "XA")]
    )
    assert levels(known, "state-relay", "XA") == dict.fromkeys(ALL_RULES, YES)
    assert {row.reason for row in rows(known) if row.rule != "seat"} == {
        "Post Ministry (XA state body) is part of the state XA"
    }


def test_carriers_of_one_entity_are_controlled_alike() -> None:
    known = facts(
        [carrier("umbra-sccp", entity="umbra"), carrier("umbra-grx", entity="umbra")],
        ownership=[owns("state-xa", "umbra", 51)],
    )
    assert levels(known, "umbra-sccp", "XA") == levels(known, "umbra-grx", "XA") == dict.fromkeys(ALL_RULES, YES)


def test_an_interval_across_the_threshold_is_expected_or_only_possible() -> None:
    known = facts([UMBRA], ownership=[owns("state-xa", "umbra-interconnect", share(40, 70))])
    assert levels(known, "umbra-interconnect", "XA") == {
        "majority_50": EXPECTED, "over_50": EXPECTED, "blocking_25": YES, "ten_percent": YES,
    }  # fmt: skip
    reasons = {row.rule: row.reason for row in rows(known) if row.controller == "XA" and row.rule != "seat"}
    assert reasons["majority_50"] == "expected: the state Ixalia holds 40 to 70 % of Umbra Interconnect"
    assert reasons["blocking_25"] == "the state Ixalia holds 40 to 70 % of Umbra Interconnect"


def test_a_subsidiary_without_figure_is_over_fifty_percent_for_certain() -> None:
    known = facts([UMBRA], ownership=[owns("state-xa", "umbra-interconnect", share(50, 100, over=True))])
    assert levels(known, "umbra-interconnect", "XA")["over_50"] == YES
    reasons = {row.reason for row in rows(known) if row.controller == "XA"}
    assert reasons == {"the state Ixalia holds over 50 to 100 % of Umbra Interconnect"}


def test_a_golden_share_makes_control_possible_under_every_share_rule() -> None:
    known = facts(
        [UMBRA],
        entities=[entity("founder", "person")],
        ownership=[
            owns("founder", "umbra-interconnect", 60),
            owns("state-xa", "umbra-interconnect", None, interest_type="controlByLegalFramework"),
        ],
    )
    assert levels(known, "umbra-interconnect", "XA") == dict.fromkeys(ALL_RULES, POSSIBLE)
    assert levels(known, "umbra-interconnect", "founder") == dict.fromkeys(ALL_RULES, YES)
    reasons = {row.reason for row in rows(known) if row.controller == "XA"}
    assert reasons == {
        "possible: the state Ixalia with controlByLegalFramework and no share stated of Umbra Interconnect"
    }


def test_a_minority_with_a_largest_holder_of_unknown_share_is_controlled_by_none_for_certain() -> None:
    """The shape of the carrier that made the study's number depend on the control rule."""
    known = facts(
        [UMBRA],
        entities=[entity("umbra-holding"), entity("founder", "person"), entity("rival")],
        ownership=[
            owns("umbra-holding", "umbra-interconnect", share(50, 100, over=True)),
            owns("founder", "umbra-holding", share(0, 100)),
            owns("rival", "umbra-holding", 18.4),
            owns("state-xa", "rival", 100),
        ],
    )
    assert levels(known, "umbra-interconnect", "XA") == {"ten_percent": YES}
    assert levels(known, "umbra-interconnect", "founder") == dict.fromkeys(ALL_RULES, POSSIBLE)


def test_control_is_dated() -> None:
    known = facts([UMBRA], ownership=[owns("state-xa", "umbra-interconnect", 26, end_date=date(2021, 3, 18))])
    assert "blocking_25" in levels(known, "umbra-interconnect", "XA", date(2021, 3, 17))
    assert levels(known, "umbra-interconnect", "XA", date(2021, 3, 18)) == {}


def test_a_seat_counts_for_its_state_and_a_seat_in_a_territory_for_both_with_the_reason() -> None:
    known = facts([UMBRA, carrier("haven-transit", seat=TERRITORY)])
    found = {(row.carrier_id, row.controller): row.reason for row in rows(known)}
    assert found == {
        ("umbra-interconnect", "XB"): "seat in Ixbia (XB)",
        ("haven-transit", "XH"): "seat in Ixhaven (XH)",
        ("haven-transit", "XA"): "seat in Ixhaven (XH), counted under XA by the parameter territory_seat",
    }
    assert {(row.rule, row.low, row.point, row.high) for row in rows(known)} == {("seat", 1.0, 1.0, 1.0)}


def test_without_the_parameter_a_seat_in_a_territory_is_its_own() -> None:
    known = facts([carrier("haven-transit", seat=TERRITORY)])
    assert [row.controller for row in rows(known, territory_seat=0.0)] == ["XH"]


def test_a_carrier_without_a_seat_has_no_seat_row() -> None:
    assert rows(facts([carrier("nowhere", seat=None)])) == ()


def test_rows_are_sorted_and_the_order_of_the_facts_changes_nothing() -> None:
    carriers = [carrier("zenith"), carrier("apogee")]
    stakes = [owns("state-xb", "zenith", 60), owns("state-xa", "zenith", 30), owns("state-xa", "apogee", 12)]
    found = rows(facts(carriers, ownership=stakes))
    assert found == rows(facts(carriers[::-1], ownership=stakes[::-1]))
    assert [(row.carrier_id, row.controller, row.rule) for row in found] == [
        ("apogee", "XA", "ten_percent"),
        ("apogee", "XB", "seat"),
        ("zenith", "XA", "blocking_25"),
        ("zenith", "XA", "ten_percent"),
        ("zenith", "XB", "majority_50"),
        ("zenith", "XB", "over_50"),
        ("zenith", "XB", "blocking_25"),
        ("zenith", "XB", "ten_percent"),
        ("zenith", "XB", "seat"),
    ]


@pytest.mark.parametrize("entity_id", ["state-grid", "statement-holdings"])
def test_a_company_whose_id_looks_like_a_state_is_a_company(entity_id: str) -> None:
    known = facts([UMBRA], entities=[entity(entity_id)], ownership=[owns(entity_id, "umbra-interconnect", 60)])
    assert levels(known, "umbra-interconnect", entity_id)["over_50"] == YES


def test_the_states_behind_an_entity_are_those_expected_to_hold_half() -> None:
    known = facts(
        entities=[entity("maker"), entity("fund", "stateBody", "XA")],
        ownership=[owns("fund", "maker", share(40, 60)), owns("state-xb", "maker", 40)],
    )
    assert controlling_states(known, ownership_at(known, AT), frozenset({"maker"})) == {"maker": ("XA",)}
