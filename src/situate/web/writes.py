"""What people decide: decisions are added, never changed; the trail tells who, when, and what stood before."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, JsonValue, field_validator

from situate.people import Who
from situate.store import Decision
from situate.store.decisions import DecisionKind, ReviewState
from situate.store.judging import judge, now, states_of
from situate.store.opinions import agreements, stands_of, trail_of
from situate.store.waiting import Order, next_waiting
from situate.web.access import Reviewer, TheWholeStore
from situate.web.answers import CSV, Form, Limit, Paged, answer, csv_answer, page_of
from situate.web.params import LONGEST, After, EntryLayer, Filtered
from situate.web.reader import entry_of
from situate.web.schemas import deeds as shapes
from situate.web.schemas.entries import Waiting

router = APIRouter(tags=["review"])
VALUE = 10_000  # bytes of JSON in a value before or after
AT_ONCE = 200  # entries of a bulk decision: no more than a person has on the screen
_TRAIL = ("made_at", "who", "entry_key", "decision", "field", "stood", "before", "after", "comment", "key")
_LINES: dict[int | str, dict[str, Any]] = {200: {"content": {**CSV[200]["content"], "application/jsonl": {}}}}
Key = Annotated[str, Field(min_length=1, max_length=LONGEST)]
LeftForLater = Annotated[list[Annotated[str, Query(max_length=LONGEST)]], Query(max_length=200)]


class Decided(BaseModel):
    """One decision on one entry. `correct` needs the field and its value after. Alone, `who` may be any name; people
    who log in decide under their own.
    """

    entry_key: Key
    decision: DecisionKind
    who: str = Field(default="you", min_length=1, max_length=100)
    field: str | None = Field(default=None, max_length=50)
    before: JsonValue = None
    after: JsonValue = None
    comment: str | None = Field(default=None, max_length=2000)

    @field_validator("before", "after")
    @classmethod
    def _kept_as_json(cls, value: JsonValue) -> JsonValue:
        """What can't be given out again as JSON isn't taken: endless numbers, halves of characters, whole texts."""
        if len(json.dumps(value, ensure_ascii=False, allow_nan=False).encode()) > VALUE:
            raise ValueError(f"at most {VALUE} bytes")
        try:
            orjson.dumps(value)  # as `answer` does, for which whole numbers have 64 bits
        except orjson.JSONEncodeError as error:
            raise ValueError(str(error)) from error
        return value


class DecidedTogether(BaseModel):
    """One decision on several entries, each named: those that were shown. `stood` is the review state that they were
    shown with; what has another one by now is left as it is.
    """

    entry_keys: list[Key] = Field(min_length=1, max_length=AT_ONCE)
    decision: Literal["accept", "reject", "unsure", "undo"]
    who: str = Field(default="you", min_length=1, max_length=100)
    stood: ReviewState | None = None
    comment: str | None = Field(default=None, max_length=2000)


@router.post("/decisions", status_code=201, response_model=shapes.Kept)
def decide(request: Request, said: Decided, who: Reviewer, store: TheWholeStore) -> Response:
    """Keep a decision, and tell what all decisions on the entry come to (`review`)."""
    made = Decision(made_at=now(), **said.model_dump() | {"who": _name(who, said.who)})
    given = "before" in said.model_fields_set
    judged = judge(store, made, None if given else lambda: entry_of(store, made.entry_key)["entry"].get(made.field))
    request.app.state.upkeep.now()
    return answer(request, {"decision": judged.made.to_dict(), "review": judged.review}, 201)


@router.post("/decisions/together", status_code=201, response_model=shapes.KeptTogether)
def decide_together(request: Request, said: DecidedTogether, who: Reviewer, store: TheWholeStore) -> Response:
    """Keep one decision on each of these entries: all or none. `left` are those that somebody decided on meanwhile."""
    keys = list(dict.fromkeys(said.entry_keys))
    states = states_of(store, keys)
    left = [key for key in keys if said.stood is not None and states[key] != said.stood]
    name, made_at = _name(who, said.who), now()
    if said.decision == "undo":
        left += [key for key in keys if key not in left and not stands_of(store.decisions(key), name)]
    made = [Decision(key, said.decision, name, made_at, comment=said.comment) for key in keys if key not in left]
    store.decide(*made)
    request.app.state.upkeep.now()
    return answer(request, {"kept": len(made), "left": left, "reviews": states_of(store, keys)}, 201)


@router.get("/decisions", responses=_LINES, response_model=shapes.Trail)
def decisions(
    request: Request,
    _who: Reviewer,
    store: TheWholeStore,
    entry: Annotated[str | None, Query(max_length=LONGEST)] = None,
    limit: Limit = 1000,
    after: After = None,
    form: Annotated[Literal["json", "csv", "jsonl"], Query(alias="format")] = "json",
) -> Response:
    """The trail of decisions, oldest first, of one entry or all; CSV and JSON lines hold the whole trail at once."""
    rows = trail_of(store.decisions(entry))
    if form == "csv":
        return csv_answer(_TRAIL, ([_cell(row[name]) for name in _TRAIL] for row in rows))
    if form == "jsonl":
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        return Response(lines, media_type="application/jsonl")
    return answer(request, page_of(rows, lambda row: f"{row['made_at']}~{row['key']}", Paged(limit, after)))


@router.get("/agreement", responses=CSV, response_model=shapes.Agreements)
def agreement(request: Request, _who: Reviewer, store: TheWholeStore, form: Form = "json") -> Response:
    """How far each two reviewers agree on what both judged: the share of entries judged alike, and Cohen's kappa."""
    found = agreements(store.decisions())
    if form == "csv":
        header = ("one", "other", "both", "same", "raw", "kappa")
        return csv_answer(header, ([getattr(each, name) for name in header] for each in found))
    return answer(request, {"rows": [asdict(each) | {"raw": each.raw} for each in found]})


@router.get("/review/next", response_model=Waiting)
def next_to_review(
    request: Request,
    store: TheWholeStore,
    filters: Filtered,
    who: Reviewer,
    layer: EntryLayer = "events",
    order: Order = "doubt",
    second: bool = False,
    but: LeftForLater = [],  # noqa: B006 - FastAPI copies defaults
) -> Response:
    """Of what the filter lets through, the entry that most needs a person, and how many wait.

    Those that nobody reviewed; with `second`, those that others reviewed and this person didn't. `but` names entries
    that are left for later.
    """
    row, waiting = next_waiting(store, layer, filters, order, who.name if second else None, but=tuple(but))
    return answer(request, {"row": row.to_dict() if row else None, "waiting": waiting})


def _name(who: Who, said: str) -> str:
    return said if who.by == "alone" else who.name


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)
