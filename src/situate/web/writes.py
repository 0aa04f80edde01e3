"""What people decide: decisions are added, never changed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, JsonValue, field_validator
from sqlalchemy import select

from situate.errors import SituateError
from situate.store import Decision, Store, query, tables
from situate.store.decisions import DecisionKind, review_state
from situate.web.answers import answer
from situate.web.params import LONGEST, Filtered, TheStore

router = APIRouter()
EntryLayer = Literal["events", "claims", "agreements", "movements", "control", "relations", "forecasts"]
VALUE = 10_000  # bytes of JSON in a value before or after


class Decided(BaseModel):
    """One decision on one entry. `correct` needs the field and its value after."""

    entry_key: str = Field(max_length=LONGEST)
    decision: DecisionKind
    who: str = Field(default="you", min_length=1, max_length=100)
    field: str | None = Field(default=None, max_length=50)
    before: JsonValue = None
    after: JsonValue = None
    comment: str | None = Field(default=None, max_length=2000)

    @field_validator("before", "after")
    @classmethod
    def _kept_as_json(cls, value: JsonValue) -> JsonValue:
        """What can't be given out again as JSON isn't taken: infinite numbers, halves of characters, whole texts."""
        if len(json.dumps(value, ensure_ascii=False, allow_nan=False).encode()) > VALUE:
            raise ValueError(f"at most {VALUE} bytes")
        return value


@router.post("/decisions", status_code=201)
def decide(request: Request, said: Decided, store: TheStore) -> Response:
    """Keep a decision, and tell what all decisions on the entry come to (`review`)."""
    if said.decision == "correct" and not said.field:
        raise SituateError("correct needs the field that is corrected, and its value after")
    if not _known(store, said.entry_key):
        raise SituateError(f"{said.entry_key}: no entry with that key; see /api/layers/events")
    made_at = datetime.now(UTC).isoformat(timespec="microseconds")
    store.decide(Decision(made_at=made_at, **said.model_dump()))
    state = review_state(store.decisions(said.entry_key))
    return answer(request, {"decision": said.model_dump(mode="json") | {"made_at": made_at}, "review": state}, 201)


def _known(store: Store, key: str) -> bool:
    entries = tables.entries
    with store.reading() as connection:
        return connection.execute(select(entries.c.id).where(entries.c.key == key)).first() is not None


@router.get("/decisions")
def decisions(
    request: Request, store: TheStore, entry: Annotated[str | None, Query(max_length=LONGEST)] = None
) -> Response:
    """The trail of decisions, oldest first; of one entry or all."""
    rows = [{name: getattr(d, name) for name in Decision.__slots__} for d in store.decisions(entry)]
    return answer(request, {"rows": rows})


@router.get("/review/next")
def next_to_review(request: Request, store: TheStore, filters: Filtered, layer: EntryLayer = "events") -> Response:
    """Of what the filter lets through, the entry that most needs a person: not reviewed, and the least sure."""
    rows = list(query.every(store, layer, replace(filters, reviews=("unreviewed",)), limit=500))
    first = min(rows, key=lambda r: (abs((r.confidence or 0.5) - 0.5), r.key), default=None)
    return answer(request, {"row": first.to_dict() if first else None, "waiting": len(rows)})
