"""The report in a browser: offline, without a complaint, every figure drawn, usable by keyboard, printed in full."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.report.browser import PICTURES, PROJECT, Visit, browser, missing
from tests.report.cases import HOSTILE, write_detection, write_policy
from tests.report.conftest import assess

AXE = PROJECT / "web" / "node_modules" / "axe-core" / "axe.min.js"
SHARED = PROJECT.parent / "shared" / "ir21"
VIZ = PROJECT / "src" / "ipxray" / "report" / "static" / "viz.js"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    if not VIZ.is_file() or not VIZ.stat().st_size:
        missing("viz.js is not built (make setup, with Node.js)")
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def reports(example: Path, ranked: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every kind of page there is, by name."""
    folder = tmp_path_factory.mktemp("pages")
    folders = {
        "world": example,
        "ranked": ranked,
        "night": write_detection(folder / "night"),
        "hostile": write_detection(folder / "hostile", hostile=True),
        "policy": write_policy(folder / "policy"),
        "names": hostile_names(folder),
    }
    if SHARED.is_dir():
        folders["real"] = assess(folder / "real", str(SHARED), "--controlled-by", "CN")
    return {name: each / "report.html" for name, each in folders.items()}


def hostile_names(folder: Path) -> Path:
    """Operators and carriers that bear markup for names, as a declaration list may have them."""
    lines = ["tadig,country,organisation,mcc_mnc,service,carrier,role,point_code,asn,effective_from,document_created"]
    text = HOSTILE.replace('"', '""')
    for tadig, country in (("NPLZZ", "NP"), ("LAOZZ", "LA"), ("THAZZ", "TH")):
        for service in ("sccp", "diameter", "grx"):
            row = f'{tadig},{country},"{text}",001409,{service},"{text} NUMBER",,,,,2025-08-12'
            lines += [row.replace("NUMBER", number) for number in "12"]
    declared = folder / "names.csv"
    declared.write_text("\n".join(lines), encoding="utf-8")
    facts = str(PROJECT / "examples" / "world" / "facts")
    return assess(folder / "names", str(declared), "--facts", facts, "--controlled-by", "XA")


@pytest.fixture
def world(chromium: Any, reports: dict[str, Path]) -> Iterator[Visit]:
    with Visit(chromium, reports["world"]) as visit:
        yield visit


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [
        ("world", "light", 1280), ("world", "dark", 1280), ("world", "light", 390), ("ranked", "light", 1280),
        ("night", "light", 1280), ("night", "dark", 390), ("hostile", "light", 1280), ("names", "light", 1280),
        ("policy", "light", 1280),
        ("policy", "dark", 390), ("real", "light", 1280),
    ],
)  # fmt: skip
def test_it_opens_offline_without_a_request_or_a_complaint(
    name: str, scheme: str, width: int, chromium: Any, reports: dict[str, Path]
) -> None:
    if name not in reports:
        pytest.skip("no reference documents beside the project")
    with Visit(chromium, reports[name], scheme=scheme, width=width) as visit:
        visit.pictures(f"{name}-{scheme}-{width}")
        assert visit.requests == []
        assert visit.complaints == []
        page = visit.page
        assert page.title() != "owned"
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing sticks out sideways"
        assert page.locator(".figure").count() == page.locator(".figure:has(svg)").count(), "no figure is empty"
        assert page.evaluate(OVERFLOW) == []


