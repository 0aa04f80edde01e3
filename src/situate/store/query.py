"""Entries of one layer that a filter lets through: pages of them, how many, and how many of each sort.

The newest come first, undated ones last, and those of a day by key, so that the same store content lists the same
everywhere. A page's `after` is the cursor of the next one; it stays right while reports are being added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from situate.errors import SituateError
from situate.store.assemble import assembled
from situate.store.filters import Filters, wanted, wanted_reports
from situate.store.listed import Listed
from situate.store.sql import Sql, all_of, sql
from situate.store.store import Store

T = TypeVar("T")
PAGE = 500
FACETS = ("type", "status", "review", "source_kind", "publisher")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursor after the last of them; None where nothing comes after.

    `total` is how many the filter lets through, where that was had on the way.
    """

    rows: tuple[T, ...]
    after: str | None
    total: int | None = None


def page(store: Store, layer: str, filters: Filters, *, limit: int = 50, after: str | None = None) -> Page[Listed]:
    """The first `limit` entries of the layer, or the first after a cursor. Raises SituateError for a wrong cursor."""
    later = [] if after is None else [_later(after)]
    with store.asking() as asked:
        conditions = all_of([wanted(filters, asked.dialect, layer), *later])
        found = asked.tuples(sql(_PAGE_OF, conditions, limit + 1))
        rows = assembled(asked, layer, [number for number, _, _ in found[:limit]])
    more = len(found) > limit > 0
    return Page(tuple(rows), f"{found[limit - 1][1]}~{found[limit - 1][2]}" if more else None)


def every(store: Store, layer: str, filters: Filters, *, limit: int | None = None) -> Iterator[Listed]:
    """All entries of the layer that the filter lets through, or the first `limit`, a page at a time in memory."""
    return pages(lambda size, after: page(store, layer, filters, limit=size, after=after), limit)


def entry(store: Store, key: str) -> Listed | None:
    """The entry with that key; None where there is none, or it is an actor or a place."""
    with store.asking() as asked:
        found = asked.tuples(sql(_ENTRY, key))
        return next((row for number, layer in found for row in assembled(asked, layer, [number])), None)


def pages(get: Callable[[int, str | None], Page[T]], limit: int | None) -> Iterator[T]:
    """The rows of page after page, `limit` of them or all."""
    after: str | None = None
    left = limit
    while left is None or left > 0:
        this = get(PAGE if left is None else min(PAGE, left), after)
        yield from this.rows
        after = this.after
        if after is None:
            return
        left = None if left is None else left - len(this.rows)


def count(store: Store, layer: str, filters: Filters) -> int:
    """How many entries of the layer the filter lets through."""
    return _count(store, layer, filters)


def undated(store: Store, layer: str, filters: Filters) -> int:
    """How many more entries the filter would let through if it had no dates: those that have none."""
    return _count(store, layer, replace(filters, since=None, until=None), sql("entries.day = ''"))


def facet(store: Store, layer: str, filters: Filters, field: str) -> dict[str | None, int]:
    """How many entries there are for each value of a field in FACETS, the commonest first."""
    if field not in FACETS:
        raise ValueError(f"{field}: not one of {', '.join(FACETS)}")
    column, of_report = (f"entries.{field}", "") if field != "publisher" else ("reports.publisher", _OF_REPORT)
    query = (
        f"SELECT {column}, count(*) FROM entries{of_report} WHERE ? GROUP BY {column} ORDER BY count(*) DESC, {column}"
    )
    with store.asking() as asked:
        return dict(asked.tuples(sql(query, wanted(filters, asked.dialect, layer))))


def keys(store: Store, layer: str, filters: Filters) -> set[str]:
    """The keys of the entries of the layer that the filter lets through."""
    with store.asking() as asked:
        found = asked.tuples(sql("SELECT key FROM entries WHERE ?", wanted(filters, asked.dialect, layer)))
    return {key for (key,) in found}


def reports(store: Store, filters: Filters) -> set[str]:
    """The keys of the reports that have an entry, in any layer, which the filter lets through."""
    with store.asking() as asked:
        found = asked.tuples(sql("SELECT key FROM reports WHERE ?", wanted_reports(filters, asked.dialect)))
    return {key for (key,) in found}


_PAGE_OF = "SELECT id, day, key FROM entries WHERE ? ORDER BY day DESC, key LIMIT ?"
_ENTRY = "SELECT id, layer FROM entries WHERE key = ? AND layer NOT IN ('actors', 'places')"
_OF_REPORT = " JOIN reports ON reports.id = entries.report_id"


def _count(store: Store, layer: str, filters: Filters, *more: Sql) -> int:
    with store.asking() as asked:
        conditions = all_of([wanted(filters, asked.dialect, layer), *more])
        return asked.number(sql("SELECT count(*) FROM entries WHERE ?", conditions))


def _later(cursor: str) -> Sql:
    """The condition that an entry comes after the cursor in the listing's order."""
    day, separator, key = cursor.partition("~")
    if not separator:
        raise SituateError(f"{cursor}: not a cursor; take the one that the page before gave")
    later = "entries.day <= ? AND (entries.day < ? OR (entries.day = ? AND entries.key > ?))"
    return sql(later, day, day, day, key)
