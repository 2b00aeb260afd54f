"""Agreement with the reference dissector on every capture of the reference material, value by value."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.capture.agreement import compare, counts, dissector, gtp, ours

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def manifest(shared: Path) -> list[dict[str, str]]:
    """One line a capture."""
    with (shared / "captures" / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_value_agrees_or_differs_for_a_listed_reason(shared: Path, manifest: list[dict[str, str]]) -> None:
    agreement = compare.nothing()
    for line in manifest:
        path = shared / "captures" / line["file"]
        compare.compare(line["file"], ours.read(path).messages, compare.theirs(dissector.frames(path)), agreement)
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


def test_user_packets_are_counted_as_the_dissector_counts_them(shared: Path, manifest: list[dict[str, str]]) -> None:
    for line in manifest:
        path = shared / "captures" / line["file"]
        tunnelled = sum(int(str(tunnel["packets"])) for tunnel in ours.read(path).tunnels)
        assert tunnelled == sum(gtp.user_packets(frame) for frame in dissector.frames(path)), line["file"]


def test_every_frame_is_told_of(shared: Path, manifest: list[dict[str, str]]) -> None:
    for line in manifest:
        assert ours.read(shared / "captures" / line["file"]).frames == int(line["packets"]), line["file"]


def test_counts_are_those_of_the_manifest(shared: Path, manifest: list[dict[str, str]]) -> None:
    for line in manifest:
        wanted = counts.of_manifest(line["counts"])
        wanted.update(counts.listed(line["file"]))
        assert counts.of_rows(ours.read(shared / "captures" / line["file"])) == +wanted, line["file"]
