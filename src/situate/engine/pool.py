"""Batches read by several processes, in order, with no more of them waiting than keeps all processes busy."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from situate.contract import Picture
from situate.engine.batch import Item, read_batch
from situate.errors import SituateError
from situate.intake import Failure

T = TypeVar("T")
WAITING = 2  # batches a process


def read_in_processes(
    batches: Iterable[list[Item]], then: Callable[[Picture], T], jobs: int
) -> Iterator[list[T | Failure]]:
    """The batches, read, in order. Processes are spawned, so that it works alike on every system.

    An empty batch asks for all that was begun to be finished first. `then` has to be picklable. Where the caller stops
    early, by Ctrl-C say, the processes end at once.
    """
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_begin)
    waiting: deque[Future[list[T | Failure]]] = deque()
    finished = False
    try:
        for batch in batches:
            if batch:
                waiting.append(pool.submit(read_batch, batch, then))
            most = WAITING * jobs if batch else 0
            while waiting and (len(waiting) > most or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        finished = True
    except BrokenProcessPool as error:
        raise SituateError("a reading process ended unexpectedly, perhaps out of memory; try fewer --jobs") from error
    finally:
        pool.shutdown(wait=finished, cancel_futures=True)
        if not finished:
            for process in set(multiprocessing.active_children()) - others:
                process.terminate()


def _begin() -> None:
    """Let Ctrl-C end a reading process without a word: the main one tells."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from situate.language.grammar import pipeline

    pipeline()
