"""The figures of the report on the dashboard's pages: the same view models, asked of the tables in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

from ipxray.dashboard.store import Store
from ipxray.dashboard.taming import SEALED
from ipxray.errors import InputError
from ipxray.report import Figure, Reading, Section
from ipxray.report.views import sections

__all__ = ["figures_of", "sections_of"]


class _Held(Reading):
    """An assessment as the report reads it, out of the store's memory."""

    def __init__(self, store: Store) -> None:
        self.folder = store.assessment.folder
        self.manifest = store.assessment.manifest
        self.tables = frozenset(store.assessment.tables) - SEALED
        self._store = store

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        """Run one query over the tables in memory."""
        return self._store.ask(sql, parameters, tables=self.tables)

    def close(self) -> None:
        """The store stays open: others ask it too."""


def sections_of(store: Store) -> list[Section]:
    """The report's sections, made once a data version; none when the folder has what the report cannot read."""
    return store.held("sections", lambda: _made(store))


def figures_of(store: Store, kinds: Sequence[str]) -> list[Figure]:
    """The figures of these kinds, in the report's order."""
    return [figure for section in sections_of(store) for figure in section.figures if figure.kind in kinds]


def _made(store: Store) -> list[Section]:
    try:
        return sections(_Held(store))
    except (duckdb.Error, InputError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return []  # a folder that is not as the report writes it: the tables are shown, and they say what is wrong
