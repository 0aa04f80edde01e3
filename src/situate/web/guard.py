"""What stands before the application: who asks, whether they may, how much, and answers that are kept.

Alone on this machine nobody logs in: then only the loopback's own names are answered, so that a name that was rebound
to this machine can't read the store. Else a cookie or a token says who asks. What writes must come from the page
itself: another site can't set its header without being asked first, and doesn't know the session's word for it.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from situate.people import Who, alone, of_session, of_token
from situate.store import Store
from situate.store.changes import Revision, revision_of
from situate.web.errors import error_answer
from situate.web.kept import Answer, Keeper, tagged
from situate.web.limits import Limits

OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
COOKIE = "situate"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-src": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
}
Headers = Mapping[str, str]
LOG_IN = ("POST", "/api/session")
UPLOAD = ("POST", "/api/reports")
# these change without the store
NOT_KEPT = ("/api/me", "/api/people", "/api/session", "/api/tokens", "/api/uploads", "/api/runs")
OF_ONE = "/api/review"  # where the answer is for one person
STREAM = "/api/live"


def headers_with(sources: Mapping[str, str]) -> Headers:
    """The headers of every answer; `sources` are what the policy lets through beside the page's own, by directive."""
    policy = [f"{name} {own} {sources[name]}" if name in sources else f"{name} {own}" for name, own in POLICY.items()]
    return {"Content-Security-Policy": "; ".join(policy), **HEADERS}


@dataclass(slots=True)
class Guard:
    """The middleware. `single` is whether the one user of this machine needs no login."""

    app: ASGIApp
    store: Store
    host_names: frozenset[str]
    single: bool
    limits: Limits
    keeper: Keeper
    headers: Headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or have the application answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        covered = self._with_headers(send)
        if refusal := self._refusal(request):
            await refusal(scope, receive, covered)
            return
        who, revision = await run_in_threadpool(self._look, request)
        if refusal := self._refused(request, who):
            await refusal(scope, receive, covered)
            return
        scope.setdefault("state", {}).update(who=who, revision=revision)
        if who and request.method == "GET" and _is_tagged(request.url.path):
            await self._tagged(request, who, revision, send)
            return
        await self._within(request, covered)

    def _refusal(self, request: Request) -> Response | None:
        """What is refused whoever asks."""
        allowed = OWN_NAMES | self.host_names
        if (self.single or self.host_names) and (request.url.hostname or "") not in allowed:
            message = "this answers only on this machine; open it by 127.0.0.1" if self.single else "not by this name"
            return _error(403, "forbidden", message)
        most = self._most(request)
        said = request.headers.get("content-length", "0")
        if not said.isdecimal() or int(said) > most:
            return _error(413, "too_large", f"a request has at most {most:,} bytes")
        return None

    def _most(self, request: Request) -> int:
        return self.limits.upload if (request.method, request.url.path) == UPLOAD else self.limits.body

    def _look(self, request: Request) -> tuple[Who | None, Revision]:
        """Who asks, and the store's revision."""
        with self.store.asking() as asked:
            revision = revision_of(asked)
        return who_asks_by(self.store, request, single=self.single), revision

    def _refused(self, request: Request, who: Who | None) -> Response | None:
        """What is refused to this one."""
        api = request.url.path.startswith("/api/")
        logs_in = (request.method, request.url.path) == LOG_IN
        if who is None and not logs_in:
            if api:
                return _error(401, "unauthorized", "log in first, or send a token: Authorization: Bearer …")
            if request.url.path in ("/", "/index.html"):
                wanted = f"?{urlencode({'next': f'?{request.url.query}'})}" if request.url.query else ""
                return RedirectResponse(f"/login.html{wanted}", 303)
        if api and who and not self.single and (wait := self.limits.asking.wait(f"{who.by} {who.name}")):
            return _error(429, "too_many", "too many requests; wait a little", {"Retry-After": str(int(wait) + 1)})
        if request.method not in ("GET", "HEAD") and (who is None or who.by != "token") and not _own(request, who):
            return _error(403, "forbidden", "what writes must come from the page itself")
        return None

    async def _within(self, request: Request, send: Send) -> None:
        """Have the application answer, as long as the body stays within its limit."""
        most, taken = self._most(request), 0

        async def receive() -> Message:
            nonlocal taken
            message = await request.receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413, f"a request has at most {most:,} bytes")
            return message

        await self.app(request.scope, receive, send)

    async def _tagged(self, request: Request, who: Who, revision: Revision, send: Send) -> None:
        """The answer, kept or made, or only that it is the one that the asker has."""

        async def make() -> Answer:
            return await _collected(self.app, request)

        if request.url.path.startswith(NOT_KEPT):
            answer = tagged(await make())
        else:
            own = who.name if request.url.path.startswith(OF_ONE) else ""
            asked = f"{sorted(who.rights)} {own} {request.url.path}?{request.url.query}"
            answer = await self.keeper.answer(asked, revision, make)
        if answer.status != 200:
            await self._send(send, answer.status, answer.headers, answer.body)
        elif answer.tag in request.headers.get("if-none-match", ""):
            await self._send(send, 304, [(b"etag", answer.tag.encode())], b"")
        else:
            await self._send(send, 200, [*answer.headers, (b"etag", answer.tag.encode())], answer.body)

    async def _send(self, send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        covered = self._with_headers(send)
        await covered({"type": "http.response.start", "status": status, "headers": list(headers)})
        await covered({"type": "http.response.body", "body": body})

    def _with_headers(self, send: Send) -> Send:
        async def covered(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        return covered


def who_asks_by(store: Store, request: Request, *, single: bool) -> Who | None:
    """Who asks, by token or cookie; None where these say nothing that holds."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return of_token(store, secret.strip())
    if single:
        return alone()
    cookie = request.cookies.get(COOKIE)
    return of_session(store, cookie) if cookie else None


def _is_tagged(path: str) -> bool:
    return path.startswith("/api/") and path != STREAM


async def _collected(app: ASGIApp, request: Request) -> Answer:
    """The application's answer as a whole, also where the one who asked has gone. What only reads has no body."""
    status, headers, parts = 500, [], []

    async def collect(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message["headers"])
        else:
            parts.append(message.get("body", b""))

    async def nothing() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    await app(request.scope, nothing, collect)
    return Answer(status, headers, b"".join(parts))


def _error(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    return error_answer(status, code, message, headers or {})


def _own(request: Request, who: Who | None) -> bool:
    """Whether a request was made by the page: its origin is this one, and it knows the session's word."""
    origin = request.headers.get("origin")
    same = origin is None or origin.partition("://")[2] == request.headers.get("host")
    word = who.csrf if who and who.csrf else "1"
    return same and hmac.compare_digest(request.headers.get("x-situate", "").encode(), word.encode())
