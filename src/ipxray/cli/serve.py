"""`ipxray serve`: the dashboard over a folder of assessments, on this machine only."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from ipxray.cli.inputs import facts_option
from ipxray.cli.screen import note
from ipxray.errors import InputError

__all__ = ["command"]

_PORT = 8377


@click.command("serve")
@click.argument("folder", type=click.Path(path_type=Path), default=Path("out"), metavar="[DIR]")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=_PORT,
    show_default=True,
    metavar="NUMBER",
    help="Port on 127.0.0.1; 0 takes any free one.",
)
@facts_option
@click.option(
    "--show-identities", is_flag=True, help="Do not mask subscribers whose identities a table holds in clear."
)
def command(folder: Path, port: int, facts_folders: tuple[Path, ...], show_identities: bool) -> None:
    """Serve the assessments in DIR (out/ when none is named) as a dashboard, until Ctrl-C.

    It listens on 127.0.0.1 only and prints an address with a token: whoever has no token sees nothing. DIR is an
    assessment, a folder of assessments, or an empty folder to drop files into.

    \b
    Examples:
      ipxray serve out/
      ipxray serve out/ --port 0
    """
    from ipxray.dashboard import Dashboard, Keys, bound, run

    _check(folder)
    listener = bound(port)
    keys = Keys(listener.getsockname()[1])
    dashboard = Dashboard(folder, keys, facts_folders=facts_folders, show_identities=show_identities)
    found, broken = dashboard.shelf.all()
    if not found and not broken and any(not path.name.startswith(".") for path in folder.iterdir()):
        listener.close()
        raise InputError(
            folder,
            "holds no assessment",
            hint="write one with `ipxray assess … --output`, or serve an empty folder and drop files in",
        )
    for one in broken:
        note(f"cannot be read: {one.problem}")
    note(f"serving {len(found)} assessment{'' if len(found) == 1 else 's'} in {folder}; Ctrl-C ends it")
    click.echo(keys.address)
    with suppress(KeyboardInterrupt):  # how a reader ends it
        run(dashboard, listener)
    note("stopped")


def _check(folder: Path) -> None:
    if not folder.exists():
        raise InputError(folder, "does not exist", hint="name a folder with assessments, or an empty one")
    if not folder.is_dir():
        raise InputError(folder, "is a file", hint="name the folder that holds assessments")
