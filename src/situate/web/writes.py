"""What people decide: decisions are added, never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from situate.errors import SituateError
from situate.store import Decision, Filters, query
from situate.store.decisions import DecisionKind
from situate.web.answers import answer
from situate.web.params import TheStore

router = APIRouter()


class Decided(BaseModel):
    """One decision on one entry. `correct` needs the field and its value after."""

    entry_key: str = Field(max_length=300)
    decision: DecisionKind
    who: str = Field(default="you", min_length=1, max_length=100)
    field: str | None = Field(default=None, max_length=50)
    before: Any = None
    after: Any = None
    comment: str | None = Field(default=None, max_length=2000)


@router.post("/decisions", status_code=201)
def decide(request: Request, said: Decided, store: TheStore) -> Response:
    """Keep a decision."""
    if said.decision == "correct" and not said.field:
        raise SituateError("correct needs the field that is corrected, and its value after")
    made_at = datetime.now(UTC).isoformat(timespec="microseconds")
    store.decide(Decision(made_at=made_at, **said.model_dump()))
    return answer(request, {"decision": said.model_dump(mode="json") | {"made_at": made_at}}, 201)


@router.get("/decisions")
def decisions(
    request: Request, store: TheStore, entry: Annotated[str | None, Query(max_length=300)] = None
) -> Response:
    """The trail of decisions, oldest first; of one entry or all."""
    rows = [{name: getattr(d, name) for name in Decision.__slots__} for d in store.decisions(entry)]
    return answer(request, {"rows": rows})


@router.get("/review/next")
def next_to_review(request: Request, store: TheStore, layer: str = "events") -> Response:
    """The entry that most needs a person: not reviewed, and the least sure."""
    rows = list(query.every(store, layer, Filters(reviews=("unreviewed",)), limit=500))
    first = min(rows, key=lambda r: (abs((r.confidence or 0.5) - 0.5), r.key), default=None)
    return answer(request, {"row": first.to_dict() if first else None, "waiting": len(rows)})
