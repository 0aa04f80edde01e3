"""The one filter of every view, from the query string."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.exceptions import RequestValidationError

from situate.store import Filters, Store

DAY = r"^\d{4}-\d{2}-\d{2}$"
Many = Annotated[list[str], Query(max_length=50)]
Day = Annotated[str | None, Query(pattern=DAY, description="ISO date")]
_BOX = re.compile(r"(-?\d{1,3}(?:\.\d+)?)(?:,(-?\d{1,3}(?:\.\d+)?)){3}")


def filters(
    since: Day = None,
    until: Day = None,
    place: Many = [],  # noqa: B006 - FastAPI copies defaults
    actor: Many = [],  # noqa: B006
    type: Many = [],  # noqa: A002, B006
    status: Many = [],  # noqa: B006
    source: Many = [],  # noqa: B006
    report: Many = [],  # noqa: B006
    review: Many = [],  # noqa: B006
    text: Annotated[str | None, Query(max_length=500)] = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    box: Annotated[str | None, Query(description="west,south,east,north in degrees")] = None,
) -> Filters:
    """Values of one field are alternatives; different fields must all hold."""
    return Filters(
        since=since,
        until=until,
        places=tuple(place),
        actors=tuple(actor),
        types=tuple(type),
        statuses=tuple(status),
        sources=tuple(source),
        reports=tuple(report),
        reviews=tuple(review),
        text=text,
        min_confidence=min_confidence,
        box=_box(box),
    )


def _box(said: str | None) -> tuple[float, float, float, float] | None:
    if said is None:
        return None
    if not _BOX.fullmatch(said):
        detail = {"loc": ("query", "box"), "msg": f"{said!r} is not west,south,east,north in degrees", "type": "value"}
        raise RequestValidationError([detail])
    west, south, east, north = map(float, said.split(","))
    return west, south, east, north


def the_store(request: Request) -> Store:
    """The application's store."""
    store: Store = request.app.state.store
    return store


Filtered = Annotated[Filters, Depends(filters)]
TheStore = Annotated[Store, Depends(the_store)]
