"""What a document, a table or a person outside wrote never acts: not in a page, not in a spreadsheet."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from tests.dashboard.conftest import IMSI, PORT, PSEUDONYM, SCRIPT, opened, version_of

from ipxray.dashboard import Dashboard, Keys
from ipxray.dashboard.cells import cell
from ipxray.dashboard.page import Shown
from ipxray.dashboard.slugs import slug

PAGES = ("overview", "operators", "carriers", "countries", "pairs", "vendors", "tables", "report", "tables/links",
         "tables/declarations", "tables/unresolved")  # fmt: skip
NIGHT = (
    "overview",
    "findings",
    "findings/F00000000000000bb",
    "subscribers",
    "tables/findings",
    "tables/evidence",
    "report",
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def poisoned(reader: TestClient, version: str) -> str:
    rows = reader.get(f"/a/{version}/tables/declarations.json", params={"text": "alert(1)"}).json()["rows"]
    assert rows, "the document with the script as a carrier is in the assessment"
    return str(rows[0]["tadig"])


@pytest.mark.parametrize("page", PAGES)
def test_a_carrier_name_in_a_document_is_text_on_every_page(reader: TestClient, version: str, page: str) -> None:
    answer = reader.get(f"/a/{version}/{page}", params={"size": 1000})
    assert answer.status_code == 200
    assert SCRIPT not in answer.text
    assert "<script>" not in answer.text.replace('<script type="application/json">', "")


def test_the_page_of_the_network_shows_the_name_as_written(reader: TestClient, version: str) -> None:
    tadig = poisoned(reader, version)
    answer = reader.get(f"/a/{version}/operators/{tadig}")
    assert "&lt;script&gt;alert(1)" in answer.text
    assert SCRIPT not in answer.text


def test_the_carrier_of_that_name_has_a_page(reader: TestClient, version: str) -> None:
    (row, *_) = reader.get(f"/a/{version}/tables/links.json", params={"text": "alert("}).json()["rows"]
    answer = reader.get(f"/a/{version}/carriers/{slug(row['node'])}")
    assert answer.status_code == 200
    assert "&lt;script&gt;" in answer.text
    assert SCRIPT not in answer.text


@pytest.mark.parametrize("page", NIGHT)
def test_a_finding_is_text_on_every_page(reader: TestClient, night: str, page: str) -> None:
    answer = reader.get(f"/a/{night}/{page}")
    assert answer.status_code == 200
    assert SCRIPT not in answer.text


@pytest.mark.parametrize("text", [SCRIPT, '"><img src=x onerror=alert(1)>', "'; drop table links; --", "\u202e"])
def test_what_is_asked_for_is_text_too(reader: TestClient, version: str, text: str) -> None:
    for page in ("search", "operators", "carriers", "tables/links"):
        answer = reader.get(f"/a/{version}/{page}", params={"text": text})
        assert answer.status_code in (200, 422)
        assert text not in answer.text or not set(text) & set("<>\"'")


@given(st.text(max_size=30), st.sampled_from(["text", "code", "list", "path", "severity", "state", "prose", "share"]))
def test_no_value_becomes_markup(text: str, kind: str) -> None:
    value = f"<b>{text}\"'"
    shown = cell({"x": [value] if kind == "list" else value}, Shown("x", "x", kind, "operators"), "0" * 16)
    assert "<b>" not in shown


@pytest.mark.parametrize(
    ("which", "page"),
    [
        ("xa", "tables/declarations"),
        ("xa", "tables/links"),
        ("xa", "carriers"),
        ("night", "findings"),
        ("night", "tables/evidence"),
        ("night", "tables/findings"),
    ],
)
def test_no_cell_of_a_csv_is_a_formula(reader: TestClient, dashboard: Dashboard, which: str, page: str) -> None:
    answer = reader.get(f"/a/{version_of(dashboard, which)}/{page}.csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert any("hyperlink" in each.lower() for row in rows for each in row), "the formula is there, as text"
    for row in rows:
        for each in row:
            assert not each.startswith(DANGEROUS) or number(each)


def number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_no_subscriber_stands_in_any_answer(reader: TestClient, night: str) -> None:
    views = ("overview", "findings", "findings/F00000000000000bb", "subscribers", "tables/findings", "tables/evidence",
             "report", f"search?text={IMSI}", "subscribers/" + slug("00101****"))  # fmt: skip
    for view in views:
        path, _, query = view.partition("?")
        for form in ("", ".json", ".csv"):
            answer = reader.get(f"/a/{night}/{path}{form}" + (f"?{query}" if query else ""))
            assert answer.status_code == 200, view
            assert IMSI not in answer.text, view
            assert IMSI[5:] not in answer.text, view
    assert PSEUDONYM in reader.get(f"/a/{night}/subscribers.csv").text, "pseudonyms are what one sees"


def test_only_the_flag_shows_what_a_table_says_in_clear(served: Path) -> None:
    shown = Dashboard(served, Keys(PORT), show_identities=True)
    client = opened(shown)
    client.get("/", params={"token": shown.keys.token})
    assert IMSI in client.get(f"/a/{version_of(shown, 'night')}/tables/evidence.csv").text


def test_single_messages_are_not_served(served: Path, tmp_path: Path) -> None:
    """The table of decoded messages names subscribers in more columns than one can mask."""
    folder = shutil.copytree(served / "night", tmp_path / "served" / "night")
    with duckdb.connect() as engine:
        engine.execute(f"copy (select '{IMSI}' as called_global_title) to '{folder}/tables/messages.parquet'")
    sealed = Dashboard(folder.parent, Keys(PORT))
    client = opened(sealed)
    client.get("/", params={"token": sealed.keys.token})
    for form in ("", ".json", ".csv"):
        answer = client.get(f"/a/{version_of(sealed, 'night')}/tables/messages{form}")
        assert answer.status_code == 503
        assert IMSI not in answer.text


@pytest.mark.parametrize(
    "sql",
    [
        "select 1 as finding_id",
        "select 'F1' as finding_id, 'abc' as messages, 'NaN'::double as confidence, {'a': 1} as title",
        "select 'F1' as finding_id, -1 as messages, 'infinity'::double as confidence, 9223372036854775807 as first_at",
        "select null as finding_id, [1, 2] as rules, 'x' as operations, date '2026-01-01' as severity",
        "select 'F1' as finding_id from range(0)",
        'select \'F1\' as "a""b", 2 as "select"',
    ],
)
def test_a_table_of_any_shape_gives_pages(tmp_path: Path, served: Path, sql: str) -> None:
    folder = shutil.copytree(served / "night", tmp_path / "served" / "night")
    with duckdb.connect() as engine:
        engine.execute(f"copy ({sql}) to '{folder}/tables/findings.parquet'")
        engine.execute(f"copy ({sql}) to '{folder}/tables/other.parquet'")
    odd = Dashboard(folder.parent, Keys(PORT))
    client = opened(odd)
    client.get("/", params={"token": odd.keys.token})
    for view in (
        "overview",
        "findings",
        "subscribers",
        "tables",
        "tables/findings",
        "tables/other",
        "report",
        "search?text=F1",
    ):
        path, _, query = view.partition("?")
        for form in ("", ".json", ".csv"):
            answer = client.get(f"/a/{version_of(odd, 'night')}/{path}{form}?{query}")
            assert answer.status_code == 200, (view, answer.text)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\xff" * 100 + b"PAR1", b"hello"])
def test_a_table_that_cannot_be_read_is_one_clear_page(tmp_path: Path, served: Path, content: bytes) -> None:
    folder = shutil.copytree(served / "xa", tmp_path / "served" / "xa")
    (folder / "tables" / "links.parquet").write_bytes(content)
    broken = Dashboard(folder.parent, Keys(PORT))
    client = opened(broken)
    client.get("/", params={"token": broken.keys.token})
    version = version_of(broken, "xa")
    for form in ("", ".json", ".csv"):
        answer = client.get(f"/a/{version}/carriers{form}")
        assert answer.status_code == 503
        assert "links.parquet" in answer.text
        assert "Traceback" not in answer.text
    assert client.get(f"/a/{version}/tables/control").status_code == 200, "the other tables are shown"
    assert client.get("/").status_code == 200


def test_an_assessment_that_goes_or_changes_while_it_is_served(tmp_path: Path, served: Path) -> None:
    root = tmp_path / "served"
    for name in ("xa", "night"):
        shutil.copytree(served / name, root / name)
    moving = Dashboard(root, Keys(PORT))
    client = opened(moving)
    client.get("/", params={"token": moving.keys.token})
    old = version_of(moving, "night")
    assert client.get(f"/a/{old}/findings").status_code == 200
    manifest = root / "night" / "assessment.json"
    manifest.write_text(manifest.read_text() + "\n")
    answer = client.get(f"/a/{old}/findings")
    assert answer.status_code == 410
    assert f"/a/{version_of(moving, 'night')}/overview" in answer.text, "it leads to what lies there now"
    shutil.rmtree(root / "xa")
    shutil.rmtree(root / "night")
    assert client.get(f"/a/{old}/findings.json").status_code == 410
    assert client.get("/").status_code == 200
    root.rmdir()
    answer = client.get("/")
    assert answer.status_code == 503
    assert "gone" in answer.text
