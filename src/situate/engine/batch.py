"""A batch of inputs read at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from situate.contract import Picture, Report
from situate.intake import Failure

T = TypeVar("T")
Item = Report | Failure

REPORTS = 32
CHARACTERS = 100_000


def batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items in order, cut where a batch is large enough for the pipeline to work at its full speed."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.text) if isinstance(item, Report) else 0
        if len(batch) >= REPORTS or size >= CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def read_batch(batch: list[Item], then: Callable[[Picture], T]) -> list[T | Failure]:
    """What `then` makes of each picture, in order; failures stay in their places."""
    reports = [item for item in batch if isinstance(item, Report)]
    try:
        pictures = iter(list(_read(reports)))
    except Exception:  # one report's fault must not cost the batch
        return [_read_alone(item, then) for item in batch]
    return [then(next(pictures)) if isinstance(item, Report) else item for item in batch]


def _read(reports: list[Report]) -> Iterator[Picture]:
    from situate.reading import read_reports

    return read_reports(reports)


def _read_alone(item: Item, then: Callable[[Picture], T]) -> T | Failure:
    if isinstance(item, Failure):
        return item
    try:
        return then(next(_read([item])))
    except Exception as error:
        reason = f"reading broke off ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        return Failure(item.id, reason, "this is a fault of the program: please report it with the text", item.id)
