"""Cut the reference captures and vectors into seeds, one folder a target. Nothing that this writes is committed.

Usage: seeds.py SHARED FOLDER
"""

from __future__ import annotations

import hashlib
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

LINK_HEADERS = {1: 14, 113: 16, 101: 0, 228: 0, 276: 20}
BY_PPID = {2: ("m2ua",), 3: ("m3ua",), 4: ("sua",), 5: ("m2pa",), 46: ("diameter",)}
BY_UDP = {2123: ("gtpv1", "gtpv2"), 2152: ("gtpu",), 3386: ("gtpv0", "gtp_prime"), 8805: ("pfcp",)}
VECTORS = {
    "TCAP": ("tcap",),
    "SCCP": ("sccp",),
    "M3UA": ("m3ua",),
    "M2UA": ("m2ua",),
    "MTP": ("mtp3",),
    "ISUP": ("isup",),
    "MAP": ("map", "ber", "sms"),
    "CAP": ("cap", "ber"),
    "GTPv0": ("gtpv0",),
    "GTPv1": ("gtpv1", "gtpu"),
    "GTPv2": ("gtpv2",),
    "GTP": ("gtpv1", "gtpv2", "gtp_prime"),
    "PFCP": ("pfcp",),
    "Diameter": ("diameter",),
    "sms": ("sms",),
}
# Targets that take several packets, each behind its length.
SEVERAL = {"ip", "tcp", "sctp", "sua", "sccp", "tcap", "diameter", "gtpv0", "gtpv1", "gtpv2", "gtpu", "gtp_prime", "pfcp"}


def pcap(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Link type and bytes of every packet of a pcap file."""
    order = "<" if data[:1] in {b"\xd4", b"\x4d"} else ">"
    link = struct.unpack(order + "I", data[20:24])[0] & 0xFFFF
    offset = 24
    while offset + 16 <= len(data):
        length = struct.unpack(order + "I", data[offset + 8 : offset + 12])[0]
        yield link, data[offset + 16 : offset + 16 + length]
        offset += 16 + length


def pcapng(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The same of a little-endian pcapng file, enhanced packets only."""
    links: list[int] = []
    offset = 0
    while offset + 12 <= len(data):
        kind, length = struct.unpack("<II", data[offset : offset + 8])
        if kind == 1:
            links.append(struct.unpack("<H", data[offset + 8 : offset + 10])[0])
        elif kind == 6:
            interface, _, _, captured = struct.unpack("<IIII", data[offset + 8 : offset + 24])
            yield links[interface], data[offset + 28 : offset + 28 + captured]
        offset += max(length, 12)


def behind_length(packet: bytes) -> bytes:
    """One packet as the targets of several want it."""
    return struct.pack(">H", len(packet)) + packet


def transport(link: int, packet: bytes) -> Iterator[tuple[str, bytes]]:
    """Name of a target and what it reads, from one packet."""
    yield "link", struct.pack(">I", link) + packet
    if link in {139, 140, 141, 142}:
        return
    datagram = packet[LINK_HEADERS.get(link, 14) :]
    yield "ip", datagram
    if len(datagram) < 20 or datagram[0] >> 4 != 4:
        return
    inner = datagram[4 * (datagram[0] & 15) : struct.unpack(">H", datagram[2:4])[0]]
    if datagram[9] == 17:
        yield "udp", inner
        for target in BY_UDP.get(struct.unpack(">H", inner[2:4])[0], ()):
            yield target, inner[8:]
    elif datagram[9] == 6:
        yield "tcp", b"\0" + inner
    elif datagram[9] == 132:
        yield "sctp", inner
        yield from chunks(inner[12:])


def chunks(rest: bytes) -> Iterator[tuple[str, bytes]]:
    """User messages of SCTP, and the layers under the adaptation."""
    while len(rest) > 16:
        kind, _, length = struct.unpack(">BBH", rest[:4])
        if kind == 0:
            message = rest[16:length]
            for target in BY_PPID.get(struct.unpack(">I", rest[12:16])[0], ()):
                yield target, message
                yield from adapted(target, message)
        rest = rest[max(4, length + -length % 4) :]


def adapted(target: str, message: bytes) -> Iterator[tuple[str, bytes]]:
    """What M3UA and M2UA carry, found by the first octets of an SCCP unit data."""
    if target == "m3ua" and message[2:4] == b"\1\1":
        at = message.find(b"\x02\x10")
        unit = message[at + 16 :]
    elif target == "m2ua" and message[2:4] == b"\6\1":
        yield "mtp3", message[-140:]
        unit = message[message.find(b"\x09") :]
    else:
        return
    yield "sccp", unit
    begin = min((at for tag in (b"\x62", b"\x64", b"\x65") if (at := unit.find(tag, 12)) > 0), default=0)
    if begin:
        yield "tcap", unit[begin:]
        yield "ber", unit[begin:]


def capture_seeds(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Seeds of every capture."""
    for path in sorted(folder.rglob("*.*cap*")):
        data = path.read_bytes()
        packets = list((pcapng if data[:4] == b"\n\r\r\n" else pcap)(data))
        small = data[:4096]
        yield "file", small
        yield "pipeline", small
        for link, packet in packets[:200]:
            yield from transport(link, packet)
        links = {228: 0, 101: 0, 1: 1, 141: 2, 142: 3, 139: 4, 113: 5}
        if packets and packets[0][0] in links:
            yield "packets", bytes([links[packets[0][0]]]) + b"".join(behind_length(packet) for _, packet in packets[:12])


def vector_seeds(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Seeds of every vector whose layer a target reads."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text().splitlines():
            digits, _, origin = line.partition("  # ")
            if line.startswith("#") or not digits:
                continue
            data = bytes.fromhex(digits)
            words = origin.replace("/", " ").replace("-", " ").split()
            for word in words[:3]:
                for target in VECTORS.get(word, ()):
                    # Parameters: any operation may read them; the mutator changes the two octets before.
                    head = bytes([len(data) % 90, 0, 3]) if target in {"map", "cap"} else b""
                    yield target, head + data


def write(folder: Path, seeds: Iterable[tuple[str, bytes]]) -> dict[str, int]:
    """Write each seed once; how many there are for each target."""
    count: dict[str, int] = {}
    for target, data in seeds:
        seed = behind_length(data) if target in SEVERAL else data
        path = folder / target / hashlib.sha256(seed).hexdigest()[:16]
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(seed)
            count[target] = count.get(target, 0) + 1
    return count


def main() -> None:
    """Write the seeds and say how many."""
    shared, folder = Path(sys.argv[1]), Path(sys.argv[2])
    if not (shared / "captures").is_dir():
        print(f"no reference material at {shared}: fuzzing starts from nothing")
        return
    count = write(folder, capture_seeds(shared / "captures"))
    for target, more in write(folder, vector_seeds(shared / "vectors")).items():
        count[target] = count.get(target, 0) + more
    print("seeds:", ", ".join(f"{target} {number}" for target, number in sorted(count.items())))


if __name__ == "__main__":
    main()
