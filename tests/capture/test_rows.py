"""The tables that the decoder builds are the tables that are described, and every closed list is one list."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.conftest import PROJECT

from ipxray import capture
from ipxray.capture import native
from ipxray.tables import columns_of

pytestmark = pytest.mark.usefixtures("decoder")

SQL_TYPES = {
    "Int64": "BIGINT",
    "Utf8": "VARCHAR",
    "Dictionary(Int32, Utf8)": "VARCHAR",
    "Boolean": "BOOLEAN",
    "List(non-null Utf8)": "VARCHAR[]",
}


@pytest.mark.parametrize("table", list(capture.TABLES))
def test_the_columns_of_the_decoder_are_the_columns_described(table: str) -> None:
    built = [(name, SQL_TYPES[kind], nullable) for name, kind, nullable in native.native().columns(table)]
    described = [(column.name, column.sql_type, column.nullable) for column in columns_of(capture.TABLES[table])]
    assert built == described


def test_the_stub_of_the_decoder_says_what_it_has() -> None:
    command = [sys.executable, "-m", "mypy.stubtest", "ipxray_signalling", "--ignore-missing-stub"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_reason_has_its_meaning() -> None:
    assert list(capture.REASONS) == native.native().reasons()


def test_every_anomaly_has_its_meaning() -> None:
    found = capture.anomalies()
    assert len(found) > 50
    assert all(name.replace("_", "").isalnum() and meaning.endswith(".") for name, meaning in found.items())
    page = (PROJECT / "docs" / "reference" / "anomalies.md").read_text(encoding="utf-8")
    assert page.endswith("|---|---|\n" + "".join(f"| {name} | {meaning} |\n" for name, meaning in found.items()))
