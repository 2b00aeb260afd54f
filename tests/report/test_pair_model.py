"""The pair explorer computes in the browser what the room `exposure` computes: both must give the same figures."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.report.conftest import WORLD, assess

from ipxray.cli import main
from ipxray.report import open_reading
from ipxray.report.views import pair_data

MODEL = Path(__file__).resolve().parents[2] / "web" / "src" / "pair-model.js"
EVERY_PAIR = """
import { exposure, prepare } from "MODEL";
import { readFileSync } from "node:fs";
const data = JSON.parse(readFileSync(0, "utf8"));
const world = prepare(data);
const found = {};
for (const home of data.networks) for (const visited of data.networks)
  if (home.id !== visited.id)
    for (const [key, levels] of exposure(world, home.id, visited.id)) found[`${home.id}|${visited.id}|${key}`] = levels;
console.log(JSON.stringify(found));
"""
LEVELS = ("forced", "low", "expected", "high", "possible")


def computed(folder: Path) -> dict[str, list[float]]:
    """`home|visited|service|class|threat` → the five levels, as the page computes them."""
    if shutil.which("node") is None:
        pytest.skip("no Node.js: the model of the pair explorer is not compared")
    with open_reading(folder) as reading:
        data = pair_data(reading)
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", EVERY_PAIR.replace("MODEL", MODEL.as_uri())],
        input=json.dumps(data), capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def differences(rows: list[dict[str, Any]], found: dict[str, list[float]]) -> list[str]:
    """Cells that are not there or differ by more than the digits that the page carries; takes those it compares."""
    wrong = []
    for row in rows:
        key = "|".join(row[part] for part in ("subject", "counterpart", "service", "data_class", "threat"))
        levels = found.pop(key, None)
        expected = [row[level] for level in LEVELS]
        if levels is None or any(abs(one - other) > 1e-4 for one, other in zip(levels, expected, strict=True)):
            wrong.append(f"{key}: {levels} instead of {expected}")
    return wrong


def compare(folder: Path) -> None:
    found = computed(folder)
    with open_reading(folder) as reading:
        rows = reading.rows("select * from exposure where subject_kind = 'pair' and direction = 'both'")
    assert len(rows) > 10_000
    assert differences(rows, found) == []
    assert [key for key in found if "|all|" in key] == []


def test_every_pair_of_the_shipped_world_agrees(example: Path) -> None:
    compare(example)


@pytest.mark.parametrize("rule", ["wide", "seat"])
def test_it_agrees_under_other_rules_and_assumptions(rule: str, tmp_path: Path) -> None:
    changes = ("on_net_point=0.6", "direct_share_high=0.4", "confidentiality_sccp=0.3", "firewall_effectiveness=0.2")
    options = [word for change in changes for word in ("--set", change)]
    compare(assess(tmp_path / "out", str(WORLD), "--controlled-by", "XD", "--pairs", "--control-rule", rule, *options))


@pytest.mark.parametrize(("home", "visited"), [("LAOZZ", "THAZZ"), ("ESTZA", "URYZZ"), ("TZAZZ", "RWAZZ")])
def test_each_service_agrees_with_the_route_of_the_pair(
    home: str, visited: str, example: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["route", home, visited, "--input", str(WORLD), "--controlled-by", "XA", "--at", "2026-11-01"]
    assert main([*command, "--format", "json"]) == 0
    (route,) = json.loads(capsys.readouterr().out)
    rows = [row for row in route["exposure"] if row["direction"] == "both"]
    assert {row["service"] for row in rows} > {"all"}
    found = {key: levels for key, levels in computed(example).items() if key.startswith(f"{home}|{visited}|")}
    assert differences(rows, found) == []
    assert found == {}
