"""What is written down is so: generated pages are current, promised files exist, commands show how they are used."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from pathlib import Path
from types import ModuleType

import click
import pytest

from ipxray.cli import root
from ipxray.parameters import Parameters

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generator", PROJECT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name", ["tables.md", "parameters.md", "problems.md", "commands.md", "gaps.md", "anomalies.md", "rules.md"]
)
def test_a_reference_page_is_what_code_and_data_say(generator: ModuleType, name: str) -> None:
    assert (PROJECT / "docs" / "reference" / name).read_text(encoding="utf-8") == generator.pages()[name], "make docs"


def test_the_sessions_of_the_readme_are_what_the_commands_print(
    generator: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (PROJECT / "README.md").read_text(encoding="utf-8") == generator.readme(), "make docs"
    capsys.readouterr()


def test_every_page_that_a_page_names_exists() -> None:
    for page in (*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)|`((?:docs|src|tools|benches|examples)/[\w./-]+)`", text):
            path = target[0] or target[1]
            assert (page.parent / path).exists() or (PROJECT / path).exists(), f"{page.name}: {path}"


def leaves(command: click.Command, name: str) -> list[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        return [(name, command)]
    context = click.Context(command)
    found = [(child, command.get_command(context, child)) for child in command.list_commands(context)]
    return [leaf for child, each in found if each is not None for leaf in leaves(each, f"{name} {child}")]


@pytest.mark.parametrize(("name", "command"), leaves(root, "ipxray"), ids=[name for name, _ in leaves(root, "ipxray")])
def test_every_command_shows_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert f"{name} " in command.help, "the help shows the command as it is typed"


def test_every_decision_is_listed() -> None:
    pages = {path.name for path in (PROJECT / "docs" / "decisions").glob("0*.md")}
    listed = set(
        re.findall(r"\((0\d+[\w-]+\.md)\)", (PROJECT / "docs/decisions/README.md").read_text(encoding="utf-8"))
    )
    assert pages == listed


def test_the_method_names_no_parameter_that_is_none() -> None:
    text = (PROJECT / "docs" / "method.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([a-z_]+)`", text) if "_" in name}
    rules = {"majority_50", "over_50", "blocking_25", "ten_percent"}
    assert {name for name in named if not name.endswith("_50")} - rules <= set(Parameters.default())


def test_nothing_of_the_reference_material_is_committed() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False).stdout
    if not tracked:
        pytest.skip("no git checkout")
    assert not [name for name in tracked.splitlines() if name.endswith((".pcap", ".pcapng"))]
    assert not [name for name in tracked.splitlines() if "AUSZ1" in name or "DEUZ2" in name or "THAZ1" in name]
