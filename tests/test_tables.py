"""A row type is the single definition of a table."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

import pytest

from ipxray.tables import Column, Table, columns_of


class Sample(NamedTuple):
    """One row per sample."""

    name: Annotated[str, "what it is called"]
    parts: Annotated[tuple[str, ...], "its parts"]
    seen: Annotated[date | None, "day it was seen"]
    count: Annotated[int, "how many"]


class Silent(NamedTuple):
    """A row whose column does not say what it holds."""

    name: str


def test_columns_come_from_the_annotations_in_order() -> None:
    assert columns_of(Sample) == (
        Column("name", "VARCHAR", "what it is called", nullable=False),
        Column("parts", "VARCHAR[]", "its parts", nullable=False),
        Column("seen", "DATE", "day it was seen", nullable=True),
        Column("count", "BIGINT", "how many", nullable=False),
    )


def test_a_column_without_a_meaning_is_refused() -> None:
    with pytest.raises(TypeError, match="does not say what it holds"):
        columns_of(Silent)


def test_rows_turn_into_columns_also_when_there_are_none() -> None:
    assert Table("samples", Sample, ()).as_columns() == [[], [], [], []]
    rows = (Sample("a", ("x",), None, 1), Sample("b", (), date(2020, 1, 2), 2))
    assert Table("samples", Sample, rows).as_columns() == [["a", "b"], [("x",), ()], [None, date(2020, 1, 2)], [1, 2]]
