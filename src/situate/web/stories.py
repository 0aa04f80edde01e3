"""Stories, a page at a time: as they are kept in the store, or, of what readers see through its veil, put together."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from fastapi import APIRouter, Request, Response

from situate.picture import Story, copies, stories_of, story_page
from situate.store import Filters, Store, query
from situate.store.changes import Revision
from situate.web.answers import CSV, Form, Limit, Paged, answer, csv_answer, page_of
from situate.web.kept import FRESH
from situate.web.params import After, Filtered, TheStore
from situate.web.schemas import many as shapes

router = APIRouter(tags=["views"])
MOST = 200  # reports of a story that are listed
_COLUMNS = ("story", "about", "report", "title", "publisher", "published", "copy_of")


@dataclass(slots=True)
class Stories:
    """The stories of a store behind its veil, made of all reports that are seen once a revision.

    While reports are being added beside, those from before go on being given for `FRESH` seconds.
    """

    _kept: tuple[Store, Revision, float, list[Story]] | None = None
    _lock: Lock = field(default_factory=Lock)

    def of(self, store: Store, revision: Revision) -> list[Story]:
        """The stories at a revision; of many who ask at once, one makes them for all."""
        with self._lock:
            kept = self._kept
            if kept is None or kept[0] is not store or not _holds(kept[1], revision, kept[2]):
                kept = self._kept = store, revision, time.monotonic(), stories_of(store)
            return kept[3]


def _holds(made: Revision, now: Revision, at: float) -> bool:
    return made == now or (made.acts == now.acts and time.monotonic() - at < FRESH)


@router.get("/stories", responses=CSV, response_model=shapes.Stories)
def stories(
    request: Request, filters: Filtered, store: TheStore, limit: Limit = 100, after: After = None, form: Form = "json"
) -> Response:
    """Reports grouped by what they are about, the largest first; those with a report that the filter lets through.

    A story has so many reports as `size` says; the first MOST of them are listed. `copies` tells which of them are
    copies, and of which. CSV names the cursor in the header `X-After`.
    """
    rows, cursor = _page(request, filters, store, Paged(limit, after))
    shown = {told["report"] for row in rows for told in row["reports"]}
    copied = {key: c.original for c in copies(store, shown) for key in c.copies if key in shown}
    if form == "json":
        return answer(request, {"rows": rows, "after": cursor, "copies": copied})
    left_out = sum(row["size"] - len(row["reports"]) for row in rows)
    response = csv_answer(_COLUMNS, (line for row in rows for line in _lines(row, copied)), left_out=left_out)
    if cursor:
        response.headers["X-After"] = cursor
    return response


def _page(request: Request, filters: Filters, store: Store, paged: Paged) -> tuple[list[dict[str, Any]], str | None]:
    """The rows of a page, and the cursor after it."""
    if not store.veiled:
        some = None if filters == Filters() else filters
        page = story_page(store, some, limit=paged.limit, after=paged.after, most=MOST)
        return [_row(story) for story in page.rows], page.after
    found = request.app.state.stories.of(store, request.state.revision)
    if filters != Filters():
        through = query.reports(store, filters)
        found = [story for story in found if any(told.report in through for told in story.reports)]
    shown = page_of([_row(story) for story in found], lambda row: str(row["id"]), paged)
    return shown["rows"], shown["after"]


def _row(story: Story) -> dict[str, Any]:
    told = ("report", "title", "publisher", "published")
    reports = [{name: getattr(r, name) for name in told} for r in story.reports[:MOST]]
    own = {name: getattr(story, name) for name in ("id", "about", "first", "last", "size")}
    return {**own, "reports": reports}


def _lines(story: dict[str, Any], copied: dict[str, str]) -> Iterator[list[Any]]:
    """A line for each report of a story."""
    about = "; ".join(story["about"])
    for told in story["reports"]:
        report = told["report"]
        yield [story["id"], about, report, told["title"], told["publisher"], told["published"], copied.get(report)]
