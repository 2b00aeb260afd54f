"""Mobile global titles and back. Ref: ITU-T E.214 §6."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import GlobalTitle, Imsi, NumberingPlan, PlmnId, e214_from_imsi, imsi_from_e214

PLMN = PlmnId("001", "01")
PREFIX = "99955"


def mobile_title(digits: str) -> GlobalTitle:
    return GlobalTitle.parse(digits, NumberingPlan.E214)


def test_the_prefix_gives_way_to_the_network_code() -> None:
    assert imsi_from_e214(mobile_title("999550123456789"), {PREFIX: PLMN}) == Imsi("001010123456789")


def test_the_network_code_gives_way_to_the_prefix() -> None:
    assert e214_from_imsi(Imsi("001010123456789"), PREFIX, mnc_length=2) == mobile_title("999550123456789")
    assert e214_from_imsi(Imsi("001010123456789"), PREFIX, mnc_length=3) == mobile_title("99955123456789")


@given(st.from_regex(r"[0-9]{1,9}", fullmatch=True), st.from_regex(r"[1-9][0-9]{0,5}", fullmatch=True))
def test_an_imsi_comes_back_whole_when_its_title_fits(subscriber: str, prefix: str) -> None:
    imsi = Imsi(PLMN.digits + subscriber)
    assert imsi_from_e214(e214_from_imsi(imsi, prefix, mnc_length=2), {prefix: PLMN}) == imsi


def test_a_title_is_cut_at_fifteen_digits_and_its_imsi_comes_back_shorter() -> None:
    title = e214_from_imsi(Imsi("001010123456789"), "9995512", mnc_length=2)
    assert title.reveal() == "999551201234567"
    assert imsi_from_e214(title, {"9995512": PLMN}) == Imsi("0010101234567")


def test_the_longest_prefix_wins() -> None:
    known = {"999": PlmnId("001", "02"), PREFIX: PLMN, "9995": PlmnId("001", "03")}
    found = imsi_from_e214(mobile_title("999550123456789"), known)
    assert found is not None
    assert found.plmn(2) == PLMN


@pytest.mark.parametrize("prefix", ["", "998", "9995501234567891"])
def test_a_prefix_that_is_not_there_matches_nothing(prefix: str) -> None:
    assert imsi_from_e214(mobile_title("999550123456789"), {prefix: PLMN}) is None


@pytest.mark.parametrize(
    ("digits", "plmn"),
    [
        ("99955", PlmnId("001", "01")),
        ("99955", PlmnId("001", "001")),
        ("999551234567890", PlmnId("001", "001")),
    ],
    ids=["too short", "no subscriber", "too long"],
)
def test_a_title_that_no_imsi_can_be_behind_gives_none(digits: str, plmn: PlmnId) -> None:
    assert imsi_from_e214(mobile_title(digits), {PREFIX: plmn}) is None


def test_a_title_of_another_plan_is_refused() -> None:
    with pytest.raises(UsageError, match=r"plan E\.214"):
        imsi_from_e214(GlobalTitle.parse("999550123456789"), {PREFIX: PLMN})


@pytest.mark.parametrize("prefix", ["", "0999", "99955a", "99955123456789"])
def test_a_prefix_that_is_no_number_is_refused(prefix: str) -> None:
    with pytest.raises(UsageError, match="mobile global title prefix"):
        e214_from_imsi(Imsi("001010123456789"), prefix, mnc_length=2)
