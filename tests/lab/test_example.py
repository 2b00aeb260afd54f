"""The shipped example is what the generator writes today: whoever changes the lab regenerates it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from ipxray.lab import write_world

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "world"
MAX_BYTES = 3_000_000


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by name, archives taken apart: two builds of zlib need not compress alike."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                found |= {f"{name}!{member}": archive.read(member) for member in archive.namelist()}
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("example") / "world"
    write_world(folder, operators=24, countries=20, carriers=24, seed=7, zipped=0.2, document_kilobytes=40)
    return contents(folder)


def test_the_example_is_the_generators(regenerated: dict[str, bytes]) -> None:
    shipped = contents(EXAMPLE)
    assert sorted(shipped) == sorted(regenerated)
    assert [name for name in shipped if shipped[name] != regenerated[name]] == []


def test_the_example_is_small_enough_to_ship() -> None:
    assert 0 < sum(path.stat().st_size for path in EXAMPLE.rglob("*") if path.is_file()) < MAX_BYTES
