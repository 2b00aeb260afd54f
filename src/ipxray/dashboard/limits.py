"""How much a request may bring: counted while it comes, whatever it says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LARGEST_FORM", "LARGEST_UPLOAD", "BodyLimit"]

LARGEST_FORM = 64 << 10
"""Octets of a form: a triage note is at most 4,000 letters."""
LARGEST_UPLOAD = 512 << 20
"""Octets of one upload: 2,600 IR.21 documents, or 1.8 million messages captured. The command line takes more."""


class _TooLargeError(Exception):
    """The body passed its limit while it came."""


class BodyLimit:
    """ASGI middleware that answers 413 when a body is longer than its path allows."""

    def __init__(self, app: ASGIApp, limits: Mapping[str, int], default: int = LARGEST_FORM) -> None:
        self._app = app
        self._limits = limits
        self._default = default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count, and stop what is too long."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._limits.get(scope["path"], self._default)
        refusal = PlainTextResponse(f"ipxray: more than {limit:,} octets; use the command line\n", 413)
        declared = Headers(scope=scope).get("content-length", "0")
        if declared.isdigit() and len(declared) < 20 and int(declared) > limit:
            await refusal(scope, receive, send)
            return
        counted = 0
        refused = False

        async def counting() -> Message:
            nonlocal counted
            message = await receive()
            counted += len(message.get("body", b""))
            if counted > limit:
                raise _TooLargeError
            return message

        async def watching(message: Message) -> None:
            # whoever read the body may have taken our exception for a fault of its own
            nonlocal refused
            if counted <= limit:
                await send(message)
            elif not refused:
                refused = True
                await refusal(scope, receive, send)

        try:
            await self._app(scope, counting, watching)
        except _TooLargeError:
            if not refused:
                await refusal(scope, receive, send)
