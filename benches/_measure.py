"""Run a piece of Python as a process of its own: seconds inside it, its peak memory, what it printed."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Run(NamedTuple):
    """One run: wall seconds measured inside the process, peak resident memory in MiB, what it reported."""

    seconds: float
    peak_mib: float
    report: dict[str, object]


_WRAPPER = """
import json, resource, time
report = {}
PREPARE
started = time.perf_counter()
WORK
elapsed = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([elapsed, peak, report]))
"""


def run(work: str, prepare: str = "") -> Run:
    """Time `work` after `prepare`, both Python source, in a fresh interpreter; `work` may fill the dict `report`."""
    source = _WRAPPER.replace("PREPARE", prepare).replace("WORK", work)
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True, env=os.environ)
    return Run(*json.loads(done.stdout.splitlines()[-1]))


def alternate(pieces: Mapping[str, tuple[str, str]], rounds: int) -> dict[str, list[Run]]:
    """Run the named (work, prepare) pieces in turn, `rounds` times, so that a drifting machine drifts for all."""
    runs: dict[str, list[Run]] = {name: [] for name in pieces}
    for _ in range(rounds):
        for name, (work, prepare) in pieces.items():
            runs[name].append(run(work, prepare))
    return runs


def median_seconds(runs: Sequence[Run]) -> float:
    """The median of the wall seconds."""
    return statistics.median(run.seconds for run in runs)


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A Markdown table, ready for the README."""
    print(f"\n{title}\n\n| {' | '.join(header)} |\n|{'---|' * len(header)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
