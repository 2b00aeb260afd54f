"""The page of a policy run: before and after side by side, changes, lost partners, the price of more."""

from __future__ import annotations

from pathlib import Path

from tests.report.cases import write_policy

from ipxray.report import open_reading
from ipxray.report.views import optimised, policy


def test_each_scenario_can_be_chosen_before_and_after(tmp_path: Path) -> None:
    with open_reading(write_policy(tmp_path / "out")) as reading:
        section = policy(reading)
    assert section is not None
    data = section.figures[0].data
    scenario, subject = data["choices"]
    assert [name for name, _ in scenario["options"]] == ["refuse-alone", "refuse-together"]
    for name, _ in scenario["options"]:
        for whose, _ in subject["options"]:
            assert all(row["after"] < row["before"] for row in data["values"][f"{name}|{whose}"])


def test_counts_are_not_drawn_as_shares(tmp_path: Path) -> None:
    with open_reading(write_policy(tmp_path / "out")) as reading:
        section = policy(reading)
    assert section is not None
    drawn = {row["label"] for rows in section.figures[0].data["values"].values() for row in rows}
    assert drawn == {"read credentials", "read location", "inject credentials"}
    listed = [row.cells for row in section.grids[0].rows if row.cells[2] == "changes"]
    assert listed[0][3:] == [0, 7, "6 to 9"]


def test_the_frontier_has_a_line_for_each_method(tmp_path: Path) -> None:
    with open_reading(write_policy(tmp_path / "out")) as reading:
        section = optimised(reading)
    assert section is not None
    assert set(section.figures[0].data["series"]) == {"exact", "greedy"}
