"""Who may ask: the right host, no foreign origin, and the token that was printed. Before anything else is looked at."""

from __future__ import annotations

import hmac
import html
import secrets
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Gate", "Keys"]

_SAFE = ("GET", "HEAD")


class Keys:
    """The secrets of one run: the token in the printed address, and what the browser keeps in its place."""

    def __init__(self, port: int) -> None:
        self.token = secrets.token_urlsafe(32)
        self.session = secrets.token_urlsafe(32)
        self.port = port
        self.cookie = f"ipxray-{port}"
        """Browsers do not keep the cookies of two ports apart, so the name does."""
        self.hosts = (f"127.0.0.1:{port}", f"localhost:{port}")

    @property
    def address(self) -> str:
        """What is printed: the only place where the token stands."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"


class Gate:
    """ASGI middleware that lets a request pass, or answers it.

    421 for a host that is not this one (DNS rebinding), 403 for another origin, 401 without token or cookie. The token
    in an address is answered with a page that sets the cookie and leads on, so that a link from another site works
    although the cookie is strict.
    """

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        answer = self._answer(scope)
        if answer is None:
            await self._app(scope, receive, send)
        else:
            await answer(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") not in [[host] for host in self._keys.hosts]:
            return _refusal(421, "this is not the host that you asked for")
        method = scope["method"]
        if not self._is_own(headers, method):
            return _refusal(403, "the request comes from another site")
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in pairs if name == "token"]
        if given and method in _SAFE and all(_same(one, self._keys.token) for one in given):
            return self._entrance(scope, [pair for pair in pairs if pair[0] != "token"])
        if self._is_known(headers, method):
            return None
        return _refusal(401, "open the address that `ipxray serve` printed: it holds the token")

    def _is_own(self, headers: Headers, method: str) -> bool:
        """No other origin, also not that of another port here, which browsers call the same site."""
        origins = headers.getlist("origin")
        if any(origin not in [f"http://{host}" for host in self._keys.hosts] for origin in origins):
            return False
        site = headers.get("sec-fetch-site", "none")
        if site in ("none", "same-origin"):
            return True
        return method in _SAFE and headers.get("sec-fetch-mode") == "navigate"

    def _is_known(self, headers: Headers, method: str) -> bool:
        """A program brings the token each time; a browser its cookie, and to change something its origin too."""
        for given in headers.getlist("authorization"):
            scheme, _, token = given.partition(" ")
            return scheme.lower() == "bearer" and _same(token.strip(), self._keys.token)
        cookie = _cookies(headers.getlist("cookie")).get(self._keys.cookie, "")
        return _same(cookie, self._keys.session) and (method in _SAFE or bool(headers.getlist("origin")))

    def _entrance(self, scope: Scope, rest: Iterable[tuple[str, str]]) -> Response:
        path = "/" + quote(scope["path"].lstrip("/"))  # never //host, which would lead elsewhere
        query = urlencode(list(rest))
        target = html.escape(f"{path}?{query}" if query else path, quote=True)
        answer = HTMLResponse(
            '<!doctype html><html lang="en"><head><title>ipxray</title><link rel="icon" href="data:,">'
            f'<meta http-equiv="refresh" content="0;url={target}"></head>'
            f'<body><p><a href="{target}">Go on to the dashboard</a></p></body></html>'
        )
        answer.set_cookie(self._keys.cookie, self._keys.session, httponly=True, samesite="strict", path="/")
        return answer


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), known.encode())


def _cookies(lines: Iterable[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        found |= cookie_parser(line)
    return found


def _refusal(status: int, why: str) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return PlainTextResponse(f"ipxray: {why}\n", status, headers)
