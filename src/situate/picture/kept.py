"""The incidents of a store, from the groups that are kept in it (`keeping`)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from situate.errors import SituateError
from situate.picture.copies import copies
from situate.picture.incident import Incident, Told, made, ordered
from situate.picture.incidents import DENIED, incidents
from situate.picture.keeping import keep_up
from situate.picture.pins import pins_of
from situate.picture.sides import Ties, pairs_asked
from situate.picture.standing_ties import ties_between, ties_of
from situate.store.assemble import assembled
from situate.store.filters import Filters, wanted
from situate.store.listed import Listed
from situate.store.query import Page, every, pages
from situate.store.sql import Sql, all_of, sql
from situate.store.store import Store

LAYER = "events"
_PAGE = "SELECT id, day, key, body FROM groups WHERE ? ORDER BY day DESC, key DESC LIMIT ?"
_MEMBERS = """SELECT group_id, entry_id FROM group_members JOIN entries ON entries.id = entry_id
    WHERE group_id IN (?) ORDER BY entry_id"""


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
        found = asked.tuples(sql(_PAGE, all_of([_through(filters, asked.dialect), later]), limit + 1))
        members: dict[int, list[int]] = defaultdict(list)
        for group, entry in asked.tuples(sql(_MEMBERS, [row[0] for row in found[:limit]])):
            members[group].append(entry)
        numbers = [n for some in members.values() for n in some]
        entries = dict(zip(numbers, assembled(asked, LAYER, numbers), strict=True))
    told = [
        (ordered(entries[n] for n in members[group]), Told.from_dict(json.loads(body)))
        for group, _, _, body in found[:limit]
        if group in members
    ]
    original = {key: c.original for c in copies(store, _reports(told)) for key in c.reports}
    ties = _ties(store, told)
    more = len(found) > limit > 0
    cursor = f"{found[limit - 1][1]}~{found[limit - 1][2]}" if more else None
    return Page(tuple(made(some, each, original, ties) for some, each in told), cursor)


def incident_count(store: Store, filters: Filters) -> int:
    """How many incidents the filter lets through, of a store without a veil."""
    keep_up(store)
    with store.asking() as asked:
        return asked.number(sql("SELECT count(*) FROM groups WHERE ?", _through(filters, asked.dialect)))


def _through(filters: Filters, dialect: str) -> Sql:
    """That one of an incident's entries is let through."""
    of_layer = sql("layer = ?", LAYER)
    if filters == Filters():
        return of_layer
    let = wanted(filters, dialect, LAYER)
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
