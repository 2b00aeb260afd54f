"""A world as a whole: repeatable, refused when it makes no sense, and plainly fictional."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipxray.errors import OutputError, UsageError
from ipxray.lab import World, write_world


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes(world: World, tmp_path: Path) -> None:
    write_world(tmp_path / "again", operators=24, countries=20)
    assert bytes_of(tmp_path / "again") == bytes_of(world.folder)


def test_another_seed_gives_another_world(world: World, tmp_path: Path) -> None:
    other = write_world(tmp_path / "other", operators=24, countries=20, seed=8)
    assert other.truth["networks"] != world.truth["networks"]
    assert other.truth["control"] != world.truth["control"]
    assert (other.folder / "facts/world.toml").read_bytes() != (world.folder / "facts/world.toml").read_bytes()


def test_a_world_says_first_that_it_is_fictional(world: World) -> None:
    first, *rest = (world.folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert "fictional" in first
    assert any("seed 7" in line for line in rest)
    assert any("ipxray lab world --operators 24 --countries 20 --carriers 24 --seed 7" in line for line in rest)
    assert any("write_world(DIR, operators=24, countries=20" in line for line in rest)


def test_the_documents_of_a_world_are_those_it_names(world: World) -> None:
    loose = [name for name in world.documents if "!" not in name]
    assert all((world.folder / "ir21" / name).is_file() for name in loose)
    assert world.at == date(2026, 11, 1)
    assert len(set(world.networks)) == len(world.networks) > 24


def test_a_document_can_be_padded_with_nodes_and_ranges(tmp_path: Path) -> None:
    write_world(tmp_path / "world", operators=20, countries=10, document_kilobytes=200, zipped=0)
    sizes = [path.stat().st_size for path in (tmp_path / "world/ir21").glob("*.xml")]
    assert 150_000 < sum(sizes) / len(sizes) < 250_000


def test_the_shares_of_archives_are_as_asked(tmp_path: Path) -> None:
    none = write_world(tmp_path / "none", operators=10, countries=5, zipped=0)
    everything = write_world(tmp_path / "all", operators=10, countries=5, zipped=1)
    assert not any(".zip" in name for name in none.documents)
    published = [name for name in everything.documents if "older/" not in name and not name.endswith(".csv")]
    assert all(".zip!" in name for name in published)


@pytest.mark.parametrize("operators", [1, 2, 3, 5])
def test_a_tiny_world_is_a_world(operators: int, tmp_path: Path) -> None:
    tiny = write_world(tmp_path / "world", operators=operators, countries=1, carriers=3)
    assert len(tiny.networks) >= operators


@pytest.mark.parametrize(
    "nonsense",
    [
        {"operators": 0},
        {"operators": -5},
        {"countries": 0},
        {"countries": 100_000, "operators": 100_000},
        {"operators": 5, "countries": 6},
        {"carriers": 2},
        {"carriers": 100_000},
        {"zipped": -0.1},
        {"zipped": 1.1},
        {"zipped": float("nan")},
        {"document_kilobytes": 0},
        {"document_kilobytes": 10_000_000},
        {"operators": 100, "countries": 1},
        {"operators": 3_000, "countries": 100},
    ],
    ids=str,
)
def test_numbers_that_make_no_world_are_refused(nonsense: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_world(tmp_path / "world", **nonsense)
    assert not (tmp_path / "world").exists()


def test_a_world_replaces_an_older_one(tmp_path: Path) -> None:
    write_world(tmp_path / "world", operators=12, countries=6, seed=1)
    write_world(tmp_path / "world", operators=6, countries=6, seed=2)
    write_world(tmp_path / "fresh", operators=6, countries=6, seed=2)
    assert bytes_of(tmp_path / "world") == bytes_of(tmp_path / "fresh")


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "world").mkdir()
    write_world(tmp_path / "world", operators=2, countries=2)
    assert (tmp_path / "world/truth.json").is_file()


@pytest.mark.parametrize("name", ["mine.txt", "ir21/mine.xml"])
def test_a_folder_that_holds_anything_else_is_left_alone(name: str, tmp_path: Path) -> None:
    write_world(tmp_path / "world", operators=2, countries=2)
    (tmp_path / "world" / name).write_text("mine", encoding="utf-8")
    before = bytes_of(tmp_path / "world")
    with pytest.raises(OutputError):
        write_world(tmp_path / "world", operators=3, countries=2)
    assert bytes_of(tmp_path / "world") == before


def test_nothing_is_left_of_a_world_that_failed(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        write_world(tmp_path / "world", operators=100, countries=1)
    assert list(tmp_path.iterdir()) == []
