"""A batch of inputs read at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from situate.contract import Picture, Report
from situate.errors import SituateError
from situate.intake import Failure

T = TypeVar("T")
Item = Report | Failure

REPORTS = 16  # beyond this many, or this many characters, a larger batch is not read faster
CHARACTERS = 40_000


def batches(items: Iterable[Item], idle: Callable[[], bool] = lambda: False) -> Iterator[list[Item]]:
    """The items in order, cut where a batch is large enough for the pipeline to work at its full speed.

    The first batch is one item, so that a person sees something soon. While `idle` says that the next item isn't there
    yet, what is there is given out, and then an empty batch: time to finish what was begun.
    """
    batch: list[Item] = []
    size, first = 0, True
    for item in items:
        batch.append(item)
        size += len(item.text) if isinstance(item, Report) else 0
        pause = idle()
        if first or pause or len(batch) >= REPORTS or size >= CHARACTERS:
            yield batch
            batch, size, first = [], 0, False
            if pause:
                yield []
    if batch:
        yield batch


def read_batch(batch: list[Item], then: Callable[[Picture], T]) -> list[T | Failure]:
    """What `then` makes of each picture, in order; failures stay in their places."""
    try:
        made = iter([then(picture) for picture in _pictures(item for item in batch if isinstance(item, Report))])
    except SituateError:  # what the program reads by is at fault: a user's catalogue, say
        raise
    except Exception:  # one report's fault must not cost the batch: each is read alone, and the faulty one told
        return [_read_alone(item, then) for item in batch]
    return [next(made) if isinstance(item, Report) else item for item in batch]


def _pictures(reports: Iterable[Report]) -> Iterator[Picture]:
    from situate.reading import read_reports

    return read_reports(reports)


def _read_alone(item: Item, then: Callable[[Picture], T]) -> T | Failure:
    if isinstance(item, Failure):
        return item
    try:
        return then(next(_pictures([item])))
    except SituateError:
        raise
    except Exception as error:  # a reader's fault, whatever it is
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return Failure(item.id, f"reading broke off ({what})", "please report this with the text", item.id)
