"""`ipxray export`: an assessment in the forms that others read."""

from __future__ import annotations

from pathlib import Path

import click

from ipxray.cli.screen import note
from ipxray.errors import OutputError, UsageError

__all__ = ["command"]

_FORMS = ("stix", "misp", "csv", "parquet", "jsonl")
_ONE_TEXT = ("stix", "misp")


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--format", "form", type=click.Choice(_FORMS), required=True, help="What to write.")
@click.option("--output", type=click.Path(path_type=Path), help="File (stix, misp; else standard output) or folder.")
@click.option(
    "--tlp",
    "marking",
    type=click.Choice(["clear", "green", "amber", "red"]),
    default="amber",
    show_default=True,
    help="Traffic Light Protocol marking of STIX and MISP.",
)
@click.option(
    "--least",
    type=click.Choice(["INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"], case_sensitive=False),
    default="LOW",
    show_default=True,
    help="Least severity of a finding that goes into STIX and MISP.",
)
def command(folder: Path, form: str, output: Path | None, marking: str, least: str) -> None:
    """Write the assessment in DIR for others: a STIX 2.1 bundle, a MISP event, or its tables.

    Subscribers stay the pseudonyms that the tables hold. Nothing is sent anywhere.

    \b
    Examples: ipxray export out/night --format stix --tlp green > night.stix.json
              ipxray export out/night --format csv --output out/night-csv
    """
    from ipxray import exchange

    if form in _ONE_TEXT:
        text = exchange.export_text(folder, form, marking=marking, least=least.upper())
        if output is None:
            click.echo(text, nl=False)
        else:
            _write(output, text)
            note(f"wrote {output}")
        return
    if output is None:
        raise UsageError(f"--format {form} writes one file a table", hint="name a folder with --output")
    files = exchange.export_files(folder, form, output)
    note(f"wrote {output}/  {len(files)} tables")


def _write(output: Path, text: str) -> None:
    partial = output.with_name(f".{output.name}.partial")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(output)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written ({error.strerror})", hint="choose another --output") from error
