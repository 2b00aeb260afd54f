"""The few files that pages load, all from here: no network is asked for anything."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from ipxray.dashboard.context import NotFound
from ipxray.dashboard.rendering import STATIC

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_FILES = {
    "dashboard.css": (STATIC, "text/css; charset=utf-8"),
    "htmx.js": (STATIC, "text/javascript; charset=utf-8"),
}


@router.get("/static/{name}")
def asset(name: str) -> Response:
    """One of the files by its name: a closed list, so no path leads out of it."""
    if name not in _FILES:
        raise NotFound("no such file")
    folder, media_type = _FILES[name]
    path = folder / name
    if not path.is_file():
        raise NotFound(f"{name} was not built", hint="make setup builds it where there is Node")
    return Response(path.read_bytes(), media_type=media_type, headers={"Cache-Control": "private, max-age=300"})
