"""What runs the SQL: one embedded engine, and the door through which another fits in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ipxray.capture import Message
from ipxray.errors import InputError, OutputError, UsageError
from ipxray.tables import Table, columns_of

if TYPE_CHECKING:
    import duckdb

__all__ = ["DuckDb", "Engine", "QueryFault"]

_BATCH = 50_000
_MEMORY = "1500MB"
"""Of the 2 GiB that a run may use: the rest is Python, the decoder's leftovers and the allocator's slack."""

_MACROS = (
    "create macro array_join(list, separator) as array_to_string(list, separator)",
    "create macro element_at(list, position) as list_extract(list, position)",
    "create macro size(list) as len(list)",
    "create macro startswith(text, beginning) as starts_with(text, beginning)",
    "create macro endswith(text, ending) as ends_with(text, ending)",
)
"""Names that Spark has and DuckDB has under another name: the SQL text is the same on both."""


class QueryFault(Exception):
    """A query that the engine refused: its first line. Caught where the query's origin is known."""


class Engine(Protocol):
    """Runs SQL of the portable subset over named tables."""

    name: str

    def load(self, table: Table) -> None:
        """Make a small table known by its name."""

    def read_messages(self, sources: Sequence[Path]) -> None:
        """Make the Parquet files known as the table `messages`."""

    def create(self, name: str, sql: str) -> None:
        """Keep the result of a query as a table."""

    def view(self, name: str, sql: str) -> None:
        """Give a query a name without running it."""

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows. Raises QueryFault."""

    def drop(self, name: str) -> None:
        """Forget a table."""

    def close(self) -> None:
        """Give back memory and files."""


class DuckDb:
    """The embedded engine, with bounded memory: what does not fit lies in `folder` while it runs."""

    name = "duckdb"

    def __init__(self, folder: Path | None = None, *, threads: int | None = None, memory: str = _MEMORY) -> None:
        import duckdb  # noqa: PLC0415 - the heaviest import of all

        self._fault = duckdb.Error
        config: dict[str, Any] = {"memory_limit": memory, "preserve_insertion_order": False}
        if threads:
            config["threads"] = threads
        if folder is not None:
            config["temp_directory"] = str(folder / "spill")
        store = ":memory:" if folder is None else str(folder / "work.duckdb")
        try:
            self._connection: duckdb.DuckDBPyConnection = duckdb.connect(store, config=config)
        except duckdb.Error as error:
            raise OutputError(f"{folder}: cannot be written ({_first_line(error)})") from error
        for macro in _MACROS:
            self._connection.execute(macro)

    def load(self, table: Table) -> None:
        """Make a small table known by its name."""
        columns = table.columns
        names = ", ".join(f'"{column.name}" {column.sql_type}' for column in columns)
        self._connection.execute(f"create or replace table {table.name} ({names})")
        for start in range(0, len(table.rows), _BATCH):
            batch = table.rows[start : start + _BATCH]
            values = [[_listed(value) for value in column] for column in zip(*batch, strict=True)]
            unnested = ", ".join(f"unnest(${n}::{column.sql_type}[])" for n, column in enumerate(columns, start=1))
            self._connection.execute(f"insert into {table.name} select {unnested}", values)

    def read_messages(self, sources: Sequence[Path]) -> None:
        """Make the Parquet files known as the table `messages`. Raises InputError for a file that is none."""
        quoted = ", ".join("'" + str(path).replace("'", "''") + "'" for path in sources)
        table = f"read_parquet([{quoted}], union_by_name = true)"
        try:
            present = {row[0] for row in self._connection.execute(f"describe select * from {table}").fetchall()}  # noqa: S608
        except self._fault as error:
            raise InputError(sources[0], f"is no table of messages ({_first_line(error)})") from error
        names = message_columns(sources[0], present)
        self._run(f"create or replace view messages as select {', '.join(names)} from {table}")  # noqa: S608

    def create(self, name: str, sql: str) -> None:
        """Keep the result of a query as a table."""
        self._run(f"create or replace table {name} as {sql}")

    def view(self, name: str, sql: str) -> None:
        """Give a query a name without running it."""
        self._run(f"create or replace view {name} as {sql}")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows. Raises QueryFault."""
        try:
            return self._connection.execute(sql).fetchall()
        except self._fault as error:
            raise QueryFault(_first_line(error)) from error

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._run(f"drop table if exists {name}")

    def close(self) -> None:
        """Give back memory and files."""
        self._connection.close()

    def _run(self, sql: str) -> None:
        try:
            self._connection.execute(sql)
        except self._fault as error:
            raise QueryFault(_first_line(error)) from error


def message_columns(source: Path, present: Collection[str]) -> list[str]:
    """The columns of `messages` in their order. Raises InputError when one is missing."""
    names = [column.name for column in columns_of(Message)]
    missing = [name for name in names if name not in present]
    if missing:
        raise InputError(
            source, f"has no column {missing[0]}", hint="decode the captures anew with ipxray capture decode"
        )
    return names


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def unknown_engine(name: str) -> UsageError:
    """What to say of an engine that does not exist."""
    return UsageError(f"no engine is called {name!r}", hint="duckdb or spark")
