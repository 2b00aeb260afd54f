"""The interface for programs is as it says: asked at random, every answer is one that it promised."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from tests.dashboard.conftest import PORT

from ipxray.dashboard import Dashboard, Keys, application


@pytest.fixture(scope="module")
def answers(served: Any, world: Any) -> Dashboard:
    return Dashboard(served, Keys(PORT), facts_folders=[world / "facts"])


def test_every_answer_is_one_that_was_promised(answers: Dashboard, night: str, version: str) -> None:
    """Addresses and filters of every kind that the document allows, against every view."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", application(answers))
    asked = 0
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.method.upper() != "GET":
            continue

        @settings(max_examples=3, suppress_health_check=list(HealthCheck), deadline=None, database=None)
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            if "version" in case.path_parameters:
                case.path_parameters["version"] = night if "finding" in case.path else version
            if "before" in case.path_parameters:
                case.path_parameters["before"] = version
            checks = [not_a_server_error, status_code_conformance, response_schema_conformance]
            case.call_and_validate(checks=checks)

        ask()
        asked += 1
    assert asked >= 40


def not_a_server_error(context: Any, response: Any, case: Any) -> None:
    assert response.status_code < 500, response.text


def test_every_view_is_in_the_document_twice_and_on_the_page(reader: TestClient) -> None:
    paths = reader.get("/openapi.json").json()["paths"]
    views = [path.removesuffix(".json") for path in paths if path.endswith(".json") and path.startswith("/a/")]
    assert len(views) >= 20
    assert all(f"{view}.csv" in paths for view in views)
    page = reader.get("/interface").text
    assert all(path in page for path in paths)
    assert "http://" not in page, "nothing is loaded from elsewhere"
    assert "https://" not in page
