"""What goes with a report: its entries with their keys and review, its republications, and reports like it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from sqlalchemy import select

from situate.picture.similar import around as what_stands_around
from situate.store import Store, tables
from situate.store.keys import entry_keys
from situate.store.sql import sql
from situate.web.answers import answer
from situate.web.params import TheStore
from situate.web.schemas.entries import KeyedEntries
from situate.web.schemas.many import AroundReport

router = APIRouter(tags=["reports"])
SIMILAR = 8
_REVIEW = "SELECT key, review FROM entries WHERE report_id = (SELECT id FROM reports WHERE key = ?)"
Key = Annotated[str, Path(max_length=2000)]


@router.get("/reports/{key}/entries", response_model=KeyedEntries)
def entries(request: Request, key: Key, store: TheStore) -> Response:
    """The store's key and review state of each entry of a report, by layer and the entry's id in its picture."""
    picture = store.picture(key)
    report = _key(store, key)
    with store.asking() as asked:
        review = dict(asked.tuples(sql(_REVIEW, report)))
    rows = [
        {"layer": layer, "id": entry.id, "key": name, "review": review.get(name)}
        for layer, entry, name in entry_keys(picture, report)
    ]
    return answer(request, {"report": report, "rows": rows})


@router.get("/reports/{key}/around", response_model=AroundReport)
def around(request: Request, key: Key, store: TheStore) -> Response:
    """Reports with the same text, who had it first, and reports that name the same actors and places."""
    found = what_stands_around(store, _key(store, key), SIMILAR)
    same = found.copies.reports if found.copies else ()
    lines = _lines(store, [*same, *(each.report for each in found.similar)])
    why = {each.report: {"of": each.of, "why": each.why} for each in found.told}
    value = {
        "copies": [{**lines[k], "original": k == same[0], **why.get(k, {})} for k in same if k != found.report],
        "original": same[0] if same else found.report,
        "similar": [{**lines[each.report], "shared": len(each.shared), "names": each.shared} for each in found.similar],
    }
    return answer(request, value)


def _key(store: Store, name: str) -> str:
    return store.key(name)


def _lines(store: Store, keys: list[str]) -> dict[str, dict[str, Any]]:
    reports = tables.reports
    columns = (reports.c.title, reports.c.publisher, reports.c.published, reports.c.republished_from)
    with store.reading() as connection:
        rows = connection.execute(select(reports.c.key, *columns).where(reports.c.key.in_(keys))).mappings()
        return {row["key"]: dict(row) for row in rows}
