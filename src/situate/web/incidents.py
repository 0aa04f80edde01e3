"""Incidents, a page at a time: as they are kept in the store, or, of what readers see through its veil, put together.

Through the veil only the days that a page shows are put together, however many there are in all. Two entries are never
one incident where more than a few days lie between them. So the incidents that begin within some days are found from
the entries of these days and of a margin around them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from fastapi import APIRouter, Request, Response

from situate.errors import SituateError
from situate.export.listings import figures_in_words
from situate.picture import Incident, Pins, copies, incident_count, incident_page, incidents
from situate.picture.corroborated import MARGIN
from situate.picture.incidents import HAPPENED
from situate.store import Filters, Store
from situate.store.assemble import assembled
from situate.store.chosen import chosen
from situate.store.days import shifted
from situate.store.filters import wanted
from situate.store.sql import Sql, all_of, sql
from situate.web.answers import CSV, Form, Limit, answer, csv_answer
from situate.web.params import After, Filtered, TheStore
from situate.web.schemas.many import Incidents

router = APIRouter(tags=["views"])
AHEAD = 1.5  # entries that are looked at for each incident of a page
_COLUMNS = (
    "incident",
    "type",
    "earliest",
    "latest",
    "reports",
    "sources",
    "disputed",
    "entry",
    "outlet",
    "figures",
    "why",
)
_HAPPENED = "entries.status IN (?) AND entries.review <> 'rejected'"
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class _Page:
    """Some incidents, the cursor after them, and how many there are in all, where that is known."""

    rows: list[Incident]
    after: str | None
    count: int | None = None


@router.get("/incidents", responses=CSV, response_model=Incidents)
def the_incidents(
    request: Request, filters: Filtered, store: TheStore, limit: Limit = 100, after: After = None, form: Form = "json"
) -> Response:
    """What happened, each incident once with all that tell it, by its first day, the latest first.

    `events` counts the entries that tell of them, `count` the incidents; it is null where that isn't known: where some
    of the store is withheld, and not all are on this page. CSV has a line for each entry, and names the cursor in the
    header `X-After`.
    """
    page = _page(store, filters, limit, after) if store.veiled else _kept(store, filters, limit, after)
    if form == "csv":
        response = csv_answer(_COLUMNS, (line for i in page.rows for line in _lines(i)))
        if page.after:
            response.headers["X-After"] = page.after
        return response
    rows = [i.to_dict() for i in page.rows]
    whole = page.after is None and after is None
    count = len(rows) if whole else page.count
    return answer(request, {"rows": rows, "after": page.after, "count": count, "events": _events(store, filters)})


def _kept(store: Store, filters: Filters, limit: int, after: str | None) -> _Page:
    found = incident_page(store, filters, limit=limit, after=after)
    return _Page(list(found.rows), found.after, incident_count(store, filters) if found.total is None else found.total)


def _lines(incident: Incident) -> Iterator[list[Any]]:
    first = incident.first
    shared = [incident.id, first.type, first.earliest, first.latest, len(incident.reports), len(incident.sources)]
    whys = ("", *incident.why, *("" for _ in incident.entries))
    for entry, why in zip(incident.entries, whys, strict=False):
        disputed = "; ".join(incident.disputed)
        yield [*shared, disputed, entry.key, entry.report.publisher, figures_in_words(entry), why]


def _page(store: Store, filters: Filters, limit: int, after: str | None) -> _Page:
    """The incidents after a cursor, DAY~ID of the last one shown; the undated ones come last, with no DAY."""
    top, seen = _cursor(after)
    rows: list[Incident] = []
    while True:
        bottom = _bottom(store, filters, top, int((limit - len(rows)) * AHEAD) + 1)
        found = [i for i in _between(store, filters, bottom, top) if _follows(i, top, seen)]
        rows += sorted(found, key=lambda i: (_day(i), i.id), reverse=True)
        if len(rows) > limit:
            last = rows[limit - 1]
            return _Page(rows[:limit], f"{_day(last)}~{last.id}")
        if bottom == "":
            return _Page(rows, None)
        top, seen = _before(bottom), None


def _cursor(after: str | None) -> tuple[str | None, str | None]:
    if after is None:
        return None, None
    day, separator, number = after.partition("~")
    try:
        if not separator or (day and date.fromisoformat(day).isoformat() != day):
            raise ValueError
    except ValueError as error:
        raise SituateError(f"{after}: not a cursor; take the one that the page before gave") from error
    return day, number


def _follows(incident: Incident, top: str | None, seen: str | None) -> bool:
    """Whether it comes after the one with which the page before ended."""
    return seen is None or (_day(incident), incident.id) < (top or "", seen)


def _day(incident: Incident) -> str:
    return incident.first.earliest or ""


def _bottom(store: Store, filters: Filters, top: str | None, number: int) -> str:
    """The day with which so many entries at least are told of, counted back from the day `top`; '' for all."""
    upto = sql("entries.day <= ?", top) if top is not None else Sql("1 = 1")
    query = "SELECT entries.day FROM entries WHERE ? ORDER BY entries.day DESC LIMIT 1 OFFSET ?"
    with store.asking() as asked:
        found = asked.tuples(sql(query, all_of([_wanted(filters, asked.dialect), upto]), number))
    return str(found[0][0]) if found else ""


def _between(store: Store, filters: Filters, bottom: str, top: str | None) -> list[Incident]:
    """The incidents whose first entry begins between the two days."""
    undated = "entries.day = ''"
    conditions = []
    if top == "":
        conditions.append(Sql(undated))
    elif top is not None:
        conditions.append(
            sql(f"entries.day <= ? OR {undated}" if bottom == "" else "entries.day <= ?", shifted(top, MARGIN))
        )
    if bottom:
        conditions.append(sql("entries.latest >= ?", shifted(bottom, -MARGIN)))
    with store.asking() as asked:
        chosen = all_of([_wanted(filters, asked.dialect), *conditions])
        numbers = [number for (number,) in asked.tuples(sql("SELECT entries.id FROM entries WHERE ?", chosen))]
        events = [
            e for n in range(0, len(numbers), _AT_ONCE) for e in assembled(asked, "events", numbers[n : n + _AT_ONCE])
        ]
    copied = copies(store, {e.report.key for e in events})
    found = incidents(events, copied, Pins(store.decisions()))
    return [i for i in found if bottom <= _day(i) and (top is None or _day(i) <= top)]


def _wanted(filters: Filters, dialect: str) -> Sql:
    return all_of([wanted(filters, dialect, "events"), sql(_HAPPENED, HAPPENED)])


def _events(store: Store, filters: Filters) -> int:
    some = chosen(store, filters)
    arrays = some.arrays
    happened = arrays.is_("layer", "events") & arrays.is_("status", *HAPPENED) & ~arrays.is_("review", "rejected")
    return int(np.count_nonzero(some.let & happened))


def _before(day: str) -> str:
    """The day before; '' before the first one that can be told."""
    at = date.fromisoformat(day)
    return (at - timedelta(1)).isoformat() if at > date.min else ""
