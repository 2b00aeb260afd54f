"""Claim: per core, captures are decoded many times faster than by tshark -T fields; memory does not grow with the file.

Writes a capture of mixed messages, then runs the decoder and its peers on it in turn, start included. What a core does
in a second counts processor time, so that a busy machine bends it least. `--messages N` sets the size of the capture;
`--gigabytes N` adds one of that many to the runs that say whether time grows with size alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from _measure import print_table

MESSAGES = 1_000_000
BYTES_A_MESSAGE = 271.65
ROUNDS = 3
TSHARK_MESSAGES = 50_000
"""Enough to make its start small; the ratio is of messages a second."""

# The same facts that the decoder's columns hold.
FIELDS = (
    "frame.number", "frame.time_epoch", "ip.src", "ip.dst", "udp.srcport", "udp.dstport", "sctp.srcport",
    "sctp.dstport",
    "gtpv2.message_type", "gtpv2.teid", "gtpv2.seq", "gtpv2.cause", "gtpv2.apn", "gtpv2.rat_type", "gtpv2.f_teid_ipv4",
    "e212.imsi", "e164.msisdn", "e212.mcc", "e212.mnc", "gtpv2.tai_tac", "gtpv2.ecgi_eci", "diameter.cmd.code",
    "diameter.flags.request", "diameter.applicationId", "diameter.hopbyhopid", "diameter.endtoendid",
    "diameter.Result-Code", "diameter.Origin-Host", "diameter.Origin-Realm", "diameter.Destination-Realm",
    "diameter.Route-Record", "diameter.User-Name", "diameter.Visited-PLMN-Id", "m3ua.protocol_data_opc",
    "m3ua.protocol_data_dpc", "m3ua.protocol_data_ni", "sccp.calling.digits", "sccp.called.digits", "sccp.calling.ssn",
    "sccp.called.ssn", "sccp.calling.nai", "sccp.called.nai", "tcap.otid", "tcap.dtid", "gsm_old.invokeID",
    "gsm_old.localValue", "tcap.application_context_name", "gsm_sms.tp-dcs", "gsm_sms.tp-pid",
)  # fmt: skip

_DECODE = """
import os, sys
if sys.argv[1] == "one": os.sched_setaffinity(0, {0})
from pathlib import Path
from ipxray import capture
if sys.argv[2] == "count": capture.summarise([sys.argv[3]])
else: capture.decode([sys.argv[3]], Path(sys.argv[4]))
"""


class Run(NamedTuple):
    """Wall and processor seconds of a whole process, and its peak memory in MiB."""

    wall: float
    cpu: float
    peak: float


def run(command: Sequence[str]) -> Run:
    """Run a command to its end; its output goes nowhere."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def write(path: Path, messages: int) -> int:
    """Write a capture in a process of its own, so that this one stays small: a child begins with its parent's peak."""
    subprocess.run(
        [sys.executable, "_capture_file.py", str(path), str(messages)], cwd=Path(__file__).parent, check=True
    )
    return path.stat().st_size


def decode(cores: str, what: str, path: Path, output: Path) -> Run:
    return run([sys.executable, "-c", _DECODE, cores, what, str(path), str(output)])


def tshark(path: Path) -> Run:
    fields = [word for field in FIELDS for word in ("-e", field)]
    return run(["tshark", "-n", "-r", str(path), "-T", "fields", *fields])


def compare(folder: Path, messages: int) -> None:
    """The table of the decoder and its peers, by messages a second."""
    path, short, output = folder / "mixed.pcap", folder / "short.pcap", folder / "out"
    size = write(path, messages)
    write(short, TSHARK_MESSAGES)
    pieces: dict[str, tuple[int, Callable[[], Run]]] = {
        "ipxray: decode and count, one core": (messages, lambda: decode("one", "count", path, output)),
        "ipxray: file to Parquet, one core": (messages, lambda: decode("one", "write", path, output)),
        "ipxray: file to Parquet, two cores": (messages, lambda: decode("two", "write", path, output)),
    }
    if shutil.which("tshark"):
        pieces["capinfos"] = messages, lambda: run(["capinfos", str(path)])
        pieces[f"tshark -T fields, {len(FIELDS)} fields"] = TSHARK_MESSAGES, lambda: tshark(short)
    else:
        print("tshark and capinfos are not installed: no peer is measured (make peers installs them)", file=sys.stderr)
    runs: dict[str, list[Run]] = {name: [] for name in pieces}
    for _ in range(ROUNDS):
        for name, (_, piece) in pieces.items():
            runs[name].append(piece())
    per_core = {name: pieces[name][0] / statistics.median(one.cpu for one in found) for name, found in runs.items()}
    peers = [name for name in pieces if not name.startswith("ipxray")]
    rows = []
    for name, found in runs.items():
        speed = pieces[name][0] / statistics.median(one.wall for one in found)
        ratios = [f"{per_core[name] / per_core[peer]:.1f}" for peer in peers]
        peak = max(one.peak for one in found)
        rows.append((name, f"{speed:,.0f}", f"{per_core[name]:,.0f}", *ratios, f"{peak:.0f} MiB"))
    header = (
        "",
        "messages/s",
        "per processor second",
        *(f"times {peer.split(',')[0]}" for peer in peers),
        "peak memory",
    )
    print_table(f"Captures: {messages:,} mixed messages, {size / 1e6:.0f} MB, median of {ROUNDS}", header, rows)


def grow(folder: Path, sizes: Sequence[int]) -> None:
    """Time and memory of file to Parquet as the file grows."""
    rows = []
    for messages in sizes:
        path = folder / "growing.pcap"
        size = write(path, messages)
        done = decode("two", "write", path, folder / "out")
        path.unlink()
        per_message = done.wall / messages * 1e6
        rows.append(
            (
                f"{size / 1e9:.2f} GB",
                f"{messages:,}",
                f"{done.wall:.1f} s",
                f"{per_message:.3f} µs",
                f"{done.peak:.0f} MiB",
            )
        )
    print_table(
        "Captures: file to Parquet as the file grows", ("size", "messages", "time", "per message", "peak memory"), rows
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=MESSAGES)
    parser.add_argument(
        "--gigabytes", type=float, help="also a capture of this size (10 takes minutes and 10 GB of disk)"
    )
    parser.add_argument("--folder", type=Path, help="where the captures are written (default: the temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        compare(folder, options.messages // 20 * 20)
        sizes = [options.messages, 10 * options.messages]
        if options.gigabytes:
            sizes.append(int(options.gigabytes * 1e9 / BYTES_A_MESSAGE))
        grow(folder, [size // 20 * 20 for size in sizes])


if __name__ == "__main__":
    main()
