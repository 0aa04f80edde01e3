"""The application: API, page, one shape for every error, and what keeps a page of strangers out.

It serves one user on the loopback interface: requests by another host name are refused (a name that was rebound to this
machine can't read the store), and what writes must come from the page itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from situate import __version__
from situate.errors import SituateError
from situate.store import Store
from situate.web import live, reads, writes

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
    app.include_router(reads.router, prefix="/api")
    app.include_router(writes.router, prefix="/api")
    app.include_router(live.router, prefix="/api")
    _tell_errors(app)
    allowed = OWN_NAMES | host_names

    @app.middleware("http")
    async def guard(request: Request, go_on: Next) -> Response:
        if (request.url.hostname or "") not in allowed:
            return _error(403, "forbidden", "this page answers only on this machine; open it by 127.0.0.1")
        if request.method not in ("GET", "HEAD") and not _own(request):
            return _error(403, "forbidden", "what writes must come from the page itself")
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


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"status": status, "code": code, "message": message}}, status, headers=HEADERS)


def _tell_errors(app: FastAPI) -> None:
    @app.exception_handler(SituateError)
    async def situate_error(_request: Request, error: SituateError) -> JSONResponse:
        missing = "no report with that key" in str(error)
        return _error(404 if missing else 400, "not_found" if missing else "bad_request", str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first: dict[str, Any] = dict(error.errors()[0])
        where = ".".join(str(x) for x in first["loc"][1:])
        return _error(422, "invalid", f"{where}: {first['msg']}")

    @app.exception_handler(HTTPException)
    async def http_error(_request: Request, error: HTTPException) -> JSONResponse:
        return _error(error.status_code, "not_found" if error.status_code == 404 else "http", str(error.detail))
