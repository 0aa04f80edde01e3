"""Answers that are kept while the store stays as it is, so that many who look at the same thing cost as one."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from situate.store.changes import Revision

MOST_BYTES = 64_000_000
LARGEST = 8_000_000
FRESH = 1.0  # seconds for which an answer goes on being given while reports are being added beside it

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it goes out. `tag` is its ETag."""

    status: int
    headers: Headers
    body: bytes
    tag: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    revision: Revision
    at: float


@dataclass(slots=True)
class Keeper:
    """Answers by what was asked, the last used ones, as far as memory goes."""

    _kept: OrderedDict[str, _Kept] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _making: dict[str, asyncio.Future[None]] = field(default_factory=dict)

    async def answer(self, asked: str, revision: Revision, make: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer that is kept, or a new one; of many who ask the same at once, one makes it for all."""
        while True:
            if (kept := self._kept.get(asked)) and self._holds(kept, revision):
                self._kept.move_to_end(asked)
                return kept.answer
            if (other := self._making.get(asked)) is None:
                break
            await asyncio.wait([other])
        done = self._making[asked] = asyncio.get_running_loop().create_future()
        try:
            made = await make()
            made = Answer(made.status, made.headers, made.body, f'"{hashlib.sha256(made.body).hexdigest()[:24]}"')
            if made.status == 200 and len(made.body) <= LARGEST:
                self._keep(asked, _Kept(made, revision, time.monotonic()))
            return made
        finally:
            del self._making[asked]
            done.set_result(None)

    def _holds(self, kept: _Kept, revision: Revision) -> bool:
        """What people do shows at once, new reports within FRESH."""
        if kept.revision == revision:
            return True
        return kept.revision.acts == revision.acts and time.monotonic() - kept.at < FRESH

    def _keep(self, asked: str, kept: _Kept) -> None:
        if old := self._kept.pop(asked, None):
            self._bytes -= len(old.answer.body)
        self._kept[asked] = kept
        self._bytes += len(kept.answer.body)
        while self._bytes > MOST_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= len(gone.answer.body)
