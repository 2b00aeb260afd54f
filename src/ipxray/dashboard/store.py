"""The tables of one data version in DuckDB's memory: loaded when first asked, hostile columns tamed, asked by SQL."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

from ipxray.dashboard.derived import DERIVED
from ipxray.dashboard.schema import expected_tables
from ipxray.dashboard.shelf import Assessment
from ipxray.dashboard.taming import SEALED, quoted, tamed
from ipxray.errors import InputError
from ipxray.tables import Column

__all__ = ["Row", "Store", "Stores"]

Row = dict[str, Any]
Held = TypeVar("Held")

_OPEN = 4
"""Data versions kept in memory: two that are compared and two more."""
_MEMORY = "2GB"
_THREADS = 2
_ROWS = 5_000_000
"""Rows of a table that are loaded: every pair of 200 networks is 4 million. A longer table is refused with a word."""
_COLUMNS = 300
_MADE = 200
"""Whole answers that are kept: pages take 5 to 300 kB."""
_ANSWERS, _SHORT = 500, 1_000
"""Answers that are kept, and rows of the longest one: half a million rows at the very most."""
_BATCH = 2_000


class Store:
    """The tables of one assessment. Asking is safe from several threads; loading happens once a table."""

    def __init__(self, assessment: Assessment, *, show_identities: bool = False) -> None:
        import duckdb  # noqa: PLC0415 - the heaviest import of all

        self.assessment = assessment
        self._show_identities = show_identities
        self.triage_revision = -1
        self._lock = threading.RLock()
        self._loaded: dict[str, tuple[Column, ...]] = {}
        self._remembered: dict[str, list[Any]] = {}
        self._held: dict[str, object] = {}
        self._made: OrderedDict[tuple[str, int], object] = OrderedDict()
        self._answers: OrderedDict[tuple[str, str, int], list[Row]] = OrderedDict()
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": _THREADS,
            "memory_limit": _MEMORY,
            "autoinstall_known_extensions": False,
        }
        self._engine = duckdb.connect(":memory:", config=config)

    def ask(self, sql: str, values: Sequence[Any] = (), *, tables: Iterable[str] = ()) -> list[Row]:
        """The rows that `sql` gives, as dicts in the order of its columns, after loading `tables`.

        The last short answers are kept: within a data version and a state of triage they never change, so nobody may
        change the rows. Raises InputError when a table's file cannot be read.
        """
        self.load(tables)
        key = (sql, repr(values), self.triage_revision)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        rows = self._asked(sql, values)
        if len(rows) <= _SHORT:
            with self._lock:
                self._answers[key] = rows
                while len(self._answers) > _ANSWERS:
                    self._answers.popitem(last=False)
        return rows

    def _asked(self, sql: str, values: Sequence[Any]) -> list[Row]:
        cursor = self._engine.cursor()
        try:
            cursor.execute(sql, list(values))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        finally:
            cursor.close()

    def stream(
        self, sql: str, values: Sequence[Any] = (), *, tables: Iterable[str] = ()
    ) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """The names of the columns, and the rows a batch at a time: for answers as long as the table."""
        self.load(tables)
        cursor = self._engine.cursor()
        cursor.execute(sql, list(values))
        names = [column[0] for column in cursor.description or ()]

        def rows() -> Iterator[tuple[Any, ...]]:
            try:
                while batch := cursor.fetchmany(_BATCH):
                    yield from batch
            finally:
                cursor.close()

        return names, rows()

    def count(self, sql: str, values: Sequence[Any] = (), *, tables: Iterable[str] = ()) -> int:
        """The one number that `sql` gives."""
        (row,) = self.ask(sql, values, tables=tables)
        return int(next(iter(row.values())) or 0)

    def has(self, table: str) -> bool:
        """Whether the folder holds this table."""
        return table in self.assessment.tables

    def columns(self, table: str) -> tuple[Column, ...]:
        """The columns of a table as loaded."""
        self.load((table,))
        return self._loaded[table]

    def load(self, tables: Iterable[str]) -> None:
        """Load each table that is not yet here; one that the folder lacks is empty."""
        with self._lock:
            for name in tables:
                if name not in self._loaded:
                    self._loaded[name] = self._derive(name) if name in DERIVED else self._load(name)

    def replace_triage(self, rows: Sequence[tuple[str, str, str, str]], revision: int) -> None:
        """Lay the triage of the folder beside its findings: (finding_id, state, note, changed_at)."""
        with self._lock:
            if revision == self.triage_revision:
                return
            self._engine.execute(
                "create or replace table triage (finding_id varchar, state varchar, note varchar, changed_at varchar)"
            )
            if rows:
                self._engine.execute(
                    "insert into triage select unnest($1::varchar[]), unnest($2::varchar[]), unnest($3::varchar[]), "
                    "unnest($4::varchar[])",
                    [list(column) for column in zip(*rows, strict=True)],
                )
            self.triage_revision = revision

    def close(self) -> None:
        """Give the memory back."""
        self._engine.close()

    def remembered(self, name: str, sql: str, tables: Iterable[str]) -> list[Any]:
        """The first column of a question whose answer never changes within a data version: asked once."""
        with self._lock:
            if name not in self._remembered:
                self._remembered[name] = [next(iter(row.values())) for row in self.ask(sql, tables=tables)]
            return self._remembered[name]

    def held(self, name: str, make: Callable[[], Held]) -> Held:
        """What `make` gives, made once for this data version and kept with it."""
        with self._lock:
            if name not in self._held:
                self._held[name] = make()
            return cast("Held", self._held[name])

    def answer(self, key: str, revision: int, make: Callable[[], Held]) -> Held:
        """What `make` gives for this key and state of triage; the last ones asked for are kept."""
        whole = (key, revision)
        with self._lock:
            if whole in self._made:
                self._made.move_to_end(whole)
                return cast("Held", self._made[whole])
        made = make()
        with self._lock:
            self._made[whole] = made
            while len(self._made) > _MADE:
                self._made.popitem(last=False)
        return made

    def _derive(self, name: str) -> tuple[Column, ...]:
        made = DERIVED[name]
        self.load(made.tables)
        self._engine.execute(f"create table {quoted(name)} as {made.sql}")
        return ()

    def _load(self, name: str) -> tuple[Column, ...]:
        expected = expected_tables().get(name)
        path = self.assessment.tables.get(name)
        if name in SEALED and not self._show_identities:
            raise InputError(name, "holds subscribers in clear", hint="serve with --show-identities to see it")
        if path is None:
            columns = expected or ()
            shape = ", ".join(f"{quoted(column.name)} {column.sql_type}" for column in columns) or "nothing varchar"
            self._engine.execute(f"create table {quoted(name)} ({shape})")
            return columns
        import duckdb  # noqa: PLC0415

        try:
            found = self._shape(str(path))
            columns = expected or found
            present = frozenset(each.name for each in found)
            chosen = ", ".join(tamed(column, present, show_identities=self._show_identities) for column in columns)
            self._engine.execute(
                f"create table {quoted(name)} as select {chosen} from read_parquet($1)",
                [str(path)],
            )
        except (duckdb.Error, UnicodeDecodeError) as error:
            raise InputError(path, "is no Parquet that can be read", hint="write the assessment anew") from error
        return columns

    def _shape(self, path: str) -> tuple[Column, ...]:
        count = self._engine.execute("select sum(num_rows) from parquet_file_metadata($1)", [path]).fetchall()[0][0]
        if (count or 0) > _ROWS:
            raise InputError(
                path, f"has {count:,} rows", hint=f"pages show tables up to {_ROWS:,} rows; query the file"
            )
        rows = self._engine.execute("describe select * from read_parquet($1)", [path]).fetchall()
        return tuple(Column(str(row[0]), str(row[1]), "", nullable=True) for row in rows[:_COLUMNS])


class Stores:
    """The stores in use, the least recently asked closed first."""

    def __init__(self, *, show_identities: bool = False) -> None:
        self._show_identities = show_identities
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Store] = OrderedDict()

    def of(self, assessment: Assessment) -> Store:
        """The store of this data version."""
        with self._lock:
            store = self._open.get(assessment.version)
            if store is None:
                store = self._open[assessment.version] = Store(assessment, show_identities=self._show_identities)
            self._open.move_to_end(assessment.version)
            while len(self._open) > _OPEN:
                self._open.popitem(last=False)  # closed when the last request that holds it lets go
        return store
