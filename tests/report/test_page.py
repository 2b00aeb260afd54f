"""report.html: one file, the same bytes for the same folder, nothing fetched, nothing injected."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

from ipxray.errors import InputError
from ipxray.report import open_reading, render_page, write_html
from ipxray.report.page import environment
from ipxray.report.views import sections

FICTION = "FICTIONAL WORLD: no operator, carrier, owner or figure here exists."


@pytest.fixture(scope="module")
def text(example: Path) -> str:
    return (example / "report.html").read_text(encoding="utf-8")


def test_the_same_folder_gives_the_same_bytes(example: Path, text: str) -> None:
    with open_reading(example) as reading:
        assert render_page(reading) == text


def test_every_address_in_it_is_a_citation_that_nobody_fetches(text: str) -> None:
    without_script = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert not re.findall(r"<(?:img|iframe|object|embed|base|form|audio|video)\b", without_script)
    assert re.findall(r"<link[^>]*>", without_script) == ['<link rel="icon" href="data:,">']
    assert "@import" not in text
    assert "url(http" not in text


def test_only_the_script_and_the_style_of_the_page_may_act(text: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert "unsafe" not in policy[1]
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    for block in [style[1] if style else "", *scripts]:
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert f"sha256-{digest}" in policy[1].replace("&#39;", "'")
    assert not re.search(r"\son\w+=|\sstyle=", re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL))


def test_a_fictional_world_says_so_at_both_ends(text: str) -> None:
    assert text.count(FICTION) >= 2


def test_data_cannot_end_the_script_that_holds_it() -> None:
    hostile = {"name": "</script><script>alert(1)</script><!--", "other": "\u2028&amp;"}
    block = environment().from_string("{{ data|json_block }}").render(data=hostile)
    assert "<" not in block
    assert "\u2028" not in block
    assert json.loads(block) == hostile


def test_every_figure_has_a_table_behind_it(example: Path) -> None:
    with open_reading(example) as reading:
        for section in sections(reading):
            assert not section.figures or section.grids, section.id
            for grid in section.grids:
                assert all(len(row.cells) == len(grid.columns) for row in grid.rows), grid.id


def test_a_folder_that_is_no_assessment_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no assessment"):
        write_html(tmp_path)
    (tmp_path / "assessment.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(InputError, match="no assessment"):
        write_html(tmp_path)


def test_a_folder_with_few_tables_still_has_a_page(example: Path, tmp_path: Path) -> None:
    few = tmp_path / "few"
    (few / "tables").mkdir(parents=True)
    shutil.copy(example / "assessment.json", few)
    write_html(few)
    assert "<h1" in (few / "report.html").read_text(encoding="utf-8")


def test_without_the_script_the_page_says_how_to_get_figures(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ipxray.report.page.figure_script", lambda: "")
    with open_reading(example) as reading:
        text = render_page(reading)
    assert "<script>" not in text
    assert "script-src &#39;none&#39;" in text
    assert "`make` builds" in text
    assert "LAOZZ" in text
