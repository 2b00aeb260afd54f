"""A set of declarations shaped like the 2025 study returns its count, and says on which rule it depends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

FIVE = (
    "China Mobile International",
    "China Telecom Global",
    "China Unicom Global",
    "CITIC Telecom International",
    "PCCW Global",
)
COUNTRIES = 35
ONLY_PCCW = 9


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """60 operators in 35 countries that declare one of the five, nine of them PCCW Global alone, and 20 that do not."""
    from ipxray import facts

    codes = sorted(code for code, country in facts.load().countries.items() if country.subscriptions)[: COUNTRIES + 10]
    lines = ["operator,country,service,carrier"]
    for number in range(60):
        carrier = FIVE[4] if number < ONLY_PCCW else FIVE[number % 4]
        lines.append(f"Operator {number},{codes[number % COUNTRIES]},sccp,{carrier}")
        lines.append(f"Operator {number},{codes[number % COUNTRIES]},grx,BICS")
    lines += [f"Other {number},{codes[COUNTRIES + number % 10]},sccp,Syniverse" for number in range(20)]
    path = tmp_path / "study.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def touched(run: Run, study: Path, rule: str) -> dict[str, int]:
    done = run(
        "assess", study, "--controlled-by", "CN", "--control-rule", rule, "--at", "2025-04-17", "--format", "json"
    )
    assert done.code == 0, done.err
    headline = json.loads(done.out)["headline"]
    return {name: headline[name] for name in ("operators_touched", "countries_touched", "operators")}


def test_the_wide_rule_returns_sixty_operators_in_thirty_five_countries(run: Run, study: Path) -> None:
    assert touched(run, study, "wide") == {"operators_touched": 60, "countries_touched": 35, "operators": 80}


def test_the_majority_rule_leaves_out_those_who_declare_pccw_alone(run: Run, study: Path) -> None:
    found = touched(run, study, "majority_50")
    assert found["operators_touched"] == 60 - ONLY_PCCW


def test_ten_percent_brings_the_minority_stake_back(run: Run, study: Path) -> None:
    assert touched(run, study, "ten_percent")["operators_touched"] == 60
