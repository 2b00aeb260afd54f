"""The house keeps its shape: floors, sizes, names. Ref: ARCHITECTURE.md."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = PROJECT / "src" / "ipxray"
FILES = sorted(SOURCE.rglob("*.py"))
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
DRAWERS = {"utils", "util", "helpers", "common", "misc", "base", "core", "manager", "handler", "processor", "service"}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


def test_each_floor_imports_only_from_beneath() -> None:
    """The contracts stand in pyproject.toml; the same command runs in `make lint`."""
    lint_imports = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint_imports, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_has_one_subject_and_ends_in_time(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_FILE_LINES
    assert path.stem not in DRAWERS


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_function_does_one_thing(path: Path) -> None:
    long = {
        f"{node.name} ({length})": length for node in functions(path) if (length := span(node)) > MAX_FUNCTION_LINES
    }
    assert not long


def span(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring: a contract may be long."""
    body = node.body
    first = body[0]
    documented = (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    )
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


@pytest.mark.parametrize("room", sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()))
def test_each_room_has_one_door(room: str) -> None:
    tree = ast.parse((SOURCE / room / "__init__.py").read_text(encoding="utf-8"))
    assigned = [
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    assert "__all__" in assigned


def test_every_error_is_raised_and_can_be_told_apart() -> None:
    """An error class that nothing raises is a promise nobody keeps."""
    from ipxray import errors

    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES if path.name != "errors.py")
    raised = {name for name in errors.__all__ if f"{name}(" in text}
    assert raised == set(errors.__all__) - {"IpxrayError"}
