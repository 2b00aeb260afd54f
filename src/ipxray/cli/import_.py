"""`ipxray import`: indicators of others, as the list that `ipxray detect --indicators` looks for."""

from __future__ import annotations

from pathlib import Path

import click

from ipxray.cli.listing import format_option, print_table
from ipxray.cli.screen import note
from ipxray.errors import InputError, OutputError
from ipxray.tables import Table

__all__ = ["command"]


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--output", type=click.Path(path_type=Path), metavar="CSV", help="File to write; else it is listed.")
@format_option
def command(files: tuple[Path, ...], output: Path | None, form: str) -> None:
    """Read indicators out of STIX 2.1 bundles, MISP events and CSV lists: global titles, hosts, realms, codes, ranges.

    \b
    Example: ipxray import partner.stix.json event.json --output indicators.csv
    """
    from ipxray import detection

    found: dict[tuple[str, str], detection.Indicator] = {}
    for path in files:
        read, faults = detection.read_indicators(path)
        for fault in faults:
            note(str(fault))
        found |= {(each.kind, each.value): each for each in read}
    if not found:
        raise InputError(files[0], "holds no indicator of signalling", hint="see docs/reference/stix.md for the forms")
    table = Table("indicators", detection.Indicator, list(found.values()))
    if output is None:
        print_table(table, form)
    else:
        _write(table, output)
        note(f"wrote {output}  {len(found)} indicators: ipxray detect … --indicators {output}")


def _write(table: Table, output: Path) -> None:
    from ipxray.report import write_csv

    partial = output.with_name(f".{output.name}.partial")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        write_csv(table, partial)
        partial.replace(output)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror})", hint="choose another --output") from error
