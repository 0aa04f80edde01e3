"""What the page's views are drawn from: counts and the time brush, the map, network, control, flows, forecasts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import func, select

from situate.knowledge.gazetteer import gazetteer
from situate.picture.control_history import control_history
from situate.picture.forecasts import called, proposals
from situate.picture.moved import Flow, flows, movements, totals
from situate.picture.network import DECAY
from situate.picture.scores import calibration, scores
from situate.picture.ties import MOST_ACTORS, network_over_time
from situate.store import Filters, Listed, Store, query, tables
from situate.store.outcomes import outcomes, standing_of
from situate.store.sites import sites
from situate.store.tallies import histogram, lanes, outlets, tally
from situate.web.answers import answer, plain
from situate.web.params import Box, Filtered, TheStore, box_of

router = APIRouter()
MOST_SITES = 20_000
MOST_ENTRIES = 2_000  # of a layer in one view; what is beyond is told


@router.get("/tally")
def tallies(request: Request, filters: Filtered, store: TheStore) -> Response:
    """How many entries the filter lets through, by each value of each field, and how many reports the store has.

    The counts of a field leave the filter's own values of it aside.
    """
    found = tally(store, filters)
    by = {name: [{"value": k, "count": n} for k, n in values.items()] for name, values in found.by.items()}
    value = {"total": found.total, "undated": found.undated, "by": by, "reports": store.count()}
    return answer(request, value)


@router.get("/tally/outlets")
def tally_of_outlets(request: Request, filters: Filtered, store: TheStore) -> Response:
    """How many entries each outlet tells of what the filter lets through, whatever sources the filter has."""
    return answer(request, {"values": [{"value": k, "count": n} for k, n in outlets(store, filters).items()]})


@router.get("/timeline")
def timeline(request: Request, filters: Filtered, store: TheStore) -> Response:
    """Entries by day, week, month … told as done, and only said, over all days, whatever days the filter has."""
    found = histogram(store, filters)
    bins = [[b.first, b.last, b.done, b.said] for b in found.bins]
    return answer(request, {"unit": found.unit, "bins": bins, "earlier": found.earlier, "later": found.later})


@router.get("/timeline/lanes")
def timeline_lanes(request: Request, filters: Filtered, store: TheStore) -> Response:
    """A lane for each layer and type: [bin, told as done, only said] where there is something; the commonest first."""
    found = lanes(store, filters)
    bins = [[b.first, b.last] for b in found.bins]
    rows = [{"layer": lane.layer, "type": lane.type, "total": lane.total, "cells": lane.cells} for lane in found.lanes]
    return answer(request, {"unit": found.unit, "bins": bins, "lanes": rows, "outside": found.outside})


@router.get("/map")
def the_map(request: Request, filters: Filtered, store: TheStore) -> Response:
    """Places with what is told to be there, their precision, who holds them last, and flows between them.

    What has no position is counted, never placed: by country only, and nowhere.
    """
    found = sites(store, filters)
    shown = found.sites[:MOST_SITES]
    value = {
        "sites": [plain(site) for site in shown],
        "ways": [plain(way) for way in found.ways],
        "country_only": found.country_only,
        "nowhere": found.nowhere,
        "left_out": len(found.sites) - len(shown),
    }
    return answer(request, value)


@router.get("/towns")
def towns(request: Request, box: Box, limit: Annotated[int, Query(ge=1, le=200)] = 60) -> Response:
    """The towns with most people in a box, for the base map: [name, latitude, longitude, people]."""
    west, south, east, north = box_of(box) or (-180.0, -90.0, 180.0, 90.0)
    found = gazetteer().stores[-1].largest((west, south, east, north), limit)
    return answer(request, {"towns": [[r.name, r.lat, r.lon, r.population] for r in found]})


def _some(store: Store, layer: str, filters: Filters) -> list[Listed]:
    return list(query.every(store, layer, filters, limit=MOST_ENTRIES))


@router.get("/network")
def network(
    request: Request,
    filters: Filtered,
    store: TheStore,
    most: Annotated[int, Query(ge=2, le=2000)] = MOST_ACTORS,
) -> Response:
    """The signed network of actors. A tie's `weeks` are [weeks after `first`, signed sum, sum of absolute values]; what
    is some days old counts exp(-days / `decay`).
    """
    found = network_over_time(store, filters, most)
    first = date.fromisoformat(found.first) if found.first else date.min
    ties = [
        {"a": t.a, "b": t.b, "kinds": t.kinds, "weeks": [[_weeks(first, w.start), w.sum, w.absolute] for w in t.weeks]}
        for t in found.ties
    ]
    value = {
        "actors": [plain(actor) for actor in found.actors],
        "ties": ties,
        "first": found.first,
        "last": found.last,
        "left_out": found.left_out,
        "decay": DECAY,
    }
    return answer(request, value)


def _weeks(first: date, day: str) -> int | None:
    """How many weeks after the first one; None where no day is known."""
    return (date.fromisoformat(day) - first).days // 7 if day else None


@router.get("/control/history")
def history(request: Request, filters: Filtered, store: TheStore) -> Response:
    """Who held each place from when to when, with the entries that say so, that end it, and that dispute it."""
    entries = _some(store, "control", filters)
    stretches = [
        {
            **{name: getattr(s, name) for name in ("place", "place_name", "holder", "holder_name", "since", "until")},
            "entries": [_slim(e) for e in s.entries],
            "ended_by": [_slim(e) for e in s.ended_by],
            "disputed": [_slim(e) for e in s.disputed],
        }
        for s in control_history(entries)
    ]
    others = [_slim(e) for e in entries if e.type in ("besieges", "contests") and e.review != "rejected"]
    value = {"stretches": stretches, "marks": others, "left_out": _left_out(store, "control", filters, entries)}
    return answer(request, value)


def _slim(e: Listed) -> dict[str, Any]:
    """An entry as a mark shows it; the layer's listing has the rest."""
    place = e.places[0] if e.places else None
    return {
        "key": e.key,
        "type": e.type,
        "status": e.status,
        "day": e.earliest or e.latest or e.report.published,
        "actors": [party.name for party in e.actors],
        "place": place.key if place else None,
        "place_name": place.name if place else None,
    }


