"""The few files that pages load, all from here: no network is asked for anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from fastapi.responses import Response

from ipxray import report
from ipxray.dashboard.context import NotFound
from ipxray.dashboard.rendering import STATIC

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


def _own(name: str) -> str:
    path = STATIC / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


_SCRIPT, _STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
_FILES: Mapping[str, tuple[Callable[[], str], str]] = {
    "dashboard.css": (lambda: _own("dashboard.css"), _STYLE),
    "report.css": (report.stylesheet, _STYLE),
    "htmx.js": (lambda: _own("htmx.js"), _SCRIPT),
    "viz.js": (report.figure_script, _SCRIPT),
}


@router.get("/static/{name}")
def asset(name: str) -> Response:
    """One of the files by its name: a closed list, so no path leads out of it."""
    if name not in _FILES:
        raise NotFound("no such file")
    read, media_type = _FILES[name]
    text = read()
    if not text:
        raise NotFound(f"{name} was not built", hint="make setup builds it where there is Node")
    return Response(text, media_type=media_type, headers={"Cache-Control": "private, max-age=300"})
