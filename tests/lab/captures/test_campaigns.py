"""The campaign file: one clear complaint a mistake, and a shipped example that is all of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.lab.captures.conftest import WORLD, campaign, write_lab

from ipxray.errors import InputError, UsageError
from ipxray.lab.captures import read_campaigns, write_capture
from ipxray.lab.captures.abuse import ABUSE
from ipxray.lab.captures.behaviours import BEHAVIOURS, EVASIONS
from ipxray.lab.captures.custom import CUSTOM
from ipxray.lab.captures.habits import HABITS
from ipxray.lab.captures.procedures import steps

EXAMPLE = WORLD.parent / "attacks.toml"


def complaint(tmp_path: Path, text: str) -> str:
    error = str(_error(tmp_path, text))
    assert "\n" not in error
    return error


def test_the_example_has_every_behaviour_and_every_evasion() -> None:
    campaigns = read_campaigns(EXAMPLE)
    assert len(campaigns) >= 40
    assert {each.evasion for each in campaigns} - {None} == set(EVASIONS)
    missing = set(BEHAVIOURS) - {each.behaviour for each in campaigns}
    assert len(missing) <= 8


def test_every_family_of_abuse_has_a_behaviour() -> None:
    families = {each.family for each in BEHAVIOURS.values()}
    assert {"interconnect_category1", "interconnect_category2", "interconnect_category3", "sms", "tracking", "hijack",
            "vectors", "denial", "fraud", "scanning", "gtp", "route"} <= families  # fmt: skip


MISTAKES = (
    "behaviour = 'send_imsy'", "behavior = 'purge'", "behaviour = 'purge'\nevasion = 'hi_tag'", "behaviour = ['purge']",
    "behaviour = 'purge'\ntargets = 0", "behaviour = 'purge'\ntargets = 1.5", "behaviour = 'purge'\nafter = nan",
    "behaviour = 'purge'\ntargets = true", "behaviour = 'purge'\ntargets = 100000\ntimes = 1000", "",
    "behaviour = 'purge'\nid = 3", "behaviour = 'purge'\nid = 'a'\n[[campaign]]\nbehaviour = 'purge'\nid = 'a'",
)  # fmt: skip


@pytest.mark.parametrize("text", [*(f"[[campaign]]\n{each}" for each in MISTAKES), "campaign = 3", "[[campaign]"])
def test_a_mistake_is_one_line_with_the_file(tmp_path: Path, text: str) -> None:
    assert "attacks.toml" in complaint(tmp_path, text)


def test_the_nearest_name_is_named(tmp_path: Path) -> None:
    assert "send_imsi" in str(_error(tmp_path, "[[campaign]]\nbehaviour='send_imsy'").hint)


def _error(tmp_path: Path, text: str) -> InputError:
    file = tmp_path / "attacks.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_campaigns(file)
    return caught.value


def test_every_procedure_that_is_named_exists() -> None:
    for behaviour in BEHAVIOURS.values():
        assert all(steps(name) for name in behaviour.procedures)
    for habit in HABITS:
        assert all(name in CUSTOM for name in habit.procedures)
    assert set(ABUSE).isdisjoint(CUSTOM)


def test_an_attacker_is_neither_home_nor_visited_unless_he_borrows_it(tmp_path: Path) -> None:
    asked = [campaign("provide_subscriber_info", targets=2, networks=4)]
    [told] = write_lab(tmp_path / "lab", hours=0.05, subscribers=400, campaigns=asked).truth["campaigns"]
    plan = json.loads((WORLD / "signalling.json").read_text(encoding="utf-8"))
    homes = {each["tadig"] for each in plan["networks"] if any(_is_of(imsi, each) for imsi in told["subscribers"])}
    assert homes
    assert told["networks"]
    assert homes.isdisjoint(told["networks"])


def _is_of(imsi: str, network: dict[str, str]) -> bool:
    return imsi.startswith(network["mcc"] + network["mnc"])


def test_no_world_and_no_capture_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        write_capture(tmp_path, tmp_path / "out")
    with pytest.raises(UsageError):
        write_capture(WORLD, tmp_path / "out", hours=0)
    with pytest.raises(UsageError):
        write_capture(WORLD, tmp_path / "out", subscribers=0)
    with pytest.raises(UsageError, match="NOONE"):
        write_capture(WORLD, tmp_path / "out", home="NOONE")
    assert not (tmp_path / "out").exists()
