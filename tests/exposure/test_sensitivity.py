"""Each assumption alone over its whole range, the headline at both ends."""

from __future__ import annotations

import pytest
from tests.exposure.builders import DEFAULT, adversary, atlas, facts, links, operator, primary

from ipxray.atlas import Adversary, Atlas
from ipxray.exposure import Sensitivity, sensitivity
from ipxray.parameters import Parameters

ASKED: list[str] = []


def rebuild(parameters: Parameters) -> tuple[Atlas, Adversary]:
    """Build a pair of networks whose boxes follow primary_share_low, and remember what was asked."""
    ASKED.append(",".join(f"{one.name}={one.value}" for one in parameters.described if one.value != one.default))
    low = parameters["primary_share_low"]
    box = {"x": (low, max(low, 0.9), 1.0), "y": (0.0, 1.0 - max(low, 0.9), 1.0 - low)}
    world = atlas(
        [operator("XAAA1", "XA", sccp="declared"), operator("XBBB1", "XB", sccp="declared")],
        [*links("XAAA1", "sccp", box), *links("XBBB1", "sccp", primary("z"))],
    )
    return world, adversary("x")


def table() -> tuple[Sensitivity, ...]:
    return sensitivity(rebuild, facts(), parameters=DEFAULT)


def row(parameter: str, level: str, threat: str = "read", data_class: str = "credential") -> Sensitivity:
    (found,) = [
        one
        for one in table()
        if (one.parameter, one.level, one.threat, one.data_class) == (parameter, level, threat, data_class)
    ]
    return found


def test_every_parameter_class_threat_and_level_has_a_row() -> None:
    rows = table()
    assert [one.name for one in DEFAULT.described] == list(dict.fromkeys(one.parameter for one in rows))
    assert {one.data_class for one in rows} == {"credential", "location", "sms", "identity", "profile"}
    assert {one.threat for one in rows} == {"read", "alter", "inject"}


def test_a_parameter_of_the_atlas_moves_the_boxes() -> None:
    low = row("primary_share_low", "low")
    assert (low.figure, low.at_minimum, low.at_maximum) == (0.8, 0.5, 1.0)
    assert low.swing == 0.5
    assert (low.minimum, low.maximum, low.value) == (0.5, 1.0, 0.8)


def test_a_parameter_of_protection_moves_its_threat_alone() -> None:
    assert row("confidentiality_sccp", "expected").at_maximum == 0.0
    assert row("confidentiality_sccp", "expected", "alter").swing == 0.0
    assert row("firewall_effectiveness", "high", "inject").at_maximum == 0.0


def test_transit_moves_the_open_world_only() -> None:
    assert row("open_world_transit_high", "high").swing == 0.0
    assert row("open_world_transit_high", "open_world_high").figure == 1.0


def test_an_end_without_any_message_repeats_the_figure() -> None:
    """SCCP is all there is here: weighted 0, nothing is left to measure."""
    assert row("weight_sccp", "expected").at_minimum == row("weight_sccp", "expected").figure


def test_grades_move_no_level() -> None:
    assert {one.swing for one in table() if one.parameter.startswith(("grade_", "stale_"))} == {0.0}


def test_the_atlas_is_built_anew_only_for_what_acts_there() -> None:
    ASKED.clear()
    table()
    moved = {name.split("=")[0] for asked in ASKED if asked for name in asked.split(",")}
    assert moved == {
        "primary_share_low",
        "primary_share_point",
        "load_sharing_low_factor",
        "load_sharing_high_factor",
        "territory_seat",
    }
    assert not any("," in asked for asked in ASKED)


def test_national_roaming_moves_the_weights() -> None:
    world = atlas(
        [
            operator("XAAA1", "XA", sccp="declared"),
            operator("XAAA2", "XA", sccp="declared"),
            operator("XBBB1", "XB", sccp="declared"),
        ],
        [
            *links("XAAA1", "sccp", primary("x")),
            *links("XAAA2", "sccp", primary("x")),
            *links("XBBB1", "sccp", primary("y")),
        ],
    )
    rows = sensitivity(lambda _: (world, adversary("y")), facts(), parameters=DEFAULT)
    found = [one for one in rows if one[:1] == ("national_roaming",) and one[4:7] == ("credential", "read", "expected")]
    assert found[0].figure == 1.0
    assert found[0].at_maximum == pytest.approx(2 / 3)
