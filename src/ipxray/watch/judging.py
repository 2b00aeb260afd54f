"""The judge of a watch: rules over a file and what came before it, alerts of all files merged into findings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ipxray.atlas import Atlas
from ipxray.declarations import Corpus
from ipxray.detection.alerts import COLUMNS, MOST_ALERTS, Alert, run_rules
from ipxray.detection.campaigns import campaigns
from ipxray.detection.engine import DuckDb
from ipxray.detection.enriched import ENRICHED
from ipxray.detection.enrichment import enrich
from ipxray.detection.findings import build
from ipxray.detection.indicators import Indicator
from ipxray.detection.masking import Masks
from ipxray.detection.reference import reference_tables
from ipxray.detection.rules import Rules
from ipxray.facts import Facts
from ipxray.identity import PseudonymKey
from ipxray.watch.context import write_context

__all__ = ["Judging"]

_CLOSED_US = 48 * 3_600 * 1_000_000
"""A campaign ends with 24 hours of silence; twice that, and no file that comes late can belong to it."""


@dataclass(frozen=True, slots=True)
class Judging:
    """All that messages are judged by; called with files, the context of those before, and where the next goes."""

    corpus: Corpus
    facts: Facts
    atlas: Atlas
    rules: Rules
    key: PseudonymKey
    homes: tuple[str, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    def __call__(self, messages: Sequence[Path], context: Path | None, keep: Path) -> list[Mapping[str, Any]]:
        """The findings that are open after these files, each with all it rests on so far."""
        sources = [*([context] if context else []), *messages]
        old = _read(_beside(context)) if context else []
        alerts = self._open(_merged(old, self._alerts(sources)))
        built = build(alerts, self.rules.rules, Masks(self.key))
        _write(_beside(keep), alerts)
        write_context(sources, [(alert.capture, alert.frame) for alert in alerts], keep)
        return [finding._asdict() for finding in built.findings]

    def _alerts(self, sources: Sequence[Path]) -> list[Alert]:
        references = reference_tables(self.corpus, self.facts, self.atlas, self.indicators, self.homes)
        engine = DuckDb()
        try:
            engine.read_messages(sources)
            read = {name for rule in self.rules.rules for name in rule.columns} | set(COLUMNS)
            columns = [column.name for column in ENRICHED if column.name in read]
            enrich(engine, references, has_protected=bool(self.homes), columns=columns)
            return run_rules(engine, self.rules.rules).alerts
        finally:
            engine.close()

    def _open(self, alerts: Sequence[Alert]) -> list[Alert]:
        """Alerts of campaigns that may still grow."""
        newest = max((alert.observed_at for alert in alerts), default=0)
        groups = campaigns(alerts, self.rules.rules)
        return [alert for group in groups if group[-1].observed_at > newest - _CLOSED_US for alert in group]


def _merged(old: Sequence[Alert], new: Sequence[Alert]) -> list[Alert]:
    """Each alert once; one that was raised with less known of its message gives way."""
    found = {(alert.capture, alert.frame, alert.index, alert.rule): alert for alert in (*old, *new)}
    return sorted(found.values(), key=lambda alert: (alert.observed_at, alert.capture, alert.frame, alert.index))[
        -MOST_ALERTS:
    ]


def _beside(context: Path) -> Path:
    return context.with_suffix(".alerts.jsonl")


def _read(path: Path) -> list[Alert]:
    try:
        with path.open(encoding="utf-8") as file:
            return [Alert(*json.loads(line)) for line in file]
    except FileNotFoundError:
        return []


def _write(path: Path, alerts: Sequence[Alert]) -> None:
    partial = path.with_name(f".{path.name}.partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial.write_text("".join(f"{json.dumps(alert)}\n" for alert in alerts), encoding="utf-8")
    partial.replace(path)
