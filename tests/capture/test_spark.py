"""Captures in Spark: the rows that one machine gives, whatever the partitions."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow
import pytest

from ipxray import capture

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(
        shutil.which("java") is None and os.environ.get("IPXRAY_PEERS") != "required", reason="Spark needs Java 17"
    ),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    from ipxray.capture.spark import CaptureSource

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").appName("ipxray tests")
    for name, value in (("ui.enabled", "false"), ("driver.host", "127.0.0.1"), ("driver.bindAddress", "127.0.0.1")):
        builder = builder.config(f"spark.{name}", value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    session.dataSource.register(CaptureSource)
    yield session
    session.stop()


@pytest.fixture(scope="module")
def folder(made: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("captures")
    for number in range(3):
        start = made.start + number * 10_000_000
        frames = made.frames() * 30
        times = [start + 1000 * position for position in range(len(frames))]
        (place / f"ring_{number}.pcap").write_bytes(made.pcap(frames, times))
    return place


def rows(table: Any) -> list[tuple[Any, ...]]:
    """Rows by capture, frame and index, lists as lists."""
    return sorted((tuple(row.values()) for row in table), key=repr)


def here(folder: Path, name: str = "messages") -> list[tuple[Any, ...]]:
    found = [pyarrow.table(getattr(capture.read([path]), name)) for path in sorted(folder.iterdir())]
    return rows(pyarrow.concat_tables(found).to_pylist())


@pytest.mark.parametrize("options", [{}, {"partBytes": "4000", "warmUpBytes": "4000"}])
def test_spark_reads_what_one_machine_reads(spark: Any, folder: Path, decoder: None, options: dict[str, str]) -> None:
    frame = spark.read.format("ipxray").options(**options).load(f"{folder}/*.pcap")
    if options:
        assert frame.rdd.getNumPartitions() > 3
    assert rows(row.asDict() for row in frame.collect()) == here(folder)


def test_gaps_and_tunnels_are_tables_too(spark: Any, folder: Path, decoder: None) -> None:
    for name in ("gaps", "tunnels"):
        frame = spark.read.format("ipxray").option("table", name).load(str(folder))
        assert rows(row.asDict() for row in frame.collect()) == here(folder, name)


def test_the_schema_is_that_of_the_table_with_signed_numbers(spark: Any, folder: Path) -> None:
    schema = spark.read.format("ipxray").load(str(folder)).schema
    assert schema.fieldNames()[:4] == ["capture", "frame", "index", "observed_at"]
    assert {field.dataType.simpleString() for field in schema} == {"string", "bigint", "boolean", "array<string>"}


@pytest.mark.parametrize(("options", "word"), [({"table": "nonsense"}, "no table"), ({"partBytes": "x"}, "no number")])
def test_an_option_that_makes_no_sense_says_so(spark: Any, folder: Path, options: dict[str, str], word: str) -> None:
    with pytest.raises(Exception, match=word):
        spark.read.format("ipxray").options(**options).load(str(folder)).count()
