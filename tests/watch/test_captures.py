"""When a file of a ring is complete."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.watch.conftest import pcap, rotate

from ipxray.watch.captures import CaptureFile, complete_files, files_in


def names(found: object) -> list[str]:
    return [file.name for file in found]  # type: ignore[attr-defined]


def test_a_file_is_complete_when_a_younger_one_stands_beside_it_and_it_lies_still(ring: Path) -> None:
    rotate(ring, 1, pcap([1]))
    rotate(ring, 2, pcap([2]))
    now, since = files_in(ring), dict[str, float]()
    assert not names(complete_files(now, [], since, 0.0, 60.0))
    assert names(complete_files(now, now, since, 1.0, 60.0)) == ["ring_00001.pcap"]


def test_the_last_file_is_complete_once_it_has_lain_still_long_enough(ring: Path) -> None:
    rotate(ring, 1, pcap([1]))
    now, since = files_in(ring), dict[str, float]()
    assert not names(complete_files(now, [], since, 0.0, 60.0))
    assert not names(complete_files(now, now, since, 59.0, 60.0))
    assert names(complete_files(now, now, since, 60.0, 60.0)) == ["ring_00001.pcap"]


def test_a_file_that_grows_starts_to_wait_anew(ring: Path) -> None:
    rotate(ring, 1, pcap([1]))
    first, since = files_in(ring), dict[str, float]()
    list(complete_files(first, [], since, 0.0, 60.0))
    rotate(ring, 1, pcap([1, 2]))
    grown = files_in(ring)
    assert not names(complete_files(grown, first, since, 60.0, 60.0))
    assert names(complete_files(grown, grown, since, 120.0, 60.0)) == ["ring_00001.pcap"]


def test_a_name_used_again_is_another_file(ring: Path) -> None:
    one = files_in(ring) + [file for file in [rotate(ring, 1, pcap([1]))] if file is None]
    assert one == []
    first = files_in(ring)[0]
    rotate(ring, 1, pcap([7, 8]))
    assert files_in(ring)[0].key != first.key


def test_what_is_no_capture_is_not_looked_at(ring: Path) -> None:
    (ring / "notes.txt").write_text("nothing to see")
    (ring / ".ring_9.pcap").write_bytes(pcap([1]))
    (ring / "folder.pcap").mkdir()
    assert files_in(ring) == []


@given(st.lists(st.integers(0, 50), min_size=1, max_size=8), st.integers(1, 90))
def test_nothing_is_ever_complete_before_it_has_been_seen_twice(ages: list[int], settle: int) -> None:
    now = [CaptureFile(f"f{n}", n, 100, age * 10**9) for n, age in enumerate(sorted(ages))]
    assert list(complete_files(now, [], {}, 0.0, float(settle))) == []
