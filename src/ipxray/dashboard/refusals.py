"""Every error as one clear answer in the form that was asked for: a page, JSON or plain text. Never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, Response
from starlette.exceptions import HTTPException

from ipxray.dashboard.answers import json_answer, render
from ipxray.dashboard.context import Gone, NotFound
from ipxray.dashboard.triage import Conflict
from ipxray.errors import InputError, IpxrayError, OutputError

__all__ = ["install"]

_LOG = logging.getLogger("ipxray.dashboard")
_STATUS: Sequence[tuple[type[IpxrayError], int]] = (
    (NotFound, 404),
    (Gone, 410),
    (InputError, 503),
    (Conflict, 409),
    (OutputError, 507),
    (IpxrayError, 422),
)


def install(app: FastAPI) -> None:
    """Let every failure of a view end here."""

    @app.exception_handler(IpxrayError)
    async def known(request: Request, error: IpxrayError) -> Response:
        status = next(status for kind, status in _STATUS if isinstance(error, kind))
        now = error.now if isinstance(error, Gone) else ""
        return answer(request, status, error.message, error.hint, now=now)

    @app.exception_handler(RequestValidationError)
    async def senseless(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = " ".join(str(part) for part in first["loc"][1:]) or str(first["loc"][0])
        return answer(request, 422, f"{where}: {first['msg']}", "the page of the interface lists what may be asked")

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        hints = {404: "the first page lists what there is", 405: "pages are read with GET"}
        return answer(request, error.status_code, str(error.detail), hints.get(error.status_code, ""))

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        _LOG.error("%s %s: %s", request.method, request.url.path, type(error).__name__, exc_info=error)
        return answer(request, 500, "this page met a fault of ipxray itself", "what was asked is in the log")


def answer(request: Request, status: int, error: str, hint: str, *, now: str = "") -> Response:
    """One refusal in the form that the address asks for."""
    path = request.url.path
    if path.endswith(".json") or "application/json" in request.headers.get("accept", ""):
        return json_answer({"error": error, "hint": hint}, status)
    if path.endswith(".csv"):
        return PlainTextResponse(f"ipxray: {error}{': ' + hint if hint else ''}\n", status)
    return render(request, "refusal.html", status, error=error, hint=hint, now=now, number=status)
