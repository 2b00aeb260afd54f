"""A table is defined once: a NamedTuple whose fields carry their meaning. Parquet, CSV and the docs follow it."""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

__all__ = ["Column", "Table", "columns_of"]

_SQL_TYPES: dict[object, str] = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE", bool: "BOOLEAN", date: "DATE"}


class Column(NamedTuple):
    """One column: its name, its SQL type, what it holds (unit, standard), and whether it may be absent."""

    name: str
    sql_type: str
    doc: str
    nullable: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name, its row type and its rows in the order in which they are written."""

    name: str
    row_type: type[Any]
    rows: Sequence[Any]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in order, as the row type declares them."""
        return columns_of(self.row_type)

    def as_columns(self) -> list[list[Any]]:
        """The rows turned into one list a column; empty lists when there is no row."""
        if not self.rows:
            return [[] for _ in self.columns]
        return [list(column) for column in zip(*self.rows, strict=True)]


def columns_of(row_type: type[Any]) -> tuple[Column, ...]:
    """Read a row type's columns out of its `Annotated[type, "meaning"]` fields.

    Raises TypeError for a field without a meaning or of a type that has no SQL counterpart.
    """
    hints = get_type_hints(row_type, include_extras=True)
    return tuple(_column(name, hints[name]) for name in row_type._fields)


def _column(name: str, hint: Any) -> Column:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"column {name} does not say what it holds")
    inner, doc = get_args(hint)[:2]
    options: Iterable[Any] = (inner,)
    if get_origin(inner) in (types.UnionType, Union):
        options = get_args(inner)
    present = [option for option in options if option is not type(None)]
    nullable = len(present) < len(tuple(options))
    (only,) = present
    if get_origin(only) is tuple:
        return Column(name, f"{_SQL_TYPES[get_args(only)[0]]}[]", doc, nullable)
    return Column(name, _SQL_TYPES[only], doc, nullable)
