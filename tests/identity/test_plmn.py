"""The PLMN id: the length of the MNC is part of it. Ref: 3GPP TS 23.003 §12.1."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import PlmnId

plmn_ids = st.builds(PlmnId, st.from_regex(r"[0-9]{3}", fullmatch=True), st.from_regex(r"[0-9]{2,3}", fullmatch=True))


@given(plmn_ids)
def test_both_text_forms_are_parsed_back(plmn: PlmnId) -> None:
    assert PlmnId.parse(str(plmn)) == plmn
    assert PlmnId.parse(plmn.digits) == plmn
    assert pickle.loads(pickle.dumps(plmn)) == plmn


def test_a_two_digit_code_is_not_a_three_digit_code() -> None:
    two, three = PlmnId.parse("001-01"), PlmnId.parse("001-001")
    assert two != three
    assert (two.digits, three.digits) == ("00101", "001001")
    assert (three.mcc, three.mnc) == ("001", "001")


@pytest.mark.parametrize("text", ["", "0010", "0010101", "00-101", "001--01", "001.01", "00a01", "-00101"])
def test_another_form_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not a PLMN id: a 3-digit MCC and a 2- or 3-digit MNC"):
        PlmnId.parse(text)


@pytest.mark.parametrize(
    ("mcc", "mnc"), [("01", "01"), ("0011", "01"), (" 001", "01"), ("001", "1"), ("001", "01\n"), ("001", "0001")]
)
def test_a_value_cannot_be_made_of_other_codes(mcc: str, mnc: str) -> None:
    with pytest.raises(UsageError):
        PlmnId(mcc, mnc)


def test_networks_are_in_order_of_their_codes_and_do_not_change() -> None:
    first, second, third = PlmnId("001", "01"), PlmnId("001", "010"), PlmnId("002", "01")
    assert sorted([third, second, first]) == [first, second, third]
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.mcc = "002"  # type: ignore[misc]
