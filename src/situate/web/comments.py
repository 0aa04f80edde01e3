"""Comments on entries and reports, and replies to them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from situate.store.comments import Comment, comment, comments_page
from situate.web.access import Reviewer, TheWholeStore
from situate.web.answers import CSV, Form, Limit, answer, csv_answer
from situate.web.params import LONGEST, After
from situate.web.schemas import deeds as shapes

router = APIRouter(tags=["review"])
_COLUMNS = ("made_at", "who", "about", "words", "reply_to", "key")
Key = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class Said(BaseModel):
    """A comment on the entry or the report with the key `about`; `reply_to` is another comment's key."""

    about: Key
    words: str = Field(min_length=1, max_length=5000)
    who: str = Field(default="you", min_length=1, max_length=100)
    reply_to: Key | None = None


@router.post("/comments", status_code=201, response_model=shapes.CommentRow)
def say(request: Request, said: Said, who: Reviewer, store: TheWholeStore) -> Response:
    """Keep a comment."""
    name = said.who if who.by == "alone" else who.name
    made_at = datetime.now(UTC).isoformat(timespec="microseconds")
    made = Comment(said.about, said.words, name, made_at, said.reply_to)
    comment(store, made)
    return answer(request, _row(made), 201)


@router.get("/comments", responses=CSV, response_model=shapes.Comments)
def comments(
    request: Request,
    _who: Reviewer,
    store: TheWholeStore,
    about: Annotated[str | None, Query(max_length=LONGEST)] = None,
    limit: Limit = 200,
    after: After = None,
    form: Form = "json",
) -> Response:
    """The comments on an entry or a report, or all, the newest first."""
    found, cursor = comments_page(store, about, limit, after)
    rows = [_row(each) for each in found]
    if form == "csv":
        return csv_answer(_COLUMNS, ([row[name] for name in _COLUMNS] for row in rows))
    return answer(request, {"rows": rows, "after": cursor})


def _row(made: Comment) -> dict[str, Any]:
    return asdict(made) | {"key": made.key}
