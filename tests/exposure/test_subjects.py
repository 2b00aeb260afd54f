"""Countries and alliances: weighted means of their networks; inside apart from outside."""

from __future__ import annotations

from datetime import date

import pytest
from tests.exposure.builders import (
    DEFAULT,
    atlas,
    country,
    facts,
    group,
    links,
    one_row,
    operator,
    primary,
    rows_of,
)
from tests.exposure.worlds import X_ONLY

from ipxray.atlas import Atlas
from ipxray.exposure import Assessment, Exposure, measure


def test_a_country_is_the_weighted_mean_of_its_networks() -> None:
    found = measure(three_countries(), LANDS, X_ONLY, parameters=DEFAULT)
    wanted = {"service": "sccp", "data_class": "credential", "threat": "read"}
    first, second = (one_row(found.exposure, subject=name, **wanted) for name in ("XAAA1", "XAAA2"))
    land = one_row(found.exposure, subject="XA", **wanted)
    assert land.subject_kind == "country"
    assert land.expected == pytest.approx((first.expected + second.expected) / 2)


LANDS = facts(
    [country("XA", 200), country("XB", 100), country("XC", 100)],
    [
        group("pact", "XA", "XB"),
        group("old", "XC", until=date(2026, 1, 1)),
        group("young", "XC", since=date(2026, 1, 1)),
    ],
)


def three_countries() -> Atlas:
    declared = {"XAAA1": primary("x"), "XAAA2": primary("y"), "XBBB1": primary("y"), "XCCC1": primary("x")}
    return atlas(
        [operator(tadig, tadig[:2], sccp="declared") for tadig in declared],
        [link for tadig, boxes in declared.items() for link in links(tadig, "sccp", boxes)],
    )


def alliance_row(found: Assessment, counterpart: str) -> Exposure:
    wanted = {
        "subject": "pact",
        "counterpart": counterpart,
        "service": "sccp",
        "data_class": "credential",
        "threat": "read",
    }
    return one_row(found.exposure, **wanted)


def test_what_members_can_fix_alone_stands_apart() -> None:
    """Inside: XAAA1 (x) and XAAA2 (y) to XBBB1 (y), XBBB1 back to both. Outside: all of them to XCCC1 (x)."""
    found = measure(three_countries(), LANDS, X_ONLY, parameters=DEFAULT)
    inside, outside = alliance_row(found, "inside"), alliance_row(found, "outside")
    # Every network has 100 subscribers; XA's spread over two networks abroad, XBBB1's over three.
    to_inside = {
        ("XAAA1", "XBBB1"): 50.0,
        ("XAAA2", "XBBB1"): 50.0,
        ("XBBB1", "XAAA1"): 100 / 3,
        ("XBBB1", "XAAA2"): 100 / 3,
    }
    exposed = to_inside["XAAA1", "XBBB1"] + to_inside["XBBB1", "XAAA1"]
    assert inside.expected == pytest.approx(exposed / sum(to_inside.values()))
    assert outside.expected == 1.0
    whole = alliance_row(found, "all")
    assert inside.expected < whole.expected < outside.expected


def test_a_group_counts_while_its_dates_hold_and_only_with_a_member_here() -> None:
    found = measure(three_countries(), LANDS, X_ONLY, parameters=DEFAULT)
    assert {row.subject for row in found.exposure if row.subject_kind == "alliance"} == {"pact", "young"}


def test_a_group_of_one_has_no_inside() -> None:
    found = measure(three_countries(), LANDS, X_ONLY, parameters=DEFAULT)
    assert {row.counterpart for row in rows_of(found.exposure, subject="young")} == {"outside", "all"}
