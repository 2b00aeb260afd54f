"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

PROJECT = Path(__file__).resolve().parents[1]

settings.register_profile("ipxray", deadline=None, derandomize=True)
settings.load_profile("ipxray")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference material beside the project, or a skip that says so."""
    folder = PROJECT.parent / "shared"
    if not (folder / "ir21").is_dir():
        pytest.skip("the reference material (../shared) is not beside the project")
    return folder
