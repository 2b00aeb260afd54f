"""Write docs/reference and the sessions of the README from code and data; `make docs`. A test fails when one is stale."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

PROJECT = Path(__file__).resolve().parents[1]
REFERENCE = PROJECT / "docs" / "reference"
README = PROJECT / "README.md"
_FACTS = re.compile(r"\| facts, each row.*?`ipxray facts list", re.DOTALL)
_ANOMALY = re.compile(r'^    \w+ = "(\w+)", "([^"]+)";$', re.MULTILINE)
_SESSION = re.compile(r"```console\n\$ (ipxray [^\n]*)\n.*?```", re.DOTALL)


def pages() -> dict[str, str]:
    """Each reference page by its file name."""
    return {
        "tables.md": "\n".join(_tables()) + "\n",
        "parameters.md": "\n".join(_parameters()) + "\n",
        "problems.md": "\n".join(_problems()) + "\n",
        "commands.md": "\n".join(_commands()) + "\n",
        "gaps.md": "\n".join(_gaps()) + "\n",
        "anomalies.md": "\n".join(_anomalies()) + "\n",
        "rules.md": "\n".join(_rules()) + "\n",
    }


def readme() -> str:
    """The README with every `$ ipxray …` session run anew from the project's root, and the facts counted."""
    text = _SESSION.sub(
        lambda found: f"```console\n$ {found[1]}\n{_session(found[1])}```", README.read_text(encoding="utf-8")
    )
    return _FACTS.sub(f"| facts, each row with its source | rows |\n|---|---|\n{_counts()}\n\n`ipxray facts list", text)


def _counts() -> str:
    from ipxray import facts

    known = facts.load()
    return "\n".join(f"| {topic} | {len(facts.listing(known, topic).rows):,} |" for topic in facts.TOPICS)


def _session(command: str) -> str:
    from ipxray.cli import main

    shown, aside = io.StringIO(), io.StringIO()
    with contextlib.chdir(PROJECT), contextlib.redirect_stdout(shown), contextlib.redirect_stderr(aside):
        main(shlex.split(command)[1:])
    return shown.getvalue()


def _tables() -> Iterator[str]:
    from ipxray import atlas, capture, declarations, detection, exposure, policy, report
    from ipxray.tables import columns_of

    rows: dict[str, type[Any]] = {
        "declarations": declarations.Declaration,
        "numbering": declarations.Numbering,
        "links": atlas.Link,
        "control": atlas.Control,
        "exposure": exposure.Exposure,
        "vendors": atlas.VendorShare,
        "unresolved": atlas.Unresolved,
        "networks": report.Network,
        "carriers": report.KnownCarrier,
        "countries": report.KnownCountry,
        "owners": report.KnownOwner,
        "incidents": report.KnownIncident,
        "policy_actions": report.KnownPolicyAction,
        "sources": report.KnownSource,
        "scenarios": policy.ScenarioRow,
        "scenario_exposure": policy.ScenarioExposure,
        "scenario_changes": policy.ScenarioChange,
        "scenario_summary": policy.ScenarioSummary,
        "scenario_dependence": policy.ScenarioDependence,
        "scenario_reach": policy.ScenarioReach,
        "scenario_timeline": policy.ScenarioTimeline,
        "scenario_breach": policy.ScenarioBreach,
        "scenario_vendors": policy.ScenarioVendor,
        "optimised_changes": policy.OptimisedChange,
        "frontier": policy.FrontierPoint,
        "carrier_cover": policy.CarrierCover,
        **capture.TABLES,
        **detection.TABLES,
        "enriched": detection.Enrichment,
    }
    yield "# Tables\n\nGenerated from the row types by `make docs`. Parquet types as DuckDB names them; `?` marks a column that may be null.\n"
    for name, row_type in rows.items():
        yield f"## {name}\n\n{' '.join((row_type.__doc__ or '').split())}\n\n| column | type | meaning |\n|---|---|---|"
        for column in columns_of(row_type):
            mark = "?" if column.nullable else ""
            yield f"| {column.name} | {column.sql_type}{mark} | {column.doc} |"
        yield ""


