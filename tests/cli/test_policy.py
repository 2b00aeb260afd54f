"""`simulate` and `optimise` as a user runs them: every shipped scenario, their folder, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.conftest import PROJECT

from ipxray import facts
from ipxray.policy import load_scenario

SHIPPED = sorted((PROJECT / "examples" / "scenarios").glob("*.toml"))
WORLD = PROJECT / "examples" / "world"
AT = ("--at", "2026-11-01")


def test_a_dozen_scenarios_are_shipped_each_with_its_question_and_its_source() -> None:
    known = facts.load()
    cited = {each.id for each in (*known.policy_actions, *known.incidents)} | set(known.sources)
    assert len(SHIPPED) >= 12
    for path in SHIPPED:
        scenario = load_scenario(path)
        assert scenario.question.endswith("?"), path.name
        assert scenario.source, path.name
        assert set(scenario.source) <= cited, path.name


def test_every_shipped_scenario_runs_on_the_shipped_world_side_by_side(run: Run, tmp_path: Path) -> None:
    done = run(
        "simulate", *SHIPPED, "--input", WORLD, "--controlled-by", "XC", *AT, "--runs", 3, "--output", tmp_path / "out"
    )
    assert done.code == 0
    assert done.out.startswith("FICTIONAL WORLD")
    assert "nan" not in done.out.lower().replace("finance", "")
    for path in SHIPPED:
        assert f"\n{path.stem}: " in done.out
    manifest = json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))
    assert manifest["kind"] == "policy"
    assert manifest["tables"]["scenarios"]["rows"] == len(SHIPPED)
    for one in manifest["headline"]["scenarios"]:
        assert one["summary"], one["scenario"]
        assert all(sentence.endswith(".") for sentence in one["summary"])


def test_every_shipped_scenario_runs_on_real_documents(run: Run, shared: Path) -> None:
    done = run(
        "simulate", *SHIPPED, "--input", shared / "ir21", "--controlled-by", "CN", "--at", "2021-08-01", "--runs", 3,
        "--format", "json",
    )  # fmt: skip
    assert done.code == 0
    for one in json.loads(done.out)["scenarios"]:
        assert one["summary"]
        for row in one["measures"]:
            assert row["unit"] != "share" or 0.0 <= row["after"] <= 1.0


def test_the_same_seed_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    scenario = SHIPPED[0].with_name("refuse-direct.toml")
    for name in ("a", "b"):
        arguments = ("--controlled-by", "XC", *AT, "--runs", 5, "--seed", 7, "--output", tmp_path / name, "--csv")
        assert run("simulate", scenario, "--input", WORLD, *arguments).code == 0
    for path in sorted((tmp_path / "a").rglob("*.*")):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes(), path.name


def test_a_wrong_scenario_is_one_line_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text('[[step]]\nkind = "refuse"\nactor = "LAOZY"\n', encoding="utf-8")
    done = run("simulate", wrong, "--input", WORLD, "--controlled-by", "XA", *AT, "--output", tmp_path / "out")
    assert done.code == 3
    (line,) = [each for each in done.err.splitlines() if each.startswith("ipxray:")]
    assert "wrong.toml, line 3: " in line
    assert "did you mean LAOZZ" in line
    assert not (tmp_path / "out").exists()


def test_two_scenarios_of_one_name_are_refused(run: Run) -> None:
    done = run("simulate", SHIPPED[0], SHIPPED[0], "--input", WORLD, "--controlled-by", "XA")
    assert done.code == 2
    assert "two scenarios are called" in done.err


def test_optimise_prints_the_proof_and_greedy_beside_it(run: Run, tmp_path: Path) -> None:
    arguments = ("--input", WORLD, "--controlled-by", "XA", *AT)
    done = run("optimise", *arguments, "--budget", 6, "--output", tmp_path / "out")
    assert done.code == 0
    for words in (
        "exact: removes ",
        "proved: nothing within the limits removes more than",
        "greedy: removes ",
        "best for cost",
    ):
        assert words in done.out
    assert "fewest carriers that cross 90 % of all messages: " in done.out
    tables = json.loads((tmp_path / "out" / "assessment.json").read_text(encoding="utf-8"))["tables"]
    assert {"optimised_changes", "frontier", "carrier_cover"} <= set(tables)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "neither a budget nor a target"),
        (("--budget", 2, "--target", 0.99), 2, "no set of changes meets the limits: binding: target 0.99"),
        (("--budget", 9, "--cap", 0.1), 2, "binding: concentration cap 0.1, tzaxund-transit carries"),
        (("--budget", 2, "--avoid", "tzaxund"), 2, "no carrier is called 'tzaxund': did you mean"),
        (("--budget", 2, "--actor", "LAOZY"), 2, "did you mean LAOZZ"),
        (("--budget", 2, "--costs", "nowhere.csv"), 3, "nowhere.csv: cannot be read"),
    ],
)
def test_what_optimise_cannot_do_is_one_line(run: Run, arguments: tuple[object, ...], code: int, said: str) -> None:
    done = run("optimise", "--input", WORLD, "--controlled-by", "XA", *AT, *arguments)
    assert done.code == code
    assert said in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("LAOZZ,sccp,-1", "line 2: cost '-1' is no number"),
        ("LAOZY,sccp,1", "line 2: no network here is called 'LAOZY': did you mean LAOZZ"),
        ("LAOZZ,scp,1", "line 2: no service is called 'scp'"),
        ("LAOZZ,all,1\nLAOZZ,grx,2", "line 3: LAOZZ,grx is given twice"),
        ("LAOZZ,sccp", "line 2: 2 fields"),
    ],
)
def test_a_wrong_file_of_costs_is_one_line_with_its_place(run: Run, tmp_path: Path, row: str, said: str) -> None:
    costs = tmp_path / "costs.csv"
    costs.write_text(f"tadig,service,cost\n{row}\n", encoding="utf-8")
    done = run("optimise", "--input", WORLD, "--controlled-by", "XA", *AT, "--budget", 3, "--costs", costs)
    assert done.code == 3
    assert said in done.err
