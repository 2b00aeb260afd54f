"""MAP and CAP against pycrate's ASN.1: what it writes we read, and what others wrote both read alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from tests.capture.agreement import asn1_operations, asn1_values, ours, pcap_writer
from tests.capture.agreement.asn1_operations import Operation
from tests.capture.agreement.pcap_writer import Ppid

pytest.importorskip("pycrate_asn1dir", reason="pycrate is not installed: MAP and CAP are NOT checked against its ASN.1")

MESSAGES_OF_EACH = 8
SEED = 29002


class Sample(NamedTuple):
    """One component: its operation, the type and value of its parameter, and the packets that carry it."""

    operation: Operation
    is_result: bool
    kind: Any
    value: Any
    frame: int


def _octets(kind: Any, value: Any) -> bytes:
    kind.set_val(value)
    return bytes(kind.to_ber())


def _samples(operations: tuple[Operation, ...], random: Random) -> tuple[list[Sample], list[bytes]]:
    samples: list[Sample] = []
    packets: list[bytes] = []

    def send(operation: Operation, message: bytes, *, back: bool) -> int:
        called, calling = (7, operation.subsystem) if back else (operation.subsystem, 7)
        unit = pcap_writer.unit_data(message, called=called, calling=calling)
        packets.append(pcap_writer.sctp(Ppid.M3UA, len(packets), pcap_writer.m3ua_data(unit)))
        return len(packets)

    for operation in operations:
        for _ in range(MESSAGES_OF_EACH):
            transaction = len(packets) + 1
            value = None if operation.argument is None else asn1_values.value(operation.argument, random)
            argument = b"" if operation.argument is None else _octets(operation.argument, value)
            frame = send(operation, asn1_operations.begin(operation, transaction, argument), back=False)
            samples.append(Sample(operation, False, operation.argument, value, frame))
            if operation.result is not None:
                value = asn1_values.value(operation.result, random)
                message = asn1_operations.end(operation, transaction, _octets(operation.result, value))
                samples.append(Sample(operation, True, operation.result, value, send(operation, message, back=True)))
    return samples, packets


class Read(NamedTuple):
    """A sample and the row that the decoder gave for it."""

    sample: Sample
    row: ours.Row

    def leaves(self) -> list[tuple[tuple[str, ...], str, Any]]:
        if self.sample.kind is None:
            return []
        return list(asn1_values.leaves(self.sample.kind, self.sample.value))

    def __str__(self) -> str:
        part = "result" if self.sample.is_result else "argument"
        return f"{self.sample.operation.protocol} {self.sample.operation.code} {part}, frame {self.sample.frame}"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> list[Read]:
    """Every sample with its row."""
    operations = asn1_operations.map_operations() + asn1_operations.cap_operations()
    samples, packets = _samples(operations, Random(SEED))
    path: Path = tmp_path_factory.mktemp("asn1") / "generated.pcap"
    pcap_writer.write(path, packets)
    rows = {int(str(row["frame"])): row for row in ours.read(path).messages}
    return [Read(sample, rows.get(sample.frame, {})) for sample in samples]


def _digits(octets: bytes) -> str:
    text = "".join(f"{octet & 15:X}{octet >> 4:X}" for octet in octets)
    return text.removesuffix("F")


def _named(read: Read, *kinds: str, name: str = "") -> Iterator[str]:
    """Digits of every value of one of `kinds` whose path ends in `name`."""
    for path, kind, value in read.leaves():
        if kind in kinds and (not name or (path[-1:] and path[-1].lower() == name)):
            yield _digits(value if kind == "IMSI" else value[1:])


def test_every_operation_is_recognised(read: list[Read]) -> None:
    for item in read:
        expected = (
            item.sample.operation.protocol,
            item.sample.operation.code,
            "return_result" if item.sample.is_result else "invoke",
        )
        assert (item.row.get("protocol"), item.row.get("operation_code"), item.row.get("component")) == expected, str(
            item
        )
        assert item.row.get("operation"), str(item)


def test_well_formed_messages_have_no_anomaly_of_form(read: list[Read]) -> None:
    forms = ("ber_", "tcap_", "map_version")
    for item in read:
        found = [name for name in item.row["anomalies"] if str(name).startswith(forms)]  # type: ignore[attr-defined]
        assert not found, f"{item}: {found}"


def test_the_imsi_is_the_one_that_the_message_is_about(read: list[Read]) -> None:
    for item in read:
        known = list(_named(item, "IMSI"))
        if known:
            assert item.row.get("imsi") in known, str(item)


def test_the_number_is_the_subscribers(read: list[Read]) -> None:
    for item in read:
        known = list(_named(item, "ISDN-AddressString", name="msisdn"))
        if known:
            assert item.row.get("msisdn") in known, str(item)
