"""A served folder with a fictional world in it, and two who ask: one with the token, one without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ipxray import lab
from ipxray.cli import main
from ipxray.dashboard import Dashboard, Keys, guarded

PORT = 8377
AT = "2026-11-01"


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world of a dozen networks that does not exist."""
    folder = tmp_path_factory.mktemp("lab") / "world"
    lab.write_world(folder, operators=12, countries=9, carriers=10, seed=3)
    return folder


@pytest.fixture(scope="session")
def served(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two assessments of it: against one state, and the neutral view."""
    folder = tmp_path_factory.mktemp("served")
    assert main(["assess", str(world), "--controlled-by", "XA", "--at", AT, "--pairs", "--output", f"{folder}/xa"]) == 0
    assert main(["assess", str(world), "--at", AT, "--output", str(folder / "everyone")]) == 0
    return folder


@pytest.fixture(scope="session")
def dashboard(served: Path, world: Path) -> Dashboard:
    """The dashboard over that folder."""
    return Dashboard(served, Keys(PORT), facts_folders=[world / "facts"])


@pytest.fixture
def stranger(dashboard: Dashboard) -> Iterator[TestClient]:
    """Somebody on this machine who does not know the token."""
    with TestClient(guarded(dashboard), base_url=f"http://127.0.0.1:{PORT}") as client:
        yield client


@pytest.fixture
def reader(dashboard: Dashboard) -> Iterator[TestClient]:
    """A browser that opened the printed address."""
    with TestClient(guarded(dashboard), base_url=f"http://127.0.0.1:{PORT}") as client:
        client.get("/", params={"token": dashboard.keys.token})
        yield client


@pytest.fixture(scope="session")
def version(dashboard: Dashboard) -> str:
    """The data version of the assessment against one state."""
    found = dashboard.shelf.by_name("xa")
    assert found is not None
    return found.version
