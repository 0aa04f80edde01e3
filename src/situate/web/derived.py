"""What many entries come to: the network of actors, control and agreements over time, movements as flows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from situate.picture.agreement_history import AgreementHistory
from situate.picture.control_history import Stretch
from situate.picture.kept_histories import latest_agreements, latest_control, latest_movements
from situate.picture.moved import Flow, Moved, flows, totals
from situate.picture.network import DECAY
from situate.picture.ties import MOST_ACTORS, Network, network_over_time
from situate.store import Filters, Listed, Store, query
from situate.web.answers import CSV, Form, answer, csv_answer, keys_of
from situate.web.params import Filtered, TheStore
from situate.web.schemas import views as shapes

router = APIRouter(tags=["views"])
SIEGES = ("besieges", "contests")
MOST_ENTRIES = 2_000  # of a layer in one view, the latest; what is beyond is told
_TIES = ("a", "a_name", "b", "b_name", "kinds", "week", "sum", "absolute")
_STRETCH = ("place", "place_name", "holder", "holder_name", "since", "until")
_AGREEMENT = ("kind", "name", "parties", "guarantors", "places", "status", "since", "entries")
_MOVED = ("kind", "who", "origins", "destinations", "done", "first", "last", "low", "high", "entries")


def _sieges(store: Store, filters: Filters) -> list[Listed]:
    """The latest sieges and contests."""
    types = tuple(name for name in SIEGES if not filters.types or name in filters.types)
    if not types:
        return []
    found = query.every(store, "control", replace(filters, types=types), limit=MOST_ENTRIES)
    return [e for e in found if e.review != "rejected"]


@router.get("/network", responses=CSV, response_model=shapes.Network)
def network(
    request: Request,
    filters: Filtered,
    store: TheStore,
    most: Annotated[int, Query(ge=2, le=2000)] = MOST_ACTORS,
    form: Form = "json",
) -> Response:
    """The signed network of actors. A tie's `weeks` are [weeks after `first`, signed sum, sum of absolute values]; what
    is some days old counts exp(-days / `decay`). CSV has a line for each tie and week.
    """
    found = network_over_time(store, filters, most)
    if form == "csv":
        return csv_answer(_TIES, _tie_lines(found), left_out=found.left_out)
    weeks = _weeks(found)
    ties = [
        {"a": t.a, "b": t.b, "kinds": t.kinds, "weeks": [[weeks[w.start], w.sum, w.absolute] for w in t.weeks]}
        for t in found.ties
    ]
    value = {
        "actors": found.actors,
        "ties": ties,
        "first": found.first,
        "last": found.last,
        "left_out": found.left_out,
        "decay": DECAY,
    }
    return answer(request, value)


def _weeks(found: Network) -> dict[str, int | None]:
    """For each day on which a week begins, how many weeks after the first it is; None where no day is known."""
    first = date.fromisoformat(found.first) if found.first else date.min
    days = {week.start for tie in found.ties for week in tie.weeks}
    return {day: (date.fromisoformat(day) - first).days // 7 if day else None for day in days}


def _tie_lines(found: Network) -> Iterator[list[Any]]:
    for tie in found.ties:
        a, b = found.actors[tie.a], found.actors[tie.b]
        for week in tie.weeks:
            yield [a.key, a.name, b.key, b.name, keys_of(tie.kinds), week.start, week.sum, week.absolute]


@router.get("/control/history", responses=CSV, response_model=shapes.ControlHistory)
def history(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """Who held each place from when to when, with the entries that say so, that end it, and that dispute it."""
    found = latest_control(store, filters, MOST_ENTRIES)
    others = _sieges(store, filters)
    if form == "csv":
        header = (*_STRETCH, "state", "entries", "ended_by", "disputed")
        return csv_answer(header, [*map(_stretch_line, found.rows), *map(_mark_line, others)], left_out=found.left_out)
    stretches = [
        {name: getattr(s, name) for name in _STRETCH}
        | {name: [_mark(e) for e in getattr(s, name)] for name in ("entries", "ended_by", "disputed")}
        for s in found.rows
    ]
    return answer(request, {"stretches": stretches, "marks": [_mark(e) for e in others], "left_out": found.left_out})


def _mark(e: Listed) -> dict[str, Any]:
    """An entry as a mark shows it; the layer's listing has the rest."""
    place = e.places[0] if e.places else None
    return {
        "key": e.key,
        "type": e.type,
        "status": e.status,
        "day": _day(e),
        "actors": [party.name for party in e.actors],
        "place": place.key if place else None,
        "place_name": place.name if place else None,
    }


