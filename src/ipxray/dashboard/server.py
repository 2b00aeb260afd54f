"""The server: one port on the loopback address, until it is interrupted."""

from __future__ import annotations

import errno
import socket

import uvicorn

from ipxray.dashboard.app import guarded
from ipxray.dashboard.state import Dashboard
from ipxray.errors import UsageError

__all__ = ["bound", "run"]

_GRACE = 2
"""Seconds that answers under way are given when the server stops."""
_AT_ONCE = 64


def bound(port: int) -> socket.socket:
    """A socket on 127.0.0.1 at this port, or at any free one for 0. Raises UsageError when it is taken."""
    # Where the protocol is named, asyncio switches Nagle's algorithm off: else a page waits 40 ms to be acknowledged.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(_AT_ONCE)
    except OSError as error:
        listener.close()
        why = "is taken" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise UsageError(
            f"port {port} {why}", hint="choose another with --port, or --port 0 for any free one"
        ) from error
    return listener


def run(dashboard: Dashboard, listener: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    config = uvicorn.Config(
        guarded(dashboard),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
        limit_concurrency=_AT_ONCE,
        ws="none",
    )
    uvicorn.Server(config).run(sockets=[listener])
