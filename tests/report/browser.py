"""A browser without a network: what a page asks for, what it complains of, and pictures of it to look at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
PROJECT = Path(__file__).resolve().parents[2]
PICTURES = PROJECT / "out" / "pictures"
"""Where pictures of the pages are kept, for people to look at."""
_QUIET = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--no-default-browser-check", "--disable-gpu",
)  # fmt: skip


def missing(what: str) -> None:
    """Skip with a word where a peer is missing; fail where the peers are required."""
    notice = f"{what}: the pages are not looked at (make peers)"
    (pytest.fail if os.environ.get("IPXRAY_PEERS") == "required" else pytest.skip)(notice)


@contextmanager
def browser() -> Iterator[Any]:
    """A chromium of its own, closed at the end."""
    if not CHROMIUM.exists():
        missing("no chromium")
    sync = pytest.importorskip("playwright.sync_api")
    with sync.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(_QUIET))
        try:
            yield found
        finally:
            found.close()


class Visit:
    """One page opened from a file: `complaints` are console errors and exceptions, `requests` go outside the file."""

    def __init__(self, chromium: Any, path: Path, *, scheme: str = "light", width: int = 1280) -> None:
        self.context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, offline=True)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda message: self._note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.goto(path.resolve().as_uri())
        self.page.wait_for_selector(".figure:not(.drawn)", state="detached")

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith(("data:", "file:")) or (url.startswith("file:") and not url.endswith("/report.html")):
            self.requests.append(url)

    def pictures(self, name: str) -> None:
        """Keep a picture of every section."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.evaluate(
            "document.querySelectorAll('.watermark').forEach((one) => { one.style.position = 'static'; })"
        )
        for section in self.page.query_selector_all("main > section"):
            section.screenshot(path=str(PICTURES / f"{name}-{section.get_attribute('id')}.png"))

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *error: object) -> None:
        self.context.close()
