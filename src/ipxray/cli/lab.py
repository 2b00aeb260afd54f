"""`ipxray lab`: fictional worlds. Files only; nothing here can send a signalling message."""

from __future__ import annotations

from pathlib import Path

import click

from ipxray.cli.screen import note

__all__ = ["command"]


@click.group("lab")
def command() -> None:
    """Write fictional worlds to try things on."""


@command.command("world")
@click.option("--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder to write.")
@click.option("--operators", type=int, default=60, show_default=True, help="Fictional operators.")
@click.option("--countries", type=int, default=40, show_default=True, help="Real countries they are placed in.")
@click.option("--carriers", type=int, default=24, show_default=True, help="Fictional carriers.")
@click.option("--seed", type=int, default=7, show_default=True, help="Same seed, same world.")
def world(output: Path, operators: int, countries: int, carriers: int, seed: int) -> None:
    """Write IR.21 documents, facts and the truth of a world that does not exist.

    \b
    Example: ipxray lab world --operators 60 --countries 40 --seed 7 --output out/world
             ipxray assess out/world --controlled-by XA --output out/assessment
    """
    from ipxray import lab

    lab.write_world(output, operators=operators, countries=countries, carriers=carriers, seed=seed)
    note(f"wrote {output}: {operators} fictional operators in {countries} countries, {carriers} fictional carriers")
    click.echo(f"ipxray assess {output} --controlled-by XA --output out/assessment")
