"""The reference dissector: tshark's reading of a capture as a tree of named fields."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import etree

# Every subsystem but management, and none at all, read as TCAP; user packets left closed; MTP3 labels told by content.
PREFERENCES = (
    "tcap.ssn:2-254",
    "sccp.default_payload:tcap",
    "mtp3.heuristic_standard:TRUE",
    "gtp.dissect_tpdu_as:None",
    "sctp.reassembly:TRUE",
    "ip.defragment:TRUE",
    "tcp.desegment_tcp_streams:TRUE",
)
DECODE_AS = ("tcp.port==7777,http2",)


class Field(NamedTuple):
    """A protocol or field: its filter name, its value for display and in hex, what lies inside."""

    name: str
    show: str
    value: str
    children: tuple[Field, ...]

    def walk(self) -> Iterator[Field]:
        """This field and everything inside it, in the order of the bytes."""
        yield self
        for child in self.children:
            yield from child.walk()

    def every(self, *names: str) -> list[Field]:
        """All fields inside that have one of `names`."""
        return [field for field in self.walk() if field.name in names]

    def first(self, *names: str) -> Field | None:
        """The first field inside that has one of `names`."""
        return next((field for field in self.walk() if field.name in names), None)

    def text(self, *names: str) -> str | None:
        """What the first field with one of `names` shows."""
        field = self.first(*names)
        return None if field is None else field.show

    def number(self, *names: str) -> int | None:
        """The same as a number; tshark writes decimal or 0x."""
        text = self.text(*names)
        return None if not text else int(text, 0)


class Frame(NamedTuple):
    """One frame: its number and its protocols, outermost first."""

    number: int
    protocols: tuple[Field, ...]

    def envelope(self) -> dict[str, object]:
        """Frame, time and endpoints, in the columns of the table `messages`."""
        row: dict[str, object] = {"frame": self.number, "observed_at": self._microseconds()}
        for protocol in self.protocols:
            if protocol.name in {"ip", "ipv6"} and "source_ip" not in row:
                row |= {
                    "source_ip": protocol.text("ip.src", "ipv6.src"),
                    "destination_ip": protocol.text("ip.dst", "ipv6.dst"),
                }
            elif protocol.name in {"udp", "tcp", "sctp"} and "source_port" not in row:
                ends = [protocol.number(f"{protocol.name}.{side}port") for side in ("src", "dst")]
                row |= {"source_port": ends[0], "destination_port": ends[1]}
        return row

    def _microseconds(self) -> int:
        text = next(field.text("frame.time_epoch") for field in self.protocols if field.name == "frame")
        seconds, _, fraction = str(text).partition(".")
        return int(seconds) * 1_000_000 + int(fraction.ljust(6, "0")[:6])


def found() -> str:
    """The path of tshark; a skip that says so without it, a failure where checks must be whole."""
    path = shutil.which("tshark")
    if path is None:
        notice = (
            "tshark is not installed: agreement with the reference dissector is NOT checked (make peers installs it)"
        )
        (pytest.fail if os.environ.get("IPXRAY_PEERS") == "required" else pytest.skip)(notice)
    return str(path)


def _tree(element: etree._Element) -> Field:
    children = tuple(_tree(child) for child in element if child.tag in {"field", "proto"})
    return Field(element.get("name", ""), element.get("show", ""), element.get("value", ""), children)


def _outer(protocols: tuple[Field, ...]) -> tuple[Field, ...]:
    """Without what ICMP quotes: a packet that could not be delivered was seen before, and not here."""
    quoting = next((at for at, field in enumerate(protocols) if field.name in {"icmp", "icmpv6"}), len(protocols))
    return protocols[:quoting]


def frames(capture: Path, *, display_filter: str = "", decode_as: tuple[str, ...] = DECODE_AS) -> Iterator[Frame]:
    """Read `capture` with tshark, frame by frame."""
    command = [found(), "-n", "-2", "-r", str(capture), "-T", "pdml"]
    for preference in PREFERENCES:
        command += ["-o", preference]
    for rule in decode_as:
        command += ["-d", rule]
    if display_filter:
        command += ["-Y", display_filter]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        for _, packet in etree.iterparse(process.stdout, tag="packet", huge_tree=True, recover=True):
            protocols = _outer(tuple(_tree(child) for child in packet))
            number = next(field.number("num") for field in protocols if field.name == "geninfo")
            assert number is not None
            yield Frame(number, protocols)
            packet.clear()
    assert process.returncode == 0, f"tshark ended with {process.returncode}"
