"""Print a table as people or programs want it: aligned columns, JSON, or CSV on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from ipxray.tables import Table

__all__ = ["format_option", "print_table", "to_json"]

format_option: Callable[[Any], Any] = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to print: for people, or for programs.",
)


def print_table(table: Table, form: str, *, columns: tuple[str, ...] = (), empty: str = "nothing to list") -> None:
    """Print `table` on standard output; `columns` narrows what people see, programs always get every column."""
    if form == "json":
        click.echo(to_json([row._asdict() for row in table.rows]))
    elif form == "csv":
        _print_csv(table)
    elif not table.rows:
        click.echo(empty)
    else:
        _print_aligned(table, columns)


def to_json(value: object) -> str:
    """JSON text with sorted nothing, ASCII kept readable, dates as ISO 8601."""
    return json.dumps(value, indent=1, ensure_ascii=False, default=str)


def _print_csv(table: Table) -> None:
    import csv

    from ipxray.report import csv_cell

    writer = csv.writer(sys.stdout)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([csv_cell(value) for value in row] for row in table.rows)


def _print_aligned(table: Table, columns: tuple[str, ...]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.markup import escape
    from rich.table import Table as Grid

    from ipxray.cli.screen import screen

    names = columns or tuple(column.name for column in table.columns)
    numeric = {column.name for column in table.columns if column.sql_type in ("BIGINT", "DOUBLE")}
    grid = Grid(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in names:
        grid.add_column(name, justify="right" if name in numeric else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(escape(_shown(getattr(row, name))) for name in names))
    screen().print(grid)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    if isinstance(value, float):
        return f"{value:.3g}"
    return str(value)
