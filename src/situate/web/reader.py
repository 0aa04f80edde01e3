"""A report to read: its picture, where in it an entry stands, and reports as one page with their words and the map."""

from __future__ import annotations

import html as html_module
import itertools
import re
from dataclasses import asdict
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Path, Request, Response

from situate.errors import SituateError
from situate.export.page import render
from situate.picture.corroborated import corroboration_of
from situate.picture.corroboration import Corroboration
from situate.store import Filters, Store
from situate.store.judging import no_entry
from situate.store.keys import entry_keys
from situate.store.query import every
from situate.web.answers import answer
from situate.web.params import LONGEST, EntryLayer, Filtered, TheStore
from situate.web.schemas.base import PICTURE
from situate.web.schemas.entries import InPicture

router = APIRouter(tags=["reports"])
PAGED = 200  # reports on one page: it holds their whole text
PAGE: dict[int | str, dict[str, Any]] = {200: {"content": {"text/html": {"schema": {"type": "string"}}}}}
Key = Annotated[str, Path(max_length=LONGEST)]


@router.get("/reports/{key}", responses=PICTURE)
def report(request: Request, key: Annotated[str, Path(max_length=2000)], store: TheStore) -> Response:
    """A report's whole picture; `key` is its key, the beginning of it, its id or its URL."""
    return answer(request, store.picture(key).to_dict())


@router.get("/entries/{key}", response_model=InPicture)
def entry(request: Request, key: Key, store: TheStore) -> Response:
    """An entry as its picture holds it, and the report's key and id: what it takes to show its words in the reader."""
    return answer(request, entry_of(store, key))


def entry_of(store: Store, key: str) -> dict[str, Any]:
    """What `entry` tells. Raises SituateError where there is no such entry."""
    report_key = key.partition(".")[0]
    picture = store.picture(report_key)
    for layer, found, name in entry_keys(picture, report_key):
        if name == key:
            value = next(e for e in picture.to_dict()[layer] if e["id"] == found.id)
            return {"report": report_key, "report_id": picture.report.id, "layer": layer, "entry": value}
    raise SituateError(no_entry(key))


@router.get("/entries/{key}/corroboration", response_model=Corroboration)
def stands(request: Request, key: Key, store: TheStore) -> Response:
    """How well an entry is corroborated: who tells it, from which sides, who says otherwise, first and last reported.

    By all that the store has of the same; actors and places tell nothing, and have none.
    """
    report_key, _, rest = key.partition(".")
    layer = rest.partition(".")[0]
    some = every(store, layer, Filters(reports=(report_key,))) if layer in get_args(EntryLayer) else ()
    row = next((e for e in some if e.key == key), None)
    if row is None:
        raise SituateError(f"{key}: no entry with that key that tells something; see /api/layers/events")
    return answer(request, asdict(corroboration_of(store, layer, [row])[key]))


@router.get("/page", responses=PAGE, response_class=Response)
def page(filters: Filtered, store: TheStore) -> Response:
    """The reports that the filter lets through as one page: words, map, timeline, tables. At most PAGED of them."""
    some = list(itertools.islice(store.pictures(filters), PAGED))
    whole = render(some, "Situate")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', whole)
    own = html_module.unescape(policy[1]) + "; frame-ancestors 'self'" if policy else "default-src 'none'"
    return Response(whole, media_type="text/html; charset=utf-8", headers={"Content-Security-Policy": own})
