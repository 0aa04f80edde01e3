"""Live updates: a line whenever the store has more reports or decisions than before (server-sent events)."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from situate.store import Store
from situate.store.changes import Revision, revision_of
from situate.store.sql import sql
from situate.web.params import TheStore

router = APIRouter(tags=["views"])
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}
EVERY = 2.0  # seconds between looks
Counts = dict[str, int]
_COUNTS = """SELECT (SELECT count(*) FROM reports) AS reports, (SELECT count(*) FROM decisions) AS decisions,
    (SELECT count(*) FROM pending WHERE what = 'report') AS waiting"""


@router.get(
    "/live",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def live(request: Request, store: TheStore) -> StreamingResponse:
    """`data: {"reports": N, "decisions": M, "waiting": K}` at the start and at every change, of what who asks may see.

    `waiting` reports aren't put together with the others yet. The stream ends where a session does.
    """
    return StreamingResponse(_changes(request, store), media_type="text/event-stream")


async def _changes(request: Request, store: Store) -> AsyncIterator[str]:
    news = News()
    while not request.app.state.ending() and not await request.is_disconnected():
        if await run_in_threadpool(request.app.state.who, request) is None:
            return
        told = news.told(*await run_in_threadpool(_state, store, news.seen), request.app.state.keeper.stale())
        yield f"data: {json.dumps(told)}\n\n" if told else ": still here\n\n"
        await asyncio.sleep(EVERY)


@dataclass(slots=True)
class News:
    """What is new, told when nobody is given an answer from before it any more: what people did at once, else later."""

    seen: Revision | None = None
    _waiting: list[tuple[float, Counts]] = field(default_factory=list)
    _last: Counts | None = None

    def told(self, revision: Revision, counts: Counts | None, stale: float) -> Counts | None:
        """What there is to tell now, at a revision with these counts (None where they are those that were seen).

        `stale` is for how many seconds answers from before new reports may go on being given.
        """
        now = time.monotonic()
        at_once = self.seen is None or self.seen.acts != revision.acts
        self.seen = revision
        if counts is not None:
            self._waiting.append((-math.inf if at_once else now, counts))
        ripe = [counts for at, counts in self._waiting if now - at >= stale]
        del self._waiting[: len(ripe)]
        if not ripe or ripe[-1] == self._last:
            return None
        self._last = ripe[-1]
        return self._last


def _state(store: Store, seen: Revision | None) -> tuple[Revision, Counts | None]:
    """The store's revision, and what there is to tell where that isn't the one that was seen."""
    with store.asking() as asked:
        revision = revision_of(asked)
        return revision, None if revision == seen else asked.rows(sql(_COUNTS))[0]
