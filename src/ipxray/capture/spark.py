"""Captures as a Spark data source: `spark.dataSource.register(CaptureSource)`, then `format("ipxray")`.

The rows of messages (or gaps, tunnels: option `table`), one partition a file, and of large plain files one a stretch.
Imports pyspark and pyarrow, the extra `ipxray[spark]`; nothing else of ipxray imports this module.
"""

from __future__ import annotations

import glob
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import pyarrow
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    DataType,
    LongType,
    StringType,
    StructField,
    StructType,
)

from ipxray.capture.decoding import read
from ipxray.capture.files import named_files
from ipxray.capture.ranges import Part, parts_of
from ipxray.capture.rows import TABLES
from ipxray.errors import UsageError
from ipxray.tables import columns_of

if TYPE_CHECKING:
    from pyarrow import RecordBatch

__all__ = ["CaptureSource", "spark_schema"]

_TYPES: Final[dict[str, tuple[DataType, Any]]] = {
    "VARCHAR": (StringType(), pyarrow.string()),
    "BIGINT": (LongType(), pyarrow.int64()),
    "BOOLEAN": (BooleanType(), pyarrow.bool_()),
    "VARCHAR[]": (ArrayType(StringType(), containsNull=True), pyarrow.list_(pyarrow.string())),
}
_PART_BYTES: Final = 256 << 20
_WARM_UP_BYTES: Final = 16 << 20
"""What lies before a part and is read with it: at 10,000 messages a second some seconds, longer than most dialogues."""


@dataclass(frozen=True)
class _Stretch(InputPartition):
    """One file, or a part of it."""

    path: str
    name: str
    part: Part | None


class CaptureSource(DataSource):
    """Captures by path, folder or pattern. Options: `table` (messages), `partBytes`, `warmUpBytes`.

    Raises UsageError for a table that is none, CaptureError for a path without a capture.
    """

    @classmethod
    def name(cls) -> str:
        """The name to load by."""
        return "ipxray"

    def schema(self) -> StructType:
        """The columns of the table, as docs/reference/tables.md has them."""
        return spark_schema(self._table())

    def reader(self, schema: StructType) -> DataSourceReader:
        """A reader of these paths."""
        del schema
        options = self.options
        part, warm_up = (
            _bytes(options.get(name, default), name)
            for name, default in (("partBytes", _PART_BYTES), ("warmUpBytes", _WARM_UP_BYTES))
        )
        return _Reader(self._table(), options.get("path", ""), part, warm_up)

    def _table(self) -> str:
        table = str(self.options.get("table", "messages"))
        if table not in TABLES:
            raise UsageError(f"option table: {table!r} is no table", hint=", ".join(TABLES))
        return table


class _Reader(DataSourceReader):
    def __init__(self, table: str, path: str, part: int, warm_up: int) -> None:
        self._table = table
        self._path = path
        self._part = part
        self._warm_up = warm_up

    def partitions(self) -> Sequence[InputPartition]:
        """One stretch a file, or a part of it."""
        found: list[_Stretch] = []
        for path, name in named_files(_matching(self._path)):
            parts: Sequence[Part | None] = parts_of(Path(path), self._part, self._warm_up) or [None]
            found += [_Stretch(path, name, part) for part in parts]
        return found

    def read(self, partition: InputPartition) -> Iterator[RecordBatch]:
        """The rows of one stretch, in the order of their frames."""
        stretch = cast("_Stretch", partition)
        if stretch.part is None:
            rows = pyarrow.table(getattr(read([stretch.path]), self._table))
        else:
            rows = _of_part(stretch, stretch.part, self._table)
        if rows.num_rows and "capture" in rows.column_names:
            named = pyarrow.repeat(pyarrow.scalar(stretch.name), rows.num_rows)
            rows = rows.set_column(rows.column_names.index("capture"), "capture", named)
        yield from rows.cast(_arrow_schema(self._table)).to_batches()


def spark_schema(table: str) -> StructType:
    """The columns of a table of captures as Spark types; every number is a signed 64-bit one."""
    columns = columns_of(TABLES[table])
    return StructType([StructField(one.name, _TYPES[one.sql_type][0], nullable=True) for one in columns])


def _arrow_schema(table: str) -> Any:
    return pyarrow.schema([(one.name, _TYPES[one.sql_type][1]) for one in columns_of(TABLES[table])])


def _of_part(stretch: _Stretch, part: Part, table: str) -> Any:
    """Decode a part by itself, number its frames as in the whole file, and leave out what is of the part before."""
    from pyarrow import compute  # noqa: PLC0415 - a worker's need only

    with tempfile.NamedTemporaryFile(suffix=".pcap") as alone, Path(stretch.path).open("rb") as whole:
        alone.write(part.preamble)
        whole.seek(part.warm_up)
        alone.write(whole.read(part.end - part.warm_up))
        alone.flush()
        rows = pyarrow.table(getattr(read([alone.name]), table))
    shift = part.warm_up_frame - 1
    for name in ("frame", "request_frame", "first_frame"):
        if name in rows.column_names:
            place = rows.column_names.index(name)
            rows = rows.set_column(place, name, compute.add(rows.column(name).cast(pyarrow.int64()), shift))
    own = rows.column("frame" if "frame" in rows.column_names else "first_frame")
    return rows.filter(compute.greater_equal(own, part.first_frame))


def _matching(pattern: str) -> list[str]:
    """The files that a pattern, or several with commas between, means; a plain path is itself."""
    found: list[str] = []
    for one in filter(None, pattern.removeprefix("file:").split(",")):
        found += sorted(glob.glob(one)) or [one]  # noqa: PTH207 - patterns may be absolute
    return found


def _bytes(value: object, name: str) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if number <= 0:
        raise UsageError(f"option {name}: {value!r} is no number of bytes", hint="write it as 268435456")
    return number
