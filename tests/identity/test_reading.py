"""Hostile text: every parser bounds it, takes ASCII only, and never repeats what it refuses."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import (
    Asn,
    DiameterIdentity,
    E164Number,
    GlobalTitle,
    Imsi,
    NationalPointCode,
    PlmnId,
    PointCode,
    TadigCode,
)
from ipxray.identity.reading import LONGEST_TEXT, read

PARSERS = [
    Asn.parse,
    DiameterIdentity.parse,
    E164Number.parse,
    GlobalTitle.parse,
    Imsi.parse,
    NationalPointCode.parse,
    PlmnId.parse,
    PointCode.parse,
    TadigCode.parse,
]
SAMPLES = {
    Asn.parse: "64500",
    DiameterIdentity.parse: "hss.epc.mnc001.mcc001.3gppnetwork.org",
    E164Number.parse: "999123456789",
    GlobalTitle.parse: "999123456789",
    Imsi.parse: "001010123456789",
    NationalPointCode.parse: "1-2-3",
    PlmnId.parse: "001-01",
    PointCode.parse: "4-176-4",
    TadigCode.parse: "DEUZ1",
}


class OnlyMeasured(str):
    """Text that may be measured; whoever strips it has not bounded it first."""

    __slots__ = ()

    def strip(self, chars: str | None = None) -> str:
        raise AssertionError("stripped before it was bounded")


every_parser = pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__self__.__name__)
any_text = st.one_of(st.text(max_size=80), st.text(alphabet="0123456789.-+ ASas\n\x00\u0663\u2460\uff11", max_size=40))


@every_parser
@given(text=any_text)
def test_any_text_gives_a_value_or_a_usage_error(parse: Callable[[str], object], text: str) -> None:
    try:
        outcome = parse(text)
    except UsageError as refusal:
        outcome = refusal
    if isinstance(outcome, UsageError):
        assert outcome.hint
        assert "\n" not in str(outcome)
    else:
        assert outcome == parse(text)


@every_parser
@given(secret=st.from_regex(r"[2-9]{17,64}", fullmatch=True))
def test_a_refusal_does_not_repeat_the_text(parse: Callable[[str], object], secret: str) -> None:
    text = f"{secret}@"
    with pytest.raises(UsageError) as refused:
        parse(text)
    told = "".join(traceback.format_exception(refused.value)) + repr(refused.value) + repr(refused.value.args)
    assert secret not in told
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


@every_parser
def test_blanks_around_are_passed_over_and_other_spaces_are_not(parse: Callable[[str], object]) -> None:
    sample = SAMPLES[parse]
    assert parse(f" \t{sample}\r\n") == parse(sample)
    for space in "\u00a0\u2003\u200b\x0b\x0c\x1c":
        with pytest.raises(UsageError):
            parse(sample + space)


@every_parser
def test_digits_of_other_scripts_are_refused(parse: Callable[[str], object]) -> None:
    to_arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    with pytest.raises(UsageError):
        parse(SAMPLES[parse].translate(to_arabic))


@every_parser
def test_an_overlong_text_is_refused_before_anything_looks_into_it(parse: Callable[[str], object]) -> None:
    with pytest.raises(UsageError):
        parse(OnlyMeasured(" " * 1_000_000 + SAMPLES[parse]))


def test_the_limit_counts_the_blanks_around() -> None:
    digits = re.compile("[0-9]+")
    assert read("7".rjust(LONGEST_TEXT), digits, refusal="no", accepted="digits")[0] == "7"
    with pytest.raises(UsageError, match=r"^no: digits$"):
        read("7".rjust(LONGEST_TEXT + 1), digits, refusal="no", accepted="digits")
