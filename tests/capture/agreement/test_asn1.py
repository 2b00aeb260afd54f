"""MAP and CAP against pycrate's ASN.1: what it writes we read, and what others wrote both read alike."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from tests.capture.agreement import asn1_columns, asn1_operations, asn1_values, asn1_vectors, ours, pcap_writer
from tests.capture.agreement.asn1_columns import Parameter
from tests.capture.agreement.asn1_operations import Operation
from tests.capture.agreement.pcap_writer import Ppid

if os.environ.get("IPXRAY_PEERS") != "required":
    reason = "pycrate is not installed: MAP and CAP are NOT checked against its ASN.1"
    pytest.importorskip("pycrate_asn1dir", reason=reason)

pytestmark = pytest.mark.usefixtures("decoder")

MESSAGES_OF_EACH = 8
SEED = 29002


class Sample(NamedTuple):
    """One component: its operation, the type and value of its parameter, and the packets that carry it."""

    operation: Operation
    is_result: bool
    kind: Any
    value: Any
    frame: int

    def __str__(self) -> str:
        part = "result" if self.is_result else "argument"
        return f"{self.operation.protocol} {self.operation.code} {part}, frame {self.frame}"


class Conversation:
    """Components in messages of their own, one a packet."""

    def __init__(self) -> None:
        self.packets: list[bytes] = []
        self.samples: list[Sample] = []

    def ask(self, operation: Operation, value: Any, octets: bytes) -> None:
        """An invoke in a begin."""
        self._send(operation, asn1_operations.begin(operation, len(self.packets) + 1, octets), is_answer=False)
        self.samples.append(Sample(operation, False, operation.argument, value, len(self.packets)))

    def answer(self, operation: Operation, value: Any, octets: bytes) -> None:
        """A return result in the end of the dialogue that the last packet began."""
        self._send(operation, asn1_operations.end(operation, len(self.packets), octets), is_answer=True)
        self.samples.append(Sample(operation, True, operation.result, value, len(self.packets)))

    def _send(self, operation: Operation, message: bytes, *, is_answer: bool) -> None:
        called, calling = (7, operation.subsystem) if is_answer else (operation.subsystem, 7)
        unit = pcap_writer.unit_data(message, called=called, calling=calling)
        self.packets.append(pcap_writer.sctp(Ppid.M3UA, len(self.packets), pcap_writer.m3ua_data(unit)))

    def read(self, folder: Path) -> list[tuple[Sample, Parameter]]:
        """Each sample with the row that the decoder gives for it."""
        path = folder / "asn1.pcap"
        pcap_writer.write(path, self.packets)
        rows = {int(str(row["frame"])): row for row in ours.read(path).messages}
        return [(item, Parameter(str(item), item.kind, item.value, rows[item.frame])) for item in self.samples]


def _octets(kind: Any, value: Any) -> bytes:
    kind.set_val(value)
    return bytes(kind.to_ber())


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Sample, Parameter]]:
    """Random values of every operation's types, written by pycrate, each with its row."""
    random, conversation = Random(SEED), Conversation()
    for operation in asn1_operations.map_operations() + asn1_operations.cap_operations():
        for _ in range(MESSAGES_OF_EACH):
            kind = operation.argument
            value = None if kind is None else asn1_values.value(kind, random)
            conversation.ask(operation, value, b"" if kind is None else _octets(kind, value))
            if operation.result is not None:
                value = asn1_values.value(operation.result, random)
                conversation.answer(operation, value, _octets(operation.result, value))
    return conversation.read(tmp_path_factory.mktemp("generated"))


def test_every_operation_is_recognised(generated: list[tuple[Sample, Parameter]]) -> None:
    for sample, parameter in generated:
        component = "return_result" if sample.is_result else "invoke"
        expected = (sample.operation.protocol, sample.operation.code, component)
        row = parameter.row
        assert (row["protocol"], row["operation_code"], row["component"]) == expected, str(sample)
        assert row["operation"], str(sample)


def test_well_formed_messages_have_no_anomaly_of_form(generated: list[tuple[Sample, Parameter]]) -> None:
    forms = ("ber_", "tcap_", "map_version")
    for sample, parameter in generated:
        found = [name for name in parameter.row["anomalies"] if str(name).startswith(forms)]  # type: ignore[attr-defined]
        assert not found, f"{sample}: {found}"


def test_what_pycrate_writes_is_read(generated: list[tuple[Sample, Parameter]]) -> None:
    faults = [fault for _, parameter in generated for fault in asn1_columns.faults(parameter)]
    assert not faults, "\n".join(faults)
    # Every column was really compared.
    for column in (*asn1_columns.MEMBERS, "authentication_vectors_count", "gsn_address", "location_age", "cell_mcc"):
        assert sum(parameter.row[column] is not None for _, parameter in generated) >= 10, column


@pytest.mark.shared
def test_what_others_wrote_is_read_as_pycrate_reads_it(shared: Path, tmp_path: Path) -> None:
    conversation = Conversation()
    for vector in asn1_vectors.parameters(shared / "vectors"):
        try:
            vector.kind.from_ber(vector.octets)
        except Exception:  # noqa: BLE001 - pycrate raises what it likes; a form of another version is not its type
            continue
        value = vector.kind.get_val()
        (conversation.answer if vector.is_result else conversation.ask)(vector.operation, value, vector.octets)
    read = conversation.read(tmp_path)
    faults = [fault for _, parameter in read for fault in asn1_columns.faults(parameter)]
    assert not faults, "\n".join(faults)
    assert len(read) > 80