def _rules() -> Iterator[str]:
    from ipxray import detection

    loaded = detection.load_rules()
    techniques = detection.shipped_techniques()
    yield "# Rules\n\nGenerated from the rule files by `make docs`. A finding says whose address messages bear, never who sent them.\n"
    yield f"{len(loaded.rules)} rules. A rule's query reads the table `enriched` (tables.md) and may call: {', '.join(sorted(detection.FUNCTIONS))}.\n"
    yield "| rule | behaviour | severity | category | family | evidence |\n|---|---|---|---|---|---|"
    for rule in loaded.rules:
        yield f"| [{rule.id}](#{rule.id.replace('/', '')}) | {rule.title} | {rule.severity} | {rule.category} | {rule.family} | {rule.mark} |"
    for rule in loaded.rules:
        named = ", ".join(f"{name} {techniques[name].name}" for name in rule.techniques)
        yield f"\n## {rule.id}\n\n**{rule.title}.** {rule.why}\n"
        yield f"{rule.severity}, {rule.category}, {rule.family}, {rule.status}, {rule.mark}. Techniques: {named}.\n"
        yield f"* Misses: {rule.blind_spots}\n* False alarms: {rule.false_positives}\n* Do: {rule.advice}\n* Sources: {'; '.join(rule.sources)}"
        if rule.parameters:
            yield f"* Parameters: {', '.join(f'`{name}` {value}' for name, value in rule.parameters.items())}"


def _parameters() -> Iterator[str]:
    from ipxray.parameters import Parameters

    yield "# Parameters\n\nGenerated by `make docs`. Every assumption that is not a fact; change one for a run with `--set name=value`.\n"
    for parameter in Parameters.default().described:
        span = f"{parameter.minimum:g} to {parameter.maximum:g}"
        yield f"## {parameter.name}\n\nDefault {parameter.default:g}, range {span}, {parameter.mark}.\n"
        yield f"* Why: {parameter.reason}\n* Moves: {parameter.effect}\n"


def _problems() -> Iterator[str]:
    from ipxray import atlas, declarations

    yield "# Problems\n\nGenerated by `make docs`. What `ipxray ir21 check` may say of a document.\n\n| code | meaning |\n|---|---|"
    meanings = {code: kind.meaning for code, kind in declarations.PROBLEMS.items()} | dict(atlas.PROBLEMS)
    for code, meaning in sorted(meanings.items()):
        yield f"| {code} | {meaning} |"


def _gaps() -> Iterator[str]:
    from ipxray import capture

    yield "# Gaps\n\nGenerated by `make docs`. Every reason why a stretch of a capture gave no message: a closed list, and each gap is a row.\n\n| reason | meaning |\n|---|---|"
    for reason, meaning in capture.REASONS.items():
        yield f"| {reason} | {meaning} |"


def _anomalies() -> Iterator[str]:
    yield "# Anomalies\n\nGenerated by `make docs`. Where a strict reading of the standard differs from what a tolerant network element accepts: a closed list. The message is decoded all the same.\n\n| anomaly | meaning |\n|---|---|"
    for name, meaning in _ANOMALY.findall((PROJECT / "crates/signalling/src/anomaly.rs").read_text(encoding="utf-8")):
        yield f"| {name} | {meaning} |"


def _commands() -> Iterator[str]:
    from ipxray.cli import root

    yield "# Commands\n\nGenerated by `make docs` from `--help`.\n"
    yield from _command(root, "ipxray", None)


def _command(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(
        command,
        info_name=name.rpartition(" ")[2],
        parent=parent,
        max_content_width=110,
        terminal_width=110,
        help_option_names=["-h", "--help"],
    )
    yield f"## {name}\n\n```\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                yield from _command(found, f"{name} {child}", context)


if __name__ == "__main__":
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")
    README.write_text(readme(), encoding="utf-8")
    print("README.md")
