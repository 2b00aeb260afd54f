"""How many campaigns of lab captures are found, and how many alarms are false; `make bench-detection`.

A campaign is found when a finding of MEDIUM or above holds one of its messages. An alarm is false when a finding of MEDIUM or
above holds no message of any campaign. Rules were tuned on other seeds than those reported here.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from ipxray.cli import main as ipxray
from ipxray.cli.detection_case import Answer, Question, judge
from ipxray.detection import SEVERITIES

PROJECT = Path(__file__).resolve().parents[1]
WORLD = PROJECT / "examples" / "world"
ATTACKS = PROJECT / "examples" / "attacks.toml"
TUNED_ON = (7, 11)
REPORTED_ON = (101, 202, 303)
ALARMING = frozenset(SEVERITIES[SEVERITIES.index("MEDIUM") :])
Z = 1.96


def wilson(found: int, of: int) -> tuple[float, float]:
    """95 % confidence interval of a share. Ref: Wilson 1927."""
    if of == 0:
        return 0.0, 1.0
    share, square = found / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * math.sqrt(share * (1 - share) / of + square / of / 4)
    return max(0.0, middle - half), min(1.0, middle + half)


class Score:
    """Campaigns found and missed, alarms true and false, over several captures."""

    def __init__(self) -> None:
        self.found: dict[str, int] = defaultdict(int)
        self.all: dict[str, int] = defaultdict(int)
        self.missed: list[str] = []
        self.false: list[str] = []
        self.alarms = 0
        self.benign = 0

    def add(self, seed: int, truth: dict[str, Any], answer: Answer) -> None:
        """Compare one capture's findings with its truth."""
        assert answer.findings is not None
        alarming = {finding.finding_id: finding for finding in answer.findings.findings if finding.severity in ALARMING}
        frames: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for row in answer.findings.evidence:
            if row.finding_id in alarming:
                frames[row.finding_id].add((row.capture, row.frame))
        seen = set().union(*frames.values()) if frames else set()
        abuse: set[tuple[str, int]] = set()
        for campaign in truth["campaigns"]:
            own = {(capture, frame) for capture, frame in campaign["frames"]}
            abuse |= own
            family = f"{campaign['family']}, evading" if campaign["evasion"] else campaign["family"]
            self.all[family] += 1
            if own & seen:
                self.found[family] += 1
            else:
                self.missed.append(f"seed {seed}: {campaign['id']} ({campaign['behaviour']}, {family})")
        for name, finding in alarming.items():
            if not frames[name] & abuse:
                self.false.append(
                    f"seed {seed}: {finding.rule_id} {finding.severity} {finding.messages} messages, {finding.evidence[0]}"
                )
        self.alarms += len(alarming)
        self.benign += truth["benign_messages"]


def run(seed: int, hours: float, subscribers: int, folder: Path) -> tuple[dict[str, Any], Answer]:
    """Write one lab capture and judge it."""
    place = folder / str(seed)
    words = [
        "lab",
        "capture",
        "--world",
        WORLD,
        "--output",
        place,
        "--hours",
        hours,
        "--subscribers",
        subscribers,
        "--attacks",
        ATTACKS,
        "--seed",
        seed,
    ]
    if ipxray([str(word) for word in words]):
        sys.exit(f"no capture was written for seed {seed}")
    key = folder / "key"
    key.write_bytes(b"a key for the bench only")
    captures = sorted(place.glob("*.pcapng"))
    answer = judge(Question(captures, declarations=[WORLD], at=date(2026, 11, 1), key_file=key))
    truth = json.loads((place / "truth.json").read_text(encoding="utf-8"))
    for path in captures:
        path.unlink()
    return truth, answer


def show(score: Score, *, details: bool) -> None:
    """Print the table."""
    print("\n| family | campaigns | found | recall | 95 % interval |\n|---|---|---|---|---|")
    plain = [name for name in score.all if not name.endswith("evading")]
    for name in sorted(score.all):
        _line(name, score.found[name], score.all[name])
    _line("**all but evasions**", sum(score.found[name] for name in plain), sum(score.all[name] for name in plain))
    evading = [name for name in score.all if name.endswith("evading")]
    _line("**evasions**", sum(score.found[name] for name in evading), sum(score.all[name] for name in evading))
    millions = score.benign / 1_000_000
    low, high = wilson(len(score.false), score.benign)
    print(
        f"\n{score.alarms} alarms, {len(score.false)} false: {len(score.false) / millions:.2f} per million of {score.benign:,} benign messages [{low * 1e6:.2f}, {high * 1e6:.2f}]"
    )
    for line in [*score.missed, *score.false] if details else []:
        print(" ", line)


def _line(name: str, found: int, of: int) -> None:
    if of:
        low, high = wilson(found, of)
        print(f"| {name} | {of} | {found} | {found / of:.3f} | {low:.3f} to {high:.3f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(REPORTED_ON))
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--subscribers", type=int, default=20_000)
    parser.add_argument("--details", action="store_true", help="name what was missed and what was false")
    chosen = parser.parse_args()
    score = Score()
    with tempfile.TemporaryDirectory() as folder:
        for seed in chosen.seeds:
            truth, answer = run(seed, chosen.hours, chosen.subscribers, Path(folder))
            score.add(seed, truth, answer)
            print(f"seed {seed}: {truth['messages']:,} messages, {len(truth['campaigns'])} campaigns")
    show(score, details=chosen.details)


if __name__ == "__main__":
    main()
