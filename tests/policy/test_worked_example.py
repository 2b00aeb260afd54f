"""The worked example of the method, its policy step to the digit: the operator drops X alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.exposure.builders import DEFAULT
from tests.exposure.worlds import H1, ROAMERS, V1, example
from tests.policy.scenes import level, measure, owned, scenario, simulated

from ipxray.policy import Simulation

DROP = f"""
title = "H1 drops X"
actor = "{H1}"
[assume]
redundancy_floor = 1
[[step]]
kind = "refuse"
carriers = "x"
"""


@pytest.fixture
def dropped(tmp_path: Path) -> Simulation:
    return simulated(scenario(tmp_path, DROP), owned(example(), "x"), traffic=ROAMERS)


def test_credentials_before_are_those_of_the_method(dropped: Simulation) -> None:
    assert level(dropped, "before", subject=H1, data_class="credential") == pytest.approx((0.84, 0.9225, 1.0))


def test_credentials_after_are_those_of_the_method(dropped: Simulation) -> None:
    assert level(dropped, "after", subject=H1, data_class="credential") == pytest.approx((0.20, 0.225, 0.25))


def test_what_is_left_is_the_partners_and_the_operator_cannot_remove_it_alone(dropped: Simulation) -> None:
    alone = level(dropped, "alone", subject=H1, data_class="credential")
    assert alone == level(dropped, "after", subject=H1, data_class="credential")
    assert measure(dropped, "stays_credential", "actor") > 0.0


def test_the_actor_is_a_subject_of_its_own(dropped: Simulation) -> None:
    assert level(dropped, "after", subject_kind="actor", data_class="credential") == pytest.approx((0.20, 0.225, 0.25))


def test_the_backup_takes_everything_and_one_carrier_is_left(dropped: Simulation) -> None:
    kept = {(row.service, row.carrier): row for row in dropped.changes if row.tadig == H1}
    assert kept["sccp", "x"].action == "remove"
    assert kept["sccp", "y"].share_after == 1.0
    assert measure(dropped, "one_carrier") == 2 * (1 + 1)  # H1 and V2, on SCCP and Diameter
    assert measure(dropped, "changes", "actor") == 2


def test_nothing_is_lost_because_everyone_keeps_a_carrier(dropped: Simulation) -> None:
    assert measure(dropped, "reach_lost", "actor") == 0.0
    assert dropped.reach == ()


def test_when_the_partner_acts_too_nothing_is_left(tmp_path: Path) -> None:
    both = DROP.replace(f'actor = "{H1}"', f'actor = ["{H1}", "{V1}"]')
    found = simulated(scenario(tmp_path, both), owned(example(), "x"), traffic=ROAMERS)
    assert level(found, "after", subject=H1, data_class="credential") == (0.0, 0.0, 0.0)


def test_refusing_partners_too_cleans_the_pair_and_loses_no_one_who_has_another_carrier(tmp_path: Path) -> None:
    indirect = DROP + 'scope = "indirect"\n'
    found = simulated(scenario(tmp_path, indirect), owned(example(), "x"), traffic=ROAMERS)
    assert level(found, "after", subject=H1, data_class="credential") == (0.0, 0.0, 0.0)
    assert measure(found, "reach_lost", "actor") == 0.0


def test_a_partner_reachable_only_through_the_refused_is_lost(tmp_path: Path) -> None:
    indirect = DROP + 'scope = "indirect"\n'
    atlas = example()
    without_z = tuple(
        link._replace(share_low=1.0, share_point=1.0, share_high=1.0) if link.node == "x" else link
        for link in atlas.links
        if (link.tadig, link.node) != (V1, "z") and (link.tadig, link.node) != (H1, "x")
    )
    whole = tuple(
        link._replace(share_low=1.0, share_point=1.0, share_high=1.0) if link.tadig == H1 else link
        for link in without_z
    )
    found = simulated(scenario(tmp_path, indirect), owned(replace(atlas, links=whole), "x"), traffic=ROAMERS)
    assert measure(found, "reach_lost", "actor") == pytest.approx(100 / 400)
    assert {(row.tadig, row.partner, row.certainty) for row in found.reach} == {(H1, V1, "certain")}


def test_the_floor_of_two_brings_a_second_provider_that_is_not_refused(tmp_path: Path) -> None:
    found = simulated(
        scenario(tmp_path, DROP.replace("redundancy_floor = 1", "redundancy_floor = 2")),
        owned(example(), "x"),
        traffic=ROAMERS,
        parameters=DEFAULT,
    )
    added = {row.carrier for row in found.changes if row.action == "add"}
    assert added == {"z"}
    assert measure(found, "one_carrier") == 2
