"""Entries of one layer that a filter lets through: pages of them, how many, and how many of each sort.

The newest come first, undated ones last, and those of a day by key, so that the same store content lists the same
everywhere. A page's `after` is the cursor of the next one; it stays right while reports are being added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from situate.errors import SituateError
from situate.store import tables
from situate.store.assemble import assembled
from situate.store.filters import Filters, entry_conditions
from situate.store.listed import Listed
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
    query = _numbers(store, layer, filters)
    if after is not None:
        query = query.where(*_later(after))
    with store.reading() as connection:
        found = connection.execute(query.limit(limit + 1)).all()
        rows = assembled(connection, layer, [row.id for row in found[:limit]])
    more = len(found) > limit > 0
    return Page(tuple(rows), f"{found[limit - 1].day}~{found[limit - 1].key}" if more else None)


def every(store: Store, layer: str, filters: Filters, *, limit: int | None = None) -> Iterator[Listed]:
    """All entries of the layer that the filter lets through, or the first `limit`, a page at a time in memory."""
    return pages(lambda size, after: page(store, layer, filters, limit=size, after=after), limit)


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
    return _count(store, layer, replace(filters, since=None, until=None), tables.entries.c.day == "")


def facet(store: Store, layer: str, filters: Filters, field: str) -> dict[str | None, int]:
    """How many entries there are for each value of a field in FACETS, the commonest first."""
    column: ColumnElement[Any] = tables.entries.c[field] if field != "publisher" else tables.reports.c.publisher
    number = func.count().label("number")
    query = select(column.label("value"), number).select_from(tables.entries)
    if field == "publisher":
        query = query.join(tables.reports)
    query = query.where(*_conditions(store, layer, filters)).group_by(column).order_by(number.desc(), column)
    with store.reading() as connection:
        return {row.value: row.number for row in connection.execute(query)}


def _count(store: Store, layer: str, filters: Filters, *more: ColumnElement[bool]) -> int:
    query = select(func.count()).select_from(tables.entries).where(*_conditions(store, layer, filters), *more)
    with store.reading() as connection:
        number: int = connection.execute(query).scalar_one()
    return number


def _numbers(store: Store, layer: str, filters: Filters) -> Select[Any]:
    entries = tables.entries
    query = select(entries.c.id, entries.c.day, entries.c.key).where(*_conditions(store, layer, filters))
    return query.order_by(entries.c.day.desc(), entries.c.key)


def _conditions(store: Store, layer: str, filters: Filters) -> list[ColumnElement[bool]]:
    return [tables.entries.c.layer == layer, *entry_conditions(filters, store.engine.dialect.name, layer)]


def _later(cursor: str) -> list[ColumnElement[bool]]:
    """The conditions that an entry comes after the cursor in the listing's order."""
    day, separator, key = cursor.partition("~")
    if not separator:
        raise SituateError(f"{cursor}: not a cursor; take the one that the page before gave")
    entries = tables.entries
    return [entries.c.day <= day, or_(entries.c.day < day, and_(entries.c.day == day, entries.c.key > key))]
