"""What changed: nothing between the same, everything named once, and the other way round the other way round."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient
from tests.dashboard.conftest import PORT, findings, opened, version_of

from ipxray import report
from ipxray.cli import main
from ipxray.dashboard import Dashboard, Keys
from ipxray.detection import Evidence, Finding
from ipxray.tables import Table


@pytest.fixture(scope="module")
def two(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Dashboard:
    """The same world in two years, and a night before and after."""
    folder = tmp_path_factory.mktemp("two")
    for name, at in (("early", "2023-01-01"), ("late", "2026-11-01")):
        assert main(["assess", str(world), "--controlled-by", "XA", "--at", at, "--output", str(folder / name)]) == 0
    for name, rows in (("before", findings()[:2]), ("after", findings()[1:])):
        tables = [Table("findings", Finding, rows), Table("evidence", Evidence, [])]
        report.write_folder(folder / name, tables, {"kind": "detection", "fictional": True})
    return Dashboard(folder, Keys(PORT))


@pytest.fixture
def desk(two: Dashboard) -> TestClient:
    client = opened(two)
    client.get("/", params={"token": two.keys.token})
    return client


def changed(desk: TestClient, two: Dashboard, before: str, after: str) -> list[dict[str, object]]:
    address = f"/a/{version_of(two, after)}/since/{version_of(two, before)}"
    content = desk.get(f"{address}.json", params={"size": 1000}).json()
    assert desk.get(address).status_code == 200
    rows = list(csv.DictReader(io.StringIO(desk.get(f"{address}.csv").text)))
    assert len(rows) == content["total"]
    return list(content["rows"])


def test_nothing_changed_since_itself(desk: TestClient, two: Dashboard) -> None:
    assert changed(desk, two, "late", "late") == []


def test_a_finding_that_is_new_and_one_that_is_gone(desk: TestClient, two: Dashboard) -> None:
    rows = changed(desk, two, "before", "after")
    assert {(row["what"], row["of"], row["change"]) for row in rows} == {
        ("finding", "F00000000000000aa", "gone"),
        ("finding", "F00000000000000cc", "new"),
    }


def test_the_other_way_round_is_the_other_way_round(desk: TestClient, two: Dashboard) -> None:
    turned = {"new": "gone", "gone": "new", "risen": "fallen", "fallen": "risen", "changed": "changed"}
    there, back = (changed(desk, two, *names) for names in (("early", "late"), ("late", "early")))
    assert there
    assert sorted((row["what"], row["of"], row["part"], row["change"]) for row in there) == sorted(
        (row["what"], row["of"], row["part"], turned[str(row["change"])]) for row in back
    )


def test_a_figure_that_rose_says_from_where_to_where(tmp_path: Path, served: Path) -> None:
    for name, factor in (("before", "expected"), ("after", "1.0")):
        shutil.copytree(served / "xa", tmp_path / name)
        table = tmp_path / name / "tables" / "exposure.parquet"
        with duckdb.connect() as engine:
            engine.execute(f"create table t as select * replace (least(1.0, {factor}) as expected) from '{table}'")
            engine.execute(f"copy t to '{table}'")
    risen = Dashboard(tmp_path, Keys(PORT))
    client = opened(risen)
    client.get("/", params={"token": risen.keys.token})
    rows = [row for row in changed(client, risen, "before", "after") if row["difference"] is not None]
    assert rows
    assert all(row["change"] == "risen" and row["after"] == "1.00" and row["difference"] > 0 for row in rows)  # type: ignore[operator]


def test_the_form_leads_to_the_lasting_address(desk: TestClient, two: Dashboard) -> None:
    versions = {name: version_of(two, name) for name in ("early", "late")}
    answer = desk.get("/compare", params={"before": versions["early"], "after": versions["late"]})
    assert answer.url.path == f"/a/{versions['late']}/since/{versions['early']}"
    assert desk.get("/compare", params={"before": "x", "after": "y"}).status_code == 422
    assert desk.get(f"/a/{versions['late']}/since/0123456789abcdef").status_code == 404
