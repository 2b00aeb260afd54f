"""What the caller sees: exit codes that scripts can trust, and no traceback whatever the output is connected to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Run

from ipxray import facts
from ipxray.cli import root
from ipxray.cli.facts import _NARROW
from ipxray.report import csv_cell

COMMAND = (sys.executable, "-c", "import sys; from ipxray.cli import main; sys.exit(main())")


def test_findings_are_exit_code_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[[[", encoding="utf-8")
    assert run("facts", "check", tmp_path).code == 1


@pytest.mark.parametrize(("least", "code"), [("error", 0), ("warning", 1)])
def test_documents_fail_a_check_from_the_gravity_that_was_named(run: Run, world: Path, least: str, code: int) -> None:
    assert run("ir21", "check", world, "--at", "2026-11-01").code == 0
    assert run("ir21", "check", world, "--at", "2026-11-01", "--fail-on", least).code == code


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--csv",), "needs --output"),
        (("--pairs",), "needs --controlled-by"),
        (("--facts", "EMPTY"), "holds no facts"),
    ],
)
def test_an_option_that_could_do_nothing_is_refused(
    run: Run, world: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = run("assess", world, *(tmp_path if word == "EMPTY" else word for word in arguments))
    assert done.code in (2, 3)
    assert words in done.err
    assert len(done.err.splitlines()) == 1


def _commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for each in group.list_commands(context):
        command = group.get_command(context, each)
        assert command is not None
        yield f"{name} {each}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {each}")


@pytest.mark.parametrize(("name", "command"), list(_commands(root, "ipxray")))
def test_help_fits_a_terminal_of_80_columns_and_nothing_in_it_is_cut(name: str, command: click.Command) -> None:
    shown = command.get_help(click.Context(command, info_name=name, max_content_width=80, terminal_width=80))
    # An example may be longer: a terminal folds it, and it can still be pasted.
    lines = [line for line in shown.splitlines() if not line.startswith("Usage:") and " ipxray " not in line]
    assert [line for line in lines if len(line) > 80 or line.endswith("...")] == []


_INTERRUPTED = """
import importlib.abc, os, signal, sys, time
class Interrupt(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "MODULE":
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(10)
sys.meta_path.insert(0, Interrupt())
from ipxray.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize(
    ("module", "code", "words"),
    [("click", -signal.SIGINT, []), ("ipxray.cli.assess", 130, ["interrupted"]), ("duckdb", 130, ["interrupted"])],
)
def test_an_interrupt_while_modules_load_is_no_traceback(
    world: Path, tmp_path: Path, module: str, code: int, words: list[str]
) -> None:
    script = tmp_path / "interrupted.py"
    script.write_text(_INTERRUPTED.replace("MODULE", module), encoding="utf-8")
    arguments = ["assess", str(world), "--output", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, str(script), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert [word for word in ("Traceback", "interrupted") if word in done.stderr] == words


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
