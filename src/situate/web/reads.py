"""What can be asked: entries by layer, counts, facets, the brief."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from situate.brief import Brief, brief, html, markdown
from situate.errors import SituateError
from situate.export.geojson import geojson
from situate.export.listings import cells, header
from situate.store import query
from situate.store.query_merged import count_merged, merged_page
from situate.web.answers import CSV, Form, Limit, answer, csv_answer
from situate.web.params import After, Filtered, TheStore
from situate.web.schemas.entries import Rows
from situate.web.schemas.views import Counts, Values

router = APIRouter(tags=["views"])
MOST_EVENTS = 2_000  # of a brief
MERGED = ("actors", "places")
TEXTS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/markdown": {}, "text/html": {}}}}
FORMS: dict[int | str, dict[str, Any]] = {200: {"content": {**CSV[200]["content"], "application/geo+json": {}}}}


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


@router.get("/layers/{layer}", responses=FORMS, response_model=Rows)
def entries(
    request: Request,
    layer: Layer,
    filters: Filtered,
    store: TheStore,
    limit: Limit = 50,
    after: After = None,
    form: Annotated[Literal["json", "csv", "geojson"], Query(alias="format")] = "json",
) -> Response:
    """A page of a layer's entries, the newest first, and the cursor of the next one (`after`, null at the end).

    CSV and GeoJSON name the cursor in the header `X-After`.
    """
    name = layer.value
    get: Any = merged_page if name in MERGED else query.page
    try:
        page = get(store, name, filters, limit=limit, after=after)
    except (OverflowError, ValueError) as error:
        raise SituateError(f"{after}: not a cursor; take the one that the page before gave") from error
    if form == "csv":
        response = csv_answer(header(name), (cells(name, row) for row in page.rows))
    elif form == "geojson":
        if name in MERGED:
            raise SituateError(f"{name} aren't entries with places; ask for GeoJSON of events, control and the like")
        response = answer(request, geojson(page.rows))
        response.headers["Content-Type"] = "application/geo+json"
    else:
        return answer(request, {"rows": [row.to_dict() for row in page.rows], "after": page.after})
    if page.after is not None:
        response.headers["X-After"] = page.after.encode().decode("latin-1")
    return response


@router.get("/counts", responses=CSV, response_model=Counts)
def counts(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """How many entries of each layer the filter lets through, how many have no date, and how many reports there are."""
    layers = [layer.value for layer in Layer]
    found = {k: (count_merged if k in MERGED else query.count)(store, k, filters) for k in layers}
    undated = {k: query.undated(store, k, filters) for k in layers if k not in MERGED}
    if form == "csv":
        return csv_answer(("layer", "count", "undated"), ((k, n, undated.get(k)) for k, n in found.items()))
    return answer(request, {"layers": found, "undated": undated, "reports": store.count()})


@router.get("/facets/{layer}/{field}", responses=CSV, response_model=Values)
def facet(
    request: Request, layer: Layer, field: Facet, filters: Filtered, store: TheStore, form: Form = "json"
) -> Response:
    """How many entries there are for each value of a field, the commonest first."""
    found = query.facet(store, layer.value, filters, field.value) if layer.value not in MERGED else {}
    if form == "csv":
        return csv_answer(("value", "count"), found.items())
    return answer(request, {"values": [{"value": k, "count": n} for k, n in found.items()]})


@router.get("/brief", responses=TEXTS, response_model=Brief)
def the_brief(
    request: Request,
    filters: Filtered,
    store: TheStore,
    form: Annotated[Literal["json", "markdown", "html"], Query(alias="format")] = "json",
) -> Response:
    """The cited situation report of what the filter lets through; of very much, the latest days alone (`scope`)."""
    made = brief(store, filters, most_events=MOST_EVENTS)
    if form == "markdown":
        return Response(markdown(made), media_type="text/markdown; charset=utf-8")
    if form == "html":
        return Response(html(made), media_type="text/html; charset=utf-8")
    return answer(request, made)
