"""Alerts to a webhook: JSON, signed. Ref: RFC 9110, RFC 2104 (HMAC-SHA-256)."""

from __future__ import annotations

import hashlib
import hmac
import http.client
from urllib.parse import urlsplit

from ipxray.errors import UsageError
from ipxray.watch.journal import Delivery

__all__ = ["Webhook"]

_TIMEOUT = 10.0
_LONGEST_ANSWER = 64 << 10


class Webhook:
    """One address that is told each alert by POST.

    The body is the alert; `X-Ipxray-Delivery` is its id, so that a receiver can drop what it has; `X-Ipxray-Signature`
    is `sha256=` and the HMAC of the body under `secret`, when there is one. Raises UsageError for an address that is
    no http or https URL.
    """

    def __init__(self, url: str, secret: bytes | None) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError(f"--notify {url!r} is no web address", hint="write https://host/path")
        self._parts = parts
        self._secret = secret
        self.channel = f"webhook {parts.scheme}://{parts.hostname}{parts.path}"

    def deliver(self, delivery: Delivery) -> None:
        """Tell one alert. Raises OSError or http.client.HTTPException when the address cannot be reached or refuses."""
        body = delivery.body.encode()
        headers = {"Content-Type": "application/json", "X-Ipxray-Delivery": delivery.raised, "User-Agent": "ipxray"}
        if self._secret:
            headers["X-Ipxray-Signature"] = f"sha256={hmac.new(self._secret, body, hashlib.sha256).hexdigest()}"
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._parts.hostname or "", self._parts.port, timeout=_TIMEOUT)
        target = (self._parts.path or "/") + (f"?{self._parts.query}" if self._parts.query else "")
        try:
            connection.request("POST", target, body, headers)
            answer = connection.getresponse()
            answer.read(_LONGEST_ANSWER)
        finally:
            connection.close()
        if not 200 <= answer.status < 300:
            raise http.client.HTTPException(f"answered {answer.status}")
