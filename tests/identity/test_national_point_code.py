"""The 24-bit national point code, 8-8-8."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import NationalPointCode, PointCode


@given(st.integers(0, 2**24 - 1))
def test_decimal_and_8_8_8_are_one_to_one(value: int) -> None:
    code = NationalPointCode(value)
    for text in (code.dashed, code.dotted, str(value)):
        assert NationalPointCode.parse(text) == code
    assert NationalPointCode.of(code.network, code.cluster, code.member) == code


@pytest.mark.parametrize("text", ["240-12-140", "240.012.140", "15731852"])
def test_every_notation_gives_the_same_code(text: str) -> None:
    code = NationalPointCode.parse(text)
    assert (code.network, code.cluster, code.member) == (240, 12, 140)
    assert str(code) == code.dashed == "240-12-140"
    assert code.dotted == "240.12.140"


@pytest.mark.parametrize("text", ["", "16777216", "256-0-0", "0-256-0", "0-0-256", "1-2.3", "1-2", "-1", "0x1"])
def test_what_is_outside_255_255_255_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not a 24-bit national point code: network-cluster-member"):
        NationalPointCode.parse(text)


@pytest.mark.parametrize("value", [-1, 2**24])
def test_a_value_has_24_bits(value: int) -> None:
    with pytest.raises(UsageError):
        NationalPointCode(value)


def test_a_national_code_is_never_an_international_one() -> None:
    assert NationalPointCode(9604) != PointCode(9604)
    assert NationalPointCode(9604) < NationalPointCode(9605)
