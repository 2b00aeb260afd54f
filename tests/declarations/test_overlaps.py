"""Ranges against one another: prefixes stand for all numbers under them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ipxray.declarations.overlaps import outside, overlaps
from ipxray.declarations.rows import Numbering


def span(start: str, stop: str | None = None) -> Numbering:
    """A range of numbers, or a whole prefix when no last number is given."""
    first = start if stop is not None else None
    return Numbering("TSTZ1", "gt_range", start, first, stop, None, None, None, None, None, "0" * 64, f"{start}-{stop}")


def pairs(*rows: Numbering) -> list[tuple[str, str]]:
    return [(pair.first.element_path, pair.second.element_path) for pair in overlaps(rows)]


def test_ranges_side_by_side_do_not_overlap() -> None:
    assert pairs(span("99910000", "99919999"), span("99920000", "99929999")) == []


def test_one_number_in_common_is_an_overlap() -> None:
    assert pairs(span("99910000", "99920000"), span("99920000", "99929999")) == [
        ("99910000-99920000", "99920000-99929999")
    ]


def test_a_prefix_holds_every_longer_range_under_it() -> None:
    assert pairs(span("99912310", "99912399"), span("999123")) == [("999123-None", "99912310-99912399")]


def test_a_wide_range_is_named_for_each_that_it_covers() -> None:
    wide, first, second = span("99910", "99989"), span("99920", "99921"), span("99930", "99931")
    assert pairs(first, wide, second) == [("99910-99989", "99920-99921"), ("99910-99989", "99930-99931")]


def test_a_title_in_the_union_of_two_adjacent_ranges_is_inside() -> None:
    ranges = [span("99910000", "99914999"), span("99915000", "99919999")]
    assert outside([span("99914990", "99915010")], ranges) == []


def test_a_title_outside_or_half_outside_is_told() -> None:
    ranges = [span("99910000", "99914999"), span("99930000", "99930001")]
    titles = [
        span("99914990", "99915010"),
        span("99920000", "99920000"),
        span("99910000", "99910000"),
        span("9990", "9990"),
    ]
    assert outside(titles, ranges) == [titles[0], titles[1], titles[3]]


def test_without_ranges_nothing_can_be_outside() -> None:
    assert outside([span("9991", "9991")], []) == []


numbers = st.integers(0, 9999).map(lambda number: f"999{number:04}")
spans = st.tuples(numbers, numbers).map(lambda ends: span(min(ends), max(ends)))


@given(st.lists(spans, max_size=12))
def test_a_range_is_told_exactly_when_an_earlier_one_meets_it(rows: list[Numbering]) -> None:
    ordered = sorted(rows, key=lambda row: (row.range_start or "", row.range_stop or ""))
    expected = sum(
        any((other.range_stop or "") >= (row.range_start or "") for other in ordered[:place])
        for place, row in enumerate(ordered)
    )
    assert len(overlaps(rows)) == expected


@given(spans, st.lists(spans, min_size=1, max_size=8))
def test_outside_agrees_with_counting_every_number(title: Numbering, ranges: list[Numbering]) -> None:
    held = {number for row in ranges for number in range(int(row.range_start or "0"), int(row.range_stop or "0") + 1)}
    whole = set(range(int(title.range_start or "0"), int(title.range_stop or "0") + 1))
    assert (outside([title], ranges) == []) == (whole <= held)
