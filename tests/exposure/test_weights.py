"""Who roams where: an assumption that is named, or the user's figures with what could not be counted."""

from __future__ import annotations

import numpy as np
import pytest
from tests.exposure.builders import DEFAULT, atlas, country, facts, operator

from ipxray.exposure.traffic import Traffic
from ipxray.exposure.weights import roamer_weights

LAND = facts([country("XA", 600), country("XB", 300), country("XC", None), country("XD", 100)])


def networks(*pairs: tuple[str, str | None]) -> object:
    return atlas([operator(tadig, code) for tadig, code in pairs], [])


def test_a_countrys_subscriptions_are_split_evenly_and_spread_by_those_of_the_visited() -> None:
    world = networks(("XAAA1", "XA"), ("XAAA2", "XA"), ("XBBB1", "XB"), ("XDDD1", "XD"))
    found = roamer_weights(world, LAND, parameters=DEFAULT)
    assert found.roamers[0].tolist() == pytest.approx([0.0, 0.0, 300 * 300 / 400, 300 * 100 / 400])
    assert found.roamers[2].tolist() == pytest.approx([300 * 300 / 700, 300 * 300 / 700, 0.0, 300 * 100 / 700])
    assert found.roamers.sum(axis=1).tolist() == pytest.approx([300, 300, 300, 100])
    assert found.assumed == ()


def test_pairs_within_a_country_weigh_what_the_parameter_says() -> None:
    world = networks(("XAAA1", "XA"), ("XAAA2", "XA"), ("XBBB1", "XB"))
    found = roamer_weights(world, LAND, parameters=DEFAULT.replace(national_roaming=0.5))
    assert found.roamers[0].tolist() == pytest.approx([0.0, 300 * 150 / 450, 300 * 300 / 450])
    assert not found.roamers.diagonal().any()


def test_a_network_whose_country_has_no_figure_gets_the_median_and_is_named() -> None:
    world = networks(("XAAA1", "XA"), ("XBBB1", "XB"), ("XCCC1", "XC"), ("XDDD1", "XD"), ("QQQQ1", None))
    found = roamer_weights(world, LAND, parameters=DEFAULT)
    assert found.assumed == ("XCCC1", "QQQQ1")
    assert found.roamers.sum(axis=1).tolist() == pytest.approx([600, 300, 300, 100, 300])


def test_without_any_figure_all_networks_weigh_the_same() -> None:
    found = roamer_weights(networks(("XAAA1", "XA"), ("XBBB1", "XB")), facts(), parameters=DEFAULT)
    assert found.roamers.tolist() == [[0.0, 1.0], [1.0, 0.0]]
    assert found.world_coverage == 0.0


def test_a_network_without_a_partner_abroad_has_no_roamers() -> None:
    found = roamer_weights(networks(("XAAA1", "XA"), ("XAAA2", "XA")), LAND, parameters=DEFAULT)
    assert not found.roamers.any()


def test_two_networks_of_unknown_country_are_not_taken_for_one_country() -> None:
    found = roamer_weights(networks(("QQQQ1", None), ("QQQQ2", None)), LAND, parameters=DEFAULT)
    assert found.roamers.any(axis=1).all()


def test_given_figures_replace_the_assumption_and_unknown_networks_are_counted() -> None:
    given = Traffic("t.csv", {("XAAA1", "XBBB1"): 30.0, ("XAAA1", "XYYY1"): 60.0, ("XZZZ1", "XBBB1"): 10.0})
    found = roamer_weights(networks(("XAAA1", "XA"), ("XBBB1", "XB")), LAND, parameters=DEFAULT, traffic=given)
    assert found.roamers.tolist() == [[0.0, 30.0], [0.0, 0.0]]
    assert (found.unknown, found.unknown_share) == (("XYYY1", "XZZZ1"), pytest.approx(0.7))
    assert found.assumed == ()


def test_coverage_counts_the_countries_that_are_present() -> None:
    found = roamer_weights(networks(("XAAA1", "XA"), ("XCCC1", "XC")), LAND, parameters=DEFAULT)
    assert found.world_coverage == pytest.approx(0.6)
    assert np.isfinite(found.roamers).all()
