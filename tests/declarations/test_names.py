"""How a text that names carriers is taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.declarations.names import CarrierName, is_generic, is_void, own_key, split_names
from ipxray.declarations.text import fold


def names(text: str) -> list[str]:
    return [name.name for name in split_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Umbra, Penumbra / Lucent", ["Umbra", "Penumbra", "Lucent"]),
        ("Umbra & Penumbra", ["Umbra", "Penumbra"]),
        ("Umbra; Penumbra", ["Umbra", "Penumbra"]),
        ("Umbra|Penumbra + Lucent", ["Umbra", "Penumbra", "Lucent"]),
        ("Umbra/Penumbra", ["Umbra", "Penumbra"]),
        ("A, B / C", ["A", "B", "C"]),
        ("1) Umbra, 2) Penumbra", ["Umbra", "Penumbra"]),
        ("Umbra, Umbra", ["Umbra"]),
        ("  Umbra \n Interconnect ", ["Umbra Interconnect"]),
    ],
)
def test_a_list_is_taken_apart(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Umbra (Old Penumbra LTD)", "Umbra (Lucent, Penumbra)", "AT&T", "C&W", "AT and T", "AT & T", "1&1", "e&",
        "Cable & Wireless", "Umbra Telegraph & Telephone", "Umbra, Ltd.", "Umbra Inc., LLC", "Umbra A/S",
        "Umbra GRX/IPX", "Umbra and Penumbra", "UIWS (Umbra International Wholesale Services)",
    ],
)  # fmt: skip
def test_one_name_stays_one(name: str) -> None:
    assert names(name) == [name]


def test_an_ampersand_within_a_name_does_not_hide_the_one_between_names() -> None:
    assert names("Cable & Wireless & Umbra") == ["Cable & Wireless", "Umbra"]


def test_a_parenthesis_never_closed_does_not_hide_the_list() -> None:
    assert names("Umbra (old, Penumbra") == ["Umbra (old", "Penumbra"]


@pytest.mark.parametrize(
    ("text", "name", "asn"),
    [
        ("Umbra (64496)", "Umbra", 64496),
        ("Umbra (Old Name) (64496)", "Umbra (Old Name)", 64496),
        ("Umbra (AS64496)", "Umbra", 64496),
        ("Umbra (ASN: 64496)", "Umbra", 64496),
        ("Umbra AS64496", "Umbra", 64496),
        ("Umbra - ASN 64496", "Umbra", 64496),
        ("Umbra (64496, 64497)", "Umbra", 64496),
        ("Umbra (99999999999)", "Umbra (99999999999)", None),
        ("Umbra (4294967296)", "Umbra (4294967296)", None),
        ("Umbra (0)", "Umbra (0)", None),
        ("(64496)", "(64496)", 64496),
    ],
)
def test_the_as_number_behind_a_name_is_taken_off(text: str, name: str, asn: int | None) -> None:
    assert split_names(text) == (CarrierName(name, asn),)


def test_each_name_of_a_list_has_its_own_as_number() -> None:
    assert split_names("Umbra (64496), Penumbra (AS64497)") == (
        CarrierName("Umbra", 64496),
        CarrierName("Penumbra", 64497),
    )


def test_empty_and_generic_words_give_way_to_a_name() -> None:
    assert names("Umbra, N/A") == ["Umbra"]
    assert names("SCCP Carrier / Umbra") == ["Umbra"]
    assert names("SCCP Carrier, Gateway") == ["SCCP Carrier"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<b>Umbra</b> | Penumbra, Lucent", "Umbra<br/>Penumbra", "<!-- a / b -->"]
)
def test_a_text_with_markup_in_it_is_no_list(text: str) -> None:
    assert names(text) == [text]


def test_an_angle_alone_is_no_markup() -> None:
    assert names("Umbra < Penumbra / Lucent") == ["Umbra < Penumbra", "Lucent"]


def test_an_empty_text_names_nobody() -> None:
    assert split_names("") == split_names(" \n ") == split_names(", ;") == ()


@pytest.mark.parametrize(
    "name",
    [
        "SCCP Carrier",
        "Carrier",
        "International SCCP Gateway",
        "CARRIER 2",
        "Primary",
        "GRX/IPX",
        "see comments",
        "STP 1",
    ],
)
def test_words_that_name_nobody_are_generic(name: str) -> None:
    assert is_generic(name)


@pytest.mark.parametrize("name", ["Umbra", "Umbra Gateway", "1&1", "Gateway Communications", "", "123"])
def test_a_name_with_one_telling_word_is_not_generic(name: str) -> None:
    assert not is_generic(name)


def test_words_that_say_nothing_is_there_are_void() -> None:
    assert all(map(is_void, ["N/A", "n.a.", "-", "", " none ", "Not applicable"]))
    assert not any(map(is_void, ["Umbra", "SCCP Carrier", "Noname"]))


def test_names_are_compared_without_legal_form_gateway_words_and_punctuation() -> None:
    assert own_key("Example Mobile Pty. Ltd.") == own_key("EXAMPLE MOBILE") == own_key("Example-Mobile STP")
    assert own_key("Example Mobile International") != own_key("Example Mobile")
    assert own_key("Own SCCP gateway") == own_key("self") == "own"


@given(st.text(max_size=600))
def test_every_name_is_a_piece_of_the_text(text: str) -> None:
    folded = fold(text)
    for name in split_names(text):
        assert name.name
        assert name.name in folded
        assert name.asn is None or 0 < name.asn < 2**32
        assert isinstance(is_generic(name.name), bool)
        assert isinstance(own_key(name.name), str)


@given(st.text(alphabet="ABab&/,;()+ 12.'-", max_size=80))
def test_a_name_taken_out_is_not_taken_apart_again(text: str) -> None:
    for name in split_names(text):
        assert split_names(name.name)[0].name in name.name
        assert len(split_names(name.name)) == 1 or name.asn
