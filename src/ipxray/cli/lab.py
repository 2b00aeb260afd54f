"""`ipxray lab`: fictional worlds. Files only; nothing here can send a signalling message."""

from __future__ import annotations

from math import isnan
from pathlib import Path

import click

from ipxray.cli.screen import note, progress

__all__ = ["command"]


@click.group("lab")
def command() -> None:
    """Write fictional worlds to try things on."""


@command.command("world", short_help="Write documents, facts and the truth of a world.")
@click.option("--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder to write.")
@click.option("--operators", type=int, default=60, show_default=True, help="Fictional operators.")
@click.option("--countries", type=int, default=40, show_default=True, help="Real countries they are placed in.")
@click.option("--carriers", type=int, default=24, show_default=True, help="Fictional carriers.")
@click.option("--seed", type=int, default=7, show_default=True, help="Same seed, same world.")
def world(output: Path, operators: int, countries: int, carriers: int, seed: int) -> None:
    """Write IR.21 documents, facts and the truth of a world that does not exist.

    \b
    Examples:
      ipxray lab world --operators 60 --countries 40 --output out/world
      ipxray assess out/world --controlled-by XA --output out/assessment
    """
    from ipxray import lab

    lab.write_world(output, operators=operators, countries=countries, carriers=carriers, seed=seed)
    note(f"wrote {output}: {operators} fictional operators in {countries} countries, {carriers} fictional carriers")
    click.echo(f"ipxray assess {output} --controlled-by XA --output out/assessment")


@command.command("capture", short_help="Write signalling that nobody sent, and its truth.")
@click.option("--world", "folder", type=click.Path(path_type=Path), required=True, metavar="DIR", help="A lab world.")
@click.option("--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder to write.")
@click.option("--hours", type=float, default=2.0, show_default=True, help="Time that the capture covers.")
@click.option("--subscribers", type=int, default=20_000, show_default=True, help="Fictional roamers.")
@click.option("--attacks", type=click.Path(path_type=Path), metavar="FILE", help="Campaigns as TOML; none: no abuse.")
@click.option("--home", metavar="TADIG", help="Take it at this network's gateways instead of inside a carrier.")
@click.option(
    "--rotate",
    type=click.FloatRange(0, 1_000_000),
    default=0.0,
    metavar="MB",
    help="Begin a new file after so many megabytes.",
)
@click.option("--files", "parts", type=int, default=1, show_default=True, help="Files of equal time.")
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True, help="Same seed, same bytes.")
def capture(  # noqa: PLR0917  one argument an option
    folder: Path,
    output: Path,
    hours: float,
    subscribers: int,
    attacks: Path | None,
    home: str | None,
    rotate: float,
    parts: int,
    seed: int,
) -> None:
    """Write signalling that nobody sent, as pcapng, and the truth about it.

    \b
    Examples:
      ipxray lab capture --world examples/world --output out/quiet
      ipxray lab capture --world examples/world --output out/loud \\
        --attacks examples/attacks.toml
      ipxray capture summary out/loud/lab.pcapng
    """
    from ipxray.lab import captures

    campaigns = captures.read_campaigns(attacks) if attacks else ()
    with progress("writing") as report:
        written = captures.write_capture(
            folder,
            output,
            hours=hours,
            subscribers=subscribers,
            campaigns=campaigns,
            seed=seed,
            home=home,
            rotate=-1 if isnan(rotate) else int(rotate * 1_000_000),
            parts=parts,
            progress=report,
        )
    note(
        f"wrote {output}: {written.messages} fictional messages in {len(written.files)} files,"
        f" {written.campaigns} campaigns, {written.benign_messages} messages of no campaign"
    )
    if written.idle:
        first = ", ".join(written.idle[:5])
        note(f"{len(written.idle)} campaigns begin after its end or found no target: {first}; longer --hours, perhaps")
    click.echo(f"ipxray capture summary {output / written.files[0]}")
