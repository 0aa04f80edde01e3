"""Answers as JSON or CSV, a page at a time. The guard tags them, so that a browser asks only for what changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import orjson
from fastapi import Query, Request, Response

from situate.errors import SituateError

CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}
Form = Annotated[Literal["json", "csv"], Query(alias="format")]
Limit = Annotated[int, Query(ge=1, le=1000)]


@dataclass(frozen=True, slots=True)
class Paged:
    """How many rows, and after which cursor."""

    limit: int
    after: str | None


def answer(_request: Request, value: Any, status: int = 200) -> Response:
    """The value as JSON; dataclasses in it as objects of their fields."""
    body = orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)  # names of columns are words of a kind of their own
    return Response(body, status, None, "application/json")


def csv_answer(header: Sequence[str], rows: Iterable[Sequence[Any]], *, left_out: int = 0) -> Response:
    """Rows as CSV under a header, in UTF-8. Text that a spreadsheet would run as a formula gets an apostrophe.

    How many were left out for their number stands in the header `X-Left-Out`.
    """
    from situate.export.listings import harmless

    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([harmless(value) for value in row] for row in rows)
    headers = {"X-Left-Out": str(left_out)} if left_out else None
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def keys_of(values: Iterable[str]) -> str:
    """Several values in one cell."""
    return "; ".join(values)


def page_of(rows: Sequence[dict[str, Any]], cursor: Callable[[dict[str, Any]], str], paged: Paged) -> dict[str, Any]:
    """A page of rows that are all there, as {"rows", "after"}. Raises SituateError for a cursor of none of them."""
    start = 0
    if paged.after is not None:
        start = next((n for n, row in enumerate(rows, 1) if cursor(row) == paged.after), 0)
        if not start:
            raise SituateError(f"{paged.after}: not a cursor; take the one that the page before gave")
    shown = list(rows[start : start + paged.limit])
    return {"rows": shown, "after": cursor(shown[-1]) if start + paged.limit < len(rows) else None}
