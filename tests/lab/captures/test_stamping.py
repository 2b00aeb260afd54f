"""Stamped octets are what a plain encoder of one value writes."""

from __future__ import annotations

import binascii

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from ipxray.lab.captures.ber import integer, object_identifier, tlv
from ipxray.lab.captures.checksums import Crc32cOfChanges, crc32c, ones_complement
from ipxray.lab.captures.slots import digits, unsigned


def plain_crc32c(octets: bytes) -> int:
    """RFC 9260 appendix A, one bit after the other."""
    crc = 0xFFFFFFFF
    for octet in octets:
        crc ^= octet
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def plain_tbcd(text: str, filler: str) -> bytes:
    padded = text + filler * (len(text) % 2)
    return bytes(int(padded[place + 1] + padded[place], 16) for place in range(0, len(padded), 2))


def test_the_sum_of_the_standard_example() -> None:
    """RFC 3720 appendix B.4: 32 octets of zeros, of ones, and rising."""
    lines = np.array([[0] * 32, [255] * 32, list(range(32))], np.uint8)
    assert [hex(each) for each in crc32c(lines)] == ["0x8a9136aa", "0x62a8ab43", "0x46dd794e"]


@given(some.lists(some.binary(min_size=7, max_size=7), min_size=1, max_size=5))
def test_many_sums_are_many_single_sums(lines: list[bytes]) -> None:
    frames = np.frombuffer(b"".join(lines), np.uint8).reshape(-1, 7)
    assert crc32c(frames).tolist() == [plain_crc32c(line) for line in lines]


@given(
    some.binary(min_size=20, max_size=20),
    some.binary(min_size=4, max_size=4),
    some.sets(some.integers(0, 19), min_size=4, max_size=4),
)
def test_a_sum_of_changes_is_the_sum_of_the_whole(packet: bytes, change: bytes, places: set[int]) -> None:
    known = np.frombuffer(packet, np.uint8)
    where = np.array(sorted(places))
    changed = known.copy()
    changed[where] = np.frombuffer(change, np.uint8)
    assert Crc32cOfChanges(known, where)(changed[None, :])[0] == plain_crc32c(changed.tobytes())


@given(some.binary(min_size=2, max_size=64))
def test_a_packet_with_its_internet_checksum_sums_to_nothing(octets: bytes) -> None:
    even = octets + bytes(len(octets) % 2)
    checksum = int(ones_complement(np.frombuffer(octets, np.uint8)[None, :])[0])
    whole = np.frombuffer(even + checksum.to_bytes(2, "big"), np.uint8)
    assert int(ones_complement(whole[None, :])[0]) == 0


@given(some.lists(some.integers(0, 10**15 - 1), min_size=1, max_size=4), some.sampled_from((13, 14, 15)))
def test_digits_are_swapped_and_filled(values: list[int], count: int) -> None:
    cut = [value % 10**count for value in values]
    for filler, mark in ((0xF, "f"), (0, "0")):
        stamped = digits(np.array(cut), count, filler)
        assert [line.tobytes() for line in stamped] == [plain_tbcd(f"{value:0{count}d}", mark) for value in cut]


@given(some.lists(some.integers(0, 2**32 - 1), min_size=1, max_size=4), some.integers(2, 4))
def test_numbers_lose_what_does_not_fit(values: list[int], octets: int) -> None:
    stamped = unsigned(np.array(values, np.uint32), octets)
    assert [line.tobytes() for line in stamped] == [(value % 256**octets).to_bytes(octets, "big") for value in values]


@given(some.integers(-(2**40), 2**40))
def test_an_integer_is_as_short_as_it_can_be(value: int) -> None:
    content = integer(value)[2:]
    assert int.from_bytes(content, "big", signed=True) == value
    assert len(content) == 1 or not (content[0] in (0, 255) and (content[0] & 1) == content[1] >> 7)


@given(some.integers(0, 70_000))
def test_a_length_says_how_much_follows(size: int) -> None:
    element = tlv(0x04, bytes(size))
    first = element[1]
    head = 2 if first < 128 else 2 + (first & 0x7F)
    assert (first if first < 128 else int.from_bytes(element[2:head], "big")) == size == len(element) - head


def test_an_object_identifier_of_map() -> None:
    assert binascii.hexlify(object_identifier("0.4.0.0.1.0.20.3")) == b"060704000001001403"
