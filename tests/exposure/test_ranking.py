"""The neutral view: every controller, who could see most of whom."""

from __future__ import annotations

import pytest
from tests.exposure.builders import DEFAULT, adversary, atlas, facts, links, operator, primary

from ipxray.exposure import Traffic, measure, rank

WORLD = atlas(
    [operator(f"X{land}AA1", f"X{land}", sccp="declared") for land in "ABC"],
    [
        *links("XAAA1", "sccp", primary("umbra", "dawn")),
        *links("XBAA1", "sccp", primary("dawn")),
        *links("XCAA1", "sccp", primary("umbra")),
    ],
)
EVERYONE = [
    adversary("noon", controller="XQ"),
    adversary("umbra", controller="XZ"),
    adversary("dawn", controller="XY"),
    adversary("umbra", "dawn", controller="XX"),
]


def test_controllers_are_ranked_by_whom_they_touch_and_what_they_see() -> None:
    rows = rank(WORLD, facts(), adversaries=EVERYONE, parameters=DEFAULT)
    assert [(row.controller, row.carriers, row.operators_touched, row.countries_touched) for row in rows] == [
        ("XX", 2, 3, 3),
        ("XZ", 1, 2, 2),
        ("XY", 1, 2, 2),
        ("XQ", 0, 0, 0),
    ]
    assert rows[0].credential == 1.0
    assert rows[-1].credential_high == 0.0


def test_a_class_that_no_service_here_carries_is_absent_not_zero() -> None:
    (row,) = rank(WORLD, facts(), adversaries=EVERYONE[:1], parameters=DEFAULT)
    assert (row.user_traffic_low, row.user_traffic, row.user_traffic_high) == (None, None, None)


def test_the_ranked_figure_is_the_mean_of_the_operators() -> None:
    """One home network: everybody's mean is its own."""
    traffic = Traffic("t.csv", {("XAAA1", "XBAA1"): 1.0, ("XAAA1", "XCAA1"): 2.0})
    (row,) = rank(WORLD, facts(), adversaries=[EVERYONE[1]], parameters=DEFAULT, traffic=traffic)
    found = measure(WORLD, facts(), EVERYONE[1], parameters=DEFAULT, traffic=traffic)
    (own,) = [
        one
        for one in found.exposure
        if (one.subject, one.service, one.data_class, one.threat, one.direction, one.perspective)
        == ("XAAA1", "all", "credential", "read", "both", "outbound")
    ]
    assert (row.credential_low, row.credential, row.credential_high) == pytest.approx((own.low, own.expected, own.high))


def test_of_two_that_touch_as_many_operators_the_one_in_more_countries_is_first() -> None:
    homes = {"XAAA1": "umbra", "XAAA2": "umbra", "XBAA1": "dawn", "XCAA1": "dawn"}
    world = atlas(
        [operator(tadig, tadig[:2], sccp="declared") for tadig in homes],
        [link for tadig, name in homes.items() for link in links(tadig, "sccp", primary(name))],
    )
    both = [adversary("umbra", controller="XA"), adversary("dawn", controller="XZ")]
    rows = rank(world, facts(), adversaries=both, parameters=DEFAULT)
    assert [(row.controller, row.operators_touched, row.countries_touched) for row in rows] == [
        ("XZ", 2, 2),
        ("XA", 2, 1),
    ]
