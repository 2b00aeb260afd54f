"""What the caller sees: exit codes that scripts can trust, and no traceback whatever the output is connected to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from ipxray import facts
from ipxray.cli.facts import _NARROW
from ipxray.report import csv_cell

COMMAND = (sys.executable, "-c", "import sys; from ipxray.cli import main; sys.exit(main())")


def test_findings_are_exit_code_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[[[", encoding="utf-8")
    assert run("facts", "check", tmp_path).code == 1


def test_a_check_that_was_given_no_document_is_exit_code_three(run: Run, tmp_path: Path) -> None:
    assert run("ir21", "check", tmp_path).code == 3


def test_without_a_command_the_help_stands_alone(run: Run) -> None:
    done = run()
    assert done.code == 2
    assert done.err.startswith("Usage: ipxray")


def test_a_usage_fault_is_one_line(run: Run) -> None:
    assert len(run("facts", "list").err.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_full_disk_behind_the_output_is_one_line(form: str) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, "facts", "list", "vendors", "--format", form],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "cannot be printed" in done.stderr


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_reader_that_stops_early_is_no_fault(form: str) -> None:
    with subprocess.Popen(
        [*COMMAND, "facts", "list", "networks", "--format", form],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert process.returncode == 0, said
    assert said == b""


def test_a_closed_output_is_no_traceback() -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *COMMAND, "facts", "list", "vendors"],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [("assess", "WORLD"), ("facts", "list", "policy")])
def test_an_ascii_terminal_is_no_reason_to_fail(world: Path, arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        [*COMMAND, *(str(world) if word == "WORLD" else word for word in arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_two_runs_into_one_folder_leave_one_whole_assessment(world: Path, tmp_path: Path) -> None:
    command = [*COMMAND, "assess", str(world), "--at", "2026-11-01", "--output", str(tmp_path / "out")]
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[1] for process in runs]
    assert "Traceback" not in "".join(said)
    assert (tmp_path / "out" / "assessment.json").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("text", ["\uff1d1+1", "\n=1+1", "\uff20SUM(1)"])
def test_full_width_signs_and_line_ends_are_disarmed(text: str) -> None:
    assert csv_cell(text) == f"'{text}"


@pytest.mark.parametrize("topic", _NARROW)
def test_every_narrow_column_is_a_column(topic: str) -> None:
    assert set(_NARROW[topic]) <= {column.name for column in facts.listing(facts.load(), topic).columns}


def test_every_input_is_in_the_suggested_command(run: Run, world: Path, tmp_path: Path) -> None:
    listed = tmp_path / "my list.csv"
    listed.write_text("tadig,country,carrier\nAAAAA,DE,Somebody\n", encoding="utf-8")
    last = run("assess", listed, world).err.splitlines()[-1]
    assert f"--input '{listed}'" in last
    assert f"--input {world}" in last


def test_the_world_covered_does_not_depend_on_who_is_touched(run: Run, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("tadig,country,carrier\nAAAAA,DE,Somebody\nBBBBB,FR,Somebody\n", encoding="utf-8")
    done = run("assess", listed, "--at", "2026-11-01")
    assert " 0 % of the world" not in done.out
    assert "states " not in done.out
