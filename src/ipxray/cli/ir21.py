"""`ipxray ir21`: what a document declares, what a partner would ask about it, what changed between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ipxray.cli.inputs import at_option, facts_option, inputs_argument, read_corpus, read_facts, split_worlds
from ipxray.cli.listing import format_option, print_table, to_json
from ipxray.cli.screen import note, screen
from ipxray.tables import Table

if TYPE_CHECKING:
    from ipxray.declarations import Corpus, Declaration, Network, Problem

__all__ = ["command"]

_SEVERITIES = ("error", "warning", "note")


@click.group("ir21")
def command() -> None:
    """Check, show and compare IR.21 documents."""


@command.command("check", short_help="Say what a partner would want to know of documents.")
@inputs_argument
@at_option
@facts_option
@format_option
@click.option("--notes/--no-notes", default=False, help="Also list what is merely worth knowing.")
@click.option(
    "--fail-on",
    type=click.Choice(_SEVERITIES[:2]),
    help="Exit with 1 when anything this grave or graver was found.",
)
def check(  # noqa: PLR0917 - one argument an option, passed by name
    inputs: tuple[Path, ...], at: date, facts_folders: tuple[Path, ...], form: str, notes: bool, fail_on: str | None
) -> None:
    """Say what a partner would want to know: faults, contradictions, strange owners, stale or pending sections.

    \b
    Examples:
      ipxray ir21 check IR21_*.xml
      ipxray ir21 check corpus/ --fail-on error        for a script: 1 when found
    """
    from ipxray import atlas, declarations

    documents, folders = split_worlds(inputs, facts_folders)
    facts = read_facts(folders)
    corpus = declarations.read(documents, country_codes=facts.country_by_iso3, tadig_countries=facts.country_by_tadig)
    found = [*corpus.problems, *declarations.check(corpus, at=at), *atlas.cross_check(corpus, facts, at=at)]
    shown = [problem for problem in found if notes or problem.severity != "note"]
    if form == "table":
        click.echo("\n".join(_problem_lines(shown)) or "nothing a partner would ask about")
    else:
        print_table(Table("problems", declarations.Problem, shown), form)
    counted = Counter(problem.severity for problem in found)
    note(
        f"{len(corpus.documents)} documents, {len(corpus.networks)} networks: {counted['error']} errors, "
        f"{counted['warning']} warnings, {counted['note']} notes" + ("" if notes else " (--notes lists them)")
    )
    if not corpus.networks:
        raise click.exceptions.Exit(3)
    if fail_on and any(counted[severity] for severity in _SEVERITIES[: _SEVERITIES.index(fail_on) + 1]):
        raise click.exceptions.Exit(1)


@command.command("show", short_help="Show what each network declares.")
@inputs_argument
@facts_option
@format_option
def show(inputs: tuple[Path, ...], facts_folders: tuple[Path, ...], form: str) -> None:
    """Show what each network declares: who it is, its carriers per service, its numbers and nodes.

    \b
    Example: ipxray ir21 show IR21_TSTZ1.xml
    """
    from ipxray import declarations

    documents, folders = split_worlds(inputs, facts_folders)
    corpus = read_corpus(documents, read_facts(folders))
    if form == "csv":
        print_table(Table("declarations", declarations.Declaration, corpus.declarations), form)
    elif form == "json":
        click.echo(to_json([_as_json(network, corpus) for network in corpus.networks]))
    else:
        for network in corpus.networks:
            _print_network(network, corpus)


@command.command("diff", short_help="Say what changed in meaning between two times.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@format_option
def diff(old: Path, new: Path, form: str) -> None:
    """Say what changed in meaning between two documents, folders or zips: carriers, roles, ranges, nodes, addresses.

    \b
    Example: ipxray ir21 diff corpus-2025/ corpus-2026/
    """
    from ipxray import declarations

    facts = read_facts(())
    changes = declarations.diff(read_corpus([old], facts), read_corpus([new], facts))
    table = Table("changes", declarations.Change, changes)
    print_table(
        table, form, columns=("tadig", "service", "topic", "kind", "before", "after"), empty="no change in meaning"
    )


def _problem_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Grouped by document, the gravest first; a second line says where in it."""
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    for path, found in sorted(by_path.items()):
        yield path
        for problem in sorted(found, key=lambda one: (_SEVERITIES.index(one.severity), one.tadig or "", one.code)):
            yield f"  {problem.severity:<7} {problem.tadig or '':<5}  {problem.code}: {problem.message}: {problem.hint}"
            if problem.element_path:
                yield f"{'':<17}at {problem.element_path}"


def _as_json(network: Network, corpus: Corpus) -> dict[str, object]:
    declared = [row._asdict() for row in corpus.declarations if row.tadig == network.tadig]
    numbering = [row._asdict() for row in corpus.numbering if row.tadig == network.tadig]
    return {**network._asdict(), "declarations": declared, "numbering": numbering}


def _print_network(network: Network, corpus: Corpus) -> None:
    from rich.markup import escape

    out = screen()
    created = f", document of {network.document_created}" if network.document_created else ""
    plmns = ", ".join(f"{plmn[:3]}-{plmn[3:]}" for plmn in network.mcc_mnc) or "no PLMN id"
    place = network.country or "country unknown"
    out.print(f"[bold]{escape(network.tadig)}[/bold]  {escape(network.organisation)}  {place}  {plmns}{created}")
    for service, state in network.services.items():
        rows = [row for row in corpus.declarations if row.tadig == network.tadig and row.service == service]
        if rows or state != "missing":
            out.print(f"  {service:<13} {escape(_carriers(rows)) if rows else _STATES[state]}", soft_wrap=True)
    kinds = Counter(row.kind for row in corpus.numbering if row.tadig == network.tadig)
    out.print("  " + "  ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())), soft_wrap=True)
    vendors = Counter(row.vendor_text for row in corpus.numbering if row.tadig == network.tadig and row.vendor_text)
    if vendors:
        out.print("  nodes by vendor  " + escape(", ".join(f"{name} {count}" for name, count in vendors.most_common())))
    out.print()


_STATES = {
    "declared": "declared",
    "own_gateway": "own gateway, carrier undeclared",
    "not_applicable": "section not applicable",
    "missing": "not declared",
}


def _carriers(rows: Sequence[Declaration]) -> str:
    named: dict[str, list[Declaration]] = {}
    for row in rows:
        named.setdefault(row.carrier_name, []).append(row)
    return "; ".join(_carrier(name, group) for name, group in named.items())


def _carrier(name: str, rows: Sequence[Declaration]) -> str:
    first = rows[0]
    codes = " ".join(dict.fromkeys(row.point_code for row in rows if row.point_code))
    marks = [first.role] if first.role != "unstated" else []
    marks += [codes] if codes else []
    marks += [f"AS{first.asn}"] if first.asn else []
    marks += ["its own gateway"] if first.own_gateway else []
    marks += [f"inferred, {first.confidence} confidence"] if first.inferred else []
    return f"{name} ({', '.join(marks)})" if marks else name
