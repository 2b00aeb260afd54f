"""The TADIG code and its own country letters. Ref: GSMA TD.13 §2."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import TadigCode


@given(st.from_regex(r"([A-Z]{3}|AA[0-9]|WW[0-9]|[A-Z][0-9]{2})[A-Z0-9]{2}", fullmatch=True))
def test_the_text_form_is_parsed_back_in_either_case(text: str) -> None:
    assert str(TadigCode.parse(text)) == text
    assert TadigCode.parse(text.lower()) == TadigCode.parse(text)


def test_it_has_country_letters_and_network_letters() -> None:
    code = TadigCode.parse("DEUZ1")
    assert (code.country_letters, code.network_letters) == ("DEU", "Z1")


@pytest.mark.parametrize(
    ("text", "non_terrestrial", "wifi"),
    [
        ("DEUZ1", False, False),
        ("AAMZ9", True, False),
        ("AA1Z9", True, False),
        ("WWAZ9", False, True),
        ("WW1Z9", False, True),
        ("K00Z9", False, False),
        ("ROMZ9", False, False),
        ("YUGZ9", False, False),
        ("ANTZ9", False, False),
    ],
)
def test_letters_of_its_own_and_withdrawn_ones_are_taken(text: str, non_terrestrial: bool, wifi: bool) -> None:
    code = TadigCode.parse(text)
    assert code.country_letters == text[:3]
    assert (code.is_non_terrestrial, code.is_wifi) == (non_terrestrial, wifi)


@pytest.mark.parametrize(
    "text",
    ["", "DEUZ", "DEUZ11", "DE1Z1", "1EUZ1", "DEU-1", "DEU 1", "00101", "straß", "\N{LATIN SMALL LETTER LONG S}TRA1"],
)
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not a TADIG code: 5 characters"):
        TadigCode.parse(text)


@pytest.mark.parametrize("code", ["deuz1", "DEUZ1 ", "DEUZ1\n"])
def test_a_value_is_upper_case_and_nothing_else(code: str) -> None:
    with pytest.raises(UsageError):
        TadigCode(code)


def test_codes_are_in_order_of_their_text() -> None:
    assert sorted([TadigCode("XAAZ2"), TadigCode("XAAZ1")]) == [TadigCode("XAAZ1"), TadigCode("XAAZ2")]


@pytest.mark.shared
def test_every_code_of_the_public_list_is_taken(shared: Path) -> None:
    with (shared / "sources" / "mcc-mnc-tadig-cell_tower_data-2024.csv").open(encoding="utf-8-sig", newline="") as file:
        codes = {row["TADIG"] for row in csv.DictReader(file, delimiter=";")} - {""}
    assert len(codes) > 600
    assert {str(TadigCode.parse(code)) for code in codes} == codes
