"""The IMSI: MCC, MNC, MSIN. Ref: 3GPP TS 23.003 §2.2."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import Imsi, PlmnId, PseudonymKey

IMSI = Imsi.parse("001010123456789")
KEY = PseudonymKey(b"sixteen byte key")
digits = st.from_regex(r"[0-9]{6,15}", fullmatch=True)


@given(digits)
def test_what_is_revealed_is_parsed_back(text: str) -> None:
    assert Imsi.parse(text).reveal() == text
    assert Imsi.parse(Imsi.parse(text).reveal()) == Imsi.parse(text)


@pytest.mark.parametrize("text", ["", "00101", "0010101234567890", "+001010123456789", "001-01-0123456789", "00101f"])
def test_what_is_not_six_to_fifteen_digits_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not an IMSI: 6 to 15 digits"):
        Imsi.parse(text)


def test_it_shows_the_country_and_two_digits_of_the_network() -> None:
    assert str(IMSI) == "00101**********"
    assert repr(IMSI) == "Imsi(00101**********)"


def test_the_caller_says_how_long_the_network_code_is() -> None:
    assert IMSI.masked(mnc_length=3) == "001010*********"
    assert IMSI.mcc == "001"
    assert IMSI.plmn(2) == PlmnId("001", "01")
    assert IMSI.plmn(3) == PlmnId("001", "010")
    assert IMSI.plmn_candidates == (PlmnId("001", "01"), PlmnId("001", "010"))


def test_the_letters_of_a_pseudonym_do_not_depend_on_the_prefix_shown() -> None:
    short = IMSI.pseudonym(KEY)
    long = IMSI.pseudonym(KEY, mnc_length=3)
    assert short.startswith("00101~")
    assert long.startswith("001010~")
    assert short.partition("~")[2] == long.partition("~")[2]


@pytest.mark.parametrize("length", [-1, 0, 1, 4])
def test_a_network_code_has_two_or_three_digits(length: int) -> None:
    for call in (IMSI.plmn, lambda n: IMSI.masked(mnc_length=n), lambda n: IMSI.pseudonym(KEY, mnc_length=n)):
        with pytest.raises(UsageError, match="an MNC: 2 to 3 digits"):
            call(length)
