"""What goes with a report: its entries with their keys and review, its republications, and reports like it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import func, select

from situate.picture import copies
from situate.store import Store, tables
from situate.store.keys import entry_keys
from situate.web.answers import answer
from situate.web.params import TheStore

router = APIRouter()
SIMILAR = 8
COMPARED = 40  # reports that share most names; a republication shares nearly all of them, so it is among these
TOO_COMMON = 0.5  # what more than this share of the reports names says nothing about any of them
Key = Annotated[str, Path(max_length=2000)]


@router.get("/reports/{key}/entries")
def entries(request: Request, key: Key, store: TheStore) -> Response:
    """The store's key and review state of each entry of a report, by layer and the entry's id in its picture."""
    picture = store.picture(key)
    report = _key(store, key)
    table = tables.entries
    number = select(tables.reports.c.id).where(tables.reports.c.key == report).scalar_subquery()
    with store.reading() as connection:
        states = connection.execute(select(table.c.key, table.c.review).where(table.c.report_id == number))
        review = dict(states.tuples().all())
    rows = [
        {"layer": layer, "id": entry.id, "key": name, "review": review.get(name)}
        for layer, entry, name in entry_keys(picture, report)
    ]
    return answer(request, {"report": report, "rows": rows})


@router.get("/reports/{key}/around")
def around(request: Request, key: Key, store: TheStore) -> Response:
    """Reports with the same text, who had it first, and reports that name the same actors and places."""
    report = _key(store, key)
    near = _near(store, report)
    same = next((c.reports for c in copies(store, [report])), ())
    similar = [(other, shared) for other, shared in near if other not in same][:SIMILAR]
    lines = _lines(store, [*same, *(other for other, _ in similar)])
    value = {
        "copies": [{**lines[k], "original": k == same[0]} for k in same if k != report],
        "original": same[0] if same else report,
        "similar": [{**lines[k], "shared": shared} for k, shared in similar],
    }
    return answer(request, value)


def _key(store: Store, name: str) -> str:
    return store.key(name)


def _near(store: Store, report: str) -> list[tuple[str, int]]:
    """The reports that name most of the actors and places that this one names and few others do, and how many."""
    reports = tables.reports
    shared: dict[str, tuple[float, int]] = {}
    with store.reading() as connection:
        most = TOO_COMMON * max(20, store.count())
        this = connection.execute(select(reports.c.id, reports.c.day).where(reports.c.key == report)).one()
        for own in (tables.actors, tables.places):
            named = select(own.c.merged_id).where(own.c.report_id == this.id)
            common = select(own.c.merged_id, func.count(own.c.report_id.distinct()).label("n"))
            counts = common.where(own.c.merged_id.in_(named)).group_by(own.c.merged_id).cte()
            query = (
                select(reports.c.key, func.count(own.c.merged_id.distinct()), func.sum(1.0 / counts.c.n))
                .select_from(own)
                .join(counts, counts.c.merged_id == own.c.merged_id)
                .join(reports, reports.c.id == own.c.report_id)
                .where(counts.c.n <= most, own.c.report_id != this.id)
                .group_by(reports.c.key)
            )
            for key, number, weight in connection.execute(query):
                before = shared.get(key, (0.0, 0))
                shared[key] = (before[0] + float(weight), before[1] + number)
    ranked = sorted(shared.items(), key=lambda x: (-x[1][0], x[0]))
    return [(key, number) for key, (_, number) in ranked if number > 1][:COMPARED]


def _lines(store: Store, keys: list[str]) -> dict[str, dict[str, Any]]:
    reports = tables.reports
    columns = (reports.c.title, reports.c.publisher, reports.c.published, reports.c.republished_from)
    with store.reading() as connection:
        rows = connection.execute(select(reports.c.key, *columns).where(reports.c.key.in_(keys))).mappings()
        return {row["key"]: dict(row) for row in rows}
