"""Live updates: a line whenever the store has more reports or decisions than before (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from situate.store import Store
from situate.store.changes import Revision, revision_of
from situate.store.sql import sql
from situate.web.params import TheStore

router = APIRouter()
EVERY = 2.0  # seconds between looks
_COUNTS = "SELECT (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM decisions) AS decisions"


@router.get("/live", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def live(request: Request, store: TheStore) -> StreamingResponse:
    """`data: {"reports": N, "decisions": M}` at the start and at every change, of what who asks may see.

    The stream ends where a session does.
    """
    return StreamingResponse(_changes(request, store), media_type="text/event-stream")


async def _changes(request: Request, store: Store) -> AsyncIterator[str]:
    seen: Revision | None = None
    last = None
    while not request.app.state.ending() and not await request.is_disconnected():
        if await run_in_threadpool(request.app.state.who, request) is None:
            return
        seen, now = await run_in_threadpool(_state, store, seen)
        if now is not None and now != last:
            yield f"data: {json.dumps(now)}\n\n"
            last = now
        else:
            yield ": still here\n\n"
        await asyncio.sleep(EVERY)


def _state(store: Store, seen: Revision | None) -> tuple[Revision, dict[str, int] | None]:
    """The store's revision, and what there is to tell where that isn't the one that was seen."""
    with store.asking() as asked:
        revision = revision_of(asked)
        return revision, None if revision == seen else asked.rows(sql(_COUNTS))[0]
