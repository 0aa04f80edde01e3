"""Reports in, pictures out, in order: in this process, or in several."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from situate.contract import Picture
from situate.engine.batch import Item, batches, read_batch
from situate.engine.pool import read_in_processes
from situate.intake import Failure

T = TypeVar("T")


def read_all(
    items: Iterable[Item], then: Callable[[Picture], T], jobs: int = 1, idle: Callable[[], bool] = lambda: False
) -> Iterator[T | Failure]:
    """What `then` makes of each report's picture, or the report's failure, in input order.

    With more than one job `then` runs in the reading processes and has to be picklable, as a method of Picture is; 0
    jobs are as many as the machine has cores. Memory doesn't grow with the number of items. `idle` tells whether the
    next item isn't there yet, as in the midst of a pipe; then what is there is read without waiting for more.
    """
    jobs = jobs or os.cpu_count() or 1
    cut = batches(items, idle)
    if jobs == 1:
        read: Iterator[list[T | Failure]] = (read_batch(batch, then) for batch in cut)
    else:
        read = read_in_processes(cut, then, jobs)
    return chain.from_iterable(read)
