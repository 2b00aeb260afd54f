"""The interface for programs, as a page: what may be asked for, in which form, with which filters."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ipxray.dashboard.answers import render

router = APIRouter()


@router.get("/interface", include_in_schema=False)
def interface(request: Request) -> HTMLResponse:
    """Every address of openapi.json in plain HTML."""
    document = request.app.openapi()
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            found.setdefault(tag, []).append(
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": operation.get("description") or operation.get("summary", ""),
                    "parameters": [each for each in operation.get("parameters", ()) if each["in"] == "query"],
                    "answers": sorted(operation["responses"]),
                }
            )
    return render(request, "interface.html", groups=found, version=document["info"]["version"])
