"""Forecasts with their standing, what later reports tell of them, and how well those who forecast did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from typing import Any, Literal

from fastapi import APIRouter, Request, Response

from situate.export.listings import cells, header
from situate.picture.forecasts import called, proposals
from situate.picture.scores import Bin, Score, calibration, scores
from situate.picture.settling import Proposal
from situate.store import Store, query
from situate.store.chosen import how_many
from situate.store.outcomes import outcomes_of, standing_of
from situate.web.answers import CSV, Form, answer, csv_answer
from situate.web.params import Filtered, TheStore
from situate.web.schemas import views as shapes

router = APIRouter(tags=["views"])
MOST = 1_000  # forecasts in one view, the latest; what is beyond is told
_CLUE = ("forecast", "content", "outcome", "confidence", "side", "report", "outlet", "published", "words", "why")


@router.get("/forecasts", responses=CSV, response_model=shapes.Forecasts)
def forecasts(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """Predictions with their standing (open, due, overdue, settled) on the store's last day, and their outcome."""
    settled = outcomes_of(store)
    on = _last_day(store)
    entries = list(query.every(store, "forecasts", filters, limit=MOST))
    left_out = how_many(store, "forecasts", filters) - len(entries) if len(entries) == MOST else 0
    told = []
    for e in entries:
        known = settled.get(e.key)
        told.append((standing_of(e, settled, on), known.outcome if known else None, known.who if known else None))
    own = ("standing", "outcome", "settled_by")
    if form == "csv":
        lines = ([*cells("forecasts", e), *more] for e, more in zip(entries, told, strict=True))
        return csv_answer((*header("forecasts"), *own), lines, left_out=left_out)
    rows = [{**e.to_dict(), **dict(zip(own, more, strict=True))} for e, more in zip(entries, told, strict=True)]
    return answer(request, {"rows": rows, "on": on, "left_out": left_out})


def _last_day(store: Store) -> str:
    """The last day that a report is of, so that old stores don't have everything overdue."""
    return (store.last_day() or date.today().isoformat())[:10]


@router.get("/forecasts/proposals", responses=CSV, response_model=shapes.Proposals)
def proposed(request: Request, store: TheStore, form: Form = "json") -> Response:
    """What later reports tell of the forecasts that nobody settled, with the words on both sides; people decide.

    CSV has a line for each clue.
    """
    found = proposals(store, _last_day(store))
    if form == "csv":
        return csv_answer(_CLUE, _clues(found))
    return answer(request, {"rows": [p.to_dict() for p in found]})


def _clues(found: Iterable[Proposal]) -> Iterator[list[Any]]:
    for p in found:
        for side, clues in (("for", p.speaking_for), ("against", p.speaking_against)):
            for c in clues:
                words = c.words.text if c.words else None
                told = [c.report, c.outlet, c.published, words, c.why]
                yield [p.forecast, p.content, p.outcome, p.confidence, side, *told]


@router.get("/scores", responses=CSV, response_model=shapes.Scores)
def the_scores(
    request: Request,
    filters: Filtered,
    store: TheStore,
    by: Literal["forecaster", "outlet"] = "forecaster",
    form: Form = "json",
) -> Response:
    """Brier scores with their intervals, by forecaster or outlet, and calibration over all. CSV has the scores."""
    everything = called(store, filters)
    found = scores(everything, lambda c: str(getattr(c, by)))
    if form == "csv":
        return _table(Score, found)
    bins = [b.to_dict() for b in calibration(everything)]
    return answer(request, {"rows": [s.to_dict() for s in found], "calibration": bins})


@router.get("/scores/calibration", responses=CSV, response_model=shapes.Calibration)
def the_calibration(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """How often what was called so likely happened, in steps of probability, with the interval of the share."""
    found = calibration(called(store, filters))
    return _table(Bin, found) if form == "csv" else answer(request, {"rows": found})


def _table(kind: type[Score] | type[Bin], rows: Iterable[Score | Bin]) -> Response:
    names = [field.name for field in fields(kind)]
    return csv_answer(names, ([getattr(row, name) for name in names] for row in rows))
