"""A share is an exact percentage or an interval; anything else is a fault that says what would be right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.facts import Share
from ipxray.facts.faults import FaultList, Place
from ipxray.facts.record import Record
from ipxray.facts.shares import read_share, share_text


def read(value: object) -> tuple[Share | None, list[str]]:
    faults = FaultList()
    share = read_share(Record({"share": value}, Place("x.toml", "ownership 1", 1), faults))
    return share, [fault.message for fault in faults.found]


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ({"exact": 57.54}, Share(57.54, 57.54)),
        ({"exact": 100}, Share(100, 100)),
        ({"minimum": 25}, Share(25, 100)),
        ({"maximum": 10}, Share(0, 10)),
        ({"exclusive_minimum": 50, "maximum": 100}, Share(50, 100, exclusive_minimum=True)),
        ({"minimum": 25, "exclusive_maximum": 50}, Share(25, 50, exclusive_maximum=True)),
        ({"minimum": 30, "maximum": 30}, Share(30, 30)),
    ],
)
def test_an_exact_share_and_each_kind_of_bound_is_read(written: dict[str, float], share: Share) -> None:
    assert read(written) == (share, [])


def test_no_share_is_no_share() -> None:
    faults = FaultList()
    assert read_share(Record({}, Place("x.toml", "ownership 1", 1), faults)) is None
    assert not faults.found


@pytest.mark.parametrize(
    "written",
    [
        {"exact": 140},
        {"exact": -1},
        {"exact": float("nan")},
        {"exact": float("inf")},
        {"exact": 10**400},
        {"exact": "57 %"},
        {"exact": True},
        {"minimum": 60, "maximum": 40},
        {"exclusive_minimum": 50, "maximum": 50},
        {"minimum": 10, "exclusive_minimum": 10},
        {"maximum": 10, "exclusive_maximum": 10},
        {"exact": 50, "minimum": 10},
        {"about": 50},
        {},
        57.54,
        [57.54],
    ],
)
def test_what_is_no_share_of_a_whole_is_a_fault(written: object) -> None:
    share, faults = read(written)
    assert share is None
    assert len(faults) == 1


@given(
    st.dictionaries(
        st.sampled_from(["exact", "minimum", "maximum", "exclusive_minimum", "exclusive_maximum"]), st.floats()
    )
)
def test_a_share_that_is_read_lies_within_0_and_100(written: dict[str, float]) -> None:
    share, faults = read(written)
    assert (share is None) == bool(faults)
    if share is not None:
        assert 0 <= share.minimum <= share.maximum <= 100


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Share(57.54, 57.54), "57.54 %"),
        (Share(50, 100, exclusive_minimum=True), "over 50 %"),
        (Share(25, 100), "at least 25 %"),
        (Share(0, 10), "at most 10 %"),
        (Share(0, 10, exclusive_maximum=True), "under 10 %"),
        (Share(25, 50, exclusive_maximum=True), "25 to under 50 %"),
        (Share(0, 100), "0 to 100 %"),
        (Share(0, 100, exclusive_minimum=True), "over 0 to 100 %"),
    ],
)
def test_a_share_is_told_in_words(share: Share, text: str) -> None:
    assert share_text(share) == text