def _day(e: Listed) -> str | None:
    return e.earliest or e.latest or e.report.published


def _stretch_line(s: Stretch) -> list[Any]:
    sides = (s.entries, s.ended_by, s.disputed)
    return [*(getattr(s, name) for name in _STRETCH), "holds", *(keys_of(e.key for e in side) for side in sides)]


def _mark_line(e: Listed) -> list[Any]:
    """A siege or a contest as a line of the same table."""
    place = e.places[0] if e.places else None
    names = keys_of(party.name for party in e.actors)
    keys = keys_of(party.key for party in e.actors)
    own = [place.key if place else None, place.name if place else None, keys, names, _day(e), None]
    return [*own, e.type, e.key, "", ""]


@router.get("/agreements/history", responses=CSV, response_model=shapes.AgreementHistories)
def agreements(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """Each agreement once, however many reports tell it, with its standings by day. CSV has a line a standing."""
    found = latest_agreements(store, filters, MOST_ENTRIES)
    if form == "csv":
        lines = (line for each in found.rows for line in _agreement_lines(each))
        return csv_answer(_AGREEMENT, lines, left_out=found.left_out)
    rows = [
        {
            **{name: getattr(each, name) for name in ("kind", "name", "parties", "guarantors", "places")},
            "status": each.now.status,
            "standings": [
                {"status": s.status, "since": s.since, "entries": [e.key for e in s.entries]} for s in each.standings
            ],
        }
        for each in found.rows
    ]
    return answer(request, {"rows": rows, "left_out": found.left_out})


def _agreement_lines(each: AgreementHistory) -> Iterator[list[Any]]:
    sides = [keys_of(x.name for x in side) for side in (each.parties, each.guarantors, each.places)]
    for standing in each.standings:
        keys = keys_of(e.key for e in standing.entries)
        yield [each.kind, each.name, *sides, standing.status, standing.since, keys]


@router.get("/flows", responses=CSV, response_model=shapes.Flows)
def the_flows(request: Request, filters: Filtered, store: TheStore, form: Form = "json") -> Response:
    """Movements as flows: a movement that several reports tell is counted once, in people as a range.

    A flow's `movements` are numbers of those in `movements`; one from several places is in several flows. CSV has a
    line a movement.
    """
    latest = latest_movements(store, filters, MOST_ENTRIES)
    found = latest.rows
    ways = flows(found)
    if form == "csv":
        return csv_answer(_MOVED, map(_moved_line, found), left_out=latest.left_out)
    number = {id(m): n for n, m in enumerate(found)}
    value = {
        "movements": [_moved(m) for m in found],
        "flows": [_flow(f, [number[id(m)] for m in f.movements]) for f in ways],
        "totals": totals(found),
        "unplaced": sum(not m.way for m in found),
        "left_out": latest.left_out,
    }
    return answer(request, value)


def _moved_line(m: Moved) -> list[Any]:
    ways = [keys_of(site.name for site in side) for side in (m.origins, m.destinations)]
    return [m.kind, m.who, *ways, m.done, m.first, m.last, m.low, m.high, keys_of(e.key for e in m.entries)]


def _moved(m: Moved) -> dict[str, Any]:
    entries = [e.key for e in m.entries]
    return {"first": m.first or None, "last": m.last or None, "low": m.low, "high": m.high, "entries": entries}


def _flow(flow: Flow, numbers: list[int]) -> dict[str, Any]:
    return {
        "kind": flow.kind,
        "origin": flow.origin,
        "destination": flow.destination,
        "done": flow.done,
        "people": flow.people,
        "uncounted": flow.uncounted,
        "movements": numbers,
    }
