"""Inputs in, pictures out, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from situate.contract import Picture
from situate.engine.batch import Item, batches, read_batch
from situate.intake import Failure

T = TypeVar("T")


def read_all(items: Iterable[Item], then: Callable[[Picture], T]) -> Iterator[T | Failure]:
    """What `then` makes of each report's picture, or its failure, in input order."""
    for batch in batches(items):
        yield from read_batch(batch, then)
