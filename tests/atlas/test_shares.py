"""Boxes of shares from declared roles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.atlas.shares import ShareBox, share_boxes
from ipxray.parameters import Parameters

DEFAULT = Parameters.default()
ROLES = ("primary", "backup", "load_sharing", "unstated")


def boxes(*roles: str, **changes: float) -> tuple[ShareBox, ...]:
    return share_boxes(roles, DEFAULT.replace(**changes))


@pytest.mark.parametrize("role", ROLES)
def test_one_carrier_takes_all_whatever_its_role(role: str) -> None:
    assert boxes(role) == (ShareBox(1.0, 1.0, 1.0),)


def test_one_primary_leaves_the_rest_to_its_backups() -> None:
    primary, first, second = boxes("primary", "backup", "backup")
    assert primary == ShareBox(0.8, 0.9, 1.0)
    assert first == second == pytest.approx(ShareBox(0.0, 0.05, 0.2))


@pytest.mark.parametrize("role", ["primary", "load_sharing"])
def test_carriers_that_share_the_load_have_at_least_half_and_at_most_one_and_a_half_even_parts(role: str) -> None:
    assert boxes(role, role, role) == (ShareBox(0.5 / 3, 1 / 3, 0.5),) * 3


def test_two_that_share_the_load_may_each_take_three_quarters() -> None:
    assert boxes("primary", "primary") == (ShareBox(0.25, 0.5, 0.75),) * 2


def test_several_primaries_with_a_backup_share_the_mass_of_one_primary() -> None:
    first, second, backup = boxes("primary", "load_sharing", "backup")
    assert first == second == pytest.approx(ShareBox(0.2, 0.45, 0.75))
    assert backup == pytest.approx(ShareBox(0.0, 0.1, 0.2))


@pytest.mark.parametrize("role", ["unstated", "backup"])
def test_without_a_leading_role_nothing_is_known_but_the_even_expectation(role: str) -> None:
    assert boxes(role, role, role, role) == (ShareBox(0.0, 0.25, 1.0),) * 4


def test_beside_an_unstated_role_no_primary_keeps_its_lower_bound() -> None:
    primary, unstated, backup = boxes("primary", "unstated", "backup")
    assert primary == unstated == ShareBox(0.0, 0.45, 1.0)
    assert backup == pytest.approx(ShareBox(0.0, 0.1, 0.2))


def test_a_lower_bound_above_the_point_lifts_the_point() -> None:
    primary, backup = boxes("primary", "backup", primary_share_low=1.0, primary_share_point=0.7)
    assert primary == ShareBox(1.0, 1.0, 1.0)
    assert backup == ShareBox(0.0, 0.0, 0.0)


@given(
    roles=st.lists(st.sampled_from(ROLES), min_size=1, max_size=9),
    low=st.floats(0.5, 1.0),
    expected=st.floats(0.5, 1.0),
    least=st.floats(0.0, 1.0),
    most=st.floats(1.0, 10.0),
)
def test_the_boxes_always_admit_a_split(
    roles: list[str], low: float, expected: float, least: float, most: float
) -> None:
    found = boxes(
        *roles,
        primary_share_low=low,
        primary_share_point=expected,
        load_sharing_low_factor=least,
        load_sharing_high_factor=most,
    )
    assert len(found) == len(roles)
    assert all(0 <= box.low <= box.point <= box.high <= 1 for box in found)
    assert sum(box.low for box in found) <= 1 + 1e-12
    assert sum(box.high for box in found) >= 1 - 1e-12
    assert sum(box.point for box in found) == pytest.approx(1)
