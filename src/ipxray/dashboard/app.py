"""The application: the gate outside, then the views, every answer with its headers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp

from ipxray import __version__
from ipxray.dashboard import refusals
from ipxray.dashboard.access import Gate
from ipxray.dashboard.assets import router as assets
from ipxray.dashboard.headers import SecurityHeaders
from ipxray.dashboard.limits import LARGEST_UPLOAD, BodyLimit
from ipxray.dashboard.navigation import GLOBALS
from ipxray.dashboard.state import Dashboard
from ipxray.dashboard.views import (
    carriers,
    compare,
    countries,
    findings,
    interface,
    operators,
    overview,
    pairs,
    policy,
    search,
    shelf,
    tables,
    uploads,
    vendors,
)

__all__ = ["application", "guarded"]

_VIEWS = (
    shelf,
    overview,
    search,
    operators,
    carriers,
    countries,
    pairs,
    vendors,
    findings,
    policy,
    tables,
    compare,
    uploads,
    interface,
)


def application(dashboard: Dashboard) -> FastAPI:
    """The views over `dashboard`, without the gate."""

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        yield
        await to_thread.run_sync(dashboard.jobs.close)

    app = FastAPI(
        lifespan=living,
        title="ipxray",
        version=__version__,
        summary="Who carries mobile roaming signalling, and who could read or alter it.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.dashboard = dashboard
    dashboard.templates.globals.update(GLOBALS)
    app.include_router(assets)
    for view in _VIEWS:
        app.include_router(view.router)
    refusals.install(app)
    return app


def guarded(dashboard: Dashboard) -> ASGIApp:
    """The whole: headers around everything, then who may ask, then how much, then the views."""
    inner: ASGIApp = BodyLimit(application(dashboard), {"/uploads": LARGEST_UPLOAD})
    return SecurityHeaders(Gate(inner, dashboard.keys))
