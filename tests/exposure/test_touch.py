"""The study's metric: who declares a carrier of the set at all. Ref: docs/method.md §7."""

from __future__ import annotations

import pytest
from tests.exposure.builders import adversary, atlas, links, operator, primary, unstated

from ipxray.atlas import Adversary, Atlas, Link
from ipxray.exposure import Reach, Touch, reach_of, touch

FIVE = ("umbra", "penumbra", "antumbra", "eclipse", "gloaming")
MINORITY = "gloaming"


def study() -> Atlas:
    """60 networks in 35 countries declare one of five carriers, 7 of them only a minority stake; 20 declare others."""
    operators, found = [], []
    for number in range(80):
        tadig = f"X{number:03d}"
        land = f"{'XQ'[number % 35 // 18]}{'ABCDEFGHIJKLMNOPQR'[number % 35 % 18]}"
        if number < 60:
            name = MINORITY if number < 7 else FIVE[number % 4]
            declared = primary("dawn", name) if number % 2 else primary(name)
        else:
            declared = primary("dawn", "noon")
        operators.append(operator(tadig, land, sccp="declared", grx="declared"))
        found += links(tadig, ("sccp", "grx")[number % 2], declared)
    return atlas(operators, found)


def test_the_shape_of_the_study_comes_back_under_the_wide_rule() -> None:
    reach = reach_of(touch(study(), adversary(*FIVE, rule="wide")))
    assert (reach.operators_touched, reach.countries_touched, reach.operators) == (60, 35, 80)


def test_the_majority_rule_leaves_out_those_who_declare_only_the_minority_stake() -> None:
    majority = reach_of(touch(study(), adversary(*FIVE[:4])))
    assert majority.operators_touched == 60 - 7
    dated = reach_of(touch(study(), adversary(*FIVE[:4], perhaps=[MINORITY])))
    assert (dated.operators_touched_low, dated.operators_touched, dated.operators_touched_high) == (53, 53, 60)


def of_one(found: list[Link], against: Adversary) -> Touch:
    (row,) = touch(atlas([operator("XAAA1", "XA")], found), against)
    return row


def test_roles_and_services_do_not_matter_for_touch() -> None:
    found = [*links("XAAA1", "sccp", primary("dawn", "umbra")), *links("XAAA1", "mms", unstated("noon"))]
    row = of_one(found, adversary("umbra", "noon"))
    assert (row.touched_low, row.touched, row.captured) == (True, True, False)
    assert (row.through, row.services, row.carriers) == (("noon", "umbra"), ("mms", "sccp"), 3)


@pytest.mark.parametrize(
    ("inside", "perhaps", "captured"),
    [
        (("dawn",), (), (False, False, False)),
        (("dawn", "umbra"), (), (True, True, True)),
        (("dawn",), ("umbra",), (False, False, True)),
    ],
)
def test_captured_means_no_carrier_outside(
    inside: tuple[str, ...], perhaps: tuple[str, ...], captured: tuple[bool, bool, bool]
) -> None:
    row = of_one(links("XAAA1", "sccp", primary("dawn", "umbra")), adversary(*inside, perhaps=perhaps))
    assert (row.captured_low, row.captured, row.captured_high) == captured


def test_one_carrier_on_several_services_is_single_homed() -> None:
    found = [*links("XAAA1", "sccp", primary("dawn")), *links("XAAA1", "grx", unstated("dawn"))]
    assert of_one(found, adversary()).single_homed
    assert not of_one(links("XAAA1", "sccp", primary("dawn", "noon")), adversary()).single_homed


def test_an_unknown_name_touches_possibly_and_nothing_declared_touches_nothing() -> None:
    unknown = of_one(links("XAAA1", "sccp", primary("Nix"), candidates={"Nix": ()}), adversary("umbra"))
    assert (unknown.touched_low, unknown.touched, unknown.touched_high) == (False, False, True)
    nothing = of_one([], adversary("umbra"))
    assert (nothing.touched_high, nothing.captured_high, nothing.single_homed) == (False, False, False)


def test_a_pending_carrier_does_not_touch_yet() -> None:
    assert not of_one(links("XAAA1", "sccp", primary("umbra"), pending=True), adversary("umbra")).touched_high


def test_a_network_of_unknown_country_counts_as_operator_only() -> None:
    rows = touch(atlas([operator("QQQQ1", None)], links("QQQQ1", "sccp", primary("umbra"))), adversary("umbra"))
    assert reach_of(rows) == Reach(1, 0, 1, 1, 1, 0, 0, 0, 1)
