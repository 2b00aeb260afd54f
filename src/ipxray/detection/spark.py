"""The same SQL on Spark (extra `[spark]`): for captures that one machine does not hold."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipxray.capture import is_capture
from ipxray.detection.engine import QueryFault, message_columns
from ipxray.errors import InputError, UsageError
from ipxray.tables import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["Spark", "spark_engine"]

_SETTINGS = {
    "ui.enabled": "false",
    "ui.showConsoleProgress": "false",
    "sql.session.timeZone": "UTC",
    "sql.ansi.enabled": "true",
    "sql.shuffle.partitions": "8",
    "sql.adaptive.enabled": "true",
}
"""What a run sets unless spark-defaults.conf says otherwise for the rest; adaptive execution splits what is large."""

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
    builder = SparkSession.builder.appName("ipxray")
    for name, value in _SETTINGS.items():
        builder = builder.config(f"spark.{name}", value)
    if master:
        builder = builder.master(master)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
    except Exception as error:
        hint = "see that the master is there and that Java 17 is installed (JAVA_HOME)"
        raise UsageError(f"Spark does not start ({_first_line(error)})", hint=hint) from error
    return Spark(session)


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
        """Make Parquet files, and captures that the workers decode, known as the table `messages`.

        Raises InputError for a file that is neither.
        """
        captures = [path for path in sources if is_capture(path) or (path.is_dir() and not _has_parquet(path))]
        tables = [path for path in sources if path not in captures]
        frames = []
        try:
            if tables:
                frames.append(self._session.read.option("mergeSchema", "true").parquet(*map(str, tables)))
            if captures:
                self._session.dataSource.register(_capture_source())
                frames.append(self._session.read.format("ipxray").load(",".join(map(str, captures))))
        except Exception as error:
            raise InputError(sources[0], f"cannot be read ({_first_line(error)})") from error
        names = [f"`{name}`" for name in message_columns(sources[0], frames[0].columns)]
        messages = frames[0].select(*names)
        for frame in frames[1:]:
            messages = messages.unionByName(frame.select(*names))
        if captures:  # decoded once, whatever the number of rules
            messages = messages.persist(_disk())
            self._kept["messages"] = messages
        messages.createOrReplaceTempView("messages")

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


def _capture_source() -> Any:
    from ipxray.capture.spark import CaptureSource  # noqa: PLC0415 - imports pyspark

    return CaptureSource


def _disk() -> Any:
    from pyspark import StorageLevel  # noqa: PLC0415 - an extra that may not be there

    return StorageLevel.MEMORY_AND_DISK


def _has_parquet(folder: Path) -> bool:
    return next(folder.glob("*.parquet"), None) is not None


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]
