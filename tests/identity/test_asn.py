"""AS numbers, their two notations and the numbers that mean nothing outside. Ref: RFC 6793, RFC 5396."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import Asn


@given(st.one_of(st.integers(0, 2**32 - 1), st.integers(0, 2**17)))
def test_every_notation_is_parsed_back(value: int) -> None:
    asn = Asn(value)
    for text in (asn.asplain, asn.asdot, str(asn), f"as{asn.asdot}", f"{value >> 16}.{value & 0xFFFF}"):
        assert Asn.parse(text) == asn


def test_asdot_has_a_dot_from_65536_on() -> None:
    assert (Asn(65535).asdot, Asn(65536).asdot, Asn(65546).asdot) == ("65535", "1.0", "1.10")
    assert str(Asn(65546)) == "AS65546"


@pytest.mark.parametrize(
    "text", ["", "AS", "4294967296", "65536.0", "0.65536", "-1", "1.2.3", "1.", ".1", "AS 64500", "ASN64500", "1,2"]
)
def test_what_is_no_as_number_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not an AS number: 0 to 4294967295"):
        Asn.parse(text)


@pytest.mark.parametrize("value", [-1, 2**32])
def test_a_value_has_32_bits(value: int) -> None:
    with pytest.raises(UsageError):
        Asn(value)


@pytest.mark.parametrize(
    ("first", "last", "use"),
    [
        (0, 0, "is_reserved"),
        (23456, 23456, "is_reserved"),
        (64496, 64511, "is_documentation"),
        (64512, 65534, "is_private"),
        (65535, 65535, "is_reserved"),
        (65536, 65551, "is_documentation"),
        (65552, 131071, "is_reserved"),
        (4200000000, 4294967294, "is_private"),
        (4294967295, 4294967295, "is_reserved"),
    ],
)
def test_each_special_range_has_one_use_from_end_to_end(first: int, last: int, use: str) -> None:
    uses = ("is_private", "is_documentation", "is_reserved", "is_public")
    for value in (first, last):
        assert [name for name in uses if getattr(Asn(value), name)] == [use]
    for value in (first - 1, last + 1):
        if 0 <= value < 2**32:
            assert not getattr(Asn(value), use)


@pytest.mark.parametrize("value", [1, 23455, 23457, 64495, 131072, 4199999999])
def test_numbers_beside_the_special_ranges_are_public(value: int) -> None:
    assert Asn(value).is_public


def test_numbers_are_in_order() -> None:
    assert sorted([Asn(10), Asn(9)]) == [Asn(9), Asn(10)]
