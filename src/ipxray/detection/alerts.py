"""Rules run over `enriched`: each row that a rule returns is an alert, with what findings need of its message."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ipxray.detection.engine import Engine, QueryFault
from ipxray.detection.lint import Fault
from ipxray.detection.rules import Rule

__all__ = ["COLUMNS", "MOST_ALERTS", "Alert", "Run", "run_rules"]

COLUMNS = (
    "capture", "frame", "index", "observed_at", "protocol", "operation_code", "operation",
    "application_context", "message_type", "subscriber", "msisdn",
    "calling_numbering_plan", "called_numbering_plan", "home_network", "sender_network", "sender_country",
    "sender_address", "sender_reached_by", "sender_declared", "receiver_network", "receiver_address",
    "operation_family", "is_request", "is_answered", "answer_error", "answer_exposes", "exposes", "route_verdict",
    "declared_carriers", "observed_carriers", "route_record_first", "visited_plmn", "indicator",
)  # fmt: skip
"""Columns of `enriched` that findings read, whatever the rules read."""

MOST_ALERTS = 200_000
"""Alerts that are looked at one by one, the first in time; more are counted and said."""


class Alert(NamedTuple):
    """One message that one rule returned. The fields are COLUMNS, then which rule, how sure (0 to 1), and its note."""

    capture: str
    frame: int
    index: int  # type: ignore[assignment] # shadows tuple.index
    observed_at: int
    protocol: str
    operation_code: int | None
    operation: str | None
    application_context: str | None
    message_type: str | None
    subscriber: str | None
    msisdn: str | None
    calling_numbering_plan: int | None
    called_numbering_plan: int | None
    home_network: str | None
    sender_network: str | None
    sender_country: str | None
    sender_address: str | None
    sender_reached_by: str
    sender_declared: bool | None
    receiver_network: str | None
    receiver_address: str | None
    operation_family: str | None
    is_request: bool
    is_answered: bool
    answer_error: int | None
    answer_exposes: int
    exposes: int
    route_verdict: str
    declared_carriers: Sequence[str]
    observed_carriers: Sequence[str]
    route_record_first: str | None
    visited_plmn: str | None
    indicator: str | None
    rule: int
    score: float
    note: str | None


class Run(NamedTuple):
    """What the rules returned: alerts in the order of time, how many each rule returned, and which could not run."""

    alerts: list[Alert]
    counts: tuple[int, ...]
    faults: tuple[Fault, ...]
    cut: int
    """Alerts beyond MOST_ALERTS: counted, not looked at."""


def run_rules(engine: Engine, rules: Sequence[Rule], progress: Callable[[int, int, str], None] | None = None) -> Run:
    """Run every rule; one that the engine refuses is a fault, and the others still run."""
    counts: list[int] = []
    faults: list[Fault] = []
    tables: list[str] = []
    for number, rule in enumerate(rules):
        if progress:
            progress(number, len(rules), rule.id)
        table = f"hits_{number}"
        try:
            engine.create(table, _hits(rule))
        except QueryFault as fault:
            faults.append(
                Fault(rule.path, None, f"the query was refused ({fault})", "correct it or leave the rule out")
            )
            counts.append(0)
            continue
        count = engine.rows(f"select count(*) from {table}")[0][0]  # noqa: S608 - a table of ours
        counts.append(count)
        if count:
            tables.append(f"select {number} as rule, * from {table}")  # noqa: S608 - a table of ours
        else:
            engine.drop(table)
    alerts = _alerts(engine, tables)
    return Run(alerts, tuple(counts), tuple(faults), max(0, sum(counts) - len(alerts)))


def _hits(rule: Rule) -> str:
    """One row per message, whatever the query repeats; score and note where it gives them."""
    from sqlglot import parse_one  # noqa: PLC0415 - a quarter of a second, and only rules need it

    given = {str(name).lower() for name in parse_one(rule.sql, dialect="spark").named_selects}  # type: ignore[attr-defined]
    score = "max(cast(score as double))" if "score" in given else "cast(1 as double)"
    note = "min(cast(note as string))" if "note" in given else "cast(null as string)"
    return (
        f"select capture, frame, index, {score} as score, {note} as note\nfrom (\n{rule.sql}\n) as hits\n"
        "group by capture, frame, index"
    )


def _alerts(engine: Engine, tables: Sequence[str]) -> list[Alert]:
    if not tables:
        return []
    columns = ", ".join(f"e.{name}" for name in COLUMNS)
    union = " union all ".join(tables)
    found = engine.rows(
        f"select {columns}, h.rule, h.score, h.note from enriched e join ({union}) as h "  # noqa: S608 - own names
        "on h.capture = e.capture and h.frame = e.frame and h.index = e.index "
        f"order by e.observed_at, e.capture, e.frame, e.index, h.rule limit {MOST_ALERTS}"
    )
    return [Alert(*row) for row in found]
