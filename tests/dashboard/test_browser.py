"""The dashboard in a browser: a way through every page by clicks, without a complaint, usable by everybody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.dashboard.conftest import write_night
from tests.report.browser import PICTURES, PROJECT, browser, missing

from ipxray.cli import main
from ipxray.dashboard import Dashboard, Keys, bound, guarded

AXE = PROJECT / "web" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def address(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The printed address of a served folder."""
    folder = tmp_path_factory.mktemp("shown")
    assert main(["assess", str(world), "--controlled-by", "XA", "--at", "2026-11-01", "--output", f"{folder}/xa"]) == 0
    write_night(folder / "night")
    listener = bound(0)
    dashboard = Dashboard(folder, Keys(listener.getsockname()[1]), facts_folders=[world / "facts"])
    server = uvicorn.Server(uvicorn.Config(guarded(dashboard), log_level="warning", access_log=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield dashboard.keys.address
    server.should_exit = True
    thread.join()


class Visit:
    """A browser on the dashboard: what it complained of, and what it asked of others."""

    def __init__(self, chromium: Any, address: str, *, scheme: str = "light", width: int = 1280) -> None:
        self.base = address.partition("/?")[0]
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        self.page = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type != "log" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: self._asked(asked.url))
        self.page.goto(address)
        self.page.wait_for_url(f"{self.base}/")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self.strangers.append(url)

    def click(self, name: str, *, exact: bool = True) -> None:
        """Follow a link by what it says."""
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.page.wait_for_load_state()

    def look(self, name: str) -> None:
        """Keep a picture, and let nothing stick out sideways."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_timeout(200)
        self.page.screenshot(path=str(PICTURES / f"dashboard-{name}.png"), full_page=True)
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{name}: the page is wider than the window"

    def barriers(self) -> list[str]:
        """What axe-core finds that is serious or worse."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("async () => (await axe.run(document)).violations")
        return [
            f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")
        ]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as found:
        yield found


def test_one_clicks_through_an_assessment(chromium: Any, address: str) -> None:
    visit = Visit(chromium, address)
    visit.look("shelf")
    visit.click("xa")
    assert "FICTIONAL WORLD" in visit.page.inner_text(".watermark")
    visit.look("overview")
    for view in ("Operators", "Carriers", "Countries", "Pairs", "Vendors", "Report", "Tables"):
        visit.click(view)
        visit.look(view.lower())
    visit.click("Operators")
    first = visit.page.locator("tbody th a").first
    name = first.inner_text()
    first.click()
    assert visit.page.inner_text("h1").startswith(name)
    visit.look("operator")
    visit.page.get_by_role("searchbox").first.fill(name)
    visit.page.get_by_role("button", name="Search").click()
    assert visit.page.locator("tbody th a").first.inner_text().startswith(name)
    visit.look("search")
    assert not visit.complaints
    assert not visit.strangers, "nothing but this server is asked"


def test_a_filter_narrows_at_once_and_the_address_says_so(chromium: Any, address: str) -> None:
    visit = Visit(chromium, address)
    visit.click("xa")
    visit.click("Operators")
    before = visit.page.locator("tbody tr").count()
    country = visit.page.locator("tbody tr").first.locator("td a").first.inner_text()
    visit.page.get_by_label("country").select_option(country)
    if not visit.page.evaluate("'htmx' in window"):
        visit.page.get_by_role("button", name="Show", exact=True).click()
    visit.page.wait_for_url(lambda url: f"country={country}" in url)
    visit.page.wait_for_function(f"document.querySelectorAll('tbody tr').length < {before}")
    visit.page.go_back()
    visit.page.wait_for_function(f"document.querySelectorAll('tbody tr').length === {before}")
    assert not visit.complaints


def test_the_duty_desk_decides_about_a_finding(chromium: Any, address: str) -> None:
    visit = Visit(chromium, address)
    visit.click("night")
    visit.click("Findings")
    visit.look("findings")
    visit.click("F00000000000000aa")
    visit.page.locator("form.triage select").select_option("confirmed")
    visit.page.locator("form.triage textarea").fill("called the home network")
    visit.page.get_by_role("button", name="Keep").click()
    visit.page.wait_for_selector(".state.confirmed")
    assert visit.page.locator("form.triage textarea").input_value() == "called the home network"
    visit.look("finding")
    visit.page.get_by_role("link", name="00101~", exact=False).first.click()
    visit.look("subscriber")
    assert not visit.complaints


def test_files_dropped_in_become_an_assessment_before_ones_eyes(chromium: Any, address: str, world: Path) -> None:
    visit = Visit(chromium, address)
    visit.page.locator("input[name=files]").set_input_files(
        [str(path) for path in sorted((world / "ir21").glob("*.xml"))]
    )
    visit.page.locator("input[name=name]").fill("dropped")
    visit.page.get_by_role("button", name="Assess").click()
    visit.page.get_by_role("link", name="Open the assessment").click(timeout=180_000)
    assert visit.page.inner_text(".where").startswith("dropped")
    assert not visit.complaints


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_no_page_shuts_anybody_out(chromium: Any, address: str, scheme: str, width: int) -> None:
    if not AXE.is_file():
        missing("axe-core is not there (make setup, with Node.js)")
    visit = Visit(chromium, address, scheme=scheme, width=width)
    found = {"shelf": visit.barriers()}
    for name, views in (
        ("xa", ("overview", "operators", "carriers", "pairs", "tables")),
        ("night", ("overview", "findings")),
    ):
        for view in views:
            visit.page.goto(f"{visit.base}/latest/{name}")
            visit.page.goto(visit.page.url.replace("overview", view))
            visit.look(f"{name}-{view}-{scheme}-{width}")
            found[f"{name} {view}"] = visit.barriers()
    assert not {page: list(each) for page, each in found.items() if each}


def test_every_page_works_without_a_script(chromium: Any, address: str) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(address)
    page.wait_for_url(address.partition("?")[0])
    page.get_by_role("link", name="xa", exact=True).click()
    page.get_by_role("link", name="Operators", exact=True).click()
    page.get_by_label("threat").select_option("inject")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "threat=inject" in page.url
    assert page.locator("tbody tr").count() > 1
