"""What people decide: decisions are added, never changed; the trail tells who, when, and what stood before."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, JsonValue, field_validator

from situate.errors import SituateError
from situate.people import Who
from situate.store import Decision, Store
from situate.store.decisions import SHOWN, DecisionKind, ReviewState, review_state, standing
from situate.store.opinions import agreements, corrected, stands_of, stood_before
from situate.store.sql import sql
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
    if said.decision == "correct" and not said.field:
        raise SituateError("correct needs the field that is corrected, and its value after")
    _states(store, [said.entry_key])
    made = Decision(made_at=_now(), **said.model_dump() | {"who": _name(who, said.who)})
    trail = store.decisions(said.entry_key)
    if made.decision == "undo" and len(standing([*trail, made])) == len(standing(trail)):
        raise SituateError(f"nothing that {made.who} decided on {made.entry_key} stands; there is nothing to undo")
    if made.decision == "correct" and "before" not in said.model_fields_set:
        made = _with_before(store, made, trail)
    store.decide(made)
    request.app.state.upkeep.now()
    state = review_state([*trail, made])
    return answer(request, {"decision": _row(made), "review": state}, 201)


@router.post("/decisions/together", status_code=201, response_model=shapes.KeptTogether)
def decide_together(request: Request, said: DecidedTogether, who: Reviewer, store: TheWholeStore) -> Response:
    """Keep one decision on each of these entries: all or none. `left` are those that somebody decided on meanwhile."""
    keys = list(dict.fromkeys(said.entry_keys))
    states = _states(store, keys)
    left = [key for key in keys if said.stood is not None and states[key] != said.stood]
    name, made_at = _name(who, said.who), _now()
    if said.decision == "undo":
        left += [key for key in keys if key not in left and not stands_of(store.decisions(key), name)]
    made = [Decision(key, said.decision, name, made_at, comment=said.comment) for key in keys if key not in left]
    store.decide(*made)
    request.app.state.upkeep.now()
    return answer(request, {"kept": len(made), "left": left, "reviews": _states(store, keys)}, 201)


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
    trail = store.decisions(entry)
    stood = stood_before(trail)
    rows = [_row(made) | {"stood": stood[made.key]} for made in trail]
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


def _states(store: Store, keys: Iterable[str]) -> dict[str, ReviewState]:
    """The review states of entries. Raises SituateError where there is no such entry."""
    wanted = list(keys)
    with store.asking() as asked:
        found = dict(asked.tuples(sql("SELECT key, review FROM entries WHERE key IN (?)", wanted)))
    for key in wanted:
        if key not in found:
            raise SituateError(f"{key}: no entry with that key; see /api/layers/events")
    return found


def _with_before(store: Store, made: Decision, trail: list[Decision]) -> Decision:
    """The correction with what stood before: an earlier correction, or what the reader found."""
    earlier = corrected(trail, str(made.field))
    before = earlier.after if earlier else entry_of(store, made.entry_key)["entry"].get(made.field)
    if made.field == SHOWN:
        before = None
    return Decision(**{**asdict(made), "before": before})


def _row(made: Decision) -> dict[str, Any]:
    return asdict(made) | {"key": made.key}


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
