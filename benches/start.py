"""Claim: `ipxray --help` answers in under 0.2 s."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from _measure import print_table

ROUNDS = 15


def seconds(command: Sequence[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - started


def main() -> None:
    ipxray = str(Path(sys.executable).with_name("ipxray"))
    commands = {"python -c pass": [sys.executable, "-c", "pass"], "ipxray --help": [ipxray, "--help"]}
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            times[name].append(seconds(command))
    base = statistics.median(times["python -c pass"])
    rows = [
        (name, f"{statistics.median(took):.3f} s", f"{statistics.median(took) / base:.1f}")
        for name, took in times.items()
    ]
    print_table("Start", ("command", "median", "ratio"), rows)
    print(f"\npeak memory of the largest: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
