"""The first view is had at once, however large the store: its answers are made when the server starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import Message

FIRST = ("tally", "timeline", "map", "tally/outlets")  # what the page asks for when it is opened


@asynccontextmanager
async def warmed(app: FastAPI) -> AsyncIterator[None]:
    """While the application runs; what it begins with is made beside the first requests."""
    app.state.upkeep.begin()
    making = asyncio.create_task(_ask(app)) if app.state.single else None
    try:
        yield
    finally:
        if making:
            making.cancel()
        app.state.adder.close()
        app.state.upkeep.close()
        app.state.readers.close()


async def _ask(app: FastAPI) -> None:
    for part in FIRST:
        path = f"/api/{part}"
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"",
            "headers": [(b"host", b"127.0.0.1")], "client": ("127.0.0.1", 0), "server": ("127.0.0.1", 80),
        }  # fmt: skip
        await app(scope, _nothing, _forget)


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _forget(_message: Message) -> None:
    """The answer is kept by the guard; nobody waits for it here."""
