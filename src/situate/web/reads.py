"""What can be asked: entries by layer, counts, facets, reports, incidents, stories, the brief."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import select

from situate.brief import brief, html, markdown
from situate.errors import SituateError
from situate.export.listings import cells, header
from situate.picture import copies, incidents_of, stories_of
from situate.store import Filters, Store, query, tables
from situate.store.filters import report_conditions
from situate.store.query_merged import count_merged, merged_page
from situate.web.answers import answer
from situate.web.params import After, Filtered, TheStore

router = APIRouter()
MERGED = ("actors", "places")
CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}
TEXTS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/markdown": {}, "text/html": {}}}}
Limit = Annotated[int, Query(ge=1, le=1000)]


class Layer(StrEnum):
    """The layers that can be listed."""

    events = "events"
    claims = "claims"
    agreements = "agreements"
    movements = "movements"
    control = "control"
    relations = "relations"
    forecasts = "forecasts"
    actors = "actors"
    places = "places"


class Facet(StrEnum):
    """The fields whose values can be counted."""

    type = "type"
    status = "status"
    review = "review"
    source_kind = "source_kind"
    publisher = "publisher"


@router.get("/layers/{layer}", responses=CSV)
def entries(
    request: Request,
    layer: Layer,
    filters: Filtered,
    store: TheStore,
    limit: Limit = 50,
    after: After = None,
    form: Annotated[Literal["json", "csv"], Query(alias="format")] = "json",
) -> Response:
    """A page of a layer's entries, the newest first, and the cursor of the next one (`after`, null at the end)."""
    name = layer.value
    get = merged_page if name in MERGED else query.page
    try:
        page = get(store, name, filters, limit=limit, after=after)
    except (OverflowError, ValueError) as error:
        raise SituateError(f"{after}: not a cursor; take the one that the page before gave") from error
    if form == "csv":
        return Response(_csv(name, page.rows), media_type="text/csv; charset=utf-8")
    return answer(request, {"rows": [row.to_dict() for row in page.rows], "after": page.after})


def _csv(layer: str, rows: Any) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header(layer))
    writer.writerows(cells(layer, row) for row in rows)
    return out.getvalue()


@router.get("/counts")
def counts(request: Request, filters: Filtered, store: TheStore) -> Response:
    """How many entries of each layer the filter lets through, how many have no date, and how many reports there are."""
    layers = [layer.value for layer in Layer]
    found = {k: (count_merged if k in MERGED else query.count)(store, k, filters) for k in layers}
    undated = {k: query.undated(store, k, filters) for k in layers if k not in MERGED}
    return answer(request, {"layers": found, "undated": undated, "reports": store.count()})


@router.get("/facets/{layer}/{field}")
def facet(request: Request, layer: Layer, field: Facet, filters: Filtered, store: TheStore) -> Response:
    """How many entries there are for each value of a field, the commonest first."""
    found = query.facet(store, layer.value, filters, field.value) if layer.value not in MERGED else {}
    return answer(request, {"values": [{"value": k, "count": n} for k, n in found.items()]})


@router.get("/incidents")
def incidents(request: Request, filters: Filtered, store: TheStore, limit: Limit = 100) -> Response:
    """What happened, each incident once with all that tell it, the latest first; `count` is of all."""
    found = incidents_of(store, filters)
    return answer(request, {"rows": [i.to_dict() for i in found[:limit]], "count": len(found)})


@router.get("/stories")
def stories(request: Request, filters: Filtered, store: TheStore) -> Response:
    """Reports grouped by what they are about, those with a report that the filter lets through; who copied whom."""
    copied = {key: c.original for c in copies(store.texts()) for key in c.copies}
    found = stories_of(store)
    if filters != Filters():
        through = _reports(store, filters)
        found = [story for story in found if any(told.report in through for told in story.reports)]
    return answer(request, {"rows": [asdict(s) for s in found], "copies": copied})


def _reports(store: Store, filters: Filters) -> set[str]:
    """The keys of the reports with an entry that the filter lets through."""
    query = select(tables.reports.c.key).where(*report_conditions(filters, store.engine.dialect.name))
    with store.reading() as connection:
        return set(connection.scalars(query))


@router.get("/brief", responses=TEXTS)
def the_brief(
    request: Request,
    filters: Filtered,
    store: TheStore,
    form: Annotated[Literal["json", "markdown", "html"], Query(alias="format")] = "json",
) -> Response:
    """The cited situation report of what the filter lets through."""
    made = brief(store, filters)
    if form == "markdown":
        return Response(markdown(made), media_type="text/markdown; charset=utf-8")
    if form == "html":
        return Response(html(made), media_type="text/html; charset=utf-8")
    return answer(request, json.loads(json.dumps(asdict(made))))
