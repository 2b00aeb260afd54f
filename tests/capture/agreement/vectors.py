"""Every whole PDU of the reference vectors as a packet: under the transport that its protocol uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.capture.agreement import pcap_writer
from tests.capture.agreement.pcap_writer import Ppid


class Vector(NamedTuple):
    """One PDU: its file, the line that holds it, and an IPv4 packet around it."""

    file: str
    line: int
    packet: bytes


def vectors(folder: Path) -> list[Vector]:
    """Every whole PDU, in the order of files and lines."""
    return [vector for path in sorted(folder.glob("*.txt")) for vector in _file(path)]


def _file(path: Path) -> Iterator[Vector]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        digits, _, origin = line.partition("  # ")
        if digits.startswith("#") or not digits:
            continue
        packet = _packet(bytes.fromhex(digits.strip()), origin, number)
        if packet is not None:
            yield Vector(path.name, number, packet)


def _packet(pdu: bytes, origin: str, number: int) -> bytes | None:
    """The PDU in its packet; None for a part of a PDU or a protocol that is none of ours."""
    if _is_ethernet(pdu):
        # Tags between the addresses and the type are left out with the rest of the link.
        return pdu[pdu.index(b"\x08\x00\x45") + 2 :]
    if origin.startswith("[part]"):
        return None
    layer = origin.removeprefix("[whole] ").split(maxsplit=1)[0]
    match layer:
        case "GTP" | "GTPv0" | "GTPv1" | "GTPv1-C" | "GTPv1-U" | "GTPv2" | "GTPv2-C":
            return pcap_writer.udp(_gtp_port(pdu, layer), pdu)
        case "PFCP":
            return pcap_writer.udp(8805, pdu)
        case "Diameter":
            return pcap_writer.sctp(Ppid.DIAMETER, number, pdu)
        case "M3UA":
            return pcap_writer.sctp(Ppid.M3UA, number, pdu)
        case "M2UA":
            return pcap_writer.sctp(Ppid.M2UA, number, pdu)
        case "SCCP" | "SCCP/xUA":
            return pcap_writer.sctp(Ppid.M3UA, number, pcap_writer.m3ua_data(pdu))
        case "ISUP":
            return pcap_writer.sctp(Ppid.M3UA, number, pcap_writer.m3ua_data(pdu, service=5))
        case "TCAP" | "TCAP/MAP" | "TCAP/CAP":
            called = 146 if layer == "TCAP/CAP" else 6
            return pcap_writer.sctp(Ppid.M3UA, number, pcap_writer.m3ua_data(pcap_writer.unit_data(pdu, called=called)))
        case _:
            return None


def _is_ethernet(pdu: bytes) -> bool:
    """An IPv4 frame of UDP to or from a port of GTP."""
    at = pdu.find(b"\x08\x00\x45", 12, 24)
    if at < 0 or len(pdu) < at + 30 or pdu[at + 2 + 9] != 17:
        return False
    ports = {int.from_bytes(pdu[at + 22 : at + 24], "big"), int.from_bytes(pdu[at + 24 : at + 26], "big")}
    return bool(ports & {2123, 2152, 3386})


def _gtp_port(pdu: bytes, layer: str) -> int:
    if pdu[0] >> 5 == 0:
        return 3386
    is_user = layer == "GTPv1-U" or (pdu[0] >> 5 == 1 and pdu[1] == 255)
    return 2152 if is_user else 2123
