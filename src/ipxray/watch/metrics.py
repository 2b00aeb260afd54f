"""Figures of a running watch for Prometheus, on loopback only. Ref: Prometheus text format 0.0.4."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from ipxray.errors import UsageError

__all__ = ["MEANINGS", "MetricsServer", "metrics_text"]

MEANINGS: Final = {
    "ipxray_files_total": ("counter", "Capture files dealt with."),
    "ipxray_messages_total": ("counter", "Signalling messages decoded."),
    "ipxray_gaps_total": ("counter", "Stretches that gave no message."),
    "ipxray_findings_total": ("counter", "Findings raised, each once."),
    "ipxray_files_waiting": ("gauge", "Complete files not yet dealt with."),
    "ipxray_lag_seconds": ("gauge", "From the completion of the latest file to its findings."),
    "ipxray_deliveries_waiting": ("gauge", "Alerts that a channel has not taken yet."),
    "ipxray_deliveries_failed_total": ("counter", "Attempts to tell a channel that failed."),
    "ipxray_deliveries_dropped_total": ("counter", "Alerts given up on."),
    "ipxray_memory_bytes": ("gauge", "Resident memory of the watch."),
    "ipxray_last_round_timestamp_seconds": ("gauge", "When the watch last looked."),
    "ipxray_troubles_total": ("counter", "Rounds that met a full disk, a vanished folder or the like."),
}
"""Each figure's kind and meaning."""


def metrics_text(figures: Mapping[str, float]) -> str:
    """The figures in the text format, in the order of MEANINGS."""
    lines: list[str] = []
    for name, (kind, meaning) in MEANINGS.items():
        if name in figures:
            lines += [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", f"{name} {figures[name]:.17g}"]
    return "\n".join(lines) + "\n"


class MetricsServer:
    """Answers GET /metrics on 127.0.0.1. Raises UsageError when the port is taken."""

    def __init__(self, port: int, figures: Callable[[], Mapping[str, float]]) -> None:
        try:
            self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(figures))
        except (OSError, OverflowError) as error:
            raise UsageError(f"--metrics {port} cannot be opened ({error})", hint="choose another port") from error
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, name="metrics", daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()


def _handler(figures: Callable[[], Mapping[str, float]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:  # the base class's name
            if self.path != "/metrics":
                self.send_error(404)
                return
            body = metrics_text(figures()).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Say nothing: standard error is for the watch."""

    return Handler
