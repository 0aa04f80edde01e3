"""Where the entries are that a filter lets through: a row for each place with a position, and how many have none.

A country is never a point: what is known only by its country is counted apart, as is what has no place at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from situate.store.asking import Asking
from situate.store.filters import Filters, wanted
from situate.store.sql import Sql, sql
from situate.store.store import Store
from situate.store.tallies import DONE

PLACED = ("events", "agreements", "movements", "control")
MOST_WAYS = 400
WORDS = 4  # of a place's holders, the latest
_IS_DONE = f"CASE WHEN entries.status IN {DONE} THEN 1 ELSE 0 END"


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
    with store.asking() as asked:
        chosen = wanted(filters, asked.dialect)
        points = _points(asked)
        found: dict[int, SiteTally] = {}
        for number, layer, type_, done, count in asked.tuples(sql(_BY_PLACE, PLACED, chosen)):
            if number in points:
                site = found.setdefault(number, SiteTally(*points[number]))
                site.layers[layer] = site.layers.get(layer, 0) + count
                site.done += done
                if layer == "events":
                    site.types[type_] = count
        _hold(asked, wanted(filters, asked.dialect, "control"), found)
        ways = _ways(asked, wanted(filters, asked.dialect, "movements"), points)
        country, nowhere = _unplaced(asked, chosen)
    busiest = sorted(found.values(), key=lambda s: (-sum(s.layers.values()), s.key))
    return Sites(tuple(busiest), ways, country, nowhere)


# CROSS JOIN has SQLite begin with the entries that the filter lets through, however it guesses their number.
_BY_PLACE = f"""SELECT links.merged_id, entries.layer, entries.type, sum({_IS_DONE}), count(*)
    FROM entries CROSS JOIN entry_places links
    WHERE links.entry_id = entries.id AND entries.layer IN (?) AND ?
    GROUP BY links.merged_id, entries.layer, entries.type"""


def _points(asked: Asking) -> dict[int, tuple[str, str, str, float, float, float]]:
    """(key, name, kind, latitude, longitude, radius) of the places with a position, as most reports describe them."""
    query = """SELECT merged_places.id, merged_places.key, name, kind, lat, lon, coalesce(radius_km, 0)
        FROM place_profiles JOIN merged_places ON merged_places.id = place_profiles.merged_id
        WHERE lat IS NOT NULL AND lon IS NOT NULL AND kind <> 'country' ORDER BY reports, digest"""
    return {number: (key, *rest) for number, key, *rest in asked.tuples(Sql(query))}


def _hold(asked: Asking, chosen: Sql, found: Mapping[int, SiteTally]) -> None:
    """Tell the places who was last said to hold them, by holder and state, the newest first."""
    query = """SELECT links.merged_id, who.merged_id, entries.type, entries.status, max(entries.latest)
        FROM entries JOIN entry_places links ON links.entry_id = entries.id
        JOIN entry_actors who ON who.entry_id = entries.id
        WHERE entries.review <> 'rejected' AND ?
        GROUP BY links.merged_id, who.merged_id, entries.type, entries.status"""
    rows = sorted(asked.tuples(sql(query, chosen)), key=lambda row: (row[4] or "", row[1]), reverse=True)
    names = _names(asked, [row[1] for row in rows])
    for place, holder, state, status, day in rows:
        if place in found and holder in names and len(found[place].held) < WORDS:
            key, name = names[holder]
            found[place].held.append(Held(name, key, state, status, day))


def _names(asked: Asking, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """(key, name) of merged actors, as most reports name them."""
    query = """SELECT merged_actors.id, merged_actors.key, name FROM actor_profiles
        JOIN merged_actors ON merged_actors.id = actor_profiles.merged_id
        WHERE merged_actors.id IN (?) ORDER BY reports, digest"""
    return {number: (key, name) for number, key, name in asked.tuples(sql(query, sorted(set(numbers))))}


def _ways(asked: Asking, chosen: Sql, points: Mapping[int, Sequence[Any]]) -> tuple[Way, ...]:
    query = f"""SELECT origin.merged_id, destination.merged_id, {_IS_DONE}, count(*),
        max((SELECT max(coalesce(figures.high, figures.value, figures.low)) FROM entry_figures figures
            WHERE figures.entry_id = entries.id))
        FROM entries
        JOIN entry_places origin ON origin.entry_id = entries.id AND origin.role = 'origin'
        JOIN entry_places destination ON destination.entry_id = entries.id AND destination.role = 'destination'
        WHERE entries.review <> 'rejected' AND ?
        GROUP BY origin.merged_id, destination.merged_id, {_IS_DONE}"""
    rows = [row for row in asked.tuples(sql(query, chosen)) if row[0] in points and row[1] in points]
    rows.sort(key=lambda row: (-row[3], row[0], row[1]))
    return tuple(
        Way(points[a][0], points[b][0], bool(done), count, people) for a, b, done, count, people in rows[:MOST_WAYS]
    )


def _unplaced(asked: Asking, chosen: Sql) -> tuple[int, int]:
    """How many entries are known by country only, and how many have no place at all."""
    every = asked.number(sql("SELECT count(*) FROM entries WHERE entries.layer IN (?) AND ?", PLACED, chosen))
    query = sql(_OF_SOME, PLACED, chosen) if chosen.values else sql(_OF_ALL, PLACED)
    ((somewhere, located),) = asked.tuples(sql("SELECT count(*), sum(located) FROM (?) placed", query))
    return somewhere - (located or 0), every - somewhere


_LOCATED = """max(CASE WHEN links.merged_id IN (SELECT merged_id FROM place_profiles
    WHERE lat IS NOT NULL AND kind <> 'country') THEN 1 ELSE 0 END) AS located"""
_OF_ALL = f"SELECT {_LOCATED} FROM entry_places links WHERE links.layer IN (?) GROUP BY links.entry_id"
_OF_SOME = f"""SELECT {_LOCATED} FROM entries CROSS JOIN entry_places links
    WHERE links.entry_id = entries.id AND entries.layer IN (?) AND ? GROUP BY entries.id"""
