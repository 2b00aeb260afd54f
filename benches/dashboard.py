"""Claim: every page of the dashboard in under 100 ms from a warm server, with 1,000 operators and 100,000 findings.

A folder is generated, served by `ipxray serve` in a process of its own, and asked over its socket. `asked before` is a
page that somebody has looked at already in this data version; `asked first` is the same view with a filter or order
that nobody asked for yet, so nothing but the loaded tables helps. The peer is SQLite with the same rows in one indexed
table, asked for the same fifty findings from Python, without any page around it.
"""

from __future__ import annotations

import json
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from _measure import print_table
from ipxray import atlas, declarations, exposure, report
from ipxray.dashboard.slugs import slug
from ipxray.detection import Evidence, Finding
from ipxray.tables import Table

OPERATORS, CARRIERS, COUNTRIES, FINDINGS = 1_000, 60, 160, 100_000
ROUNDS = 15
CLASSES = ("credential", "location", "sms", "user_traffic", "identity", "profile")
SERVICES = ("sccp", "diameter", "grx", "all")
SEVERITIES = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL")
LIMIT_MS = 100.0


class Line(NamedTuple):
    """One page: milliseconds when it was asked for before, when not, processor time of that, octets."""

    name: str
    warm: float
    first: float
    cpu: float
    size: int


def tadig(number: int) -> str:
    """A network of no country: three letters, two of number."""
    return f"Q{number // 36:02d}{'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 36]}Z"


def country(number: int) -> str:
    """A country that is none: user-assigned letters, then more."""
    return f"{'QX'[number % 2]}{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number // 2 % 26]}"


def pseudonym(number: int) -> str:
    letters = f"{number:020d}".translate(str.maketrans("0123456789", "bcdfghjkmn"))
    return f"00101~{letters}"


def levels(chance: random.Random) -> tuple[float, ...]:
    forced, low, expected, high, possible = sorted(chance.random() for _ in range(5))
    return forced, low, expected, high, possible, (high - low), 0.0, 0.0, 0.0


def exposures(chance: random.Random) -> Iterator[exposure.Exposure]:
    subjects = [("operator", tadig(number)) for number in range(OPERATORS)]
    subjects += [("country", code) for code in sorted({country(number) for number in range(COUNTRIES)})]
    for kind, subject in subjects:
        for service in SERVICES:
            for data_class in CLASSES:
                for threat in ("read", "alter", "inject"):
                    for direction in ("both", "home_to_visited"):
                        for perspective in ("outbound", "inbound"):
                            yield exposure.Exposure(
                                kind, subject, "all", "XA", service, data_class, threat, direction, *levels(chance),
                                "C", perspective, "majority_50", 1.0, 0.5, 0.5,
                            )  # fmt: skip


def links(chance: random.Random) -> Iterator[atlas.Link]:
    for number in range(OPERATORS):
        for service in SERVICES[:3]:
            for carrier in chance.sample(range(CARRIERS), 3):
                name = f"carrier-{carrier:02d}"
                yield atlas.Link(
                    tadig(number), service, name, name, (name,), name, "unstated", 0.0, 1 / 3, 1.0, ("Network[1]",), (),
                    inferred=False, pending=False, fresh_days=10,
                )  # fmt: skip


def findings(chance: random.Random) -> Iterator[Finding]:
    for number in range(FINDINGS):
        source = chance.randrange(OPERATORS)
        at = 1_790_000_000_000_000 + chance.randrange(30 * 86_400) * 1_000_000
        yield Finding(
            f"F{number:016x}", "ss7/any_time_interrogation_from_outside", ("ss7/any_time_interrogation_from_outside",),
            "Location asked from outside", chance.choice(SEVERITIES), "Cat1",
            chance.choice(("tracking", "fraud", "hijack", "denial")), ("FGT5012",), at, at + 60_000_000,
            chance.randrange(1, 500), 1, pseudonym(number),
            tadig(chance.randrange(OPERATORS)), tadig(source), country(source), f"999{chance.randrange(10**9):09d}",
            (tadig(source),), ("anyTimeInterrogation",), ("carrier-01",), ("carrier-02",), ("location",), 1,
            chance.random(), ("answered",), "A message asked where a subscriber is.", "Refuse.", None, ("n.pcapng:1",),
        )  # fmt: skip


def evidence(found: list[Finding]) -> Iterator[Evidence]:
    plain = Evidence(**dict.fromkeys(Evidence._fields))._replace(
        capture="n.pcapng", index=0, protocol="map", operation="anyTimeInterrogation", message_type="request",
        receiver_address="999123", exposes="location",
    )  # fmt: skip
    for finding in found:
        for position in range(2):
            yield plain._replace(
                finding_id=finding.finding_id, position=position, frame=position + 1, observed_at=finding.first_at,
                rule_id=finding.rule_id, sender_network=finding.source_network, sender_address=finding.source_address,
                receiver_network=finding.home_network, subscriber=finding.subscriber,
            )  # fmt: skip


