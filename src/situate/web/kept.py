"""Answers that are kept while the store stays as it is, so that many who look at the same thing cost as one.

While reports are being added, an answer goes on being given for some seconds. After these one is made anew beside, and
the old one is given until it is there, so that nobody waits for what many look at. What people do shows at once.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from situate.store.changes import Revision

MOST_BYTES = 48_000_000
LARGEST = 8_000_000
AT_WORK = 3  # answers that are made at once: more would only take each other's time and memory
FRESH = 8.0  # seconds for which an answer goes on being given, at the most, while reports are being added beside it
WORTH = 20.0  # times as long as it took to make: what is had soon is made anew
SOON = 0.001  # the same of what took no time at all
RENEWED = 3.0  # times as long an answer is given while a new one is made beside

_log = logging.getLogger(__name__)

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it goes out. `tag` is its ETag."""

    status: int
    headers: Headers
    body: bytes
    tag: str = ""


def tagged(answer: Answer) -> Answer:
    """The answer with the tag of its body."""
    return replace(answer, tag=f'"{hashlib.sha256(answer.body).hexdigest()[:24]}"')


@dataclass(frozen=True, slots=True)
class _Kept:
    answer: Answer
    revision: Revision
    at: float
    cost: float  # seconds that it took to make

    @property
    def worth(self) -> float:
        """For how many seconds it goes on being given though reports came."""
        return min(FRESH, WORTH * self.cost) or SOON


@dataclass(slots=True)
class Keeper:
    """Answers by what was asked, the last used ones, as far as memory goes."""

    clock: Callable[[], float] = time.monotonic
    _kept: OrderedDict[str, _Kept] = field(default_factory=OrderedDict)
    _bytes: int = 0
    _making: dict[str, tuple[Revision, asyncio.Future[Answer | None]]] = field(default_factory=dict)
    _at_work: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_WORK))
    _beside: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _renewals: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def stale(self) -> float:
        """For how many seconds, at the most, one of the kept answers may be given though reports came."""
        return max((kept.worth * RENEWED + kept.cost for kept in self._kept.values()), default=0.0)

    async def answer(self, asked: str, revision: Revision, make: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer that is kept, or a new one; of many who ask the same at once, one makes it for all."""
        while True:
            if (kept := self._kept.get(asked)) and kept.revision.acts == revision.acts:
                age = 0.0 if kept.revision == revision else (self.clock() - kept.at) / kept.worth
                if age < RENEWED:
                    self._kept.move_to_end(asked)
                    if age >= 1 and asked not in self._renewals:
                        self._renew(asked, kept, revision, make)
                    return kept.answer
            if asked not in self._making:
                return await self._made(asked, revision, make)
            since, making = self._making[asked]
            made = await asyncio.shield(making)
            if made is not None and since.acts == revision.acts:
                return made

    def _renew(self, asked: str, old: _Kept, revision: Revision, make: Callable[[], Awaitable[Answer]]) -> None:
        """Have the answer made beside those that somebody waits for."""

        async def renew() -> None:
            try:
                async with self._beside:
                    if self._kept.get(asked) is old and asked not in self._making:
                        await self._made(asked, revision, make)
            except Exception:  # the old one is given as long as it may be; who asks after that is told
                _log.exception("%s: not made anew", asked)
            finally:
                del self._renewals[asked]

        self._renewals[asked] = asyncio.create_task(renew())

    async def _made(self, asked: str, revision: Revision, make: Callable[[], Awaitable[Answer]]) -> Answer:
        done: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._making[asked] = revision, done
        made: Answer | None = None
        try:
            async with self._at_work:
                begin = self.clock()
                told = await make()
                end = self.clock()
            made = tagged(told)
            if made.status == 200 and len(made.body) <= LARGEST:
                self._keep(asked, _Kept(made, revision, end, end - begin))
            return made
        finally:
            del self._making[asked]
            done.set_result(made)

    def _keep(self, asked: str, kept: _Kept) -> None:
        if old := self._kept.pop(asked, None):
            self._bytes -= len(old.answer.body)
        self._kept[asked] = kept
        self._bytes += len(kept.answer.body)
        while self._bytes > MOST_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= len(gone.answer.body)
