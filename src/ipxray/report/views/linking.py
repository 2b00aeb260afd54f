"""Links within a page lead somewhere or are plain text: a page of a big world does not hold all evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ipxray.report.sections import Grid, Link, Row, Section

__all__ = ["linked"]


def linked(sections: Sequence[Section]) -> list[Section]:
    """Turn every link to a place that none of these sections has into its text; links out of the page stay."""
    places = {f"#{name}" for section in sections for name in _names(section)}
    return [
        replace(
            section,
            grids=[replace(grid, rows=[Row(_cells(row.cells, places), row.anchor) for row in grid.rows]) for grid in section.grids],
            figures=[replace(figure, data=_data(figure.data, places)) for figure in section.figures],
        )
        for section in sections
    ]  # fmt: skip


def _names(section: Section) -> Iterable[str]:
    yield section.id
    for grid in section.grids:
        yield f"table-{grid.id}"
        yield from _anchors(grid)


def _anchors(grid: Grid) -> Iterable[str]:
    return (row.anchor for row in grid.rows if row.anchor)


def _cells(cells: Sequence[Any], places: set[str]) -> list[Any]:
    return [_cell(cell, places) for cell in cells]


def _cell(cell: Any, places: set[str]) -> Any:
    if isinstance(cell, Link):
        return cell if not cell.href.startswith("#") or cell.href in places else cell.text
    return _cells(cell, places) if type(cell) in (list, tuple) else cell


def _data(value: Any, places: set[str]) -> Any:
    if isinstance(value, Mapping):
        return {key: "" if key == "href" and one not in places else _data(one, places) for key, one in value.items()}
    return [_data(one, places) for one in value] if isinstance(value, list) else value
