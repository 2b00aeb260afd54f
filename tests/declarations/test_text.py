"""What is kept of a text out of a hostile file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.declarations.text import LONGEST_TEXT, fold, legible, quoted, without_numbers, written


def test_a_text_is_kept_as_written_but_for_the_blanks_around_it() -> None:
    assert written("\n  Umbra   Inter-connect, Ltd.\t") == "Umbra   Inter-connect, Ltd."
    assert written(None) == written("") == written(" ") == ""


@pytest.mark.parametrize(
    "unsafe",
    ["\x1b", "\x9b", "\x07", "\x00", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\ud800", "\U000e0041", "\u2028"],
)
def test_what_could_deceive_a_reader_is_replaced(unsafe: str) -> None:
    assert legible(f"Um{unsafe}bra") == "Um\ufffdbra"


def test_letters_of_every_script_are_kept() -> None:
    assert legible("中国移动国际 Télécom Ελλάδα") == "中国移动国际 Télécom Ελλάδα"


def test_a_long_text_is_cut() -> None:
    assert len(written("x" * 10_000)) == LONGEST_TEXT


def test_an_address_of_a_person_is_replaced() -> None:
    assert written("Umbra (noc@umbra.example)") == "Umbra (\ufffd)"
    assert without_numbers("secondary option, call +999 12 345-678 first") == "secondary option, call \ufffd first"
    assert without_numbers("alias of 2.31.4 and 2.242.6") == "alias of 2.31.4 and 2.242.6"


def test_a_quotation_is_one_short_line() -> None:
    assert quoted("a\n b\x1b") == '"a b\ufffd"'
    assert len(quoted("x" * 1000)) == 63


@given(st.text())
def test_what_is_kept_can_be_stored_and_shown(text: str) -> None:
    kept = written(text)
    kept.encode("utf-8")
    assert len(kept) <= LONGEST_TEXT
    assert legible(kept) == kept
    assert fold(kept).isprintable() or not kept.isascii()
