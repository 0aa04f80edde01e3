"""The reports of the store, those that are added through the page or the API, and what became of all that was added."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from pathlib import PurePath
from queue import Full
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from situate.errors import SituateError
from situate.intake.sources import SUFFIXES
from situate.store import Filters, Store
from situate.store.filters import wanted_reports
from situate.store.runs import Outcome, run_items, runs
from situate.store.sql import Sql, all_of, sql
from situate.web.access import Editor, Reviewer, TheWholeStore
from situate.web.adding import Adder
from situate.web.answers import CSV, Form, Limit, Paged, answer, csv_answer, keys_of, page_of
from situate.web.params import After, Day, Filtered, TheStore
from situate.web.schemas import many as shapes

router = APIRouter(tags=["reports"])
_COLUMNS = ("key", "id", "title", "publisher", "published", "url", "added_at")
_OUTCOMES = ("read", "nothing", "skipped", "failed")
_ITEM = ("source", "outcome", "report", "entries", "reason", "remedy")
_ROWS = """SELECT reports.key, reports.source_id AS id, title, publisher, published, url, added_at, day,
    (SELECT count(*) FROM entries WHERE entries.report_id = reports.id AND entries.layer IN (?)) AS entries
    FROM reports WHERE ? ORDER BY day DESC, key DESC LIMIT ?"""
_LAYERS = ("events", "claims", "agreements", "movements", "control", "relations", "forecasts")
FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
Key = Annotated[str, Path(max_length=40)]


@router.get("/reports", responses=CSV, response_model=shapes.Reports)
def reports(
    request: Request, filters: Filtered, store: TheStore, limit: Limit = 100, after: After = None, form: Form = "json"
) -> Response:
    """The reports with something that the filter lets through, by their date, the latest first; without a filter, all.

    `entries` counts all that a report tells. CSV names the cursor in the header `X-After`.
    """
    rows, cursor = _page(store, filters, limit, after)
    if form == "csv":
        header = (*_COLUMNS, "entries")
        response = csv_answer(header, ([row[name] for name in header] for row in rows))
        if cursor:
            response.headers["X-After"] = cursor
        return response
    return answer(request, {"rows": rows, "after": cursor})


def _page(store: Store, filters: Filters, limit: int, after: str | None) -> tuple[list[dict[str, Any]], str | None]:
    conditions: list[Sql] = []
    if after is not None:
        day, separator, key = after.partition("~")
        if not separator:
            raise SituateError(f"{after}: not a cursor; take the one that the page before gave")
        conditions.append(sql("day <= ? AND (day < ? OR key < ?)", day, day, key))
    with store.asking() as asked:
        if filters != Filters():
            conditions.append(wanted_reports(filters, asked.dialect))
        found = asked.rows(sql(_ROWS, list(_LAYERS), all_of(conditions or [Sql("1 = 1")]), limit + 1))
    rows = [{name: row[name] for name in (*_COLUMNS, "entries")} for row in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    return rows, f"{last['day']}~{last['key']}" if last else None


@router.post("/reports", status_code=202, response_model=shapes.Upload, openapi_extra=FILE)
async def add(
    request: Request,
    _who: Editor,
    name: Annotated[str, Query(min_length=1, max_length=200, description="a file name; its ending tells its kind")],
    published: Day = None,
) -> Response:
    """Have the reports of a file read: .txt, .md, .html, or .jsonl with one report a line. The body is the file.

    `published` is the day of reports that have none of their own. The answer comes at once; /uploads/{id} tells how far
    it is, and /runs/{run} what became of each report.
    """
    plain = PurePath(name.replace("\\", "/")).name.strip()
    if not plain or PurePath(plain).suffix.lower() not in SUFFIXES:
        raise SituateError(f"{name}: not a kind of file that is read; give one of {', '.join(SUFFIXES)}")
    data = await request.body()
    if not data.strip():
        raise SituateError(f"{name}: empty; give the report's text")
    adder: Adder = request.app.state.adder
    try:
        upload = await run_in_threadpool(adder.put, plain, data, published)
    except Full as error:
        message = "too many files wait to be read; send it again later"
        raise HTTPException(429, message, {"Retry-After": "60"}) from error
    return answer(request, upload.to_dict(), 202)


@router.get("/uploads", response_model=shapes.Uploads)
def uploads(request: Request, _who: Editor) -> Response:
    """What was uploaded since the server began, and how far it is read, the latest first."""
    adder: Adder = request.app.state.adder
    return answer(request, {"rows": [upload.to_dict() for upload in adder.uploads()]})


@router.get("/uploads/{key}", response_model=shapes.Upload)
def upload(request: Request, key: Key, _who: Editor) -> Response:
    """How far an upload is read."""
    adder: Adder = request.app.state.adder
    for each in adder.uploads():
        if each.id == key:
            return answer(request, each.to_dict())
    raise HTTPException(404, f"{key}: no upload with that key since the server began; see /api/uploads")


@router.get("/runs", responses=CSV, response_model=shapes.Runs)
def all_runs(
    request: Request, _who: Reviewer, store: TheWholeStore, limit: Limit = 50, after: After = None, form: Form = "json"
) -> Response:
    """The runs of adding and what their inputs came to, the latest first: what the picture rests on."""
    rows = [asdict(line) for line in runs(store)]
    if form == "csv":
        header = ("key", "began_at", "ended_at", *_OUTCOMES, "entries", "sources")
        return csv_answer(header, map(_run_line, rows))
    return answer(request, page_of(rows, lambda row: str(row["key"]), Paged(limit, after)))


def _run_line(row: dict[str, Any]) -> list[Any]:
    counts = [row["outcomes"].get(name, 0) for name in _OUTCOMES]
    return [row["key"], row["began_at"], row["ended_at"], *counts, row["entries"], keys_of(row["sources"])]


@router.get("/runs/{key}", responses=CSV, response_model=shapes.RunItems)
def one_run(
    request: Request,
    key: Key,
    _who: Reviewer,
    store: TheWholeStore,
    outcome: Annotated[list[Outcome], Query(max_length=4)] = [],  # noqa: B006 - FastAPI copies defaults
    limit: Limit = 200,
    after: After = None,
    form: Form = "json",
) -> Response:
    """What became of each input of a run: read, nothing found in it, skipped and why, failed and why. CSV has all."""
    found = run_items(store, key, outcome)
    if form == "csv":
        return csv_answer(_ITEM, ([getattr(item, name) for name in _ITEM] for item in found))
    begin = _number(after)
    some = list(islice(found, begin, begin + limit + 1))
    return answer(request, {"rows": some[:limit], "after": str(begin + limit) if len(some) > limit else None})


def _number(after: str | None) -> int:
    if after is None:
        return 0
    if not (after.isascii() and after.isdecimal() and len(after) < 12):
        raise SituateError(f"{after}: not a cursor; take the one that the page before gave")
    return int(after)
