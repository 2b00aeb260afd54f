"""The view models say what the tables say, lead to their evidence, and leave out what is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ipxray.report import Level, open_reading
from ipxray.report.sections import anchor, packed
from ipxray.report.views import VIEWS, flows, headline, intervals, sections, unknown, world


def test_the_headline_says_touch_with_its_bounds(example: Path) -> None:
    with open_reading(example) as reading:
        first = headline(reading).lead[0]
    assert first.startswith("11 of 27 operators in 11 of 20 countries")
    assert first.endswith("at least 8, at most 21.")


def test_the_table_of_operators_holds_the_figures_of_the_exposure_table(example: Path) -> None:
    with open_reading(example) as reading:
        section = intervals(reading)
        assert section is not None
        (row,) = reading.rows(
            "select expected, low, high from exposure where subject = 'LAOZZ' and data_class = 'credential' and "
            "subject_kind = 'operator' and counterpart = 'all' and threat = 'read' and service = 'all' and "
            "direction = 'both' and perspective = 'outbound'"
        )
    shown = next(one for one in section.grids[0].rows if one.cells[0].text == "LAOZZ")
    assert Level(row["expected"], row["low"], row["high"]) in shown.cells


def test_every_country_of_the_run_is_on_the_map_or_a_tile(example: Path) -> None:
    with open_reading(example) as reading:
        section = world(reading)
        assert section is not None
        wanted = {row["country"] for row in reading.rows("select distinct country from networks")}
    data = section.figures[0].data
    assert set(data["networks"]) == wanted
    assert {"XA", "XB"} <= set(data["seats"]), "states on no map still show, by the carriers that have their seat there"


def test_bands_lose_nothing_on_their_way(example: Path) -> None:
    """What enters a service or a carrier leaves it, to the rounding of the page."""
    with open_reading(example) as reading:
        section = flows(reading)
    assert section is not None
    for picture in section.figures[0].data.values():
        for node in picture["nodes"]:
            into = sum(link["value"] for link in picture["links"] if link["target"] == node["id"])
            out = sum(link["value"] for link in picture["links"] if link["source"] == node["id"])
            if node["column"] in (1, 2):
                assert into == pytest.approx(out, abs=len(picture["links"]))
        whole = sum(link["value"] for link in picture["links"] if link["source"].startswith("0:"))
        assert whole == pytest.approx(10_000, abs=len(picture["links"]))


@pytest.mark.parametrize("fixture", ["example", "ranked"])
def test_every_link_within_the_page_leads_somewhere(fixture: str, request: pytest.FixtureRequest) -> None:
    text = (request.getfixturevalue(fixture) / "report.html").read_text(encoding="utf-8")
    page = re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL)
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers)), "an id is unique"
    wanted = set(re.findall(r'href="#([^"]+)"', page)) | set(re.findall(r'"href":"#([^"]+)"', page))
    assert wanted <= set(identifiers), sorted(wanted - set(identifiers))[:10]


def test_what_to_collect_next_names_facts_and_operators(example: Path) -> None:
    with open_reading(example) as reading:
        section = unknown(reading)
    assert section is not None
    facts = section.grids[0]
    concerned = [row.cells[2] for row in facts.rows]
    assert concerned == sorted(concerned, reverse=True)
    assert all(row.cells[3] for row in facts.rows)


def test_a_view_without_its_tables_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "assessment.json").write_text("{}", encoding="utf-8")
    with open_reading(tmp_path) as reading:
        assert [section.id for section in sections(reading)] == ["headline", "method"]
        assert len(VIEWS) > 10


def test_only_true_zeros_and_ones_pack_as_such() -> None:
    assert [packed(value) for value in (0.0, 1e-9, 0.5, 1 - 1e-9, 1.0, None)] == [0, 1, 5000, 9999, 10_000, None]


def test_an_anchor_is_safe_in_an_address() -> None:
    assert anchor("carrier", 'a b"><script>') == "carrier-a-b-script"
