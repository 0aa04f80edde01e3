"""Live updates: a line whenever the store has more reports or decisions than before (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool

from situate.store import Store, tables
from situate.web.params import TheStore

router = APIRouter()
EVERY = 2.0  # seconds between looks


@router.get("/live", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def live(request: Request, store: TheStore) -> StreamingResponse:
    """`data: {"reports": N, "decisions": M}` at the start and at every change."""
    return StreamingResponse(_changes(request, store), media_type="text/event-stream")


async def _changes(request: Request, store: Store) -> AsyncIterator[str]:
    last: tuple[int, int] | None = None
    while not request.app.state.ending() and not await request.is_disconnected():
        now = await run_in_threadpool(_state, store)
        if now != last:
            yield f"data: {json.dumps({'reports': now[0], 'decisions': now[1]})}\n\n"
            last = now
        else:
            yield ": still here\n\n"
        await asyncio.sleep(EVERY)


def _state(store: Store) -> tuple[int, int]:
    count = select(func.count()).select_from(tables.decisions)
    with store.reading() as connection:
        return store.count(), connection.execute(count).scalar_one()
