"""From files to tables: the same rows however the bytes come, and tables that every Arrow reader takes."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import polars
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipxray import capture
from ipxray.capture import Decoded
from ipxray.errors import CaptureError, OutputError, UsageError
from ipxray.identity import E164Number, Imsi, PseudonymKey
from ipxray.tables import columns_of

pytestmark = pytest.mark.usefixtures("decoder")

KEY = bytes(range(32))


def rows(decoded: Decoded) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, the name of the file left out."""
    tables = {"messages": decoded.messages, "gaps": decoded.gaps, "tunnels": decoded.tunnels}
    return {name: [row[1:] for row in polars.DataFrame(table).rows()] for name, table in tables.items()}


def test_a_message_says_what_its_bytes_say(small: Path, made: SimpleNamespace) -> None:
    messages = polars.DataFrame(capture.read([small]).messages)
    assert messages["operation"].to_list() == [
        "Authentication-Information", "Authentication-Information", "sendAuthenticationInfo", "mt-forwardSM",
        "Create Session Request",
    ]  # fmt: skip
    request, answer, vectors, text, session = messages.iter_rows(named=True)
    assert (request["imsi"], request["visited_plmn"], request["capture"]) == (made.imsi, "00102", "small.pcap")
    assert (answer["request_frame"], answer["delay"], answer["authentication_vectors_kind"]) == (1, 1000, "eps")
    assert (vectors["calling_global_title"], vectors["calling_subsystem_number"]) == (made.hlr, 6)
    assert (vectors["authentication_vectors_count"], vectors["exposes"]) == (1, 1)
    assert (text["sms_direction"], text["sms_length"], text["sms_originator"]) == ("deliver", 26, made.msisdn)
    assert (session["protocol"], session["sequence"], session["observed_at"]) == ("gtpv2", 1, made.start + 4000)


def test_duckdb_polars_and_pyarrow_take_the_same_table_again_and_again(small: Path) -> None:
    messages = capture.read([small]).messages
    for _ in range(2):
        assert duckdb.sql("select count(*), sum(length) from messages").fetchall() == [(5, 763)]
        assert polars.DataFrame(messages)["length"].sum() == 763
        assert pa.table(messages)["length"].combine_chunks().sum().as_py() == 763
        assert pa.schema(messages).names == pa.table(messages).schema.names
    assert len(messages) == 5


def test_a_table_is_handed_out_without_a_copy(small: Path) -> None:
    messages = capture.read([small]).messages
    first, second = (pa.table(messages)["observed_at"].chunk(0).buffers()[1].address for _ in range(2))
    through_polars = polars.DataFrame(messages)["observed_at"].to_arrow().buffers()[1].address
    assert first == second == through_polars


def test_parquet_holds_what_memory_holds(small: Path, tmp_path: Path) -> None:
    written = capture.decode([small], tmp_path / "out")
    in_memory = capture.read([small])
    for name in capture.TABLES:
        held = getattr(in_memory, name)
        path = str(tmp_path / "out" / f"{name}.parquet")
        assert duckdb.sql(f"from '{path}'").fetchall() == duckdb.sql("from held").fetchall(), name
        assert [column.name for column in columns_of(capture.TABLES[name])] == duckdb.sql(f"from '{path}'").columns
        assert written.rows[name] == len(held)
    manifest = json.loads((tmp_path / "out" / capture.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["tables"]["messages"]["rows"] == 5
    assert manifest["masked"] is False


def test_the_same_capture_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        capture.decode([small], tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["capture.json", "gaps.parquet", "messages.parquet", "tunnels.parquet"]
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_decoded_capture_is_replaced_and_nothing_else_is(small: Path, tmp_path: Path) -> None:
    capture.decode([small], tmp_path / "out")
    capture.decode([small], tmp_path / "out")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="no decoded capture"):
        capture.decode([small], tmp_path / "mine")
    with pytest.raises(CaptureError):
        capture.decode([tmp_path / "mine" / "notes.txt"], tmp_path / "out")
    assert (tmp_path / "out" / "messages.parquet").is_file()
    assert not list(tmp_path.glob(".*"))


def compressions() -> dict[str, Callable[[bytes], bytes]]:
    """Ways to pack a file; members and frames may follow one another."""
    return {
        "gz": gzip.compress,
        "members.gz": lambda data: gzip.compress(data[:100]) + gzip.compress(data[100:]),
        "zst": lambda data: pa.compress(data, codec="zstd", asbytes=True),
        "frames.zst": lambda data: b"".join(
            pa.compress(part, codec="zstd", asbytes=True) for part in (data[:100], data[100:])
        ),
        "skippable.zst": lambda data: (
            b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc" + pa.compress(data, codec="zstd", asbytes=True)
        ),
    }


@pytest.mark.parametrize("packing", list(compressions()))
def test_a_packed_capture_gives_the_same_rows(small: Path, packing: str) -> None:
    packed = small.with_name("anything")  # told by its bytes, not by its name
    packed.write_bytes(compressions()[packing](small.read_bytes()))
    assert rows(capture.read([packed])) == rows(capture.read([small]))


def test_a_packed_capture_that_ends_early_gives_what_came_before(small: Path, made: SimpleNamespace) -> None:
    whole = made.pcap([made.ip(made.gtp(number), 17) for number in range(1, 10_000)])
    for packed in (gzip.compress(whole), pa.compress(whole, codec="zstd", asbytes=True)):
        small.write_bytes(packed[: len(packed) // 2])
        decoded = capture.read([small])
        assert 0 < len(decoded.messages) < 9999
        assert {(row[3], row[4]) for row in rows(decoded)["gaps"]} == {("file", "truncated")}


@settings(max_examples=25)
@given(st.lists(st.integers(1, 400), max_size=12))
def test_a_pipe_that_gives_the_bytes_in_any_pieces_gives_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, made: SimpleNamespace, pieces: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("pipe")
    data = made.pcap(made.frames())
    (folder / "file.pcap").write_bytes(data)
    os.mkfifo(folder / "pipe")

    def feed() -> None:
        with (folder / "pipe").open("wb", buffering=0) as pipe:
            place = 0
            for piece in pieces:
                pipe.write(data[place : place + piece])
                place += piece
            pipe.write(data[place:])

    feeder = threading.Thread(target=feed)
    feeder.start()
    piped = capture.read([folder / "pipe"])
    feeder.join()
    assert rows(piped) == rows(capture.read([folder / "file.pcap"]))


def test_files_that_follow_one_another_are_one_capture(tmp_path: Path, made: SimpleNamespace) -> None:
    """The answer lies in another file than its request: the delay is known, the frame would be another file's."""
    request, answer, *_ = made.frames()
    (tmp_path / "b.pcap").write_bytes(made.pcap([request], [made.start]))
    (tmp_path / "a.pcap").write_bytes(made.pcap([answer], [made.start + 7000]))
    messages = polars.DataFrame(capture.read([tmp_path / "a.pcap", tmp_path / "b.pcap"]).messages)
    assert messages["capture"].to_list() == ["b.pcap", "a.pcap"]
    assert messages["frame"].to_list() == [1, 1]
    assert messages["delay"].to_list() == [None, 7000]
    assert messages["request_frame"].to_list() == [None, None]


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 20), min_size=1, max_size=8), min_size=1, max_size=5))
def test_files_that_overlap_are_read_in_the_order_of_time(
    tmp_path_factory: pytest.TempPathFactory, made: SimpleNamespace, seconds: list[list[int]]
) -> None:
    folder = tmp_path_factory.mktemp("overlap")
    for number, times in enumerate(seconds):
        at = [made.start + 1_000_000 * time for time in sorted(times)]
        (folder / f"{number}.pcap").write_bytes(made.pcap([made.ip(made.gtp(), 17)] * len(at), at))
    decoded = capture.read([folder])
    found = polars.DataFrame(decoded.messages)["observed_at"].to_list()
    assert found == sorted(made.start + 1_000_000 * time for times in seconds for time in times)
    assert decoded.account.clock_steps == 0


