"""A served folder with a fictional world in it, and two who ask: one with the token, one without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ipxray import lab, report
from ipxray.cli import main
from ipxray.dashboard import Dashboard, Keys, guarded
from ipxray.detection import Evidence, Finding
from ipxray.tables import Table

PORT = 8377
AT = "2026-11-01"
ORIGIN = {"Origin": f"http://127.0.0.1:{PORT}"}
SCRIPT = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://elsewhere.example","x")'
PSEUDONYM = "00101~bcdfghjkmnpqrstvbcdf"
IMSI = "001019876543210"
"""A subscriber of a country that does not exist, as a faulty writer might leave it in a table."""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A world of a dozen networks that does not exist; one of its documents means harm."""
    folder = tmp_path_factory.mktemp("lab") / "world"
    lab.write_world(folder, operators=12, countries=9, carriers=10, seed=3)
    first, second = sorted((folder / "ir21").glob("*.xml"))[:2]
    poison(first, SCRIPT.replace("<", "&lt;"))
    poison(second, FORMULA.replace('"', "&quot;"))
    return folder


def poison(document: Path, name: str) -> None:
    """Let the document name its first SCCP carrier so."""
    text = document.read_text(encoding="utf-8")
    changed = re.sub(r"(<(?:\w+:)?SCCPCarrierName>)[^<]*", lambda found: found[1] + name, text, count=1)
    assert changed != text
    document.write_text(changed, encoding="utf-8")


@pytest.fixture(scope="session")
def served(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three assessments: against one state, the neutral view, and a night's findings."""
    folder = tmp_path_factory.mktemp("served")
    assert main(["assess", str(world), "--controlled-by", "XA", "--at", AT, "--pairs", "--output", f"{folder}/xa"]) == 0
    assert main(["assess", str(world), "--at", AT, "--output", str(folder / "everyone")]) == 0
    write_night(folder / "night")
    return folder


def write_night(folder: Path) -> None:
    """Findings as detection leaves them, with a table that says too much and texts that mean harm."""
    report.write_folder(
        folder,
        [Table("findings", Finding, findings()), Table("evidence", Evidence, evidence())],
        {"kind": "detection", "fictional": True, "at": AT, "headline": {}},
    )


def findings() -> list[Finding]:
    """Three findings: one plain, one hostile in every text, one without most values."""
    plain = Finding(
        finding_id="F00000000000000aa", rule_id="ss7/any_time_interrogation_from_outside",
        rules=("ss7/any_time_interrogation_from_outside",), title="Location asked from outside", severity="HIGH",
        category="Cat1", family="tracking", techniques=("FGT5012",), first_at=1_790_000_000_000_000,
        last_at=1_790_000_600_000_000, messages=3, subscribers=1, subscriber=PSEUDONYM, home_network="AAAZZ",
        source_network="BBBZZ", source_country="XB", source_address="999123456789", networks=("BBBZZ",),
        operations=("anyTimeInterrogation",), declared_route=("quux-transit",), observed_route=("other-transit",),
        data_exposed=("location",), answered=1, confidence=0.8, confidence_reasons=("answered",),
        explanation="A message bearing the address of BBBZZ asked where a subscriber is.", advice="Refuse it.",
        indicator=None, evidence=("night.pcapng:17",),
    )  # fmt: skip
    hostile = plain._replace(
        finding_id="F00000000000000bb", title=SCRIPT, family="fraud", severity="CRITICAL", source_network=FORMULA,
        source_address="+999123", subscriber=IMSI, explanation=f"{SCRIPT} about {IMSI}", advice="@SUM(1)",
        networks=(FORMULA, SCRIPT), declared_route=(f"unknown:{SCRIPT}",), indicator="\tx",
        first_at=1_790_100_000_000_000, last_at=1_790_100_000_000_000,
    )  # fmt: skip
    empty = plain._replace(
        finding_id="F00000000000000cc", severity="LOW", first_at=0, last_at=0, subscriber=None,
        home_network=None, source_network=None, source_country=None, source_address=None, advice="", networks=(),
        operations=(), declared_route=(), observed_route=(), data_exposed=(), confidence_reasons=(), evidence=(),
    )  # fmt: skip
    return [plain, hostile, empty]


def evidence() -> list[Evidence]:
    """The messages behind them."""
    first = Evidence(**dict.fromkeys(Evidence._fields))._replace(
        finding_id="F00000000000000aa", position=0, capture="night.pcapng", frame=17, index=0,
        observed_at=1_790_000_000_000_000, rule_id="ss7/any_time_interrogation_from_outside", protocol="map",
        operation="anyTimeInterrogation", message_type="request", sender_network="BBBZZ",
        sender_address="999123456789", receiver_network="AAAZZ", receiver_address="999987654321",
        subscriber=PSEUDONYM, answer_error=None, exposes="location", note=None,
    )  # fmt: skip
    return [
        first,
        first._replace(position=1, frame=18, observed_at=1_790_000_300_000_000, message_type="answer"),
        first._replace(finding_id="F00000000000000bb", subscriber=IMSI, note=f"{SCRIPT} {IMSI}", operation=FORMULA),
    ]


@pytest.fixture(scope="session")
def dashboard(served: Path, world: Path) -> Dashboard:
    """The dashboard over that folder."""
    return Dashboard(served, Keys(PORT), facts_folders=[world / "facts"])


def opened(dashboard: Dashboard) -> TestClient:
    """A browser before it has opened anything."""
    return TestClient(guarded(dashboard), base_url=f"http://127.0.0.1:{PORT}")


@pytest.fixture
def stranger(dashboard: Dashboard) -> TestClient:
    """Somebody on this machine who does not know the token."""
    return opened(dashboard)


@pytest.fixture
def reader(dashboard: Dashboard) -> TestClient:
    """A browser that opened the printed address."""
    client = opened(dashboard)
    client.get("/", params={"token": dashboard.keys.token})
    return client


def version_of(dashboard: Dashboard, name: str) -> str:
    """The data version that a folder holds now."""
    found = dashboard.shelf.by_name(name)
    assert found is not None
    return found.version


@pytest.fixture(scope="session")
def version(dashboard: Dashboard) -> str:
    """The data version of the assessment against one state."""
    return version_of(dashboard, "xa")


@pytest.fixture(scope="session")
def night(dashboard: Dashboard) -> str:
    """The data version of the findings."""
    return version_of(dashboard, "night")


@pytest.fixture
def fresh(tmp_path: Path, world: Path) -> Iterator[Dashboard]:
    """A dashboard over a folder of its own, for what changes things."""
    folder = tmp_path / "served"
    folder.mkdir()
    made = Dashboard(folder, Keys(PORT), facts_folders=[world / "facts"])
    yield made
    made.jobs.close()
