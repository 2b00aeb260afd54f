"""What every rule file says of itself, and that it has samples."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from tests.rules.samples import FOLDER, RULES

FAMILIES = {
    "interconnect_category1", "interconnect_category2", "interconnect_category3", "sms", "tracking", "hijack",
    "vectors", "denial", "fraud", "scanning", "diameter_identity", "gtp", "route", "evasion", "indicator",
}  # fmt: skip
CATEGORIES = re.compile(r"Cat0|Cat1|Cat2(\.[12])?|Cat3(\.[123])?|CatSMS|CatSpoofing")
PATHS = sorted(RULES.rglob("*.toml"))
IDS = [path.relative_to(RULES).with_suffix("").as_posix() for path in PATHS]


@cache
def head(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text("utf-8"))


def test_there_are_rules_of_every_family() -> None:
    assert len(PATHS) >= 45
    assert {head(path)["family"] for path in PATHS} == FAMILIES


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_rule_says_what_it_finds_and_what_it_misses(path: Path) -> None:
    rule = head(path)
    assert rule["family"] in FAMILIES
    assert CATEGORIES.fullmatch(str(rule["category"]))
    for field in ("title", "why", "false_positives", "blind_spots", "advice", "explanation"):
        text = str(rule[field])
        assert text.strip() == text
        assert len(text) > 10, field
    assert rule["sources"]
    assert rule["techniques"]
    sourced = any("ipxray" not in str(source) for source in rule["sources"])  # type: ignore[union-attr]
    assert rule["mark"] != "sourced" or sourced, "nobody but us says so"
    if "{sender}" in str(rule["explanation"]):
        assert re.search(
            r"bearing|from \{sender\}|[Hh]ost \{sender\}|\{sender\},|\{sender\} \(|of \{sender\}",
            str(rule["explanation"]),
        )


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_every_parameter_is_used_and_explained(path: Path) -> None:
    rule = head(path)
    query, text = str(rule["query"]), path.read_text("utf-8")
    used = set(re.findall(r"\{(\w+)\}", query))
    parameters = rule.get("parameters", {})
    assert used == set(parameters)  # type: ignore[call-overload]
    for name in used:
        assert re.search(rf"^{name} = \S+ # \S", text, re.MULTILINE), f"{name} has no comment"


@pytest.mark.parametrize("path", PATHS, ids=IDS)
def test_a_stable_rule_has_samples_that_fire_and_samples_that_stay_silent(path: Path) -> None:
    if head(path)["status"] != "stable":
        return
    folder = FOLDER / path.relative_to(RULES).with_suffix("")
    assert len(list((folder / "fires").glob("*.jsonl"))) >= 2
    assert len(list((folder / "silent").glob("*.jsonl"))) >= 1


def test_no_sample_lies_beside_a_rule() -> None:
    owners = {path.parent.parent.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*/*/*.jsonl")}
    assert owners <= set(IDS)


def test_techniques_of_motif_are_those_of_the_galaxy(shared: Path) -> None:
    galaxy = json.loads((shared / "sources/misp-galaxy-gsma-motif.json").read_text("utf-8"))
    known = {value["meta"]["external_id"] for value in galaxy["values"]}
    named = {name for path in PATHS for name in head(path)["techniques"]}  # type: ignore[attr-defined]
    assert {name for name in named if name.startswith("MOT")} <= known


def test_techniques_of_fight_and_attack_are_those_of_the_knowledge_base(shared: Path) -> None:
    text = (shared / "reference/detection-knowledge.md").read_text("utf-8")
    named = {name for path in PATHS for name in head(path)["techniques"]}  # type: ignore[attr-defined]
    for name in named:
        base, _, part = name.partition(".")
        assert name.startswith("MOT") or name in text or (base in text and f".{part}" in text), name
