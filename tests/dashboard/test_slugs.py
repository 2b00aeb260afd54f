"""Any name, however hostile, is one segment of an address and comes back as it was."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ipxray.dashboard.slugs import SLUG, slug, unslug


@given(st.text(max_size=60))
def test_a_name_comes_back(text: str) -> None:
    assert unslug(slug(text)) == text


@given(st.text(min_size=1, max_size=60))
def test_a_segment_holds_nothing_that_an_address_reads(text: str) -> None:
    assert re.fullmatch(SLUG, slug(text))
    assert not set(slug(text)) & set("./%?#&\\<>\"' ")


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_names_have_two_segments(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (one == other)


@given(st.from_regex(SLUG, fullmatch=True))
def test_any_segment_reads_as_some_text(segment: str) -> None:
    assert isinstance(unslug(segment), str)
