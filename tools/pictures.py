"""Take the pictures of the README from the shipped fictional world; `make pictures`. Needs chromium."""

from __future__ import annotations

import contextlib
import io
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
IMAGES = PROJECT / "docs" / "images"
WIDTH = 1080
SMALLER = {"flows": 0.75}
"""Bands are many colours, and a picture stays below 200 kB."""
PICTURES = {
    "map": ("world", "#figure-map"),
    "flows": ("world", "#figure-flows"),
    "operators": ("world", "#figure-intervals"),
    "pair": ("world", "#figure-pairs"),
    "ladder": ("night", "#figure-ladder"),
}
"""File name → which run, and which part of its page."""


def main() -> None:
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        pages = {"world": _world(Path(name)), "night": _night(Path(name))}
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for file, (run, part) in PICTURES.items():
            tab = chromium.new_page(
                viewport={"width": WIDTH, "height": 900}, device_scale_factor=SMALLER.get(file, 1.0)
            )
            tab.goto(pages[run].as_uri())
            tab.wait_for_selector(".figure:not(.drawn)", state="detached")
            # The watermark stands inside each picture: a picture travels without its page.
            tab.evaluate(_MARKED, part)
            if file == "pair":
                tab.select_option("#figure-pairs [data-choice=home]", "LAOZZ")
                tab.select_option("#figure-pairs [data-choice=visited]", "THAZZ")
            tab.locator(part).screenshot(path=str(IMAGES / f"{file}.png"))
            size = (IMAGES / f"{file}.png").stat().st_size
            print(f"docs/images/{file}.png  {size // 1024} kB")
            tab.close()
        chromium.close()


_MARKED = """(part) => {
  const mark = document.querySelector('.watermark');
  mark.style.position = 'static';
  document.querySelector(part).prepend(mark.cloneNode(true));
}"""


def _run(*arguments: str) -> None:
    from ipxray.cli import main as ipxray

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        ipxray(list(arguments))


def _world(folder: Path) -> Path:
    world = str(PROJECT / "examples" / "world")
    _run("assess", world, "--controlled-by", "XA", "--at", "2026-11-01", "--output", str(folder / "world"))
    return folder / "world" / "report.html"


def _night(folder: Path) -> Path:
    world, attacks = (str(PROJECT / "examples" / name) for name in ("world", "attacks.toml"))
    capture = str(folder / "capture")
    _run(
        "lab",
        "capture",
        "--world",
        world,
        "--attacks",
        attacks,
        "--subscribers",
        "3000",
        "--hours",
        "1",
        "--output",
        capture,
    )
    _run("detect", capture, "--declarations", world, "--at", "2026-11-01", "--output", str(folder / "night"))
    return folder / "night" / "report.html"


if __name__ == "__main__":
    main()
