"""The application: API, page, one shape for every error, and what keeps a page of strangers out.

It serves one user on the loopback interface: requests by another host name are refused (a name that was rebound to this
machine can't read the store), and what writes must come from the page itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from situate import __version__
from situate.store import Store
from situate.web import live, reader, reads, writes
from situate.web.errors import ERRORS, error_answer, tell_errors

STATIC = Path(__file__).parent / "static"
OWN_NAMES = {"localhost", "127.0.0.1", "::1"}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-src 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
Next = Callable[[Request], Awaitable[Response]]


def make_app(store: Store, *, host_names: frozenset[str] = frozenset()) -> FastAPI:
    """The application over an open store. `host_names` are answered beside the loopback's own."""
    app = FastAPI(title="Situate", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.store = store
    app.state.ending = lambda: False  # whoever serves the application tells here when streams are to end
    for part in (reads, reader, writes, live):
        app.include_router(part.router, prefix="/api", responses=ERRORS)
    tell_errors(app, HEADERS)
    allowed = OWN_NAMES | host_names

    @app.middleware("http")
    async def guard(request: Request, go_on: Next) -> Response:
        if (request.url.hostname or "") not in allowed:
            return error_answer(403, "forbidden", "this answers only on this machine; open it by 127.0.0.1", HEADERS)
        if request.method not in ("GET", "HEAD") and not _own(request):
            return error_answer(403, "forbidden", "what writes must come from the page itself", HEADERS)
        response = await go_on(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    if STATIC.is_dir():
        app.mount("/", StaticFiles(directory=STATIC, html=True), name="page")
    return app


def _own(request: Request) -> bool:
    """Whether a request was made by the page: another site can't set the header without being asked first."""
    origin = request.headers.get("origin")
    same = origin is None or origin.partition("://")[2] == request.headers.get("host")
    return same and request.headers.get("x-situate") == "1"
