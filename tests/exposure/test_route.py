"""One pair in full: who carries at each end, who chooses the path, what could be seen."""

from __future__ import annotations

import pytest
from tests.exposure.builders import DEFAULT, adversary, atlas, links, one_row, operator, primary, unstated

from ipxray.atlas import Atlas
from ipxray.errors import UsageError
from ipxray.exposure import RouteMessage, messages, pair

HOME, VISITED, OTHER = "XAAH1", "XBBV2", "XCCO1"


def world() -> Atlas:
    return atlas(
        [
            operator(HOME, "XA", sccp="declared", diameter="declared"),
            operator(VISITED, "XB", sccp="declared", diameter="declared", grx="declared"),
            operator(OTHER, "XC", sccp="missing"),
        ],
        [
            *links(HOME, "sccp", primary("x", "y"), confirmed=["x"]),
            *links(HOME, "diameter", primary("x", "y")),
            *links(HOME, "mms", unstated("Nix"), candidates={"Nix": ()}),
            *links(VISITED, "sccp", primary("y")),
            *links(VISITED, "diameter", primary("y")),
            *links(VISITED, "grx", unstated("x")),
        ],
    )


ROUTE = pair(world(), adversary("x"), HOME, VISITED, parameters=DEFAULT)


def kind(name: str) -> RouteMessage:
    (row,) = [row for row in ROUTE.messages if row.message == name]
    return row


def test_each_message_names_who_chooses_its_path() -> None:
    assert (kind("SendAuthenticationInfo answer").path, kind("SendAuthenticationInfo answer").chooser) == ("home", HOME)
    answer = kind("Authentication-Information-Answer")
    assert (answer.path, answer.chooser, answer.direction) == ("visited", VISITED, "home_to_visited")


def test_each_message_has_its_own_bounds() -> None:
    vectors = kind("SendAuthenticationInfo answer")
    assert (vectors.low, vectors.expected, vectors.high) == (0.8, 0.9, 1.0)
    answer = kind("Authentication-Information-Answer")
    assert (answer.forced, answer.low, answer.expected, answer.high, answer.possible) == (0.0, 0.0, 0.09, 0.5, 1.0)


def test_services_that_an_end_lacks_give_no_row() -> None:
    assert {row.service for row in ROUTE.messages} == {"sccp", "diameter"}
    assert len(ROUTE.messages) == sum(one.service != "grx" for one in messages())
    assert {row.service for row in ROUTE.exposure} == {"sccp", "diameter", "all"}
    assert ROUTE.services["grx"] == ("not_applicable", "declared")


def test_every_threat_class_and_direction_is_there_from_the_home_side() -> None:
    assert {row.threat for row in ROUTE.exposure} == {"read", "alter", "inject"}
    assert {row.data_class for row in ROUTE.exposure} == {"credential", "location", "sms", "identity", "profile"}
    assert {row.direction for row in ROUTE.exposure} == {"home_to_visited", "visited_to_home", "both"}
    assert {(row.subject_kind, row.subject, row.counterpart, row.perspective) for row in ROUTE.exposure} == {
        ("pair", HOME, VISITED, "outbound")
    }
    location = one_row(ROUTE.exposure, service="sccp", data_class="location", threat="read")
    assert (location.low, location.expected, location.high) == (0.0, 0.09, 0.5)


def test_carriers_at_both_ends_stand_with_their_evidence() -> None:
    at_home = [row for row in ROUTE.carriers if row.end == "home"]
    assert [(row.service, row.node) for row in at_home] == [
        ("sccp", "x"), ("sccp", "y"), ("diameter", "x"), ("diameter", "y"), ("mms", "unknown:Nix"),
    ]  # fmt: skip
    first, unknown = at_home[0], at_home[-1]
    assert (first.controlled_low, first.share_low, first.confirmed_by) == (1.0, 0.8, ("ispc",))
    assert first.sources == ("Network[1]/sccp[1]",)
    assert (unknown.controlled_low, unknown.controlled, unknown.controlled_high) == (0.0, 0.0, 1.0)
    assert {row.tadig for row in ROUTE.carriers if row.end == "visited"} == {VISITED}


def test_the_other_way_round_is_another_route() -> None:
    back = pair(world(), adversary("x"), VISITED, HOME, parameters=DEFAULT)
    wanted = {"service": "sccp", "data_class": "credential", "threat": "read"}
    assert one_row(back.exposure, **wanted).expected == 0.09
    assert one_row(ROUTE.exposure, **wanted).expected == 0.9


def test_an_unknown_network_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="'XAAH2': did you mean XAAH1"):
        pair(world(), adversary("x"), "XAAH2", VISITED, parameters=DEFAULT)
    with pytest.raises(UsageError, match="3 networks were read"):
        pair(world(), adversary("x"), HOME, "nothing", parameters=DEFAULT)


def test_a_network_does_not_roam_on_itself() -> None:
    with pytest.raises(UsageError, match="does not roam on itself"):
        pair(world(), adversary("x"), HOME, HOME, parameters=DEFAULT)
