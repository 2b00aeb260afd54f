"""Every view as page, JSON and CSV: the same rows, the same data version, and the watermark in each."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

VIEWS = ("overview", "operators")
WATERMARK = "FICTIONAL WORLD"


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_a_page_json_and_csv_of_the_same_rows(reader: TestClient, version: str, view: str) -> None:
    page = reader.get(f"/a/{version}/{view}")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert WATERMARK in page.text
    assert f'href="/a/{version}/{view}.csv"' in page.text
    content = reader.get(f"/a/{version}/{view}.json", params={"size": 1000}).json()
    assert content["version"] == version
    assert WATERMARK in content["watermark"]
    answer = reader.get(f"/a/{version}/{view}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert version in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == content["total"] == len(content["rows"])
    assert all(WATERMARK in row["watermark"] for row in rows)
    assert [row for row in rows[0] if row != "watermark"] == list(content["rows"][0])


def test_operators_are_those_of_the_assessment(reader: TestClient, version: str, served: Path) -> None:
    scope = json.loads((served / "xa" / "assessment.json").read_text())["headline"]["scope"]
    found = reader.get(f"/a/{version}/operators.json", params={"size": 1000}).json()
    assert found["total"] == scope["networks"]
    assert found["summary"]["controller"] == "XA"
    for row in found["rows"]:
        if row["credential"] is not None:
            assert row["credential_low"] <= row["credential"] <= row["credential_high"]


def test_filters_and_order_narrow_and_turn(reader: TestClient, version: str) -> None:
    def asked(**names: object) -> list[dict[str, object]]:
        return reader.get(f"/a/{version}/operators.json", params={"size": 1000, **names}).json()["rows"]

    everyone = asked()
    country = str(everyone[0]["country"])
    assert asked(country=country) == [row for row in everyone if row["country"] == country]
    assert asked(text="no such network") == []
    assert asked(text=str(everyone[0]["tadig"]).lower()) == everyone[:1]
    rising = [row["tadig"] for row in asked(sort="tadig")]
    assert rising == sorted(rising)
    assert [row["tadig"] for row in asked(sort="-tadig")] == rising[::-1]
    assert asked(sort="no_such_column") == everyone
    assert asked(page=2, size=5) == everyone[5:10]
    assert asked(page=999) == []
    assert asked(service="sccp") != everyone
    assert asked(threat="inject") != everyone


def test_the_page_of_an_operator_has_its_carriers_and_its_evidence(reader: TestClient, version: str) -> None:
    tadig = reader.get(f"/a/{version}/operators.json").json()["rows"][0]["tadig"]
    content = reader.get(f"/a/{version}/operators/{tadig}.json").json()
    assert content["rows"]
    assert all(row["sources"] for row in content["rows"]), "every link leads to the documents"
    assert content["parts"]["declarations"]["rows"]
    page = reader.get(f"/a/{version}/operators/{tadig}")
    assert content["rows"][0]["sources"][0] in page.text
    assert reader.get(f"/a/{version}/operators/{tadig}.csv", params={"part": "numbering"}).text.startswith("kind,value")
    assert reader.get(f"/a/{version}/operators/{tadig}.csv", params={"part": "nothing"}).status_code == 422


def test_the_neutral_view_is_seen_through_any_controller(reader: TestClient, dashboard: object) -> None:
    everyone = dashboard.shelf.by_name("everyone").version  # type: ignore[attr-defined]
    first = reader.get(f"/a/{everyone}/operators.json").json()
    assert first["summary"]["controller"]
    other = reader.get(f"/a/{everyone}/operators.json", params={"controller": "XE"}).json()
    assert other["summary"]["controller"] == "XE"
    assert first["rows"] != other["rows"]


@pytest.mark.parametrize("form", ["", ".json", ".csv"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/a/0123456789abcdef/operators{}", 404),
        ("/a/0123456789ABCDEF/operators{}", 422),
        ("/a/{version}/operators/NOSUCH{}", 404),
        ("/a/{version}/nothing{}", 404),
        ("/a/{version}/operators{}?page=0", 422),
        ("/a/{version}/operators{}?size=100000", 422),
        ("/a/{version}/operators{}?since=yesterday", 422),
        ("/nothing{}", 404),
    ],
)
def test_what_is_not_there_is_said_in_the_form_asked_for(
    reader: TestClient, version: str, path: str, status: int, form: str
) -> None:
    answer = reader.get(path.replace("{version}", version).replace("{}", form))
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    kind = {"": "text/html", ".json": "application/json", ".csv": "text/plain"}[form]
    assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../etc/passwd",
        "/static/..%2f..%2f__init__.py",
        "/static/%2e%2e/app.py",
        "/static/dashboard.css%00.js",
        "/a/../../etc/passwd",
        "/a/{version}/operators/..%2f..%2f..%2fassessment",
        "/a/{version}/operators/%2e%2e%2f%2e%2e%2fassessment.json",
        "/latest/../../../etc",
        "/latest/%2e%2e%2f%2e%2e",
        "/a/..%5c..%5cwindows/overview",
    ],
)
def test_no_path_leads_out_of_the_folder(reader: TestClient, version: str, path: str) -> None:
    answer = reader.get(path.replace("{version}", version))
    assert answer.status_code in (404, 422)
    assert "root:" not in answer.text
    assert "import" not in answer.text


def test_latest_leads_to_what_lies_there_now(reader: TestClient, version: str) -> None:
    answer = reader.get("/latest/xa", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, f"/a/{version}/overview")
