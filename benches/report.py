"""Claim: the report of an 800-operator world is written in under 5 s, and interactive in under 2 s in chromium.

The peer of writing is a copy of the same tables to CSV by DuckDB: what reading them costs anybody. The peer of opening
is the same page without its script, which the browser only lays out.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _measure import Run, alternate, median_seconds, print_table

ROUNDS = 3
CHROMIUM = Path("/usr/bin/chromium")
READ = "from pathlib import Path; import duckdb\nfolder = Path({folder!r})"
COPY = """
for path in sorted((folder / "tables").glob("*.parquet")):
    duckdb.sql(f"copy (from '{path}') to '{folder}/{path.stem}.peer.csv'")
"""
WRITE = "write_html(folder); report['bytes'] = (folder / 'report.html').stat().st_size"


def assessment(folder: Path) -> Path:
    """A world of 800 operators and 60 carriers, assessed."""
    ipxray = str(Path(sys.executable).with_name("ipxray"))
    world = folder / "world"
    lab = ["lab", "world", "--operators", "800", "--countries", "114", "--carriers", "60", "--output", str(world)]
    assess = ["assess", str(world), "--controlled-by", "XA", "--at", "2026-11-01", "--output", str(folder / "out")]
    for command in (lab, assess):
        subprocess.run([ipxray, *command], capture_output=True, check=True)
    return folder / "out"


def opened(page: Path, rounds: int, *, with_script: bool) -> tuple[float, int]:
    """Median seconds from asking for the page until every figure is drawn and the tab idle; and the elements."""
    from playwright.sync_api import sync_playwright

    took, nodes = [], 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        for _ in range(rounds + 1):
            tab = chromium.new_page()
            started = time.perf_counter()
            tab.goto(page.as_uri(), wait_until="load")
            if with_script:
                tab.wait_for_selector(".figure:not(.drawn)", state="detached")
            tab.evaluate("new Promise((done) => requestIdleCallback(() => done()))")
            took.append(time.perf_counter() - started)
            nodes = tab.evaluate("document.querySelectorAll('*').length")
            tab.close()
        chromium.close()
    return sorted(took[1:])[rounds // 2], nodes


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = assessment(Path(name))
        prepare = READ.format(folder=str(folder))
        pieces = {
            "tables to CSV (DuckDB)": (COPY, prepare),
            "report.html": (WRITE, f"{prepare}\nfrom ipxray.report import write_html"),
        }
        runs = alternate(pieces, ROUNDS)
        base = median_seconds(runs["tables to CSV (DuckDB)"])
        print_table(
            "Writing the report of 800 operators",
            ("what", "median", "ratio", "peak memory", "size"),
            [_row(what, found, base) for what, found in runs.items()],
        )
        if CHROMIUM.exists():
            page = folder / "report.html"
            bare = folder / "bare.html"
            text = page.read_text(encoding="utf-8")
            bare.write_text(text[: text.rindex("<script>")] + "</body></html>", encoding="utf-8")
            (plain, few), (whole, many) = (
                opened(bare, ROUNDS, with_script=False),
                opened(page, ROUNDS, with_script=True),
            )
            rows = [("without its script", f"{plain:.2f} s", "1.0", f"{few:,}")]
            rows += [("interactive, every figure drawn", f"{whole:.2f} s", f"{whole / plain:.1f}", f"{many:,}")]
            print_table("Opening it in chromium", ("what", "median", "ratio", "elements"), rows)


def _row(what: str, found: list[Run], base: float) -> tuple[str, ...]:
    seconds = median_seconds(found)
    size = int(str(found[0].report.get("bytes") or 0))
    peak = max(run.peak_mib for run in found)
    return what, f"{seconds:.2f} s", f"{seconds / base:.1f}", f"{peak:.0f} MiB", f"{size / 1e6:.1f} MB" if size else ""


if __name__ == "__main__":
    main()
