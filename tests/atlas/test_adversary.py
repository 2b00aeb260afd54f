"""The adversary set of a controller: certain, expected and possible nodes."""

from __future__ import annotations

from datetime import date

import pytest
from tests.atlas.builders import AT, alias, carrier, corpus, declares, entity, facts, owns, share

from ipxray.atlas import Adversary, Atlas, Control, Membership, adversary, build, controllers
from ipxray.errors import UsageError
from ipxray.parameters import Parameters

INSIDE, EXPECTED, POSSIBLE = Membership(1.0, 1.0, 1.0), Membership(0.0, 1.0, 1.0), Membership(0.0, 0.0, 1.0)
KNOWN = facts(
    [
        carrier("umbra-interconnect"),
        carrier("penumbra-grx", entity="penumbra-ag"),
        carrier("lucent-hub", seat="XA"),
        carrier("dawn-relay"),
    ],
    aliases=[
        alias("UPS", "umbra-interconnect", "penumbra-grx"),
        alias("UDR", "umbra-interconnect", "dawn-relay"),
        alias("LUP", "lucent-hub", "umbra-interconnect"),
    ],
    entities=[entity("umbra-group")],
    ownership=[
        owns("state-xa", "umbra-group", 100),
        owns("umbra-group", "umbra-interconnect", 60),
        owns("umbra-group", "penumbra-ag", share(40, 70)),
        owns("state-xa", "dawn-relay", None),
    ],
)
CORPUS = corpus([declares("XBAZ1", "sccp", name) for name in ("UPS", "UDR", "LUP", "Nowhere", "SCCP Carrier")])
ATLAS = build(CORPUS, KNOWN, at=AT, parameters=Parameters.default())


def members(controller: str, rule: str) -> dict[str, Membership]:
    return dict(adversary(ATLAS, controller, rule).members)


def test_a_states_set_follows_the_rule() -> None:
    assert adversary(ATLAS, "XA", "majority_50") == Adversary(
        "XA",
        "majority_50",
        {
            "umbra-interconnect": INSIDE,
            "penumbra-grx": EXPECTED,
            "dawn-relay": POSSIBLE,
            "ambiguous:ups": EXPECTED,
            "ambiguous:udr": POSSIBLE,
            "ambiguous:lup": POSSIBLE,
            "unknown:nowhere": POSSIBLE,
            "unknown:sccp carrier of xbaz1": POSSIBLE,
        },
    )


def test_wide_is_any_rule() -> None:
    found = members("XA", "wide")
    assert found["umbra-interconnect"] == found["penumbra-grx"] == found["lucent-hub"] == INSIDE
    assert found["dawn-relay"] == POSSIBLE
    assert found["ambiguous:lup"] == found["ambiguous:ups"] == INSIDE
    assert found["ambiguous:udr"] == POSSIBLE


def test_the_seat_rule_knows_seats_only() -> None:
    assert members("XA", "seat")["lucent-hub"] == INSIDE
    assert "umbra-interconnect" not in members("XA", "seat")


def test_an_owners_set_is_what_it_controls_and_itself_where_it_is_a_carrier() -> None:
    assert members("umbra-group", "over_50")["umbra-interconnect"] == INSIDE
    alone = members("penumbra-ag", "over_50")
    assert alone["penumbra-grx"] == INSIDE
    assert alone["ambiguous:ups"] == POSSIBLE
    assert "umbra-interconnect" not in alone


def test_a_state_without_a_carrier_holds_only_what_may_be_anyones() -> None:
    assert set(members("XH", "majority_50")) == {"unknown:nowhere", "unknown:sccp carrier of xbaz1"}


@pytest.mark.parametrize(
    ("text", "controller"),
    [
        ("XA", "XA"),
        ("xa", "XA"),
        (" Xa ", "XA"),
        ("XAA", "XA"),
        ("ixalia", "XA"),
        ("state-xa", "XA"),
        ("Umbra-Group", "umbra-group"),
        ("penumbra-grx", "penumbra-ag"),
        ("lucent-hub", "lucent-hub"),
        ("Umbra Group", "umbra-group"),
        ("UMBRA GROUP, Ltd.", "umbra-group"),
    ],
)
def test_a_controller_may_be_written_in_several_ways(text: str, controller: str) -> None:
    assert adversary(ATLAS, text, "wide").controller == controller


def test_an_unknown_controller_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(UsageError, match="nobody called 'umbra-grup'") as refusal:
        adversary(ATLAS, "umbra-grup", "wide")
    assert "umbra-group" in refusal.value.hint


def test_a_controller_like_nothing_known_is_refused_with_what_is_accepted() -> None:
    with pytest.raises(UsageError, match="country by code or name"):
        adversary(ATLAS, "☃", "wide")


@pytest.mark.parametrize("rule", ["", "half", "majority"])
def test_an_unknown_rule_is_refused_with_those_there_are(rule: str) -> None:
    for ask in (lambda: adversary(ATLAS, "XA", rule), lambda: controllers(ATLAS, rule)):
        with pytest.raises(UsageError, match="blocking_25"):
            ask()


def test_controllers_are_ranked_by_carriers_expected_then_possible_then_by_id() -> None:
    assert controllers(ATLAS, "majority_50") == ("XA", "umbra-group")
    assert controllers(ATLAS, "seat") == ("XB", "XA")
    assert controllers(ATLAS, "wide") == ("XA", "XB", "umbra-group")


def test_an_atlas_made_by_hand_needs_no_facts() -> None:
    row = Control("umbra-interconnect", "XA", "seat", 1.0, 1.0, 1.0, "seat", ())
    atlas = Atlas(date(2026, 1, 1), (), (), (row,), (), ())
    assert adversary(atlas, "xa", "wide").members == {"umbra-interconnect": INSIDE}
