"""The figures of the report on the dashboard's pages: the same view models, asked of the tables in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import duckdb

from ipxray.dashboard.store import Store
from ipxray.dashboard.taming import SEALED
from ipxray.errors import InputError
from ipxray.report import Figure, Reading, Section
from ipxray.report.views import sections

__all__ = ["Pictures"]

_KEPT = 4


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


class Pictures:
    """The report's sections of the data versions last looked at: made once, then kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, list[Section]] = OrderedDict()

    def sections(self, store: Store) -> list[Section]:
        """The report's sections; none when the folder has something that the report cannot read."""
        version = store.assessment.version
        with self._lock:
            if version not in self._kept:
                self._kept[version] = _made(store)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(version)
            return self._kept[version]

    def figures(self, store: Store, kinds: Sequence[str]) -> list[Figure]:
        """The figures of these kinds, in the report's order."""
        return [figure for section in self.sections(store) for figure in section.figures if figure.kind in kinds]


def _made(store: Store) -> list[Section]:
    try:
        return sections(_Held(store))
    except (duckdb.Error, InputError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return []  # a folder that is not as the report writes it: the tables are shown, and they say what is wrong