@router.get("/flows")
def the_flows(request: Request, filters: Filtered, store: TheStore) -> Response:
    """Movements as flows: a movement that several reports tell is counted once, in people as a range."""
    entries = _some(store, "movements", filters)
    found = movements(entries)
    value = {
        "flows": [_flow(f) for f in flows(found)],
        "totals": [plain(t) for t in totals(found)],
        "unplaced": sum(not e.places for e in entries),
        "left_out": _left_out(store, "movements", filters, entries),
    }
    return answer(request, value)


def _left_out(store: Store, layer: str, filters: Filters, shown: list[Listed]) -> int:
    return query.count(store, layer, filters) - len(shown) if len(shown) == MOST_ENTRIES else 0


def _flow(flow: Flow) -> dict[str, Any]:
    return {
        "kind": flow.kind,
        "origin": plain(flow.origin) if flow.origin else None,
        "destination": plain(flow.destination) if flow.destination else None,
        "done": flow.done,
        "people": flow.people,
        "uncounted": flow.uncounted,
        "movements": [
            {
                "first": m.first or None,
                "last": m.last or None,
                "low": m.low,
                "high": m.high,
                "entries": [e.key for e in m.entries],
            }
            for m in flow.movements
        ],
    }


@router.get("/forecasts")
def forecasts(request: Request, filters: Filtered, store: TheStore) -> Response:
    """Predictions with their standing (open, due, overdue, settled) on the store's last day, and their outcome."""
    settled = outcomes(store.decisions())
    on = _last_day(store)
    entries = _some(store, "forecasts", filters)
    rows = []
    for e in entries:
        known = settled.get(e.key)
        outcome = {"outcome": known.outcome, "settled_by": known.who} if known else {"outcome": None}
        rows.append({**e.to_dict(), "standing": standing_of(e, settled, on), **outcome})
    return answer(request, {"rows": rows, "on": on, "left_out": _left_out(store, "forecasts", filters, entries)})


def _last_day(store: Store) -> str:
    """The last day that a report is of, so that old stores don't have everything overdue."""
    with store.reading() as connection:
        last = connection.execute(select(func.max(tables.reports.c.published))).scalar_one()
    return str(last)[:10] if last else date.today().isoformat()


@router.get("/forecasts/proposals")
def proposed(request: Request, store: TheStore) -> Response:
    """What later reports tell of the forecasts that nobody settled, with the words on both sides; people decide."""
    return answer(request, {"rows": [p.to_dict() for p in proposals(store, _last_day(store))]})


@router.get("/scores")
def the_scores(
    request: Request,
    filters: Filtered,
    store: TheStore,
    by: Literal["forecaster", "outlet"] = "forecaster",
) -> Response:
    """Brier scores with their intervals, by forecaster or outlet, and calibration over all."""
    everything = called(store, filters)
    rows = [s.to_dict() for s in scores(everything, lambda c: str(getattr(c, by)))]
    return answer(request, {"rows": rows, "calibration": [b.to_dict() for b in calibration(everything)]})