def write(folder: Path) -> list[Finding]:
    """The assessment: exposure, links, networks and findings of one folder."""
    chance = random.Random(11)
    found = list(findings(chance))
    nobody = report.Network(**dict.fromkeys(report.Network._fields))._replace(mcc_mnc=())
    networks = [
        nobody._replace(
            tadig=tadig(n), country=country(n), organisation=f"Fictional Mobile {n}",
            sccp="declared", diameter="declared", grx="declared",
        )
        for n in range(OPERATORS)
    ]  # fmt: skip
    declared = [
        declarations.Numbering(
            tadig(n), "gt_range", f"999{n:04d}", f"999{n:04d}00000", f"999{n:04d}99999", *[None] * 5, "", ""
        )
        for n in range(OPERATORS)
    ]
    dominance = [
        exposure.Dominance("carrier", f"carrier-{n:02d}", s, chance.random(), 0.1, 50, 1, 0.1, 10.0)
        for n in range(CARRIERS) for s in SERVICES
    ]  # fmt: skip
    control = [atlas.Control(f"carrier-{n:02d}", "XA", "majority_50", 1.0, 1.0, 1.0, "bench", ()) for n in range(5)]
    tables = [
        Table("networks", report.Network, networks),
        Table("numbering", declarations.Numbering, declared),
        Table("links", atlas.Link, list(links(chance))),
        Table("control", atlas.Control, control),
        Table("exposure", exposure.Exposure, list(exposures(chance))),
        Table("dominance", exposure.Dominance, dominance),
        Table("findings", Finding, found),
        Table("evidence", Evidence, list(evidence(found))),
    ]
    head = {"controlled_by": "XA", "control_rule": "majority_50"}
    manifest = {"ipxray": "bench", "fictional": True, "at": "2026-11-01", "headline": head, "parameters": []}
    report.write_folder(folder, tables, manifest, watermark="FICTIONAL WORLD")
    return found


VIEWS: dict[str, tuple[str, str]] = {
    "overview": ("overview", "threat=alter"),
    "operators": ("operators", "sort=-location&page=3"),
    "operator page": (f"operators/{tadig(7)}", "rule=majority_50"),
    "carriers": ("carriers", "sort=operators"),
    "carrier page": ("carriers/carrier-07", "service=sccp"),
    "countries": ("countries", "threat=inject"),
    "country page": (f"countries/{country(8)}", "service=grx"),
    "pair page": (f"pairs/{tadig(3)}~3e{tadig(9)}", "rule=majority_50"),
    "findings": ("findings", "severity=CRITICAL&family=fraud&sort=-messages"),
    "findings, far back": ("findings?page=1900", "page=1901"),
    "finding page": ("findings/F0000000000000123", "size=100"),
    "subscribers": ("subscribers", "page=7"),
    "subscriber page": (f"subscribers/{slug(pseudonym(1))}", "size=60"),
    "search": ("search?text=99900071234", "text=carrier-0"),
}


def asked(client: httpx.Client, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    elapsed = (time.perf_counter() - started) * 1_000
    assert answer.status_code == 200, (address, answer.status_code, answer.text[:300])
    return elapsed


def cpu_ms(process: subprocess.Popen[Any]) -> float:
    """Processor time that the server has used so far: what a busy machine does not stretch."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1_000 / os.sysconf("SC_CLK_TCK")


def measured(client: httpx.Client, version: str, process: subprocess.Popen[Any]) -> list[Line]:
    rows = []
    for name, (view, other) in VIEWS.items():
        address = f"/a/{version}/{view}"
        asked(client, address)
        size = len(client.get(address).content)
        warm = statistics.median(asked(client, address) for _ in range(ROUNDS))
        before = cpu_ms(process)
        first = asked(client, f"{address.partition('?')[0]}?{other}")
        used = cpu_ms(process) - before
        rows.append(Line(name, warm, first, used, size))
    return rows


def peer(found: list[Finding]) -> float:
    """The first page of the findings in SQLite: gravest and latest first, fifty of a hundred thousand."""
    engine = sqlite3.connect(":memory:")
    engine.execute("create table findings (id, severity, rank, family, source, last_at, row)")
    engine.executemany(
        "insert into findings values (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                f.finding_id,
                f.severity,
                SEVERITIES.index(f.severity),
                f.family,
                f.source_network,
                f.last_at,
                json.dumps(f),
            )
            for f in found
        ),
    )
    engine.execute("create index gravest on findings (rank, last_at desc, id)")
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        engine.execute("select * from findings order by rank, last_at desc, id limit 50").fetchall()
        engine.execute("select count(*) from findings").fetchall()
        times.append((time.perf_counter() - started) * 1_000)
    return statistics.median(times)


def peak_mib(process: subprocess.Popen[Any]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        found = write(root / "bench")
        command = [sys.executable, "-c", "import sys; from ipxray.cli import main; sys.exit(main())"]
        process = subprocess.Popen(
            [*command, "serve", str(root), "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        try:
            assert process.stdout is not None
            address, _, token = process.stdout.readline().strip().partition("/?token=")
            with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=120) as client:
                version = client.get("/assessments.json").json()["assessments"][0]["version"]
                rows = measured(client, version, process)
            peak = peak_mib(process)
        finally:
            process.terminate()
            process.wait()
    print_table(
        f"Pages over the socket: {OPERATORS:,} operators, {FINDINGS:,} findings; server's peak memory {peak:.0f} MiB",
        ("page", "asked before, ms", "asked first, ms", "of it processor, ms", "kB"),
        [
            (line.name, f"{line.warm:.1f}", f"{line.first:.1f}", f"{line.cpu:.0f}", f"{line.size / 1000:.0f}")
            for line in rows
        ],
    )
    print(f"\npeer: the same fifty findings out of SQLite with an index, without a page: {peer(found):.1f} ms")
    slow = [line.name for line in rows if line.warm > LIMIT_MS]
    print(f"over {LIMIT_MS:.0f} ms when asked before: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    main()
