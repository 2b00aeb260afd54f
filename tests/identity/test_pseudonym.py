"""Pseudonyms: stable under one key, unrelated under another, and made of letters only."""

from __future__ import annotations

from hashlib import blake2b

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import PseudonymKey
from ipxray.identity.pseudonym import LETTERS

KEY = PseudonymKey(b"sixteen byte key")
keys = st.binary(min_size=16, max_size=64)


@pytest.mark.parametrize("length", [0, 1, 15, 65, 1000])
def test_a_key_has_16_to_64_bytes(length: int) -> None:
    with pytest.raises(UsageError, match="16 to 64 bytes"):
        PseudonymKey(bytes(length))


@pytest.mark.parametrize("length", [16, 64])
def test_the_shortest_and_the_longest_key_work(length: int) -> None:
    assert len(PseudonymKey(bytes(length)).tag("001", kind="imsi")) == 20


@pytest.mark.parametrize("kind", ["", "ten-letter", "ímsi"])
def test_a_kind_has_one_to_nine_ascii_characters(kind: str) -> None:
    with pytest.raises(UsageError, match="kind of identity"):
        KEY.tag("001", kind=kind)


def test_a_tag_is_keyed_blake2b_personalised_by_kind() -> None:
    digest = blake2b(b"001010123456789", digest_size=10, key=b"sixteen byte key", person=b"ipxray/imsi").hexdigest()
    expected = digest.translate(str.maketrans("0123456789abcdef", LETTERS))
    assert KEY.tag("001010123456789", kind="imsi") == expected


def test_a_tag_stays_the_same_from_release_to_release() -> None:
    assert KEY.tag("001010123456789", kind="imsi") == "kqcvrnbcmggrjfrdhskg"


@given(text=st.text(st.characters(), max_size=80), secret=keys)
def test_any_text_has_a_tag_of_twenty_letters_without_digits(text: str, secret: bytes) -> None:
    tag = PseudonymKey(secret).tag(text, kind="raw")
    assert len(tag) == 20
    assert set(tag) <= set(LETTERS)


@given(text=st.text(max_size=20), secrets=st.tuples(keys, keys))
def test_tags_depend_on_key_kind_and_text(text: str, secrets: tuple[bytes, bytes]) -> None:
    one, other = secrets
    assume(one.rstrip(b"\0") != other.rstrip(b"\0"))
    tags = {
        PseudonymKey(one).tag(text, kind="imsi"),
        PseudonymKey(one).tag(text, kind="e164"),
        PseudonymKey(one).tag(text + "0", kind="imsi"),
        PseudonymKey(other).tag(text, kind="imsi"),
    }
    assert len(tags) == 4
    assert PseudonymKey(one).tag(text, kind="imsi") in tags


def test_a_key_never_shows_its_secret() -> None:
    assert repr(KEY) == str(KEY) == f"{KEY}" == "PseudonymKey(hidden)"


def test_a_key_does_not_follow_the_buffer_it_came_from() -> None:
    buffer = bytearray(b"sixteen byte key")
    key = PseudonymKey(buffer)
    buffer[:] = bytes(16)
    assert key.tag("001", kind="imsi") == KEY.tag("001", kind="imsi")
