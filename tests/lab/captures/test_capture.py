"""A lab capture is read back by the project's own decoder: what was planned is what is found."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.lab.captures.conftest import WORLD, Lab, campaign, write_lab

from ipxray import capture
from ipxray.lab.captures import write_capture

pytestmark = pytest.mark.skipif(not capture.is_available(), reason="the native decoder is not built")


def rows(lab: Lab, query: str) -> list[tuple[Any, ...]]:
    messages = capture.read(lab.files).messages  # noqa: F841  DuckDB finds it by name
    return duckdb.sql(query).fetchall()


def test_every_frame_is_read_and_none_is_a_gap(lab: Lab) -> None:
    decoded = capture.read(lab.files)
    assert len(decoded.gaps) == 0
    assert decoded.account.frames == lab.truth["messages"]
    assert decoded.account.other_frames == 0
    assert decoded.account.clock_steps == 0


def test_truth_frames_are_the_campaigns(lab: Lab) -> None:
    by_frame = {
        (file, frame): (operation, imsi)
        for file, frame, operation, imsi in rows(lab, "SELECT capture, frame, operation, imsi FROM messages")
    }
    for each in lab.truth["campaigns"]:
        found = [by_frame[tuple(proof)] for proof in each["frames"]]
        operation = {
            "any_time_interrogation": "anyTimeInterrogation",
            "provide_subscriber_info": "provideSubscriberInfo",
        }[each["behaviour"]]
        assert {name for name, _ in found} == {operation}
        assert {imsi for _, imsi in found if imsi} <= set(each["subscribers"])


def test_benign_and_hostile_make_the_whole(lab: Lab) -> None:
    hostile = sum(len(each["frames"]) for each in lab.truth["campaigns"])
    assert hostile + lab.truth["benign_messages"] == lab.truth["messages"]
    assert hostile == 2 * 3 + 2 * 3 * 2


def test_time_never_runs_back(lab: Lab) -> None:
    assert rows(
        lab,
        "SELECT count(*) FROM (SELECT observed_at - lag(observed_at) OVER (ORDER BY frame) AS step FROM messages)"
        " WHERE step < 0",
    ) == [(0,)]


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second, other = (
        write_lab(tmp_path / name, hours=0.05, subscribers=100, seed=seed)
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first.files[0].read_bytes() == second.files[0].read_bytes() != other.files[0].read_bytes()


def test_rotated_files_hold_what_one_holds(tmp_path: Path) -> None:
    whole = write_lab(tmp_path / "whole", hours=0.1, subscribers=200, seed=1)
    parts = write_lab(tmp_path / "parts", hours=0.1, subscribers=200, seed=1, rotate=50_000)
    assert len(parts.files) > 3
    assert all(path.stat().st_size <= 50_000 for path in parts.files)
    assert parts.truth["messages"] == whole.truth["messages"] == capture.read(parts.files).account.frames


def test_files_of_equal_time_hold_what_one_holds(tmp_path: Path) -> None:
    whole = write_lab(tmp_path / "whole", hours=0.1, subscribers=200, seed=1)
    parts = write_lab(tmp_path / "parts", hours=0.1, subscribers=200, seed=1, parts=4)
    assert [path.name for path in parts.files] == [f"lab-00{number}.pcapng" for number in range(1, 5)]
    spans = [capture.read([path]).account for path in parts.files]
    assert sum(span.frames for span in spans) == whole.truth["messages"]
    assert all((span.last_at or 0) - (span.first_at or 0) <= 90_000_000 for span in spans)


def test_a_capture_of_nobody_is_a_capture(tmp_path: Path) -> None:
    empty = write_lab(tmp_path / "empty", hours=0.0001, subscribers=1, seed=1)
    assert len(empty.files) == 1
    assert capture.read(empty.files).account.frames == empty.truth["messages"]


def test_a_campaign_without_targets_or_after_the_end_is_idle(tmp_path: Path) -> None:
    late = campaign("purge", id="late", after=7_200.0)
    written = write_capture(WORLD, tmp_path / "lab", hours=0.02, subscribers=300, campaigns=[late], seed=1)
    assert written.idle == ("late",)
    alone = write_capture(
        WORLD, tmp_path / "lab", hours=0.02, subscribers=1, campaigns=[campaign("routing_info")], seed=2
    )
    assert alone.campaigns == 1


def test_a_protected_network_sees_only_its_own(tmp_path: Path) -> None:
    taken = write_lab(tmp_path / "home", hours=0.1, subscribers=300, seed=1, home="DZAZZ")
    assert taken.truth["vantage"] == "DZAZZ"
    strangers = "imsi NOT LIKE '001407%' AND visited_plmn <> '001407'"
    assert rows(taken, f"SELECT count(*) FROM messages WHERE {strangers}") == [(0,)]
    assert rows(taken, "SELECT count(*) > 50 FROM messages WHERE imsi LIKE '001407%'") == [(True,)]
