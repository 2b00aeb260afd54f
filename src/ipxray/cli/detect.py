"""`ipxray detect`: which messages were abuse, and whether they came the way their sender declares."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipxray.cli.inputs import at_option, facts_option, inputs_argument
from ipxray.cli.listing import format_option, print_table
from ipxray.cli.screen import note

if TYPE_CHECKING:
    from ipxray.cli.detection_case import Answer
    from ipxray.detection import Findings

__all__ = ["command", "tell_faults"]

_LEVELS = ("informational", "low", "medium", "high", "critical")


@click.command("detect")
@inputs_argument
@click.option(
    "--home",
    "homes",
    multiple=True,
    metavar="TADIG",
    help="A network to protect. Repeatable; without it, every subscriber counts at its own home.",
)
@click.option(
    "--declarations",
    "declarations",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="IR.21 documents, folders, zips, CSVs or a lab world: whose addresses are whose, over whom. Repeatable.",
)
@at_option
@facts_option
@click.option(
    "--rules",
    "rule_folders",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="DIR",
    help="Rules of your own, beside the shipped ones; one of the same name takes its place. Repeatable.",
)
@click.option(
    "--indicators",
    "indicator_files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Addresses to look for: STIX 2.1, MISP JSON or CSV, beside the shipped ones. Repeatable.",
)
@click.option(
    "--engine", type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True, help="Who runs the SQL."
)
@click.option("--master", metavar="URL", help="The Spark cluster, spark://host:7077; without it, this machine's cores.")
@click.option(
    "--mode",
    type=click.Choice(["test", "learn"]),
    default="test",
    show_default=True,
    help="learn writes --profile out of clean hours and reports nothing.",
)
@click.option(
    "--profile",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What is normal here: written by --mode learn, read otherwise (JSON).",
)
@click.option(
    "--mask",
    "key_file",
    type=click.Path(path_type=Path),
    metavar="KEYFILE",
    help="Key of the pseudonyms (16 to 64 bytes); without it, one of your own is kept in your configuration folder.",
)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the packets behind the findings as pcapng. They hold subscribers: keep the file.",
)
@click.option("--fail-on", type=click.Choice(_LEVELS), help="Return 1 when a finding is as grave as this.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for tables, alerts.json, timeline.csv and report.html.",
)
@format_option
def command(  # noqa: PLR0917 - one argument an option, passed by name
    inputs: tuple[Path, ...],
    homes: tuple[str, ...],
    declarations: tuple[Path, ...],
    at: date,
    facts_folders: tuple[Path, ...],
    rule_folders: tuple[Path, ...],
    indicator_files: tuple[Path, ...],
    engine: str,
    master: str | None,
    mode: str,
    profile: Path | None,
    key_file: Path | None,
    evidence: Path | None,
    fail_on: str | None,
    output: Path | None,
    form: str,
) -> int:
    """Judge signalling messages: what happened, to how many, from whose address, what it gave away, what to do.

    INPUT is captures, folders of them, decoded captures, or Parquet files of the table messages. An address can be
    forged or leased: findings say whose address messages bear, never who sent them. Nothing is blocked or sent.

    \b
    Examples:
      ipxray detect night.pcapng --declarations ir21/ --home ABCDE --output out/night
      ipxray detect out/decoded --fail-on high --format json
      ipxray detect clean/*.pcap.gz --declarations ir21/ --mode learn --profile normal.json
    """
    from ipxray.cli.detection_case import Question, judge
    from ipxray.cli.detection_output import write_output
    from ipxray.report import check_folder

    if output is not None:
        check_folder(output)
    question = Question(
        inputs, homes, declarations, at, facts_folders, rule_folders, indicator_files, engine, mode, profile, key_file,
        evidence, output, master,
    )  # fmt: skip
    answer = judge(question)
    if answer.findings is None:
        note(f"wrote {profile}  {answer.learnt:,} normal senders and ways")
        return 0
    if output is not None:
        write_output(output, answer, question)
    _tell(answer, answer.findings, form, output)
    return _code(answer.findings, fail_on)


def _tell(answer: Answer, found: Findings, form: str, output: Path | None) -> None:
    from ipxray.cli.detection_screen import lines

    if form == "table":
        click.echo("\n".join(lines(answer)))
    else:
        print_table(found.tables[0], form)
    tell_faults(found)
    if output is not None:
        note(f"wrote {output}/  report.html · findings · evidence · alerts.json · timeline.csv")


def _code(found: Findings, fail_on: str | None) -> int:
    worst = max((_LEVELS.index(finding.severity.lower()) for finding in found.findings), default=-1)
    return int(fail_on is not None and worst >= _LEVELS.index(fail_on))


def tell_faults(findings: Findings) -> None:
    """Say on standard error what did not run, one line each: silence would look like nothing was found."""
    for fault in findings.faults:
        note(f"left out: {fault}")
    if findings.cut:
        note(f"{findings.cut:,} more messages were returned by rules and only counted: narrow the rules or the input")
