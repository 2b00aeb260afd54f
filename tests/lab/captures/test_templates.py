"""Every kind of frame that the lab writes is one that an independent dissector understands and the decoder reads."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from ipxray import capture
from ipxray.lab.captures.abuse import ABUSE
from ipxray.lab.captures.custom import CUSTOM
from ipxray.lab.captures.forms import builder_of
from ipxray.lab.captures.procedures import steps
from ipxray.lab.captures.rows import ROW
from ipxray.lab.captures.templates import Book
from ipxray.lab.captures.writing import CaptureFiles

SEGMENTS = ("segment=0", "segment=1")


def every_template() -> list[str]:
    """The key of every step of every procedure, in order and once."""
    keys: dict[str, None] = {}
    for name in (*CUSTOM, *ABUSE):
        for step in steps(name):
            parts = SEGMENTS if "segments=2" in step.options else ("",)
            for part in parts:
                keys[step.template(*filter(None, [part]))] = None
    return list(keys)


def written(folder: Path, keys: list[str]) -> Path:
    """One frame a template, every column filled with something plausible."""
    book = Book(builder_of)
    rows = np.zeros(len(keys), ROW)
    rows["template"] = [book.number(key) for key in keys]
    rows["at"] = 1_793_606_400_000_000 + np.arange(len(keys)) * 1_000_000
    rows["imsi"], rows["msisdn"] = 1_400_000_000_123, 9990001123456
    for column, title in (("calling", 1), ("called", 2), ("node", 3), ("other", 4)):
        rows[column] = 9990001900000 + title
    rows["otid"], rows["dtid"] = np.arange(len(keys)) + 1, np.arange(len(keys)) + 10_001
    later = np.flatnonzero(["segment=1" in key for key in keys])
    for column in ("otid", "dtid"):
        rows[column][later] = rows[column][later - 1]
    rows["opc"], rows["dpc"] = 2056, 2072
    rows["source"], rows["target"] = 0xC0000208, 0xC0000210
    rows["ports"] = np.array([{"m": 2905, "c": 2905, "d": 3868, "g": 2123}[key[0]] * 65_537 for key in keys])
    is_user = np.array(["user-packet" in key for key in keys])
    rows["ports"][is_user] = 2152 * 65_537
    # Over TCP, Diameter has a connection of its own.
    rows["ports"][np.array(["/tcp" in key for key in keys])] = 52_101 << 16 | 3868
    rows["hop"], rows["end"], rows["session"] = (np.arange(len(keys)) + start for start in (1, 2, 3))
    rows["plmn"], rows["area"], rows["cell"] = 0x00F110, 5, 6
    rows["teid"] = rows["tunnel"] = rows["tunnel_user"] = 0x01020304
    # One name of each width that a template may ask for.
    names = [b"mme1.epc.mnc001.mcc001.3gppnetwork.org", b"epc.mnc001.mcc001.3gppnetwork.org", b"\6mnc001\6mcc001\4gprs"]
    table = np.frombuffer(b"".join(name.ljust(40, b"\0") for name in names), np.uint8).reshape(3, 40)
    for column, place in (("realm", 1), ("to_realm", 1), ("apn", 2)):
        rows[column] = place
    with CaptureFiles(folder, book, table) as files:
        files.write(rows)
    return folder / files.files[0]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("templates"), every_template())


def test_there_are_many_kinds() -> None:
    assert len(every_template()) > 150


@pytest.mark.skipif(shutil.which("tshark") is None, reason="tshark is not installed")
def test_an_independent_dissector_finds_nothing_malformed(file: Path) -> None:
    checked = ["sctp.checksum:TRUE", "ip.check_checksum:TRUE", "udp.check_checksum:TRUE", "tcp.check_checksum:TRUE"]
    bad = [f"{layer}.checksum.status == Bad" for layer in ("ip", "sctp", "udp", "tcp")]
    wrong = " || ".join(["_ws.malformed", "_ws.expert.severity == error", *bad])
    call = ["tshark", "-r", str(file), "-Y", wrong, "-T", "fields", "-e", "frame.number", "-e", "_ws.col.Info"]
    call += [part for option in checked for part in ("-o", option)]
    told = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    keys = every_template()
    assert [keys[int(line.split("\t")[0]) - 1] for line in told.splitlines()] == []


@pytest.mark.skipif(not capture.is_available(), reason="the native decoder is not built")
def test_the_decoder_reads_each_of_them(file: Path) -> None:
    decoded = capture.read([file])
    assert len(decoded.gaps) == 0
    assert decoded.account.frames == len(every_template())
    assert decoded.account.other_frames == 0
