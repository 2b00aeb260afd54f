"""`ipxray facts`: what is known, from where, and whether it is well-formed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from ipxray.cli.inputs import facts_option, read_facts
from ipxray.cli.listing import format_option, print_table, to_json
from ipxray.cli.screen import note, screen
from ipxray.tables import Table

__all__ = ["command"]

_TOPICS = (
    "countries", "groups", "networks", "signalling-points", "carriers", "aliases", "entities", "ownership", "vendors",
    "policy", "incidents", "sources",
)  # fmt: skip
_NARROW = {
    "carriers": ("carrier", "name", "seat", "entity", "asns", "ispc_owners", "source"),
    "countries": (
        "country",
        "iso3",
        "name",
        "calling_codes",
        "mobile_country_codes",
        "subscriptions",
        "territory_of",
        "source",
    ),
    "ownership": ("subject", "interested_party", "interest_type", "share", "as_of", "end_date", "inferred", "source"),
    "incidents": ("date", "title", "alleged_actor", "protocols", "source"),
    "policy": ("date", "body", "action", "status", "source"),
    "sources": ("source", "publisher", "mark", "published", "url"),
}


@click.group("facts")
def command() -> None:
    """List, show and check the facts with their sources."""


@command.command("list")
@click.argument("topic", type=click.Choice(_TOPICS), metavar="TOPIC")
@facts_option
@format_option
def list_(topic: str, facts_folders: tuple[Path, ...], form: str) -> None:
    """List one kind of fact.

    TOPIC is countries, groups, networks, signalling-points, carriers, aliases, entities, ownership, vendors, policy,
    incidents or sources.

    \b
    Example: ipxray facts list carriers
    """
    from ipxray import facts

    table = facts.listing(read_facts(facts_folders), topic)
    columns = tuple(column.name for column in table.columns)
    print_table(table, form, columns=tuple(name for name in _NARROW.get(topic, ()) if name in columns))


@command.command("show", short_help="Show everything known of one thing.")
@click.argument("name")
@facts_option
@format_option
def show(name: str, facts_folders: tuple[Path, ...], form: str) -> None:
    """Show everything known of one thing: carrier, owner, country, group, vendor, point code, network, source.

    \b
    Examples: ipxray facts show citic-telecom-international
              ipxray facts show 4-176-4
    """
    from ipxray import facts

    lines = facts.show(read_facts(facts_folders), name)
    if form == "json":
        click.echo(to_json([line._asdict() for line in lines]))
    elif form == "csv":
        print_table(Table("details", facts.Detail, lines), form)
    else:
        from rich.markup import escape

        width = max(len(line.label) for line in lines)
        for line in lines:
            source = f"  [dim]\\[{escape(line.source)}][/dim]" if line.source else ""
            screen().print(f"{escape(line.label):<{width}}  {escape(line.value)}{source}", soft_wrap=True)


@command.command("check", short_help="Check the shipped facts, or folders of your own.")
@click.argument("folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False))
@format_option
def check(folders: tuple[Path, ...], form: str) -> None:
    """Check the shipped facts, or FOLDERS of your own: sources, dates, percentages, addresses, references.

    \b
    Example: ipxray facts check my-facts/
    """
    from ipxray import facts

    faults = facts.check(folders, today=datetime.now(tz=UTC).date())
    empty = "every fact has its source and is well-formed"
    print_table(Table("faults", facts.Fault, faults), form, empty=empty)
    wrong = sum(fault.severity == "error" for fault in faults)
    if wrong:
        note(f"{wrong} fault{'s' if wrong > 1 else ''}")
        raise click.exceptions.Exit(1)
