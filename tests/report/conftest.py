"""Assessment folders of small fictional worlds, written once."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from ipxray.cli import main

WORLD = Path(__file__).resolve().parents[2] / "examples" / "world"


def assess(output: Path, *arguments: str) -> Path:
    """Run `ipxray assess` in this process and return its folder."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main(["assess", *arguments, "--at", "2026-11-01", "--output", str(output)]) == 0
    return output


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped world against one fictional state, every pair listed."""
    folder = tmp_path_factory.mktemp("report") / "example"
    return assess(folder, str(WORLD), "--controlled-by", "XA", "--pairs")


@pytest.fixture(scope="session")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped world with everyone ranked."""
    return assess(tmp_path_factory.mktemp("report") / "ranked", str(WORLD))
