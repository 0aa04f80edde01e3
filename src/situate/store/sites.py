"""Where the entries are that a filter lets through: a row for each place with a position, and how many have none.

A country is never a point: what is known only by its country is counted apart, as is what has no place at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from situate.store.arrays import Arrays, Mask
from situate.store.asking import Asking
from situate.store.chosen import Chosen, axis, chosen, counted, joined
from situate.store.filters import Filters
from situate.store.sql import Sql, sql
from situate.store.store import Store
from situate.store.tallies import DONE

PLACED = ("events", "agreements", "movements", "control")
MOST_WAYS = 400
WORDS = 4  # of a place's holders, the latest
Points = Mapping[int, tuple[str, str, str, float, float, float]]


@dataclass(frozen=True, slots=True)
class Held:
    """What was last said of a holder at a place."""

    holder: str
    key: str
    state: str
    status: str | None
    day: str | None


@dataclass(slots=True)
class SiteTally:
    """A place over all reports and what is told to be there; `done` of it is told as fact. Position in degrees."""

    key: str
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    layers: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    done: int = 0
    held: list[Held] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Way:
    """Movements from one place to another: how many entries, and the most people that one of them tells of."""

    origin: str
    destination: str
    done: bool
    entries: int
    people: float | None


@dataclass(frozen=True, slots=True)
class Sites:
    """The places, the busiest first; ways between them; how many entries are known by country only, and not at all."""

    sites: tuple[SiteTally, ...]
    ways: tuple[Way, ...]
    country_only: int
    nowhere: int


def sites(store: Store, filters: Filters) -> Sites:
    """What the filter lets through, by place."""
    some = chosen(store, filters)
    with store.asking() as asked:
        points = _points(asked)
        found = _by_place(some, points)
        _hold(asked, some, found)
    country, nowhere = _unplaced(some, points)
    busiest = sorted(found.values(), key=lambda s: (-sum(s.layers.values()), s.key))
    return Sites(tuple(busiest), _ways(some, points), country, nowhere)


def _points(asked: Asking) -> Points:
    """(key, name, kind, latitude, longitude, radius) of the places with a position, as most reports describe them."""
    query = """SELECT merged_places.id, merged_places.key, name, kind, lat, lon, coalesce(radius_km, 0)
        FROM place_profiles JOIN merged_places ON merged_places.id = place_profiles.merged_id
        WHERE lat IS NOT NULL AND lon IS NOT NULL AND kind <> 'country' ORDER BY reports, digest"""
    return {number: (key, *rest) for number, key, *rest in asked.tuples(Sql(query))}


def _by_place(some: Chosen, points: Points) -> dict[int, SiteTally]:
    """The places by number, with what is told to be there."""
    arrays, places = some.arrays, some.arrays.places
    layer, of_layer = axis(arrays, "layer")
    kind, of_type = axis(arrays, "type")
    done = arrays.is_("status", *DONE).astype(np.int32)
    some_links = (some.let & arrays.is_("layer", *PLACED))[places.at] & _located(arrays, points)
    at = places.at
    axes = (places.merged, len(points) and max(points) + 1), (layer[at], of_layer), (kind[at], of_type), (done[at], 2)
    codes, numbers = counted(some_links, *axes)
    found: dict[int, SiteTally] = {}
    layers, types = (arrays.words[name].of for name in ("layer", "type"))
    for number, layer_, type_, done_, count in zip(*(c.tolist() for c in codes), numbers.tolist(), strict=True):
        site = found.get(number)
        if site is None:
            site = found[number] = SiteTally(*points[number])
        name, word = str(layers[layer_]), str(types[type_])
        site.layers[name] = site.layers.get(name, 0) + count
        site.done += count if done_ else 0
        if name == "events":
            site.types[word] = site.types.get(word, 0) + count
    return found


def _located(arrays: Arrays, points: Points) -> Mask:
    """Whether the links to places lead to one with a position."""
    known = np.zeros(max(max(points, default=0), int(arrays.places.merged.max(initial=0))) + 1, dtype=np.bool_)
    known[list(points)] = True
    return known[arrays.places.merged]


def _hold(asked: Asking, some: Chosen, found: Mapping[int, SiteTally]) -> None:
    """Tell the places who was last said to hold them, by holder and state, the newest first."""
    arrays = some.arrays
    told = some.let & arrays.is_("layer", "control") & ~arrays.is_("review", "rejected")
    where, who = (np.flatnonzero(told[links.at]) for links in (arrays.places, arrays.actors))
    left, right = joined(arrays.places.at[where], arrays.actors.at[who])
    entry = arrays.places.at[where[left]]
    columns = (arrays.places.merged[where[left]], arrays.actors.merged[who[right]], arrays.type[entry])
    rows: dict[tuple[int, int, int, int], int] = {}
    for *row, day in zip(*(c.tolist() for c in (*columns, arrays.status[entry], arrays.latest[entry])), strict=True):
        place, holder, state, status = row
        if place in found:
            rows[place, holder, state, status] = max(day, rows.get((place, holder, state, status), 0))
    shown: dict[int, list[tuple[int, int, int, int]]] = {}
    for (place, *rest), day in sorted(rows.items(), key=lambda row: (row[1], row[0][1:]), reverse=True):
        of_place = shown.setdefault(place, [])
        if len(of_place) < WORDS:
            of_place.append((*rest, day))  # type: ignore[arg-type]
    names = _names(asked, [holder for of_place in shown.values() for holder, *_ in of_place])
    types, statuses = (arrays.words[name].of for name in ("type", "status"))
    for place, of_place in shown.items():
        for holder, state, status, day in of_place:
            key, name = names[holder]
            told_on = date.fromordinal(day).isoformat() if day else None
            found[place].held.append(Held(name, key, str(types[state]), statuses[status], told_on))


def _names(asked: Asking, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """(key, name) of merged actors, as most reports name them."""
    query = """SELECT merged_actors.id, merged_actors.key, name FROM actor_profiles
        JOIN merged_actors ON merged_actors.id = actor_profiles.merged_id
        WHERE merged_actors.id IN (?) ORDER BY reports, digest"""
    return {number: (key, name) for number, key, name in asked.tuples(sql(query, sorted(set(numbers))))}


def _ways(some: Chosen, points: Points) -> tuple[Way, ...]:
    arrays, places = some.arrays, some.arrays.places
    told = some.let & arrays.is_("layer", "movements") & ~arrays.is_("review", "rejected")
    roles = arrays.words["role"]
    links = told[places.at] & _located(arrays, points)
    origin, destination = (np.flatnonzero(links & roles.chosen([r])[places.role]) for r in ("origin", "destination"))
    left, right = joined(places.at[origin], places.at[destination])
    entry = places.at[origin[left]]
    done = arrays.is_("status", *DONE)
    columns: list[Any] = [places.merged[origin[left]], places.merged[destination[right]], done[entry]]
    ways: dict[tuple[int, int, bool], list[float]] = {}
    for *way, people in zip(*(c.tolist() for c in (*columns, arrays.people[entry])), strict=True):
        two = ways.setdefault(tuple(way), [0, -1.0])
        two[0] += 1
        two[1] = max(two[1], people if people == people else -1.0)
    ordered = sorted(ways.items(), key=lambda row: (-row[1][0], row[0]))
    return tuple(
        Way(points[a][0], points[b][0], done, int(count), people if people >= 0 else None)
        for (a, b, done), (count, people) in ordered[:MOST_WAYS]
    )


def _unplaced(some: Chosen, points: Points) -> tuple[int, int]:
    """How many entries are known by country only, and how many have no place at all."""
    arrays, places = some.arrays, some.arrays.places
    told = some.let & arrays.is_("layer", *PLACED)
    somewhere, located = np.zeros_like(told), np.zeros_like(told)
    somewhere[places.at] = True
    located[places.at[_located(arrays, points)]] = True
    return int(np.count_nonzero(told & somewhere & ~located)), int(np.count_nonzero(told & ~somewhere))
