"""The same SQL on Spark (extra `[spark]`): for captures that one machine does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipxray.detection.engine import QueryFault, message_columns
from ipxray.errors import InputError, UsageError
from ipxray.tables import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["Spark", "spark_engine"]

_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "bigint",
    "DOUBLE": "double",
    "BOOLEAN": "boolean",
    "VARCHAR[]": "array<string>",
    "BIGINT[]": "array<bigint>",
}


def spark_engine(master: str | None = None) -> Spark:
    """Start or join a Spark session. Raises UsageError, in one line, when pyspark or Java is missing."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra that may not be there
    except ImportError:
        raise UsageError("--engine spark needs pyspark", hint="pip install 'ipxray[spark]', and Java 17") from None
    builder = SparkSession.builder.appName("ipxray").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.session.timeZone", "UTC").config("spark.sql.ansi.enabled", "true")
    if master:
        builder = builder.master(master).config("spark.sql.shuffle.partitions", "4")
    try:
        return Spark(builder.getOrCreate())
    except Exception as error:
        raise UsageError(
            f"Spark does not start ({_first_line(error)})", hint="install Java 17 or set JAVA_HOME"
        ) from error


class Spark:
    """Spark as an engine: every table is a temporary view, cached where it is read more than once."""

    name = "spark"

    def __init__(self, session: SparkSession) -> None:
        self._session = session
        self._kept: dict[str, DataFrame] = {}

    def load(self, table: Table) -> None:
        """Make a small table known by its name."""
        schema = ", ".join(f"`{column.name}` {_TYPES[column.sql_type]}" for column in table.columns)
        rows = [tuple(list(value) if isinstance(value, tuple) else value for value in row) for row in table.rows]
        self._session.createDataFrame(rows, schema).createOrReplaceTempView(table.name)

    def read_messages(self, sources: Sequence[Path]) -> None:
        """Make the Parquet files known as the table `messages`. Raises InputError for a file that is none."""
        try:
            frame = self._session.read.option("mergeSchema", "true").parquet(*map(str, sources))
        except Exception as error:
            raise InputError(sources[0], f"is no table of messages ({_first_line(error)})") from error
        names = message_columns(sources[0], frame.columns)
        frame.select(*[f"`{name}`" for name in names]).createOrReplaceTempView("messages")

    def create(self, name: str, sql: str) -> None:
        """Keep the result of a query as a table."""
        try:
            frame = self._session.sql(sql).cache()
            frame.count()
        except Exception as error:
            raise QueryFault(_first_line(error)) from error
        self._kept[name] = frame
        frame.createOrReplaceTempView(name)

    def view(self, name: str, sql: str) -> None:
        """Give a query a name without running it."""
        try:
            self._session.sql(sql).createOrReplaceTempView(name)
        except Exception as error:
            raise QueryFault(_first_line(error)) from error

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows. Raises QueryFault."""
        try:
            return [tuple(row) for row in self._session.sql(sql).collect()]
        except Exception as error:
            raise QueryFault(_first_line(error)) from error

    def drop(self, name: str) -> None:
        """Forget a table."""
        frame = self._kept.pop(name, None)
        if frame is not None:
            frame.unpersist()
        self._session.catalog.dropTempView(name)

    def close(self) -> None:
        """Give back memory; the session stays for whoever started it."""
        for name in list(self._kept):
            self.drop(name)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]
