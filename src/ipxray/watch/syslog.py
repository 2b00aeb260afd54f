"""Alerts to a syslog collector. Ref: RFC 5424, over UDP (RFC 5426) or TCP with octet counting (RFC 6587)."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from ipxray.errors import UsageError
from ipxray.watch.journal import Delivery

__all__ = ["Syslog", "syslog_line"]

_TIMEOUT = 10.0
_FACILITY: Final = 13  # log audit
_SEVERITIES: Final = {"CRITICAL": 2, "HIGH": 3, "MEDIUM": 4, "LOW": 5, "INFORMATIONAL": 6}
_LONGEST: Final = 2048
"""Octets that every receiver takes (RFC 5424 §6.1); a longer text is cut, the alert file has it whole."""

_DATA_ID: Final = "ipxray@32473"
"""32473 is the enterprise number for examples (RFC 5612): ipxray has none of its own."""


class Syslog:
    """One collector: udp://host:514 or tcp://host:601. Raises UsageError for anything else."""

    def __init__(self, url: str, host: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("udp", "tcp") or not parts.hostname:
            raise UsageError(f"--notify {url!r} is no collector", hint="write udp://host:514 or tcp://host:601")
        self._scheme = parts.scheme
        self._address = (parts.hostname, parts.port or (514 if parts.scheme == "udp" else 601))
        self._host = host
        self.channel = f"syslog {parts.scheme}://{parts.hostname}:{self._address[1]}"

    def deliver(self, delivery: Delivery) -> None:
        """Tell one alert. Raises OSError when the collector cannot be reached; over UDP nobody can tell."""
        line = syslog_line(json.loads(delivery.body), delivery.raised, self._host)
        if self._scheme == "udp":
            family = socket.getaddrinfo(*self._address, type=socket.SOCK_DGRAM)[0][0]
            with socket.socket(family, socket.SOCK_DGRAM) as link:
                link.sendto(line, self._address)
        else:
            with socket.create_connection(self._address, timeout=_TIMEOUT) as link:
                link.sendall(b"%d %s" % (len(line), line))


def syslog_line(alert: dict[str, object], identity: str, host: str) -> bytes:
    """One alert as an RFC 5424 message: its id, rule and severity as structured data, its sentence as text."""
    severity = str(alert.get("severity") or "INFORMATIONAL")
    at = alert.get("last_at")
    stamp = "-"
    if isinstance(at, int):
        stamp = datetime.fromtimestamp(at / 1e6, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    data = " ".join(
        f'{name}="{_escaped(value)}"'
        for name, value in (("id", identity), ("rule", alert.get("rule_id")), ("severity", severity))
        if value
    )
    priority = _FACILITY * 8 + _SEVERITIES.get(severity, 6)
    text = " ".join(str(alert.get("explanation") or alert.get("title") or "").split())
    head = f"<{priority}>1 {stamp} {_printable(host)[:255] or '-'} ipxray - finding [{_DATA_ID} {data}] "
    line = head.encode() + b"\xef\xbb\xbf" + text.encode("utf-8", "replace")
    return line[:_LONGEST].decode("utf-8", "ignore").encode()


def _escaped(value: object) -> str:
    return "".join(f"\\{letter}" if letter in '"\\]' else letter for letter in str(value) if letter.isprintable())


def _printable(text: str) -> str:
    return "".join(letter for letter in text if "!" <= letter <= "~")
