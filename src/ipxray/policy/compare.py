"""One scenario on one screen, or several side by side: before once, then each one's figures after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipxray.policy.rows import ScenarioSummary
from ipxray.policy.simulate import Simulation
from ipxray.policy.words import share_text

__all__ = ["aligned", "comparison_lines", "simulation_lines"]

_NAMED = 4
_MEASURES = {
    "read_credential": "read credentials",
    "read_location": "read location",
    "read_sms": "read SMS",
    "read_user_traffic": "read user traffic",
    "read_identity": "read identity",
    "inject_credential": "inject for credentials",
    "stays_credential": "credentials left to partners",
    "reach_lost": "reach lost",
    "one_carrier": "services with one carrier",
    "no_carrier": "services without carrier",
    "concentration": "concentration (HHI)",
    "dominant_share": "largest carrier's share",
    "changes": "changes",
    "operators_changing": "networks that must act",
}
"""Measures on the screen, with the words for them; the table scenario_summary has all."""


def simulation_lines(simulation: Simulation) -> Iterator[str]:
    """What one scenario changes, on one screen."""
    head = simulation.scenario
    yield f"{head.title}  ({head.scenario})"
    if head.question:
        yield f"Question: {head.question}"
    if head.source:
        yield f"Source: {', '.join(head.source)}"
    rule = head.rule if head.rule == head.rule_after else f"{head.rule}, then {head.rule_after}"
    names = head.actor_networks
    networks = ", ".join(names) if 0 < len(names) <= _NAMED else f"{len(names)} networks"
    yield (
        f"Actor: {head.actor} ({networks}) · carriers of {head.controller} "
        f"({rule}) · as of {head.at}, in force {head.in_force} · "
        f"{head.runs} run{'' if head.runs == 1 else 's'}, seed {head.seed}"
    )
    yield ""
    yield from head.summary
    yield ""
    rows = {key: row for key, row in _chosen(simulation).items() if key in _MEASURES}
    table = [(_MEASURES[key], _value(row, row.before), *_after(row)) for key, row in rows.items()]
    yield from aligned(("", "before", "after", "bounds", "over the runs"), table)
    if len({(row.at, row.event) for row in simulation.timeline}) > 2:
        yield ""
        yield from _timeline(simulation)


def comparison_lines(simulations: Sequence[Simulation]) -> Iterator[str]:
    """Several scenarios side by side, one column each."""
    chosen = [_chosen(one) for one in simulations]
    header = ("", "before", *(one.scenario.scenario for one in simulations))
    table = []
    for key, words in _MEASURES.items():
        present = [rows.get(key) for rows in chosen]
        first = next((row for row in present if row is not None), None)
        if first is not None:
            before = {_value(row, row.before) for row in present if row is not None}
            cells = ["" if row is None else _value(row, row.after) for row in present]
            table.append((words, before.pop() if len(before) == 1 else "differs", *cells))
    yield from aligned(header, table)
    for one in simulations:
        yield ""
        yield f"{one.scenario.scenario}: {one.scenario.title}"
        yield from (f"  {sentence}" for sentence in one.scenario.summary)


def _chosen(simulation: Simulation) -> dict[str, ScenarioSummary]:
    """Each measure once: the actor's where it has one, else everyone's."""
    found: dict[str, ScenarioSummary] = {}
    for row in simulation.summary:
        if row.measure not in found or row.subject == "actor":
            found[row.measure] = row
    return found


def _value(row: ScenarioSummary, value: float) -> str:
    if row.unit == "share":
        return share_text(value)
    return f"{value:.0f}" if row.unit == "count" else f"{value:.3f}"


def _after(row: ScenarioSummary) -> tuple[str, str, str]:
    bounds = runs = ""
    if row.after_low is not None and row.after_high is not None:
        bounds = f"[{share_text(row.after_low)}, {share_text(row.after_high)}]"
    if row.q05 is not None and row.q95 is not None and row.q05 != row.q95:
        runs = f"{_value(row, row.q05)} to {_value(row, row.q95)}"
    return _value(row, row.after), bounds, runs


def _timeline(simulation: Simulation) -> Iterator[str]:
    rows: dict[str, dict[str, str]] = {}
    events = {}
    subject = "actor" if any(row.subject == "actor" for row in simulation.timeline) else "everyone"
    for row in simulation.timeline:
        if row.subject == subject:
            key = f"{row.at} {row.event}"
            rows.setdefault(key, {})[row.data_class] = share_text(row.expected)
            events[key] = (str(row.at), row.event)
    classes = list(dict.fromkeys(row.data_class for row in simulation.timeline))
    table = [(*events[key], *(cells.get(name, "") for name in classes)) for key, cells in rows.items()]
    yield from aligned(("from", "event", *(f"read {name.replace('_', ' ')}" for name in classes)), table)


def aligned(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns two blanks apart, as wide as their widest cell."""
    table = [tuple(header), *(tuple(row) for row in rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(header))]
    for row in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
