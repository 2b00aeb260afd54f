"""report.html: one self-contained file that opens from file:// without a network, with a strict CSP."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipxray.errors import OutputError
from ipxray.report.headline import Level
from ipxray.report.reading import Reading, open_reading
from ipxray.report.sections import Link
from ipxray.report.summary import share_text
from ipxray.report.views import sections

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment
    from markupsafe import Markup

__all__ = ["PAGE", "environment", "figure_script", "render_page", "stylesheet", "write_html"]

PAGE = "report.html"
_KINDS: tuple[tuple[type, str], ...] = (
    (type(None), "none"), (Level, "level"), (Link, "link"), (bool, "flag"), (int, "number"), (float, "share"),
    (list, "list"), (tuple, "list"),
)  # fmt: skip
"""How a cell is shown, the first that fits."""
_NO_FIGURES = "The figures need viz.js, which `make` builds where Node.js is installed; every table is below."


def write_html(folder: Path) -> None:
    """Write report.html into an assessment folder, of whatever tables are there. The same folder gives the same bytes.

    Raises InputError when the folder is no assessment, OutputError when the file cannot be written.
    """
    with open_reading(folder) as reading:
        text = render_page(reading)
    staged = folder / f".{PAGE}.partial"
    try:
        staged.write_text(text, encoding="utf-8", newline="\n")
        staged.replace(folder / PAGE)
    except OSError as error:
        raise OutputError(f"{folder / PAGE}: cannot be written ({error.strerror})") from error


def render_page(reading: Reading) -> str:
    """Return the whole page as text."""
    script, style = figure_script(), stylesheet()
    return (
        environment()
        .get_template("report.html")
        .render(
            sections=sections(reading),
            watermark=reading.watermark,
            version=str(reading.manifest.get("ipxray") or ""),
            at=reading.manifest.get("at"),
            script=script,
            style=style,
            policy=_policy(script, style),
            no_figures="" if script else _NO_FIGURES,
        )
    )


def environment(*loaders: BaseLoader) -> Environment:
    """Return the templates with their filters; templates of `loaders` go before those of the report."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only pages need it

    found = Environment(
        loader=ChoiceLoader([*loaders, PackageLoader("ipxray.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters |= {"share": share_text, "json_block": _json_block, "number": "{:,}".format}
    found.globals |= {"kind_of": _kind_of}
    return found


@cache
def figure_script() -> str:
    """Return viz.js, or nothing where it was not built. It never ends the element that it stands in."""
    path = files("ipxray.report").joinpath("static/viz.js")
    text = path.read_text(encoding="utf-8").strip() if path.is_file() else ""
    return f"{text}\n" if text and "</script" not in text.lower() else ""


@cache
def stylesheet() -> str:
    """Return report.css."""
    return files("ipxray.report").joinpath("static/report.css").read_text(encoding="utf-8")


def _policy(script: str, style: str) -> str:
    """Nothing may be loaded; only this script and this style, known by their hashes, may act."""
    allowed = f"'{_digest(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src '{_digest(style)}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json_block(data: Mapping[str, Any]) -> Markup:
    """JSON that may stand in a script element: no text can end it. Ref: HTML, restrictions on script contents."""
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - every character that HTML reads is escaped above


def _kind_of(cell: object) -> str:
    """How a cell is shown."""
    return next((kind for known, kind in _KINDS if isinstance(cell, known)), "text")
