"""`ipxray capture`: what a user sees of captures, sound and unsound."""

from __future__ import annotations

import csv
import io
import json
import os
import struct
import threading
from pathlib import Path

import duckdb
import pytest
from tests.capture.conftest import IMSI, MSISDN, frames, pcap
from tests.cli.conftest import Run

from ipxray import capture

pytestmark = pytest.mark.skipif(not capture.is_available(), reason=str(capture.missing()))

HEADER = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """Five frames, five messages."""
    path = tmp_path / "night.pcap"
    path.write_bytes(pcap(frames()))
    return path


def test_a_summary_says_what_is_in_it_whether_to_trust_it_and_names_nobody(run: Run, night: Path) -> None:
    done = run("capture", "summary", night)
    assert done.code == 0, done.err
    assert done.out.startswith(
        "5 frames, 1,186 bytes on the wire, 2023-11-14 22:13:20 to 2023-11-14 22:13:20 UTC (0:00:00)"
    )
    for shown in (
        "5 messages · 0 gaps",
        "sendAuthenticationInfo",
        "gives away: credential 2",
        "Nothing speaks against",
    ):
        assert shown in done.out
    for form in ("table", "json", "csv"):
        text = run("capture", "summary", night, "--format", form).out
        assert IMSI not in text
        assert MSISDN not in text


def test_a_summary_for_programs_holds_every_count(run: Run, night: Path) -> None:
    found = json.loads(run("capture", "summary", night, "--format", "json").out)
    assert (found["frames"], found["messages"], found["subscribers"], found["trusted"]) == (5, 5, 1, True)
    lines = list(csv.DictReader(io.StringIO(run("capture", "summary", night, "--format", "csv").out)))
    assert {line["number"] for line in lines if line["name"] == "mt-forwardSM"} == {"1"}


DOUBTFUL = {
    "not one frame in it": HEADER,
    "doubtful.pcap is damaged at frame 1: 100 bytes unread": HEADER + b"\xff" * 100,
    "doubtful.pcap ends early at frame 5: 19 bytes unread": pcap(frames())[:-63],
    "5 frames of 5 (100.0%) cut by the snap length": pcap(frames(), snap=60),
    "the clock went back by more than a second 1 time": pcap(
        frames()[:2], [1_700_000_009_000_000, 1_700_000_000_000_000]
    ),
}


@pytest.mark.parametrize("doubt", list(DOUBTFUL))
def test_a_doubt_is_one_plain_line(run: Run, tmp_path: Path, doubt: str) -> None:
    path = tmp_path / "doubtful.pcap"
    path.write_bytes(DOUBTFUL[doubt])
    done = run("capture", "summary", path)
    assert done.code == 0, done.err
    assert f"\n  {doubt}" in done.out.partition("Trust it with care:")[2]


def test_decode_leaves_tables_that_duckdb_reads(run: Run, night: Path, tmp_path: Path) -> None:
    done = run("capture", "decode", night, "--output", tmp_path / "out")
    assert done.out == "5 frames: 5 messages, 0 gaps, 0 GTP-U tunnels\n"
    assert done.err.endswith("messages.parquet · gaps.parquet · tunnels.parquet · capture.json\n")
    path = tmp_path / "out" / "messages.parquet"
    assert duckdb.sql(f"select count(*) from '{path}' where imsi = '{IMSI}'").fetchall() == [(3,)]


def test_under_a_key_no_subscriber_is_in_any_file(run: Run, night: Path, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"a key of sixteen or more octets\n")
    done = run("capture", "decode", night, "--output", tmp_path / "out", "--mask", tmp_path / "key", "--format", "json")
    assert done.code == 0, done.err
    for path in (tmp_path / "out").iterdir():
        assert IMSI.encode() not in path.read_bytes(), path.name


def test_standard_input_is_a_capture_too(run: Run, night: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    feeder = threading.Thread(target=lambda: (os.write(writing, night.read_bytes()), os.close(writing)))
    kept = os.dup(0)
    try:
        os.dup2(reading, 0)
        feeder.start()
        done = run("capture", "summary", "-")
    finally:
        os.dup2(kept, 0)
        os.close(reading)
        os.close(kept)
        feeder.join()
    assert done.out.startswith("5 frames"), done.err


REFUSED = {
    "summary text": (3, "neither pcap nor pcapng"),
    "summary nothing.pcap": (3, "cannot be read (no such file or directory): check the path"),
    "summary folder": (3, "holds no capture"),
    "summary night.pcap --port sctp=1": (2, "write --port diameter=3869"),
    "summary night.pcap --port diameter=65536": (2, "write --port diameter=3869"),
    "decode night.pcap --output text": (2, "is a file: name a folder with --output"),
    "decode night.pcap --output mine": (2, "holds files that are no decoded capture"),
    "decode night.pcap --output out --mask nothing": (3, "name the file that holds the key"),
    "decode night.pcap --output out --mask short": (2, "16 to 64 bytes"),
    "decode night.pcap": (2, "Missing option '--output'"),
    "summary": (2, "Missing argument 'FILE...'"),
}


@pytest.mark.parametrize("words", list(REFUSED))
def test_what_cannot_be_done_is_said_in_one_line(
    run: Run, night: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(night.parent)
    for folder in ("folder", "mine"):
        Path(folder).mkdir()
    for name in ("text", "short", "mine/notes"):
        Path(name).write_text("Dear you", encoding="utf-8")
    code, said = REFUSED[words]
    done = run("capture", *words.split())
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not Path("out").exists()


def test_an_empty_name_is_not_the_current_folder(run: Run) -> None:
    done = run("capture", "summary", "")
    assert done.code == 2
    assert "an empty path names nothing" in done.err


def test_an_assessment_judges_the_captures_beside_its_documents(
    run: Run, world: Path, night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    out = tmp_path / "both"
    done = run("assess", world, night, "--controlled-by", "XA", "--at", "2026-11-01", "--output", out)
    assert done.code == 0, done.err
    assert "messages judged by" in done.out
    assert (out / "tables" / "findings.parquet").is_file()
    assert (out / "alerts.json").is_file()
    alone = run("assess", night)
    assert alone.code == 2
    assert "only captures were named" in alone.err
