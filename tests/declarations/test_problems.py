"""The closed list of problems, and the log that keeps them few."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ipxray.declarations
from ipxray.declarations import PROBLEMS
from ipxray.declarations.problems import SHOWN_PER_CODE, ProblemLog

ROOM = Path(ipxray.declarations.__file__).parent
SOURCE = {path.name: path.read_text(encoding="utf-8") for path in ROOM.glob("*.py") if path.name != "problems.py"}


@pytest.mark.parametrize("code", PROBLEMS)
def test_every_code_has_a_meaning_and_is_used(code: str) -> None:
    kind = PROBLEMS[code]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    assert kind.severity in ("error", "warning", "note")
    assert kind.meaning[0].isupper()
    assert kind.meaning.endswith(".")
    assert kind.hint
    assert any(f'"{code}"' in text for text in SOURCE.values())


def test_severity_and_hint_follow_from_the_code() -> None:
    log = ProblemLog("a.xml")
    log.add("host-bits", "x", tadig="TSTZ1", place="Network[1]")
    log.add("empty", "y", path="b.xml")
    assert log.close() == [
        ("a.xml", "TSTZ1", "note", "host-bits", "x", PROBLEMS["host-bits"].hint, "Network[1]"),
        ("b.xml", None, "error", "empty", "y", PROBLEMS["empty"].hint, None),
    ]


def test_more_of_one_kind_are_counted_not_listed() -> None:
    log = ProblemLog("a.xml")
    for number in range(10_000):
        log.add("number-invalid", str(number))
    log.add("empty", "y")
    found = log.close()
    assert [problem.code for problem in found] == ["number-invalid"] * SHOWN_PER_CODE + ["empty", "number-invalid"]
    assert found[-1].message.startswith("9995 more like this")
