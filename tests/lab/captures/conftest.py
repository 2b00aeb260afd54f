"""One small capture for all tests of the room, written once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ipxray.lab.captures import Campaign, write_capture

WORLD = Path(__file__).resolve().parents[3] / "examples" / "world"


class Lab(NamedTuple):
    """A written capture and its truth."""

    folder: Path
    files: list[Path]
    truth: dict[str, Any]


def write_lab(folder: Path, **options: Any) -> Lab:
    written = write_capture(WORLD, folder, **options)
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return Lab(folder, [folder / name for name in written.files], truth)


def campaign(behaviour: str, **options: Any) -> Campaign:
    values = {
        "id": behaviour,
        "evasion": None,
        "after": 30.0,
        "lasts": 60.0,
        "targets": 3,
        "times": 1,
        "networks": 1,
        "address": "leased",
    }
    return Campaign(behaviour=behaviour, **{**values, **options})


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    campaigns = [campaign("any_time_interrogation"), campaign("provide_subscriber_info", networks=3, times=2)]
    folder = tmp_path_factory.mktemp("lab") / "capture"
    return write_lab(folder, hours=0.1, subscribers=600, campaigns=campaigns, seed=3)
