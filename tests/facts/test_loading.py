"""The door: shipped facts with the user's folders over them, loaded or refused whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ipxray.errors import FactError, UsageError
from ipxray.facts import check, load

WORLD = """
[world]
fictional = true
[sources.lab]
publisher = "Laboratory"
title = "Made up"
url = "urn:ipxray:lab"
retrieved = 2025-06-01
mark = "primary"
[[carrier]]
id = "zeta-transit"
name = "Zeta Transit"
seat = "XA"
source = "lab"
"""


def test_a_folder_lies_over_the_shipped_facts(folder: Callable[..., Path]) -> None:
    facts = load([folder("world", WORLD)])
    assert facts.carriers["zeta-transit"].seat == "XA"
    assert facts.fictional
    assert "CN" in facts.countries
    assert not load().fictional
    assert facts.digest != load().digest


def test_folders_lie_over_one_another_in_order(folder: Callable[..., Path]) -> None:
    first = folder("first", WORLD)
    second = folder("second", '[[carrier]]\nid = "zeta-transit"\nname = "Zeta"\nseat = "XB"\nsource = "lab"')
    assert load([first, second]).carriers["zeta-transit"].name == "Zeta"
    with pytest.raises(FactError):
        load([second, first])


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    assert load([tmp_path]).carriers == load().carriers


def test_a_faulty_folder_is_refused_with_all_its_faults(folder: Callable[..., Path]) -> None:
    place = folder("bad", WORLD + '[[alias]]\ntext = "Z"\n[[alias]]\ntext = "Y"\n', {"more/x.csv": "a,b\n"})
    with pytest.raises(FactError) as caught:
        load([place])
    assert caught.value.path == str(place)
    assert caught.value.faults == (
        "facts.toml:15: alias 1 carriers: is empty: name the carrier, or each candidate",
        "facts.toml:15: alias 1 source: is missing",
        "facts.toml:17: alias 2 carriers: is empty: name the carrier, or each candidate",
        "facts.toml:17: alias 2 source: is missing",
        "more/x.csv: is none of countries.csv, networks.csv, signalling_points.csv",
    )
    assert caught.value.exit_code == 2


def test_warnings_and_notes_do_not_keep_a_folder_from_loading(folder: Callable[..., Path]) -> None:
    place = folder("doubtful", WORLD + '[[alias]]\ntext = "Z"\ncarriers = ["zeta-transit"]\nsource = "lab"\n' * 2)
    load([place])
    assert [fault.severity for fault in check([place]) if str(place) in fault.file] == ["note"]


def test_an_error_behind_a_thousand_warnings_still_counts(folder: Callable[..., Path]) -> None:
    claims = "".join(
        f'[[carrier]]\nid = "c{number}"\nname = "C{number}"\nispc_owners = ["Nobody"]\nsource = "lab"\n'
        for number in range(700)
    )
    cannot = '[[ownership]]\nsubject = "c1"\ninterested_party = "state-x{}"\ninterest_type = "shareholding"\n'
    both = "".join(cannot.format(state) + 'share = { exact = 60 }\nsource = "lab"\n' for state in "ab")
    with pytest.raises(FactError, match="and more"):
        load([folder("crowded", WORLD + claims + both)])


@pytest.mark.parametrize("name", ["nowhere", "file.toml"])
def test_a_path_that_is_no_folder_is_a_wrong_call(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.toml").write_text("")
    for call in (load, check):
        with pytest.raises(UsageError, match="is no folder"):
            call([tmp_path / name])


def test_check_names_the_folder_and_the_place(folder: Callable[..., Path]) -> None:
    place = folder("bad", WORLD + '[[alias]]\ntext = "Z"\n')
    found = [str(fault) for fault in check([place]) if fault.severity == "error"]
    assert f"{place}/facts.toml:15: alias 1 source: is missing" in found


def test_check_holds_retrieval_against_the_day_it_is_given(folder: Callable[..., Path]) -> None:
    place = folder("world", WORLD)
    late = [fault for fault in check([place], date(2025, 5, 31)) if str(place) in fault.file]
    assert [(fault.row, fault.field) for fault in late] == [("source lab", "retrieved")]
    assert not [fault for fault in check([place], date(2025, 6, 1)) if str(place) in fault.file]


def test_check_says_when_there_is_more_than_it_shows(folder: Callable[..., Path]) -> None:
    many = WORLD + "".join(
        f'[[alias]]\ntext = "n{number}"\ncarriers = ["x"]\nsource = "lab"\n' for number in range(1200)
    )
    found: list[Any] = [fault for fault in check([folder("many", many)]) if "many" in fault.file]
    assert "more than 1,000 faults" in found[-1].message


def test_a_fictional_world_keeps_of_the_real_one_only_its_countries_and_groups(folder: Callable[..., Path]) -> None:
    facts = load([folder("world", WORLD)])
    assert "DE" in facts.countries
    assert "nato" in facts.groups
    assert set(facts.carriers) == {"zeta-transit"}
    assert not facts.signalling_points
    assert not facts.networks
    assert not facts.incidents
    assert not facts.ownership