OVERFLOW = """
[...document.querySelectorAll('.figure svg[role=group] text')].filter((text) => {
  const box = text.getBoundingClientRect();
  const place = text.closest('svg[role=group]').getBoundingClientRect();
  return box.width > 0 && (box.left < place.left - 2 || box.right > place.right + 2);
}).map((text) => text.textContent)
"""
"""Labels that reach beyond their drawing."""


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [("world", "light", 1280), ("world", "dark", 390), ("night", "dark", 1280), ("policy", "light", 390)],
)
def test_axe_finds_no_serious_fault(
    name: str, scheme: str, width: int, chromium: Any, reports: dict[str, Path]
) -> None:
    if not AXE.is_file():
        missing("axe-core is not installed (make setup, with Node.js)")
    with Visit(chromium, reports[name], scheme=scheme, width=width) as visit:
        visit.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        # The rows of a table are alike: judging five of each takes seconds, all of them minutes.
        visit.page.evaluate("document.querySelectorAll('tbody tr:nth-child(n+6)').forEach((one) => one.remove())")
        visit.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = visit.page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    grave = [
        f"{one['id']}: {one['nodes'][0]['html'][:200]} ({len(one['nodes'])} places) {one['nodes'][0]['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert grave == []


def test_every_country_of_the_world_is_drawn(world: Visit) -> None:
    drawn = world.page.evaluate(
        "[...document.querySelectorAll('.map .country[data-code]')].filter((one) => one.tagName !== 'path' || "
        "one.getAttribute('d')).map((one) => one.dataset.code)"
    )
    table = PROJECT / "src" / "ipxray" / "data" / "facts" / "countries.csv"
    with table.open(encoding="utf-8", newline="") as rows:
        known = {row["iso2"] for row in csv.DictReader(rows)}
    assert known - set(drawn) <= {"AQ"}, "Antarctica has no operator"
    assert {"SG", "HK", "MT", "BH", "BB", "XK"} <= set(drawn)
    assert {"XA", "XB", "XC", "XD", "XE", "XT"} <= set(drawn), "states on no map are tiles"


def test_small_states_are_circles(world: Visit) -> None:
    codes = "[...document.querySelectorAll('.map circle.country')].map((one) => one.dataset.code)"
    circles = set(world.page.evaluate(codes))
    assert {"SG", "HK", "MT", "BH", "BB", "MV", "LI", "VA"} <= circles


def test_a_country_tells_of_itself_by_mouse_and_by_keyboard(world: Visit) -> None:
    page = world.page
    page.locator(".map [data-code=LA]").first.focus()
    tip = page.locator(".tip")
    assert tip.is_visible()
    assert re.search(r"Lao.*expected \.95 \[\.89, 1\]", tip.inner_text(), re.DOTALL)
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.locator(".map path[data-code=BR]").hover()
    assert "Brazil" in tip.inner_text()
    page.locator(".map path[data-code=US]").dispatch_event("pointerenter")
    assert "not known" in tip.inner_text()


def test_a_choice_acts_on_every_figure_that_has_it(world: Visit) -> None:
    page = world.page
    before = page.locator(".map [data-code=DZ]").first.get_attribute("class")
    page.select_option("#figure-map [data-choice=class]", "user_traffic")
    page.select_option("#figure-map [data-choice=level]", "possible")
    assert page.locator(".map [data-code=DZ]").first.get_attribute("class") != before
    assert page.input_value("#figure-intervals [data-choice=class]") == "user_traffic"
    page.select_option("#figure-map [data-choice=region]", "africa")
    assert page.locator(".map [data-code=ZA]").count() == 1
    assert world.complaints == []


def test_a_combination_without_a_message_says_so(world: Visit) -> None:
    world.page.select_option("#figure-map [data-choice=class]", "sms")
    world.page.select_option("#figure-map [data-choice=service]", "grx")
    assert "No message carries this data" in world.page.inner_text("#figure-map")
    assert "No message carries this data" in world.page.inner_text("#figure-intervals")


def test_the_pair_explorer_answers_for_any_pair(world: Visit) -> None:
    page = world.page
    page.select_option("#figure-pairs [data-choice=home]", "LAOZZ")
    page.select_option("#figure-pairs [data-choice=visited]", "THAZZ")
    answer = page.inner_text("#figure-pairs .answer-box")
    assert "credentials .95 [.90, 1], location .52 [.40, .80], SMS .75 [.70, .88], user traffic .42 [0, 1]" in answer
    page.click("#figure-pairs button:has-text('Swap')")
    assert page.input_value("#figure-pairs [data-choice=home]") == "THAZZ"
    page.select_option("#figure-pairs [data-choice=visited]", "THAZZ")
    assert "choose two networks" in page.inner_text("#figure-pairs .answer-box")


def test_a_table_sorts_and_hides_rows(world: Visit) -> None:
    page = world.page
    page.click("#table-exposed thead th:nth-child(4) button")
    first = page.inner_text("#table-exposed tbody tr:first-child th")
    assert first == "LAOZZ"
    page.click("#table-exposed thead th:nth-child(1) button")
    assert page.inner_text("#table-exposed tbody tr:first-child th") == "ALBZZ"
    page.fill("#operators .controls input[type=search]", "paraguay")
    page.fill("#operators .controls input[type=search]", "Mobile PY")
    assert page.locator("#table-exposed tbody tr:visible").count() == 3
    assert "3 of 27 rows" in page.inner_text("#operators [role=status]")


def test_a_number_leads_to_its_evidence(world: Visit) -> None:
    page = world.page
    page.click("#table-exposed a:has-text('LAOZZ')")
    assert page.locator("#operator-LAOZZ").is_visible()
    assert ".xml" in page.inner_text("#operator-LAOZZ")
    page.locator("#operator-LAOZZ a").first.click()
    assert page.locator("tr:target").is_visible()


def test_a_night_can_be_read_rung_by_rung(chromium: Any, reports: dict[str, Path]) -> None:
    with Visit(chromium, reports["night"]) as visit:
        page = visit.page
        page.select_option("#figure-ladder [data-choice=finding]", index=1)
        assert "Authentication vectors fetched" in page.inner_text("#figure-ladder .answer-box")
        assert page.locator("#figure-ladder .rung").count() == 10
        page.select_option("#figure-timeline [data-choice=severity]", "HIGH")
        assert page.locator("#figure-timeline g[tabindex]").count() == 2


def test_the_theme_can_be_chosen(world: Visit) -> None:
    button = world.page.locator("#theme button")
    button.click()
    button.click()
    assert world.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert world.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"


@pytest.mark.parametrize("name", ["world", "night"])
def test_paper_has_every_figure_and_says_what_is_fictional(name: str, chromium: Any, reports: dict[str, Path]) -> None:
    with Visit(chromium, reports[name]) as visit:
        PICTURES.mkdir(parents=True, exist_ok=True)
        pdf = visit.page.pdf(path=str(PICTURES / f"{name}.pdf"), format="A4", print_background=True)
        pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
        assert 2 <= pages <= 60
        visit.page.emulate_media(media="print")
        visit.page.set_viewport_size({"width": 720, "height": 1000})
        visit.page.screenshot(path=str(PICTURES / f"{name}-print.png"), full_page=True)
        assert not visit.page.is_visible("header.page nav")
        assert visit.page.is_visible(".watermark")
        assert visit.page.evaluate("getComputedStyle(document.body).page") == "fictional"
        assert json.dumps(visit.complaints) == "[]"
