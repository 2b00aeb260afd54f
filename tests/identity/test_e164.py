"""The international number. Ref: ITU-T E.164 §6."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import E164Number, PseudonymKey

NUMBER = E164Number.parse("+999123456789")
KEY = PseudonymKey(b"sixteen byte key")


@given(st.from_regex(r"[1-9][0-9]{3,14}", fullmatch=True))
def test_what_is_revealed_is_parsed_back_with_a_plus_or_without(text: str) -> None:
    assert E164Number.parse(text).reveal() == text
    assert E164Number.parse(f"+{text}") == E164Number.parse(text)


@pytest.mark.parametrize(
    "text", ["", "+", "999", "9991234567890123", "00999123456789", "0123456789", "++999123", "999 123 456", "999-12345"]
)
def test_what_is_not_an_international_number_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not an E\.164 number: 4 to 15 digits"):
        E164Number.parse(text)


def test_it_shows_three_digits_when_nobody_says_where_the_country_code_ends() -> None:
    assert str(NUMBER) == "999*********"
    assert repr(NUMBER) == "E164Number(999*********)"


def test_the_caller_says_how_long_the_country_code_is() -> None:
    assert NUMBER.country_code(2) == "99"
    assert NUMBER.masked(country_code_length=1) == "9***********"
    assert NUMBER.pseudonym(KEY, country_code_length=2).startswith("99~")
    assert NUMBER.pseudonym(KEY).startswith("999~")


@pytest.mark.parametrize("length", [0, 4])
def test_a_country_code_has_one_to_three_digits(length: int) -> None:
    for call in (
        NUMBER.country_code,
        lambda n: NUMBER.masked(country_code_length=n),
        lambda n: NUMBER.pseudonym(KEY, country_code_length=n),
    ):
        with pytest.raises(UsageError, match="a country code: 1 to 3 digits"):
            call(length)
