"""The world that tests of detection share."""

from __future__ import annotations

import pytest
from tests.detection.worlds import World


@pytest.fixture(scope="session")
def world() -> World:
    return World()
