"""The page of a detection run: findings in words, a time line, a ladder; and nothing a capture brings can act."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.report.cases import HOSTILE, write_detection

from ipxray.report import Section, open_reading
from ipxray.report.views import findings
from ipxray.report.views.findings import moment


@pytest.fixture
def section(tmp_path: Path) -> Section:
    with open_reading(write_detection(tmp_path / "night")) as reading:
        found = findings(reading)
    assert found is not None
    return found


def test_the_gravest_finding_stands_first(section: Section) -> None:
    severities = [row.cells[0] for row in section.grids[0].rows]
    assert severities == ["critical", "high", "high", "medium", "low"]


def test_a_subscriber_is_a_pseudonym_or_a_number_of_them(section: Section) -> None:
    column = [column.label for column in section.grids[0].columns].index("against")
    assert section.grids[0].rows[0].cells[column] == "sub-00000000 of LAOZZ"
    assert section.grids[0].rows[3].cells[column] == "40 subscribers of LAOZZ"


def test_every_finding_has_a_bar_and_a_ladder(section: Section) -> None:
    timeline, ladders = section.figures
    assert [one["id"] for one in timeline.data["findings"]] == [one["id"] for one in ladders.data["findings"]]
    assert all(len(one["rungs"]) == 10 for one in ladders.data["findings"])


def test_a_bar_leads_to_its_row(section: Section) -> None:
    anchors = {f"#{row.anchor}" for row in section.grids[0].rows}
    assert {one["href"] for one in section.figures[0].data["findings"]} == anchors


def test_what_a_capture_says_stays_text(tmp_path: Path) -> None:
    folder = write_detection(tmp_path / "hostile", hostile=True)
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert HOSTILE not in text
    assert "<img" not in text.partition("<script>")[0]


@pytest.mark.parametrize(
    ("microseconds", "shown"),
    [
        (0, "1970-01-01 00:00:00.000"),
        (1_793_500_000_123_456, "2026-11-01 02:26:40.123"),
        (2**62, str(2**62)),
        (None, None),
    ],
)
def test_a_time_is_shown_whatever_a_capture_claims(microseconds: int | None, shown: str | None) -> None:
    assert moment(microseconds) == shown
