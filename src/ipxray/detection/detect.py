"""The whole way: messages, enriched once, judged by rules, merged into findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ipxray.atlas import Atlas
from ipxray.declarations import Corpus
from ipxray.detection.alerts import COLUMNS, run_rules
from ipxray.detection.engine import Engine
from ipxray.detection.enriched import ENRICHED
from ipxray.detection.enrichment import enrich
from ipxray.detection.findings import build
from ipxray.detection.indicators import Indicator
from ipxray.detection.lint import Fault
from ipxray.detection.masking import Masks
from ipxray.detection.reference import reference_tables
from ipxray.detection.references import ProfileRow
from ipxray.detection.rows import TABLES, Evidence, Finding
from ipxray.detection.rules import Rule, Rules
from ipxray.facts import Facts
from ipxray.identity import PseudonymKey
from ipxray.tables import Table

__all__ = ["Findings", "detect"]

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a run found, gravest first, and what it could not do."""

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    messages: int
    rules: tuple[Rule, ...]
    """The rules that ran."""
    fired: dict[str, int]
    """Rule → messages that it returned, for those that returned any."""
    faults: tuple[Fault, ...]
    """Rules, indicators and profiles that were left out, and why."""
    cut: int
    """Alerts beyond those that are looked at one by one."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables findings and evidence."""
        rows = {"findings": self.findings, "evidence": self.evidence}
        return tuple(Table(name, row_type, rows[name]) for name, row_type in TABLES.items())


def detect(
    engine: Engine,
    messages: Sequence[Path],
    *,
    corpus: Corpus,
    facts: Facts,
    atlas: Atlas,
    rules: Rules,
    key: PseudonymKey,
    home: Sequence[str] = (),
    indicators: Sequence[Indicator] = (),
    profile: Sequence[ProfileRow] | None = None,
    progress: Progress | None = None,
) -> Findings:
    """Judge messages (Parquet files of the table `messages`) by rules; subscribers leave as pseudonyms under `key`.

    `home` are the TADIG codes of the protected networks; without it every subscriber is protected at its own home.
    Raises InputError for files that hold no messages, UsageError when no network of `home` is known.
    """
    references = reference_tables(corpus, facts, atlas, indicators, home)
    engine.read_messages(messages)
    read = {name for rule in rules.rules for name in rule.columns} | set(COLUMNS)
    columns = [column.name for column in ENRICHED if column.name in read]
    enrich(engine, references, has_protected=bool(home), profile=profile, columns=columns, progress=progress)
    run = run_rules(engine, rules.rules, progress)
    built = build(run.alerts, rules.rules, Masks(key))
    refused = {fault.path for fault in run.faults}
    return Findings(
        findings=built.findings,
        evidence=built.evidence,
        messages=engine.rows("select count(*) from enriched")[0][0],
        rules=tuple(rule for rule in rules.rules if rule.path not in refused),
        fired={rule.id: count for rule, count in zip(rules.rules, run.counts, strict=True) if count},
        faults=(*rules.faults, *run.faults),
        cut=run.cut,
    )
