"""`ipxray capture`: signalling captures into tables, and what a capture holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ipxray.cli.inputs import InputPath
from ipxray.cli.listing import format_option, print_table, to_json
from ipxray.cli.screen import note, progress
from ipxray.errors import InputError, UsageError
from ipxray.tables import Table

if TYPE_CHECKING:
    from ipxray.capture import Account, Written

__all__ = ["command"]

_PROTOCOLS = ("diameter", "http2", "gtp_control", "gtp_user", "m2ua", "m3ua", "m2pa", "sua", "pfcp")
_LARGEST_KEY_FILE = 4096
"""A file beyond this is no key: whoever names one has named the wrong file."""

_files_argument: Callable[[Any], Any] = click.argument(
    "files", nargs=-1, required=True, type=InputPath(path_type=Path, allow_dash=True), metavar="FILE..."
)
_port_option: Callable[[Any], Any] = click.option(
    "--port",
    "ports",
    multiple=True,
    metavar="PROTOCOL=NUMBER",
    help=f"Another port of a protocol ({', '.join(_PROTOCOLS)}). Repeatable.",
)


@click.group("capture")
def command() -> None:
    """Read signalling captures: pcap and pcapng, plain, .gz or .zst, many files as one."""


@command.command("decode")
@_files_argument
@click.option("--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder for the tables.")
@click.option(
    "--mask",
    "key_file",
    type=click.Path(path_type=Path),
    metavar="KEYFILE",
    help="Write pseudonyms in place of subscribers, under the key in this file (16 to 64 bytes).",
)
@_port_option
@format_option
def decode(files: tuple[Path, ...], output: Path, key_file: Path | None, ports: tuple[str, ...], form: str) -> None:
    """Write the messages, gaps and tunnels of captures as Parquet. FILE may be a folder, or - for standard input.

    Keys and message texts never leave the decoder. Subscriber identities do, unless --mask is given: keep the folder.

    \b
    Examples:
      ipxray capture decode night.pcapng --output out/night
      ipxray capture decode monday/*.pcap.gz --mask key.txt --output out/monday
    """
    from ipxray import capture

    key = _read_key(key_file) if key_file else None
    with progress("decoding") as report:
        written = capture.decode(files, output, ports=_read_ports(ports), key=key, progress=report)
    _show_refused(written.account)
    if form == "table":
        click.echo("\n".join(_written(written)))
    elif form == "csv":
        rows = [capture.TableWritten(name, count, f"{output}/{name}.parquet") for name, count in written.rows.items()]
        print_table(Table("tables", capture.TableWritten, rows), form)
    else:
        click.echo(to_json(_as_json(written, output)))
    note(f"wrote {output}/  {' · '.join(f'{name}.parquet' for name in written.rows)} · {capture.MANIFEST}")


@command.command("summary")
@_files_argument
@_port_option
@click.option("--top", type=click.IntRange(1), default=15, show_default=True, help="Rows of each list on the screen.")
@format_option
def summary(files: tuple[Path, ...], ports: tuple[str, ...], top: int, form: str) -> None:
    """Say what captures hold and whether they can be trusted. Shows no subscriber.

    \b
    Example: ipxray capture summary night.pcapng
    """
    from ipxray import capture
    from ipxray.cli.capture_summary import as_json, lines, show

    with progress("reading") as report:
        found = capture.summarise(files, ports=_read_ports(ports), progress=report)
    _show_refused(found.account)
    networks = capture.networks_seen(found, _network_names() if found.homes or found.visited or found.realms else {})
    if form == "table":
        show(found, networks, top)
    elif form == "csv":
        print_table(Table("summary", capture.SummaryLine, lines(found, networks)), form)
    else:
        click.echo(to_json(as_json(found, networks)))


def _network_names() -> dict[str, str]:
    from ipxray import facts

    return {network.plmn: f"{network.operator}, {network.country}" for network in facts.load(()).networks}


def _read_ports(texts: Sequence[str]) -> Mapping[str, list[int]]:
    ports: dict[str, list[int]] = {}
    for text in texts:
        protocol, _, number = text.partition("=")
        if protocol not in _PROTOCOLS or not number.isascii() or not number.isdigit() or int(number) > 0xFFFF:
            raise UsageError(
                f"--port {text} is not understood", hint=f"write --port diameter=3869; {', '.join(_PROTOCOLS)}"
            )
        ports.setdefault(protocol, []).append(int(number))
    return ports


def _read_key(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            key = file.read(_LARGEST_KEY_FILE)
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", hint="name the file that holds the key") from None
    return key.rstrip(b"\r\n")


def _show_refused(account: Account) -> None:
    for error in account.refused:
        note(f"refused: {error}")


def _written(written: Written) -> Iterator[str]:
    rows = written.rows
    parts = ((rows["messages"], "message"), (rows["gaps"], "gap"), (rows["tunnels"], "GTP-U tunnel"))
    counts = ", ".join(f"{number:,} {what}" + "s" * (number != 1) for number, what in parts)
    yield f"{written.account.frames:,} frame{'s' * (written.account.frames != 1)}: {counts}"


def _as_json(written: Written, output: Path) -> dict[str, Any]:
    account = written.account
    counts = {name: getattr(account, name) for name in account.__slots__ if name != "refused"}
    return {"output": str(output), "rows": written.rows, **counts, "refused": [str(error) for error in account.refused]}
