"""The one filter of every view, from the query string."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator

from situate.store import Filters
from situate.store.decisions import ReviewState
from situate.web.access import TheStore

__all__ = ["LONGEST", "After", "Box", "Day", "EntryLayer", "Filtered", "Many", "TheStore", "Word", "box_of", "filters"]

LONGEST = 300  # characters of a name, a key or a cursor
_DEGREES = r"-?[0-9]{1,3}(?:\.[0-9]{1,12})?"
_BOX = re.compile(rf"{_DEGREES}(?:,{_DEGREES}){{3}}")
EntryLayer = Literal["events", "claims", "agreements", "movements", "control", "relations", "forecasts"]
Word = Annotated[str, Query(max_length=LONGEST)]
Many = Annotated[list[Word], Query(max_length=50)]


def _day(said: str | None) -> str | None:
    return said if said is None else date.fromisoformat(said).isoformat()


Day = Annotated[
    str | None, Query(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="ISO date"), AfterValidator(_day)
]
Box = Annotated[str | None, Query(description="west,south,east,north in degrees")]
After = Annotated[str | None, Query(max_length=LONGEST, description="the cursor that the page before gave")]


def filters(
    since: Day = None,
    until: Day = None,
    place: Many = [],  # noqa: B006 - FastAPI copies defaults
    actor: Many = [],  # noqa: B006
    layer_: Annotated[list[EntryLayer], Query(alias="layer", max_length=7)] = [],  # noqa: B006
    type: Many = [],  # noqa: A002, B006
    status: Many = [],  # noqa: B006
    source: Many = [],  # noqa: B006
    report: Many = [],  # noqa: B006
    review: Annotated[list[ReviewState], Query(max_length=5)] = [],  # noqa: B006
    text: Annotated[str | None, Query(max_length=500)] = None,
    min_confidence: Annotated[float | None, Query(ge=0, le=1)] = None,
    box: Box = None,
) -> Filters:
    """Values of one field are alternatives; different fields must all hold."""
    return Filters(
        since=since,
        until=until,
        places=tuple(place),
        actors=tuple(actor),
        layers=tuple(layer_),
        types=tuple(type),
        statuses=tuple(status),
        sources=tuple(source),
        reports=tuple(report),
        reviews=tuple(review),
        text=text,
        min_confidence=min_confidence,
        box=box_of(box),
    )


def box_of(said: str | None) -> tuple[float, float, float, float] | None:
    """West, south, east, north as numbers. Raises an error of the request where they can't be."""
    if said is None:
        return None
    west, south, east, north = map(float, said.split(",")) if _BOX.fullmatch(said) else (0.0, 1.0, 0.0, 0.0)
    if south > north or max(abs(south), abs(north)) > 90 or max(abs(west), abs(east)) > 180:
        detail = {"loc": ("query", "box"), "msg": f"{said!r} is not west,south,east,north in degrees", "type": "value"}
        raise RequestValidationError([detail])
    return west, south, east, north


Filtered = Annotated[Filters, Depends(filters)]
