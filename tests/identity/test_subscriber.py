"""What may name a subscriber shows its prefix and nothing more, whatever is done with it."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import E164Number, GlobalTitle, Imsi, NumberingPlan, PseudonymKey
from ipxray.identity.subscriber import HIDDEN_AT_LEAST, checked_length

KEY = PseudonymKey(b"sixteen byte key")
OTHER_KEY = PseudonymKey(b"another 16 bytes")

plans = st.sampled_from(NumberingPlan)
identities = st.one_of(
    st.from_regex(r"[0-9]{6,15}", fullmatch=True).map(Imsi),
    st.from_regex(r"[1-9][0-9]{3,14}", fullmatch=True).map(E164Number),
    st.builds(GlobalTitle, st.from_regex(r"[0-9]{5,15}", fullmatch=True), plans),
)
Identity = Imsi | E164Number | GlobalTitle


@dataclasses.dataclass
class Record:
    subscriber: Identity


class Row(NamedTuple):
    subscriber: Identity


@given(identities)
def test_no_text_form_shows_the_digits_behind_the_prefix(identity: Identity) -> None:
    shown = identity.masked()
    prefix = shown.rstrip("*")
    assert len(shown) == len(identity.reveal())
    assert identity.reveal().startswith(prefix)
    assert len(shown) - len(prefix) >= min(HIDDEN_AT_LEAST, len(shown))
    texts = [
        str(identity),
        repr(identity),
        f"{identity}",
        f"{identity!r:>50}",
        format(identity, ">50"),
        "%s %r" % (identity, identity),  # noqa: UP031
        repr(Record(identity)),
        str(dataclasses.asdict(Record(identity))),
        repr(Row(identity)),
        str([identity]),
        str({identity: identity}),
        str(UsageError(str(identity), hint=repr(identity))),
        repr(ValueError(identity)),
    ]
    for text in texts:
        assert shown in text
        assert identity.reveal() not in text


@given(identities)
def test_a_pseudonym_is_the_prefix_and_letters(identity: Identity) -> None:
    prefix, _, tag = identity.pseudonym(KEY).partition("~")
    assert prefix == identity.masked().rstrip("*")
    assert tag.isalpha()
    assert identity.reveal() not in identity.pseudonym(KEY)


@given(identities)
def test_a_pseudonym_is_the_same_under_one_key_and_differs_under_another(identity: Identity) -> None:
    assert identity.pseudonym(KEY) == identity.pseudonym(KEY)
    assert identity.pseudonym(KEY) != identity.pseudonym(OTHER_KEY)


@given(st.from_regex(r"[1-9][0-9]{5,14}", fullmatch=True))
def test_the_same_digits_of_another_kind_are_another_identity_with_another_pseudonym(digits: str) -> None:
    kinds: list[Identity] = [Imsi(digits), E164Number(digits), *(GlobalTitle(digits, plan) for plan in NumberingPlan)]
    assert len(set(kinds)) == len(kinds)
    assert len({kind.pseudonym(KEY).partition("~")[2] for kind in kinds}) == len(kinds)


@given(identities, identities)
def test_identities_are_equal_by_kind_and_digits(one: Identity, other: Identity) -> None:
    same = one.kind == other.kind and one.reveal() == other.reveal()
    assert (one == other) is same
    assert (one.pseudonym(KEY) == other.pseudonym(KEY)) is same
    if same:
        assert hash(one) == hash(other)


def test_an_identity_is_not_its_digits() -> None:
    assert Imsi("001010123456789") != "001010123456789"


def test_subscribers_have_no_order() -> None:
    with pytest.raises(TypeError):
        sorted([Imsi("001010123456789"), Imsi("001010123456788")])  # type: ignore[type-var]


def test_a_short_number_shows_less_of_its_prefix_rather_than_fewer_stars() -> None:
    assert Imsi("0010123").masked() == "001****"
    assert Imsi("001012").masked() == "00****"
    assert E164Number("9991").masked() == "****"
    assert GlobalTitle("9").masked() == "*"


@pytest.mark.parametrize("length", [1, 4])
def test_a_length_outside_its_bounds_is_refused(length: int) -> None:
    with pytest.raises(UsageError, match=r"^not a length of a thing: 2 to 3 digits$"):
        checked_length(length, shortest=2, longest=3, what="a thing")
