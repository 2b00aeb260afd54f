"""Spans of numbers and addresses: joined, taken from each other, written as operators read them."""

from __future__ import annotations

import ipaddress
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.declarations.ranges import (
    Span,
    address_span,
    address_text,
    difference,
    number_span,
    number_text,
)


def numbers(*ranges: str) -> list[Span]:
    """`99910-99919` or a single number; the path says which one it was."""
    return [
        number_span(first, last or first, f"range[{place}]")
        for place, text in enumerate(ranges, 1)
        for first, _, last in [text.partition("-")]
    ]


def addresses(*prefixes: str) -> list[Span]:
    found = [address_span(prefix, f"item[{place}]") for place, prefix in enumerate(prefixes, 1)]
    assert None not in found
    return [span for span in found if span]


def texts(spans: list[Span]) -> list[str]:
    return [number_text(span) for span in spans]


def test_a_range_in_parts_is_the_same_range() -> None:
    whole, parts = numbers("9991000-9991999"), numbers("9991500-9991999", "9991000-9991249", "9991250-9991499")
    assert difference(whole, parts) == ([], [])


def test_nested_and_repeated_ranges_add_nothing() -> None:
    assert difference(numbers("9991-9999"), numbers("9993-9994", "9991-9999", "9991-9999", "9998")) == ([], [])


def test_only_the_net_numbers_are_told_with_the_row_that_gives_the_first() -> None:
    gone, come = difference(numbers("9991000-9991499"), numbers("9990900-9991099", "9991200-9991599"))
    assert [(number_text(span), span.path) for span in gone] == [("9991100-9991199", "range[1]")]
    assert [(number_text(span), span.path) for span in come] == [
        ("9990900-9990999", "range[1]"),
        ("9991500-9991599", "range[2]"),
    ]


def test_neighbours_come_as_one_interval() -> None:
    assert texts(difference([], numbers("9993", "9991", "9992"))[1]) == ["9991-9993"]


def test_numbers_of_different_length_are_different_numbers() -> None:
    gone, come = difference(numbers("99912"), numbers("9991200-9991299"))
    assert (texts(gone), texts(come)) == (["99912"], ["9991200-9991299"])


def test_the_last_number_of_one_length_is_no_neighbour_of_the_first_of_the_next() -> None:
    assert texts(difference([], numbers("999", "1000"))[1]) == ["999", "1000"]


def test_leading_zeros_are_digits() -> None:
    assert texts(difference(numbers("0012"), numbers("012"))[0]) == ["0012"]


@pytest.mark.parametrize(
    ("prefixes", "wanted"),
    [
        (["192.0.2.7/32"], ["192.0.2.7"]),
        (["192.0.2.128/25", "192.0.2.0/25"], ["192.0.2.0/24"]),
        (["192.0.2.64/26", "192.0.2.128/26"], ["192.0.2.64-192.0.2.191"]),
        (["192.0.2.0/30", "192.0.2.4/31"], ["192.0.2.0-192.0.2.5"]),
        (["192.0.2.9/29"], ["192.0.2.8/29"]),
        (["2001:db8::/33", "2001:db8:8000::/33"], ["2001:db8::/32"]),
        (["0.0.0.0/0"], ["0.0.0.0/0"]),
        (["::/0", "255.255.255.255"], ["255.255.255.255", "::/0"]),
    ],
)
def test_addresses_are_written_as_prefixes_where_one_fits(prefixes: list[str], wanted: list[str]) -> None:
    assert [address_text(span) for span in difference([], addresses(*prefixes))[1]] == wanted


def test_a_prefix_that_lost_its_half_lost_that_half_only() -> None:
    gone, come = difference(addresses("198.51.100.0/24"), addresses("198.51.100.0/25"))
    assert ([address_text(span) for span in gone], come) == (["198.51.100.128/25"], [])


def test_a_host_name_is_no_address() -> None:
    assert address_span("MMSC", "item[1]") is None


SMALL = st.builds(
    lambda first, size: number_span(f"{first:03}", f"{min(first + size, 999):03}", "range"),
    st.integers(0, 999),
    st.integers(0, 60),
)
SPANS = st.lists(SMALL, max_size=12)


def members(spans: list[Span]) -> set[int]:
    return {number for span in spans for number in range(span.first, span.last + 1)}


@given(SPANS, SPANS)
def test_the_difference_is_that_of_the_sets_in_fewest_intervals(old: list[Span], new: list[Span]) -> None:
    gone, come = difference(old, new)
    assert members(gone) == members(old) - members(new)
    assert members(come) == members(new) - members(old)
    for spans in (gone, come):
        assert all(left.last + 1 < right.first for left, right in pairwise(spans))


@given(SPANS, st.randoms(use_true_random=False))
def test_splitting_and_shuffling_is_no_difference(spans: list[Span], chance: random.Random) -> None:
    parts = []
    for first, last, path in spans:
        cut = chance.randint(first, last)
        parts += [Span(first, cut, path), *([Span(cut + 1, last, path)] if cut < last else [])]
    chance.shuffle(parts)
    assert difference(spans, parts) == ([], [])


@given(st.lists(st.integers(0, 63).map(lambda number: f"192.0.2.{number * 4}/30"), max_size=20))
def test_whole_prefixes_are_what_collapsing_gives(prefixes: list[str]) -> None:
    collapsed = ipaddress.collapse_addresses(map(ipaddress.IPv4Network, prefixes))
    assert difference(addresses(*prefixes), addresses(*map(str, collapsed))) == ([], [])
