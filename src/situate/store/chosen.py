"""Which entries a filter lets through, over the arrays of a store, and counts of them.

It says the same as `filters.wanted`, which asks the tables; a test holds the two alike. Names are looked up in the
tables all the same: what an actor or a place is called there is little beside the entries.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from situate.store.arrays import Arrays, Ints, Links, Mask, Sites
from situate.store.asking import Asking
from situate.store.filters import Filters, merged_actors, merged_places, reports_named, reports_of
from situate.store.fold import fold
from situate.store.search import entries_saying
from situate.store.sql import Sql
from situate.store.store import Store

Axis: TypeAlias = tuple[Ints, int]  # numbers from 0, and how many there may be
_CELLS = 1 << 20  # of a table of counts that is made as a whole
_COLUMNS = (("layers", "layer"), ("types", "type"), ("statuses", "status"), ("reviews", "review"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The arrays of a store, and which of the entries a filter lets through."""

    arrays: Arrays
    let: Mask


def chosen(store: Store, filters: Filters) -> Chosen:
    """What the filter lets through of what the store has now."""
    arrays = store.arrays.now()
    let = np.ones(len(arrays.id), dtype=np.bool_)
    for name, column in _COLUMNS:
        if values := getattr(filters, name):
            let &= arrays.is_(column, *values)
    if filters.since:
        let &= arrays.latest >= date.fromisoformat(filters.since).toordinal()
    if filters.until:
        let &= (arrays.day <= date.fromisoformat(filters.until).toordinal()) & (arrays.day > 0)
    if filters.min_confidence is not None:
        let &= arrays.confidence >= filters.min_confidence
    if filters.box:
        let &= _linked(arrays.places, _inside(arrays.places, filters.box), len(let))
    if filters.sources or filters.reports or filters.text or filters.actors or filters.places:
        with store.asking() as asked:
            let &= _named(asked, arrays, filters)
    return Chosen(arrays, let)


def how_many(store: Store, layer: str, filters: Filters) -> int:
    """How many entries of a layer the filter lets through."""
    some = chosen(store, filters)
    return int(np.count_nonzero(some.let & some.arrays.is_("layer", layer)))


def _named(asked: Asking, arrays: Arrays, filters: Filters) -> Mask:
    """What is let through by names and words, which the tables are asked for."""
    let = np.ones(len(arrays.id), dtype=np.bool_)
    if filters.sources:
        outlets = _among(arrays.report, _numbers(asked, reports_of(filters.sources)))
        let &= outlets | _quoted(arrays, filters.sources)
    if filters.reports:
        let &= _among(arrays.report, _numbers(asked, reports_named(filters.reports)))
    if filters.text:
        said = np.zeros(len(let), dtype=np.bool_)
        said[arrays.positions(_numbers(asked, entries_saying(filters.text, asked.dialect)))] = True
        let &= said
    for links, names, merged in (
        (arrays.actors, filters.actors, merged_actors),
        (arrays.places, filters.places, merged_places),
    ):
        if names:
            let &= _linked(links, _among(links.merged, _numbers(asked, merged(names))), len(let))
    return let


def _numbers(asked: Asking, query: Sql) -> list[int]:
    return [number for (number,) in asked.tuples(query)]


def _among(codes: Ints, numbers: Sequence[int]) -> Mask:
    """Whether each is one of the numbers."""
    known = np.zeros(max(int(codes.max(initial=0)), max(numbers, default=0)) + 1, dtype=np.bool_)
    known[list(numbers)] = True
    return known[codes]


def _linked(links: Links, some: Mask, size: int) -> Mask:
    """The entries of some links."""
    found = np.zeros(size, dtype=np.bool_)
    found[links.at[some]] = True
    return found


def _quoted(arrays: Arrays, names: Sequence[str]) -> Mask:
    """Whether one of the names is quoted, from the beginning of a word."""
    words = [f" {folded}" for folded in map(fold, names) if folded]
    known = [any(word in (source or "") for word in words) for source in arrays.words["source"].of]
    return np.array(known, dtype=np.bool_)[arrays.source]


def _inside(places: Sites, box: tuple[float, float, float, float]) -> Mask:
    west, south, east, north = box
    across = (places.lon >= west) & (places.lon <= east)
    if west > east:
        across = (places.lon >= west) | (places.lon <= east)
    return places.point & across & (places.lat >= south) & (places.lat <= north)


def counted(some: Mask, *axes: Axis) -> tuple[list[npt.NDArray[np.int64]], npt.NDArray[np.int64]]:
    """The combinations of numbers that occur among some entries, axis by axis in ascending order, and how often."""
    key = np.zeros(int(np.count_nonzero(some)), dtype=np.int64)
    size = 1
    for codes, number in axes:
        key = key * number + codes[some]
        size *= number
    if size <= _CELLS:
        cells = np.bincount(key, minlength=1)
        found = np.flatnonzero(cells)
        numbers = cells[found]
    else:
        found, numbers = np.unique(key, return_counts=True)
    values = []
    for _, number in reversed(axes):
        values.append(found % number)
        found = found // number
    return values[::-1], numbers


def axis(arrays: Arrays, column: str) -> Axis:
    """A column of words as an axis."""
    return getattr(arrays, column), max(1, len(arrays.words[column].of))


def joined(ones: Ints, others: Ints) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """All pairs of rows with the same entry, of two tables that are in the order of their entries."""
    start, end = np.searchsorted(others, ones, "left"), np.searchsorted(others, ones, "right")
    each = end - start
    left = np.repeat(np.arange(len(ones)), each)
    right = np.arange(len(left)) - np.repeat(np.cumsum(each) - each, each) + np.repeat(start, each)
    return left, right
