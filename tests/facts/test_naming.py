"""Two spellings of one company name compare equal, and two companies stay two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.facts import normalise_name


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ALPHA  Transit", "alpha transit"),
        ("Alpha Transit S.p.A.", "alpha transit"),
        ("Alpha Transit S.p.A", "alpha transit"),
        ("Alpha Transit Pvt.Ltd.", "alpha transit"),
        ("Alpha Transit Co., Ltd", "alpha transit"),
        ("Alpha-Transit (XA) Limited", "alpha transit xa"),
        ("Álpha Tränsit ApS", "alpha transit aps"),
        ("ALPHA_TRANSIT LLC", "alpha transit"),
        ("Ålpha Trønsit AS", "alpha tronsit"),
        ("Straße AG", "strasse"),
        ("Alpha & Beta plc", "alpha and beta"),
        ("\uff21lpha", "alpha"),
        ("A.B.C. Inc", "abc"),
        ("İstanbul A.Ş.", "istanbul"),
    ],
)
def test_case_accents_punctuation_and_legal_form_are_folded(written: str, folded: str) -> None:
    assert normalise_name(written) == folded


def test_a_name_that_is_nothing_but_a_legal_form_stays_a_name() -> None:
    assert normalise_name("AS") == "as"
    assert normalise_name("Co. Ltd") == "co"


def test_a_legal_form_inside_a_name_stays() -> None:
    assert normalise_name("AS Alpha") == "as alpha"
    assert normalise_name("SA Alpha Transit") != normalise_name("Alpha Transit")


def test_a_dotted_host_is_not_an_acronym() -> None:
    assert normalise_name("alpha.example") == "alpha example"


def test_an_ampersand_is_not_lost() -> None:
    assert normalise_name("e&") != normalise_name("e")


def test_text_without_letter_or_digit_gives_nothing() -> None:
    assert normalise_name(" --- ... ") == ""


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = normalise_name(text)
    assert normalise_name(once) == once


@given(st.text(max_size=40), st.sampled_from(["Ltd", "Limited", "S.A.", "PLC", "GmbH", "Inc."]))
def test_a_legal_form_at_the_end_changes_nothing(text: str, form: str) -> None:
    name = f"Alpha {text} Transit"
    assert normalise_name(f"{name} {form}") == normalise_name(name)


@given(st.text(max_size=60))
def test_the_result_is_words_with_single_blanks(text: str) -> None:
    folded = normalise_name(text)
    assert folded == " ".join(folded.split())
