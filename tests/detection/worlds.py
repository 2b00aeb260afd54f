"""A small fictional world and messages in it, for tests of detection: three networks, two carriers, one table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ipxray import atlas, declarations, detection, facts
from ipxray.capture import Message
from ipxray.identity import PseudonymKey
from ipxray.parameters import Parameters
from ipxray.tables import columns_of

KEY = PseudonymKey(b"a key of the tests")
WORLD = Path(__file__).resolve().parents[2] / "examples" / "world"
COLUMNS = columns_of(Message)
_DEFAULTS: dict[str, Any] = {
    "capture": "a.pcap",
    "index": 0,
    "route_record": [],
    "anomalies": [],
    "exposes": 0,
    "length": 100,
}


class World:
    """The shipped fictional world, read once."""

    def __init__(self) -> None:
        self.facts = facts.load([WORLD / "facts"])
        self.corpus = declarations.read([WORLD / "ir21"], country_codes=self.facts.country_by_iso3)
        self.atlas = atlas.build(self.corpus, self.facts, at=date(2026, 11, 1), parameters=Parameters.default())

    def number(self, tadig: str, kind: str = "node", position: int = 0) -> str:
        """One declared number of a network."""
        return [row.value for row in self.corpus.numbering if row.tadig == tadig and row.kind == kind][position]

    def plmn(self, tadig: str) -> str:
        """The PLMN id of a network."""
        return next(network.mcc_mnc[0] for network in self.corpus.networks if network.tadig == tadig)

    def detect(
        self, files: Sequence[Path], rules: detection.Rules, engine: detection.Engine | None = None, **options: Any
    ) -> detection.Findings:
        """Run the rules over files of messages."""
        runner = engine or detection.DuckDb(threads=1)
        try:
            return detection.detect(
                runner, files, corpus=self.corpus, facts=self.facts, atlas=self.atlas, rules=rules, key=KEY, **options
            )
        finally:
            if engine is None:
                runner.close()


def write_messages(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """Write partial rows as a table of messages; frames count from 1 where a row names none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = path.with_suffix(".jsonl")
    with lines.open("w", encoding="utf-8") as out:
        for number, row in enumerate(rows, start=1):
            out.write(json.dumps({**_DEFAULTS, "frame": number, "observed_at": number * 1_000_000, **row}) + "\n")
    types = {column.name: column.sql_type for column in COLUMNS}
    with duckdb.connect() as engine:
        columns = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in types.items()) + "}"
        source = f"read_json('{lines}', format = 'newline_delimited', columns = {columns})" if rows else None
        names = ", ".join(f'"{name}"' for name in types)
        if source is None:
            nothing = ", ".join(f'cast(null as {kind}) as "{name}"' for name, kind in types.items())
            engine.execute(f"copy (select {nothing} where false) to '{path}' (format parquet)")
        else:
            engine.execute(f"copy (select {names} from {source}) to '{path}' (format parquet)")
    return path


def rule_file(folder: Path, name: str = "ss7/test", **changes: Any) -> Path:
    """Write one rule file; `query` and any other field may be changed."""
    head: dict[str, Any] = {
        "title": "A test", "status": "stable", "severity": "HIGH", "category": "Cat1", "family": "tracking",
        "techniques": ["T1430.002"], "mark": "sourced", "why": "Because.", "false_positives": "None.",
        "blind_spots": "Many.", "sources": ["a test"], "advice": "Look.",
        "explanation": "A message bearing the address of {sender} asked where {subscriber} is, {count} times.",
        "query": "SELECT capture, frame, index FROM enriched WHERE operation_code = 71 AND from_outside",
    }  # fmt: skip
    head |= changes
    parameters = head.pop("parameters", {})
    text = "\n".join(f"{key} = {json.dumps(value)}" for key, value in head.items())
    if parameters:
        text += "\n[parameters]\n" + "\n".join(f"{key} = {json.dumps(value)}" for key, value in parameters.items())
    path = folder / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "\n", encoding="utf-8")
    return path
