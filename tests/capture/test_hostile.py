"""Any bytes give rows and gaps, or one error that says file, place and what to do."""

from __future__ import annotations

import gzip
import resource
import struct
import time
from pathlib import Path
from types import SimpleNamespace

import polars
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ipxray import capture
from ipxray.errors import CaptureError, DataError, UsageError

pytestmark = pytest.mark.usefixtures("decoder")

HEADER = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)

REFUSED = {
    "empty": (b"", "is empty"),
    "one byte": (b"\xd4", "ends after 1 bytes"),
    "header cut": (HEADER[:23], "ends after 23 bytes"),
    "wrong magic": (b"\x00" * 64, "neither pcap nor pcapng"),
    "text": (b"Dear colleague, here is the trace you asked for.", 'begins with "Dear"'),
    "link type": (HEADER[:20] + struct.pack("<I", 9999) + bytes(64), "link type 9999"),
    "gzip of text": (gzip.compress(b"Dear colleague"), 'begins with "Dear"'),
    "gzip of nothing": (gzip.compress(b""), "is empty"),
    "gzip cut": (gzip.compress(HEADER)[:10], "ends before anything"),
    "gzip broken": (b"\x1f\x8b\x08\x00" + b"\xff" * 64, "cannot be decompressed"),
    "zstd broken": (b"\x28\xb5\x2f\xfd" + b"\xff" * 64, "cannot be decompressed"),
    "zstd window": (b"\x28\xb5\x2f\xfd\x00\xf8" + b"\x00" * 64, "cannot be decompressed"),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_what_is_no_capture_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    content, problem = REFUSED[name]
    path = tmp_path / "file.pcap"
    path.write_bytes(content)
    for attempt in (capture.read, capture.summarise):
        with pytest.raises(CaptureError) as refusal:
            attempt([path])
        text = str(refusal.value)
        assert problem in text
        assert text.startswith(str(path))
        assert "\n" not in text
        assert refusal.value.hint
        assert refusal.value.exit_code == 3
    assert (refusal.value.offset is None) == ("decompressed" in text or "before anything" in text)


def test_what_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"cannot be read \(no such file or directory\): check the path"):
        capture.read([tmp_path / "nothing.pcap"])
    with pytest.raises(CaptureError, match="holds no capture"):
        capture.read([tmp_path])
    with pytest.raises(UsageError, match="no capture file was named"):
        capture.read([])


def test_a_header_alone_is_an_empty_capture(tmp_path: Path) -> None:
    path = tmp_path / "file.pcap"
    path.write_bytes(HEADER)
    decoded = capture.read([path])
    assert [len(decoded.messages), len(decoded.gaps), decoded.account.frames] == [0, 0, 0]
    assert capture.decode([path], tmp_path / "out").rows == {"messages": 0, "gaps": 0, "tunnels": 0}


def test_a_capture_cut_anywhere_gives_what_came_before(small: Path) -> None:
    whole = small.read_bytes()
    for length in range(24, len(whole)):
        small.write_bytes(whole[:length])
        decoded = capture.read([small])
        account = decoded.account
        assert account.frames <= 5
        frames = polars.DataFrame(decoded.messages)["frame"].to_list()
        assert frames == sorted(frames)
        assert len(decoded.gaps) >= (length not in _ends(whole))


def _ends(whole: bytes) -> set[int]:
    """Where a frame ends: cut there, nothing is missing."""
    ends, place = {24}, 24
    while place < len(whole):
        place += 16 + struct.unpack_from("<I", whole, place + 8)[0]
        ends.add(place)
    return ends


@settings(max_examples=60)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_give_rows_and_gaps_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, is_begun: bool
) -> None:
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(HEADER + content if is_begun else content)
    try:
        decoded = capture.read([path])
    except CaptureError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert decoded.account.gaps <= len(decoded.gaps) <= decoded.account.gaps + 1
        assert len(decoded.messages) == decoded.account.messages
    assert "\n" not in refusal


@settings(max_examples=60)
@given(st.data())
def test_any_damage_inside_a_frame_gives_rows_and_gaps(
    tmp_path_factory: pytest.TempPathFactory, made: SimpleNamespace, data: st.DataObject
) -> None:
    packets = [bytearray(packet) for packet in made.frames()]
    for packet in packets:
        for place in data.draw(st.lists(st.integers(14, len(packet) - 1), max_size=4)):
            packet[place] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damage") / "file.pcap"
    path.write_bytes(made.pcap(packets))
    decoded = capture.read([path])
    assert decoded.account.frames == 5


def test_a_compressed_file_made_to_cost_is_not_expanded_to_its_end(tmp_path: Path) -> None:
    """Four gigabytes of empty frames in some hundred kilobytes."""
    path = tmp_path / "bomb.pcap.zst"
    frame = struct.pack("<IIII", 0, 0, 0, 0)
    piece = pa.compress(frame * (1 << 20), codec="zstd", asbytes=True)
    path.write_bytes(pa.compress(HEADER, codec="zstd", asbytes=True) + piece * 256)
    began = time.monotonic()
    summary = capture.summarise([path])
    assert time.monotonic() - began < 30
    assert ("file", "too_many_elements") in {(gap.protocol, gap.reason) for gap in summary.gaps}


def test_memory_does_not_grow_with_the_file(tmp_path: Path, made: SimpleNamespace) -> None:
    """The same frames eight times over need no more memory than once."""
    block = made.pcap([made.ip(made.gtp(number), 17) for number in range(40_000)])
    path = tmp_path / "long.pcap"
    path.write_bytes(block)
    capture.decode([path], tmp_path / "warm")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    path.write_bytes(block + block[24:] * 7)
    written = capture.decode([path], tmp_path / "out")
    assert written.rows["messages"] == 320_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 120_000


def test_hostile_names_reach_no_terminal(tmp_path: Path, made: SimpleNamespace) -> None:
    packet = made.frames()[0].replace(b"mme1.epc", b"m\x1b[2J\xff\n.")
    path = tmp_path / "odd\x1b.pcap"
    path.write_bytes(made.pcap([packet]))
    (row,) = polars.DataFrame(capture.read([path]).messages).iter_rows(named=True)
    for column in ("capture", "origin_host", "serving_node"):
        assert row[column].isprintable(), column


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("avp = 7", "not iterable"),
        ("avp = [{ code = 1 }]", "lacks name"),
        ('avp = [{ code = 1, name = "A", type = "colour" }]', "no type is called colour"),
        ('avp = [{ code = 1, name = "A", type = "u32", field = "colour" }]', "no field is called colour"),
        ('avp = [{ code = -1, name = "A", type = "u32" }]', "out of range"),
        ('avp = [{ code = 1, name = "A", type = "u32" }, { code = 1, name = "B", type = "u32" }]', "B"),
        ("avp = [", "TOML"),
    ],
)
def test_a_dictionary_with_a_fault_says_which(text: str, fault: str) -> None:
    from ipxray.capture.dictionary import build

    with pytest.raises(DataError) as error:
        build(Path("mine.toml"), text)
    assert fault in str(error.value)
    assert "mine.toml" in str(error.value)
