"""Counts, the time brush and the map: what the first view is drawn from."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from situate.knowledge.gazetteer import gazetteer
from situate.picture.keeping import waiting
from situate.store.sites import SiteTally, sites
from situate.store.tallies import histogram, lanes, outlets, tally
from situate.web.answers import CSV, Form, answer, csv_answer, keys_of
from situate.web.params import Box, Filtered, TheStore, box_of
from situate.web.schemas import views as shapes

router = APIRouter(tags=["views"])
MOST_SITES = 20_000
_SITE = ("key", "name", "kind", "lat", "lon", "radius_km")


@router.get("/tally", responses=CSV, response_model=shapes.Tally)
def tallies(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """How many entries the filter lets through, by each value of each field, and how many reports the store has.

    The counts of a field leave the filter's own values of it aside.
    """
    found = tally(store, filters)
    if form == "csv":
        lines = ((name, value, n) for name, values in found.by.items() for value, n in values.items())
        return csv_answer(("field", "value", "count"), lines)
    by = {name: [{"value": k, "count": n} for k, n in values.items()] for name, values in found.by.items()}
    value = {
        "total": found.total,
        "undated": found.undated,
        "by": by,
        "reports": store.count(),
        "waiting": waiting(store),
    }
    return answer(request, value)


@router.get("/tally/outlets", responses=CSV, response_model=shapes.Values)
def tally_of_outlets(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """How many entries each outlet tells of what the filter lets through, whatever sources the filter has."""
    found = outlets(store, filters)
    if form == "csv":
        return csv_answer(("outlet", "count"), found.items())
    return answer(request, {"values": [{"value": k, "count": n} for k, n in found.items()]})


@router.get("/timeline", responses=CSV, response_model=shapes.Timeline)
def timeline(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """Entries by day, week, month … told as done, and only said, over all days, whatever days the filter has."""
    found = histogram(store, filters)
    bins = [[b.first, b.last, b.done, b.said] for b in found.bins]
    if form == "csv":
        return csv_answer(("first", "last", "done", "said"), bins)
    return answer(request, {"unit": found.unit, "bins": bins, "earlier": found.earlier, "later": found.later})


@router.get("/timeline/lanes", responses=CSV, response_model=shapes.Lanes)
def timeline_lanes(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """A lane for each layer and type: [bin, told as done, only said] where there is something; the commonest first."""
    found = lanes(store, filters)
    bins = [[b.first, b.last] for b in found.bins]
    if form == "csv":
        lines = ((lane.layer, lane.type, *bins[at], *many) for lane in found.lanes for at, *many in lane.cells)
        return csv_answer(("layer", "type", "first", "last", "done", "said"), lines, left_out=found.outside)
    rows = [{"layer": lane.layer, "type": lane.type, "total": lane.total, "cells": lane.cells} for lane in found.lanes]
    return answer(request, {"unit": found.unit, "bins": bins, "lanes": rows, "outside": found.outside})


@router.get("/map", responses=CSV, response_model=shapes.Map)
def the_map(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """Places with what is told to be there, their precision, who holds them last, and flows between them.

    What has no position is counted, never placed: by country only, and nowhere. CSV has a line a place.
    """
    found = sites(store, filters)
    shown = found.sites[:MOST_SITES]
    left_out = len(found.sites) - len(shown)
    if form == "csv":
        layers = sorted({layer for site in shown for layer in site.layers})
        return csv_answer((*_SITE, *layers, "done", "held"), (_line(site, layers) for site in shown), left_out=left_out)
    value = {
        "sites": shown,
        "ways": found.ways,
        "country_only": found.country_only,
        "nowhere": found.nowhere,
        "left_out": left_out,
    }
    return answer(request, value)


def _line(site: SiteTally, layers: list[str]) -> list[Any]:
    held = keys_of(f"{h.holder} {h.state} {h.status or ''} {h.day or ''}".strip() for h in site.held)
    own = [getattr(site, name) for name in _SITE]
    return [*own, *(site.layers.get(layer, 0) for layer in layers), site.done, held]


@router.get("/towns", response_model=shapes.Towns)
def towns(request: Request, box: Box, limit: Annotated[int, Query(ge=1, le=200)] = 60) -> Response:
    """The towns with most people in a box, for the base map: [name, latitude, longitude, people]."""
    west, south, east, north = box_of(box) or (-180.0, -90.0, 180.0, 90.0)
    found = gazetteer().stores[-1].largest((west, south, east, north), limit)
    return answer(request, {"towns": [[r.name, r.lat, r.lon, r.population] for r in found]})
