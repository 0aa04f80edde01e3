"""The application: API, page, one shape for every error, and the guard before all of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.staticfiles import StaticFiles

from situate import __version__
from situate.export.page import ASSETS
from situate.store import Store
from situate.web import (
    accounts,
    around,
    base,
    comments,
    derived,
    forecasts,
    incidents,
    live,
    reader,
    reads,
    reports,
    rules,
    stories,
    views,
    writes,
)
from situate.web.access import Readers
from situate.web.adding import Adder
from situate.web.base import ARCHIVE, BaseMap, archive
from situate.web.errors import ERRORS, tell_errors
from situate.web.guard import COOKIE, Guard, headers_with, who_asks_by
from situate.web.kept import Keeper
from situate.web.limits import Limits
from situate.web.schemas.base import pictured
from situate.web.upkeep import Upkeep
from situate.web.warm import warmed

ABOUT = """One filter holds for every view: since, until, place, actor, layer, type, status, source, report, review,
text, min_confidence, box. Lists come in pages: `after` of an answer is the `after` of the next question, null at the
end. Every answer has an ETag; errors have one shape. What writes sends X-Situate with the word that /api/me tells
(csrf), or asks with a token. Alone on one's machine nobody logs in.
"""
STATIC = Path(__file__).parent / "static"
PARTS = (
    reads, base, views, derived, forecasts, incidents, stories, reports, reader, around,
    writes, comments, rules, accounts, live,
)  # fmt: skip


def make_app(
    store: Store,
    *,
    host_names: frozenset[str] = frozenset(),
    single: bool = True,
    limits: Limits | None = None,
    base_map: BaseMap | None = None,
) -> FastAPI:
    """The application over an open store.

    `single` serves the one user of this machine, without login, under the loopback's own names and `host_names` alone.
    Else people log in, under `host_names`, or whatever name leads here where these are empty.
    """
    app = FastAPI(
        title="Situate",
        version=__version__,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=warmed,
    )
    app.state.single = single
    app.state.store = store
    app.state.readers = Readers(store)
    app.state.limits = limits or Limits()
    app.state.ending = lambda: False  # whoever serves the application tells here when streams are to end
    for part in PARTS:
        app.include_router(part.router, prefix="/api", responses=ERRORS)
    app.state.base = base_map or BaseMap()
    headers = headers_with(app.state.base.sources)
    tell_errors(app, headers)
    app.state.who = partial(who_asks_by, store, single=single)
    app.state.keeper = Keeper()
    app.state.stories = stories.Stories()
    app.state.adder = Adder(store)
    app.state.upkeep = Upkeep(store)
    limited, kept = app.state.limits, app.state.keeper
    guard = {"store": store, "host_names": host_names, "single": single, "limits": limited, "keeper": kept}
    app.add_middleware(Guard, **guard, headers=headers)
    app.openapi = partial(_described, app)  # type: ignore[method-assign]
    if app.state.base.path:
        app.add_api_route(ARCHIVE, archive, include_in_schema=False)
    app.mount("/shared", StaticFiles(directory=ASSETS), name="shared")
    if STATIC.is_dir():
        app.mount("/", StaticFiles(directory=STATIC, html=True), name="page")
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """The description of the API: what FastAPI makes of the routes, with the ways to say who asks."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        made["components"]["schemas"] |= pictured()
        made["components"]["securitySchemes"] = {
            "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
            "token": {"type": "http", "scheme": "bearer"},
        }
        made["security"] = [{}, {"session": []}, {"token": []}]
        app.openapi_schema = made
    return app.openapi_schema
