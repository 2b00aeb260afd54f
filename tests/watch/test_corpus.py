"""A new document is told in one sentence with what it moves, once."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from ipxray import facts, lab
from ipxray.parameters import Parameters
from ipxray.watch import CorpusWatch, Question

AT = date(2026, 1, 1)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    lab.write_world(tmp_path / "world", operators=6, countries=4, carriers=8, seed=3, zipped=0.0)
    return tmp_path / "world"


def question(world: Path, homes: tuple[str, ...] = (), controlled_by: str | None = "XE") -> Question:
    return Question(controlled_by, "majority_50", homes, facts.load([world / "facts"]), Parameters.default())


def without_first_carrier(path: Path) -> None:
    """Take the first GRX or SCCP carrier out of a document, as an operator does who leaves it."""
    text = path.read_text(encoding="utf-8")
    start = text.index("<SCCPCarrierItem>")
    end = text.index("</SCCPCarrierItem>") + len("</SCCPCarrierItem>")
    path.write_text(text[:start] + text[end:], encoding="utf-8")


def documents(world: Path) -> list[Path]:
    return [path for path in sorted((world / "ir21").rglob("*.xml")) if "<SCCPCarrierItem>" in path.read_text()]


def test_the_first_look_only_remembers(world: Path, tmp_path: Path) -> None:
    watched = CorpusWatch(world / "ir21", tmp_path / "copy", question(world))
    assert watched.changes(AT) == []
    assert watched.changes(AT) == []


def test_a_carrier_that_went_is_told_with_what_it_moves_until_settled(world: Path, tmp_path: Path) -> None:
    watched = CorpusWatch(world / "ir21", tmp_path / "copy", question(world))
    watched.changes(AT)
    without_first_carrier(documents(world)[0])
    (alert,) = watched.changes(AT)
    assert " removed " in alert["explanation"]
    assert "carriers of XE could read" in alert["explanation"]
    again = CorpusWatch(world / "ir21", tmp_path / "copy", question(world))
    assert again.changes(AT) == [alert]  # killed before it was told: told by the next one
    again.settle()
    assert CorpusWatch(world / "ir21", tmp_path / "copy", question(world)).changes(AT) == []


def test_figures_are_those_of_the_homes_roamers_there(world: Path, tmp_path: Path) -> None:
    changed, other = documents(world)[:2]
    home = other.name.split("_")[1]
    watched = CorpusWatch(world / "ir21", tmp_path / "copy", question(world, (home,)))
    watched.changes(AT)
    without_first_carrier(changed)
    (alert,) = watched.changes(AT)
    assert f"{home}'s roamers there" in alert["explanation"]


def test_without_a_controller_the_change_itself_is_told(world: Path, tmp_path: Path) -> None:
    watched = CorpusWatch(world / "ir21", tmp_path / "copy", question(world, controlled_by=None))
    watched.changes(AT)
    without_first_carrier(documents(world)[0])
    (alert,) = watched.changes(AT)
    assert "could read" not in alert["explanation"]
    assert alert["severity"] == "INFORMATIONAL"


def test_a_new_network_is_a_change(world: Path, tmp_path: Path) -> None:
    newcomer = documents(world)[0]
    aside = tmp_path / newcomer.name
    shutil.move(newcomer, aside)
    watched = CorpusWatch(world / "ir21", tmp_path / "copy", question(world))
    watched.changes(AT)
    shutil.move(aside, newcomer)
    assert any("network" in alert["explanation"] for alert in watched.changes(AT))


def test_a_touched_file_without_another_meaning_is_no_alert(world: Path, tmp_path: Path) -> None:
    watched = CorpusWatch(world / "ir21", tmp_path / "copy", question(world))
    watched.changes(AT)
    path = documents(world)[0]
    path.write_text(path.read_text() + "\n")
    assert watched.changes(AT) == []


def test_a_folder_that_is_not_there_is_an_os_error(tmp_path: Path, world: Path) -> None:
    with pytest.raises(OSError, match="no such folder"):
        CorpusWatch(tmp_path / "none", tmp_path / "copy", question(world)).changes(AT)
