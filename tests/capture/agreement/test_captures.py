"""Agreement with the reference dissector on every capture of the reference material, value by value."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.capture.agreement import compare, counts, dissector, gtp, ours

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("decoder")]


class Reading(NamedTuple):
    """One capture: its line in the manifest, what the decoder and what the reference dissector say of it."""

    line: dict[str, str]
    ours: ours.Reading
    theirs: list[dict[str, object]]
    user_packets: int


def _manifest(shared: Path) -> list[dict[str, str]]:
    with (shared / "captures" / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def readings(shared: Path) -> list[Reading]:
    """Every capture, read once by both."""
    found = []
    for line in _manifest(shared):
        path = shared / "captures" / line["file"]
        frames = list(dissector.frames(path))
        packets = sum(gtp.user_packets(frame) for frame in frames)
        found.append(Reading(line, ours.read(path), compare.theirs(frames), packets))
    return found


def test_every_value_agrees_or_differs_for_a_listed_reason(readings: list[Reading]) -> None:
    agreement = compare.nothing()
    for reading in readings:
        compare.compare(reading.line["file"], reading.ours.messages, reading.theirs, agreement)
    assert compare.unexplained(agreement.differences) == []
    # Nothing was passed over: every protocol of the captures was really compared.
    assert {
        "map",
        "cap",
        "diameter",
        "gtpv0",
        "gtpv1",
        "gtpv2",
        "gtp_prime",
        "pfcp",
        "http2",
    } <= agreement.messages.keys()
    assert sum(agreement.values.values()) > 20_000


def test_user_packets_are_counted_as_the_dissector_counts_them(readings: list[Reading]) -> None:
    for reading in readings:
        tunnelled = sum(int(str(tunnel["packets"])) for tunnel in reading.ours.tunnels)
        assert tunnelled == reading.user_packets, reading.line["file"]


def test_every_frame_is_told_of_and_counts_are_those_of_the_manifest(shared: Path) -> None:
    for line in _manifest(shared):
        wanted = counts.of_manifest(line["counts"])
        wanted.update(counts.listed(line["file"]))
        reading = ours.read(shared / "captures" / line["file"])
        assert reading.frames == int(line["packets"]), line["file"]
        assert counts.of_rows(reading) == +wanted, line["file"]


def test_every_listed_difference_is_still_there(readings: list[Reading]) -> None:
    """A reason that explains nothing any more would hide a fault to come."""
    agreement = compare.nothing()
    for reading in readings:
        compare.compare(reading.line["file"], reading.ours.messages, reading.theirs, agreement)
    seen = {(item.file, item.frame, item.field) for item in agreement.differences}
    files = {reading.line["file"] for reading in readings}
    stale = [place for place in compare.listed() if place[0] in files and place not in seen]
    assert stale == []
