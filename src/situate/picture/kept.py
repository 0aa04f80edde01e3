"""The incidents of a store, from the groups that are kept in it (`keeping`)."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from situate.errors import SituateError
from situate.picture.copies import copies
from situate.picture.incident import Incident, Told, made, ordered
from situate.picture.incidents import DENIED, incidents
from situate.picture.keeping import keep_up
from situate.picture.pins import pins_of
from situate.picture.sides import Ties, pairs_asked
from situate.picture.standing_ties import ties_between, ties_of
from situate.store.asking import Asking
from situate.store.assemble import assembled
from situate.store.filters import Filters, wanted
from situate.store.listed import Listed
from situate.store.query import Page, every, pages
from situate.store.sql import Sql, all_of, sql
from situate.store.store import Store

LAYER = "events"
_PAGE = """SELECT id, day, key, body, NULL AS total FROM groups WHERE ? AND (?)
    ORDER BY day DESC, key DESC LIMIT ?"""
_PAGE_THROUGH = """WITH through AS (SELECT id, day, key FROM groups WHERE ?)
    SELECT page.id, page.day, page.key, groups.body, (SELECT count(*) FROM through) AS total
    FROM (SELECT id, day, key FROM through WHERE ? ORDER BY day DESC, key DESC LIMIT ?) page
    JOIN groups ON groups.id = page.id ORDER BY page.day DESC, page.key DESC"""
_MEMBERS = """SELECT group_id, entry_id FROM group_members JOIN entries ON entries.id = entry_id
    WHERE group_id IN (?) AND entries.layer = ? ORDER BY entry_id"""
_WITH = """SELECT groups.id, groups.body FROM groups JOIN group_members ON group_id = groups.id
    JOIN entries ON entries.id = entry_id WHERE groups.layer = ? AND entries.key IN (?)"""
_SIZES = """SELECT id, (SELECT count(*) FROM group_members WHERE group_id = groups.id) FROM groups WHERE ?
    ORDER BY day DESC, key DESC"""
_NAMED = """SELECT groups.id, min(entries.key) FROM groups
    JOIN group_members ON group_id = groups.id JOIN entries ON entries.id = entry_id
    WHERE groups.id IN (SELECT id FROM groups WHERE layer = ? AND key >= ? AND key < ?
    UNION SELECT group_id FROM entries found JOIN group_members ON entry_id = found.id
    WHERE found.layer = ? AND found.key >= ? AND found.key < ?) GROUP BY groups.id LIMIT 2"""
_AT_ONCE = 200


def incidents_of(store: Store, filters: Filters) -> list[Incident]:
    """The incidents of which a filter lets an event through, each with all that tell it, the latest first."""
    if store.veiled:
        return _anew(store, filters)
    return list(pages(lambda size, after: incident_page(store, filters, limit=size, after=after), None))


def incident_page(store: Store, filters: Filters, *, limit: int = 50, after: str | None = None) -> Page[Incident]:
    """The first `limit` of them, or the first after a cursor. Raises SituateError for a wrong cursor.

    For a store without a veil.
    """
    keep_up(store)
    later = Sql("1 = 1") if after is None else _later(after)
    with store.asking() as asked:
        query = _PAGE if filters == Filters() else _PAGE_THROUGH
        found = asked.tuples(sql(query, _through(LAYER, filters, asked.dialect), later, limit + 1))
        entries = _entries(asked, LAYER, [row[0] for row in found[:limit]])
    more = len(found) > limit > 0
    cursor = f"{found[limit - 1][1]}~{found[limit - 1][2]}" if more else None
    bodies = ((entries[group], body) for group, _, _, body, _ in found[:limit] if group in entries)
    return Page(tuple(_made(store, bodies)), cursor, found[0][4] if found else None)


def incident_named(store: Store, name: str) -> Incident:
    """The incident with that id, or of the event with that key; its beginning is enough.

    For a store without a veil. Raises SituateError where there is none, or more than one.
    """
    keep_up(store)
    ends = (name, f"{name}\U0010ffff")
    with store.asking() as asked:
        found = asked.tuples(sql(_NAMED, LAYER, *ends, LAYER, *ends))
    if len(found) != 1:
        how_many = "more than one incident" if found else "no incident"
        raise SituateError(f"{name}: {how_many} of {store.name} goes by that; see situate incidents --why")
    (incident,) = incidents_with(store, [key for _, key in found])
    return incident


def incidents_with(store: Store, keys: Sequence[str]) -> list[Incident]:
    """The incidents of the events with these keys, of a store without a veil."""
    return _made(store, _groups_with(store, LAYER, keys))


def groups_with(store: Store, layer: str, keys: Sequence[str]) -> list[tuple[Listed, ...]]:
    """The entries of the groups in which entries with these keys are, of a store without a veil."""
    return [tuple(some) for some, _ in _groups_with(store, layer, keys)]


def _groups_with(store: Store, layer: str, keys: Sequence[str]) -> list[tuple[list[Listed], str]]:
    """The groups in which entries with these keys are: their entries by key, what is kept beside them."""
    keep_up(store)
    with store.asking() as asked:
        bodies = {
            group: body
            for n in range(0, len(keys), _AT_ONCE)
            for group, body in asked.tuples(sql(_WITH, layer, list(keys[n : n + _AT_ONCE])))
        }
        entries = _entries(asked, layer, sorted(bodies))
    return [(some, bodies[group]) for group, some in entries.items()]


def _made(store: Store, groups: Iterable[tuple[Sequence[Listed], str]]) -> list[Incident]:
    """The incidents of entries, each with what is kept beside them."""
    told = [(ordered(entries), Told.from_dict(json.loads(body))) for entries, body in groups]
    original = {key: c.original for c in copies(store, _reports(told)) for key in c.reports}
    ties = _ties(store, told)
    return [made(entries, each, original, ties) for entries, each in told]


def incident_count(store: Store, filters: Filters) -> int:
    """How many incidents the filter lets through, of a store without a veil."""
    keep_up(store)
    with store.asking() as asked:
        return asked.number(sql("SELECT count(*) FROM groups WHERE ?", _through(LAYER, filters, asked.dialect)))


def groups_through(
    store: Store, layer: str, filters: Filters, most: int | None = None
) -> tuple[list[tuple[Listed, ...]], int]:
    """The groups of a layer of which a filter lets an entry through, each as its entries by key, the latest first.

    With `most`: the latest of them, with about so many entries in all; and how many entries are left out.
    """
    keep_up(store)
    with store.asking() as asked:
        found = asked.tuples(sql(_SIZES, _through(layer, filters, asked.dialect)))
        ends = list(accumulate(size for _, size in found))
        shown = len(found) if most is None else max(1, bisect_right(ends, most))
        entries = _entries(asked, layer, [group for group, _ in found[:shown]])
    left_out = ends[-1] - ends[shown - 1] if ends[shown:] else 0
    return [tuple(entries[group]) for group, _ in found[:shown] if group in entries], left_out


def _entries(asked: Asking, layer: str, groups: Sequence[int]) -> dict[int, list[Listed]]:
    """The entries of groups, by key."""
    found: dict[int, list[Listed]] = defaultdict(list)
    for n in range(0, len(groups), _AT_ONCE):
        members = asked.tuples(sql(_MEMBERS, list(groups[n : n + _AT_ONCE]), layer))
        entries = assembled(asked, layer, [number for _, number in members])
        for (group, _), e in zip(members, entries, strict=True):
            found[group].append(e)
    return {group: sorted(some, key=lambda e: e.key) for group, some in found.items()}


def _through(layer: str, filters: Filters, dialect: str) -> Sql:
    """That one of a group's entries is let through."""
    of_layer = sql("layer = ?", layer)
    if filters == Filters():
        return of_layer
    let = wanted(filters, dialect, layer)
    within = "id IN (SELECT group_id FROM group_members WHERE entry_id IN (SELECT entries.id FROM entries WHERE ?))"
    return all_of([of_layer, sql(within, let)])


def _later(cursor: str) -> Sql:
    day, separator, key = cursor.partition("~")
    if not separator:
        raise SituateError(f"{cursor}: not a cursor; take the one that the page before gave")
    return sql("day <= ? AND (day < ? OR (day = ? AND key < ?))", day, day, day, key)


def _reports(told: Iterable[tuple[Sequence[Listed], Told]]) -> list[str]:
    return sorted({e.report.key for entries, _ in told for e in entries})


def _ties(store: Store, told: Sequence[tuple[Sequence[Listed], Told]]) -> Ties:
    """The ties that may tell on which side a voice is."""
    pairs = {pair for entries, each in told for pair in pairs_asked(each.heard, entries)}
    return ties_between(store, pairs) if pairs else {}


def _anew(store: Store, filters: Filters) -> list[Incident]:
    """The incidents that the events let through make by themselves."""
    events = {e.key: e for e in every(store, LAYER, filters)}
    if filters.statuses and DENIED not in filters.statuses:  # what is denied contradicts
        events |= {e.key: e for e in every(store, LAYER, replace(filters, statuses=(DENIED,)))}
    with store.asking() as asked:
        pins = pins_of(asked)
    return incidents(events.values(), copies(store), pins, ties_of(store))
