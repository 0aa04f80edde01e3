"""The stories of a store, as they are kept in it (`story_keeping`)."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from situate.errors import SituateError
from situate.picture.keeping import keep_up
from situate.picture.stories import Story, Told, stories, story_id
from situate.store.filters import Filters, wanted
from situate.store.query import Page, pages
from situate.store.sql import Sql, all_of, sql
from situate.store.store import Store

_ALL = 1 << 30  # reports of a story
_PAGE = """SELECT story, reports, first, last, about FROM stories WHERE ?
    ORDER BY reports DESC, first, story LIMIT ?"""
_THROUGH = """story IN (SELECT told.story FROM story_reports told WHERE told.report_id IN
    (SELECT entries.report_id FROM entries WHERE ?))"""
_REPORTS = """SELECT story, key, title, publisher, published, names FROM
    (SELECT told.story, told.names, told.day, reports.key, reports.title, reports.publisher, reports.published,
    row_number() OVER (PARTITION BY told.story ORDER BY CASE WHEN told.day = '' THEN '9' ELSE told.day END, told.key)
    AS place FROM story_reports told JOIN reports ON reports.id = told.report_id WHERE told.story IN (?)) placed
    WHERE place <= ? ORDER BY story, place"""


def stories_of(store: Store) -> list[Story]:
    """The stories of all reports of a store, the largest first."""
    if store.veiled:
        from situate.picture.naming import told_of

        return stories(told_of(store))
    return list(pages(lambda size, after: story_page(store, limit=size, after=after), None))


def story_page(
    store: Store,
    filters: Filters | None = None,
    *,
    limit: int = 50,
    after: str | None = None,
    most: int | None = None,
) -> Page[Story]:
    """The first `limit` stories, or the first after a cursor, each with its first `most` reports, or with all.

    With filters: those with a report that has an entry, in any layer, which these let through. For a store without a
    veil. Raises SituateError for a wrong cursor.
    """
    keep_up(store)
    later = Sql("1 = 1") if after is None else _later(after)
    with store.asking() as asked:
        through = sql(_THROUGH, wanted(filters, asked.dialect)) if filters else Sql("1 = 1")
        found = asked.tuples(sql(_PAGE, all_of([through, later]), limit + 1))
        reports: dict[str, list[Told]] = defaultdict(list)
        for begin, key, title, publisher, published, names in asked.tuples(
            sql(_REPORTS, [row[0] for row in found[:limit]], most or _ALL)
        ):
            reports[begin].append(Told(key, title, publisher, published, _names(names)))
    rows = tuple(_story(row, reports[row[0]]) for row in found[:limit] if row[0] in reports)
    more = len(found) > limit > 0
    return Page(rows, "~".join(map(str, (found[limit - 1][n] for n in (1, 2, 0)))) if more else None)


def story_count(store: Store) -> int:
    """How many stories there are, of a store without a veil."""
    keep_up(store)
    with store.asking() as asked:
        return asked.number(Sql("SELECT count(*) FROM stories"))


def _story(row: tuple[Any, ...], reports: list[Told]) -> Story:
    begin, size, first, last, about = row
    about = tuple(json.loads(about))
    return Story(story_id(begin), about, tuple(reports), None if first == "9" else first, last or None, size)


def _names(names: str) -> tuple[tuple[str, str, int], ...]:
    return tuple((key, name, times) for key, (name, times, _) in sorted(json.loads(names).items()))


def _later(cursor: str) -> Sql:
    size, first, story = [*cursor.split("~"), "", ""][:3]
    if not size.isdecimal() or not story:
        raise SituateError(f"{cursor}: not a cursor; take the one that the page before gave")
    later = "reports < ? OR (reports = ? AND (first > ? OR (first = ? AND story > ?)))"
    return sql(later, int(size), int(size), first, first, story)
