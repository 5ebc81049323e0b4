"""What every request passes: the host's name, who asks, where from, how large; and the headers of every answer."""

from collections.abc import Awaitable, Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lumbar.web.access import Access, Limiter, is_here

#: The cookie of a paired device.
DEVICE_COOKIE = "lumbar_device"
#: What may be asked for without being paired: the pairing page itself and what it is drawn with.
_OPEN = ("/pair", "/static/", "/manifest.webmanifest", "/sw.js")
#: The largest body of a request, in bytes; a piece of an upload is half of it. An engineering rule.
MOST_BYTES = 16 << 20
#: Changes a minute from one address; an engineering rule, well above what a person taps or a phone uploads.
_CHANGES_A_MINUTE = 1200

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(self), microphone=(), geolocation=(), interest-cohort=()",
}
_SAFE = ("GET", "HEAD", "OPTIONS")


class Guard:
    """ASGI middleware; ``hosts`` are the names and addresses under which the app may be asked for."""

    def __init__(self, app: ASGIApp, access: Access, hosts: Collection[str]) -> None:
        self._app, self._access = app, access
        self._hosts = frozenset(host.lower() for host in hosts)
        self._changes = Limiter(_CHANGES_A_MINUTE, 60.0)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        answer: Callable[[Scope, Receive, Send], Awaitable[None]] = refused or self._app

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", POLICY)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await answer(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, path = Headers(scope=scope), scope["path"]
        address = scope["client"][0] if scope.get("client") else None
        if _host(headers.get("host", "")) not in self._hosts:
            return _told(path, 421, "This is Lumbar, but not under that name. Use the address that it printed.")
        if scope["method"] not in _SAFE:
            if not _is_from_us(headers):
                return _told(path, 403, "Another page sent this. Open Lumbar itself and do it there.")
            if not self._changes.allows(address or ""):
                return _told(path, 429, "That was too much at once. Wait a minute and go on.")
        if _length(headers) > MOST_BYTES:
            return _told(path, 413, "That is too large to take at once.")
        return self._stranger(scope, headers, address)

    def _stranger(self, scope: Scope, headers: Headers, address: str | None) -> Response | None:
        """Refuse who is not paired; note in the scope whose data a paired device sees."""
        path = scope["path"]
        scope.setdefault("state", {})["is_here"] = is_here(address)
        if is_here(address):
            return None
        scope["state"]["person"] = person = self._access.person_of(_cookie(headers, DEVICE_COOKIE))
        if person is not None or path.startswith(_OPEN):
            return None
        if path.startswith("/api/"):
            return _told(path, 401, "This device is not paired. Open /pair and type the code that Lumbar shows.")
        return RedirectResponse("/pair", 303)


def _host(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower()


def _is_from_us(headers: Headers) -> bool:
    """Say whether a change was sent by our own page: browsers tell, and other programs send neither header."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _length(headers: Headers) -> int:
    try:
        return int(headers.get("content-length", "0"))
    except ValueError:
        return MOST_BYTES + 1


def _cookie(headers: Headers, name: str) -> str | None:
    for part in headers.get("cookie", "").split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return None


def _told(path: str, code: int, sentence: str) -> Response:
    if path.startswith("/api/"):
        return JSONResponse({"detail": sentence}, code)
    return HTMLResponse(f"<!doctype html><meta charset=utf-8><title>Lumbar</title><p>{sentence}</p>", code)
