"""The command line: reads the clock, prints, and turns every error into one line and an exit code."""

from __future__ import annotations

import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence

import click

from ipxray import __version__
from ipxray.errors import IpxrayError

__all__ = ["main", "root"]

_COMMANDS = {
    "assess": ("ipxray.cli.assess", "Who carries whom, and who could read or alter it."),
    "route": ("ipxray.cli.route", "One roaming pair: who could read or alter what."),
    "ir21": ("ipxray.cli.ir21", "Check, show and compare IR.21 documents."),
    "capture": ("ipxray.cli.capture", "Signalling captures into tables, and what they hold."),
    "simulate": ("ipxray.cli.simulate", "What would change if somebody acted: before, after, side by side."),
    "optimise": ("ipxray.cli.optimise", "The provably best set of changes for a budget."),
    "detect": ("ipxray.cli.detect", "Which messages were abuse, and whether they came the way their sender declares."),
    "serve": ("ipxray.cli.serve", "The dashboard: assessments in a browser, on this machine only."),
    "facts": ("ipxray.cli.facts", "List, show and check the facts with their sources."),
    "watch": ("ipxray.cli.watch", "Follow rotated captures and documents, raise each finding once."),
    "import": ("ipxray.cli.import_", "Indicators of others, from STIX, MISP or CSV."),
    "export": ("ipxray.cli.export", "An assessment as STIX, MISP, CSV, JSON lines or Parquet."),
    "lab": ("ipxray.cli.lab", "Write fictional worlds to try things on."),
}


class _LazyGroup(click.Group):
    """Import a command only when it is called, so that --help stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(_COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from difflib import get_close_matches

        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(_COMMANDS)}"
            ctx.fail(f"no command is called {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ipxray")
def root() -> None:
    """See who sits in the middle of mobile roaming.

    From operators' own IR.21 documents and cited facts about carriers and their owners: who carries whom, and who could
    read or alter it. Works offline; never sends a signalling message.

    \b
    Example:
      ipxray assess examples/world --controlled-by XA --output out/demo
    """


def _make_streams_forgiving() -> None:
    """A closed output swallows, and a terminal without a letter shows a question mark: neither is a reason to fail."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - open until the process ends
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def main(arguments: Sequence[str] | None = None) -> int:  # noqa: PLR0911 - one return an outcome
    """Run the command line; return 0 done, 1 findings, 2 usage, 3 input refused. A user's fault is one line."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: a second thread waits more than it works
    _make_streams_forgiving()
    gc.disable()  # one short run whose rows hold no cycles: the collector would only walk them again and again
    try:
        # without standalone mode click returns the code of an Exit instead of raising it
        code = root.main(
            args=list(arguments) if arguments is not None else None, prog_name="ipxray", standalone_mode=False
        )
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "ipxray"
        click.echo(f"ipxray: {' '.join(error.format_message().split())} ({command} --help)", err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("ipxray: interrupted; what was complete before is untouched", err=True)
        return 130
    except IpxrayError as error:
        click.echo(f"ipxray: {error}", err=True)
        return error.exit_code
    except (BrokenPipeError, SystemExit):  # the reader has seen enough; click makes an exit of it
        return 0
    except OSError as error:
        click.echo(f"ipxray: what was found cannot be printed ({error.strerror})", err=True)
        return 2
    finally:
        gc.enable()
