"""Claim: a lab capture is written at 100,000 messages a second and more, in memory that its length does not change.

Peer: pycrate encoding the same kind of message one by one, argument only, without transport or file.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from _measure import alternate, median_seconds, print_table

WORLD = Path(__file__).resolve().parents[1] / "examples" / "world"
ATTACKS = WORLD.parent / "attacks.toml"
ROUNDS = 3
ONE_BY_ONE = 20_000
SUBSCRIBERS = 20_000
MANY_SUBSCRIBERS = 100_000

OURS_PREPARE = """
from pathlib import Path
from ipxray.lab.captures import read_campaigns, write_capture
campaigns = read_campaigns(Path(ATTACKS))
# pycrate is loaded and the templates are encoded once outside the clock, as they are for the peer.
write_capture(Path(WORLD), Path(FOLDER) / "first", hours=0.01, subscribers=50, campaigns=campaigns)
"""
OURS = """
size = dict(hours=HOURS, subscribers=SUBSCRIBERS, rotate=ROTATE)
written = write_capture(Path(WORLD), Path(FOLDER) / NAME, campaigns=campaigns, **size)
report.update(messages=written.messages, files=len(written.files))
"""
PEER_PREPARE = """
from ipxray.lab.captures.map_arguments import ARGUMENTS, encoded
from ipxray.lab.captures.slots import Slots
value = ARGUMENTS["updateLocation"]
encoded(value, Slots())
"""
PEER = """
for _ in range(COUNT):
    encoded(value, Slots())
report.update(messages=COUNT, files=0)
"""


def piece(folder: Path, name: str, hours: float, subscribers: int, rotate: int) -> tuple[str, str]:
    """What is run and what is set up before, with its numbers."""
    names = {"WORLD": str(WORLD), "ATTACKS": str(ATTACKS), "FOLDER": str(folder), "NAME": name}
    names |= {"HOURS": hours, "SUBSCRIBERS": subscribers, "ROTATE": rotate}
    head = "\n".join(f"{key} = {value!r}" for key, value in names.items())
    return OURS, head + OURS_PREPARE


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        pieces = {
            "half an hour, 20,000 roamers": piece(folder, "half", 0.5, SUBSCRIBERS, 0),
            "two hours, 20,000 roamers": piece(folder, "two", 2.0, SUBSCRIBERS, 0),
            "two hours, 100,000 roamers, files of 60 MB": piece(folder, "many", 2.0, MANY_SUBSCRIBERS, 60_000_000),
            "pycrate, one by one": (PEER, f"COUNT = {ONE_BY_ONE}" + PEER_PREPARE),
        }
        runs = alternate(pieces, ROUNDS)
    rows = []
    for name, found in runs.items():
        count = int(str(found[0].report["messages"]))
        seconds = median_seconds(found)
        peak = statistics.median(run.peak_mib for run in found)
        size = str(found[0].report["files"])
        rows.append((name, f"{count:,}", size, f"{seconds:.1f} s", f"{count / seconds:,.0f}", f"{peak:.0f} MiB"))
    print_table("Lab captures", ("what", "messages", "files", "time", "messages/s", "peak memory"), rows)


if __name__ == "__main__":
    main()