def test_files_of_one_name_are_told_apart_by_their_paths(tmp_path: Path, made: SimpleNamespace) -> None:
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "night.pcap").write_bytes(made.pcap(made.frames()))
    decoded = capture.read([tmp_path / "east", tmp_path / "west"])
    assert set(polars.DataFrame(decoded.messages)["capture"].cast(str)) == {
        str(tmp_path / folder / "night.pcap") for folder in ("east", "west")
    }


def test_one_file_that_is_no_capture_does_not_stop_the_others(small: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.pcap").write_text("Dear colleague,", encoding="utf-8")
    decoded = capture.read([tmp_path])
    assert len(decoded.messages) == 5
    (error,) = decoded.account.refused
    assert "notes.pcap" in str(error)
    assert decoded.account.frames == 5


def test_under_a_key_subscribers_have_the_pseudonyms_of_ipxray(small: Path, made: SimpleNamespace) -> None:
    messages = polars.DataFrame(capture.read([small], key=KEY).messages)
    key = PseudonymKey(KEY)
    assert messages["imsi"].drop_nulls().unique().to_list() == [Imsi(made.imsi).pseudonym(key)]
    assert messages["sms_originator"].drop_nulls().to_list() == [E164Number(made.msisdn).pseudonym(key)]
    assert made.hlr in messages["calling_global_title"].to_list()
    with pytest.raises(UsageError, match="16 to 64"):
        capture.read([small], key=b"short")


def test_a_port_of_ones_own_is_read_as_its_protocol(tmp_path: Path, made: SimpleNamespace) -> None:
    path = tmp_path / "odd.pcap"
    message = made.gtp()
    path.write_bytes(made.pcap([made.ip(b"\x75\x30\x75\x31" + message[4:], 17)]))
    assert not len(capture.read([path]).messages)
    assert len(capture.read([path], ports={"gtp_control": [30000]}).messages) == 1


def test_a_run_ends_when_it_is_interrupted(tmp_path: Path, made: SimpleNamespace) -> None:
    """A pipe that never ends, and a caller who has enough: what Ctrl-C does too."""
    os.mkfifo(tmp_path / "pipe")
    keep = threading.Event()

    def feed() -> None:
        with (tmp_path / "pipe").open("wb", buffering=0) as pipe:
            pipe.write(made.pcap(made.frames()))
            keep.wait(20)

    def enough(_done: int, _total: int, _what: str) -> None:
        raise KeyboardInterrupt

    feeder = threading.Thread(target=feed)
    feeder.start()
    with pytest.raises(KeyboardInterrupt):
        capture.decode([tmp_path / "pipe"], tmp_path / "out", progress=enough)
    keep.set()
    feeder.join()
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.shared
def test_every_reference_capture_is_read_whole(shared: Path) -> None:
    found = 0
    for path in sorted((shared / "captures").rglob("*.*cap*")):
        if path.suffix in {".pcap", ".pcapng", ".cap"}:
            decoded = capture.read([path])
            assert decoded.account.frames > 0, path
            assert not {row[3] for row in rows(decoded)["gaps"]} & {"file"}, path
            found += 1
    assert found > 20
