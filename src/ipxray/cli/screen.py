"""The two consoles: data on standard output, progress and notes on standard error."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["note", "progress", "screen"]

_PAUSE = 0.2
"""Seconds between two lines of progress for another program."""
_WIDTH_WHEN_PIPED = 160
"""A pipe has no width; narrower would fold the tables that people grep."""


def screen() -> Console:
    """The console for data: as wide as the terminal, or wide enough for a table in a pipe."""
    from rich.console import Console

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH_WHEN_PIPED
    return Console(width=width, highlight=False, soft_wrap=False)


def note(text: str) -> None:
    """One line on standard error."""
    click.echo(text, err=True)


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """Yield a callback (done, total, what) that draws a bar on standard error; silent when that is no terminal.

    With IPXRAY_PROGRESS=lines in the environment it writes lines `progress, title, done, total, what` between tabs.
    """
    if os.environ.get("IPXRAY_PROGRESS") == "lines":
        yield _teller(title)
        return
    if not sys.stderr.isatty():
        yield lambda _done, _total, _what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[what]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, what="")

        def report(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, what=what[-40:])

        yield report


def _teller(title: str) -> Callable[[int, int, str], None]:
    """Progress for another program, a few lines a second."""
    last = 0.0

    def tell(done: int, total: int, what: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _PAUSE or done == total:
            last = now
            note(f"progress\t{title}\t{done}\t{total}\t{' '.join(what.split())[-80:]}")

    tell(0, 0, "")
    return tell
