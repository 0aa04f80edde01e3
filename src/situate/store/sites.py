"""Where the entries are that a filter lets through: a row for each place with a position, and how many have none.

A country is never a point: what is known only by its country is counted apart, as is what has no place at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import case, func, select

from situate.store import tables
from situate.store.filters import Filters, entry_conditions
from situate.store.store import Store
from situate.store.tallies import DONE

PLACED = ("events", "agreements", "movements", "control")


@dataclass(slots=True)
class SiteTally:
    """A place over all reports and what is told to be there; `done` of them is told as fact. Position in degrees."""

    key: str
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    layers: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    done: int = 0


@dataclass(frozen=True, slots=True)
class Sites:
    """The places, the busiest first; the numbers of entries known by country only, and of those without a place."""

    sites: tuple[SiteTally, ...]
    country_only: int
    nowhere: int


def sites(store: Store, filters: Filters) -> Sites:
    """What the filter lets through, by place."""
    e, links, places, merged = tables.entries, tables.entry_places, tables.places, tables.merged_places
    done = case((e.c.status.in_(DONE), 1), else_=0)
    chosen = entry_conditions(filters, store.engine.dialect.name)
    point = (
        func.min(places.c.name),
        func.min(places.c.kind),
        func.avg(places.c.lat),
        func.avg(places.c.lon),
        func.max(places.c.radius_km),
    )
    query = (
        select(links.c.merged_id, e.c.layer, e.c.type, done, func.count(e.c.id.distinct()), *point)
        .join(e, e.c.id == links.c.entry_id)
        .join(places, places.c.entry_id == links.c.place_id)
        .where(links.c.layer.in_(PLACED), places.c.lat.is_not(None), places.c.kind != "country", *chosen)
        .group_by(links.c.merged_id, e.c.layer, e.c.type, done)
    )
    found: dict[int, SiteTally] = {}
    with store.reading() as connection:
        for number, layer, type_, is_done, count, *described in connection.execute(query):
            site = found.setdefault(number, _site(*described))
            site.layers[layer] = site.layers.get(layer, 0) + count
            if layer == "events":
                site.types[type_] = site.types.get(type_, 0) + count
            site.done += count if is_done else 0
        keys = dict(connection.execute(select(merged.c.id, merged.c.key)).tuples().all())
    for number, site in found.items():
        site.key = keys[number]
    country, nowhere = _unplaced(store, filters)
    return Sites(tuple(_busiest(found.values())), country, nowhere)


def _site(name: str, kind: str, lat: float, lon: float, radius: float | None) -> SiteTally:
    return SiteTally("", name, kind, lat, lon, radius or 0.0)


def _busiest(found: Iterable[SiteTally]) -> list[SiteTally]:
    return sorted(found, key=lambda s: (-sum(s.layers.values()), s.key))


def _unplaced(store: Store, filters: Filters) -> tuple[int, int]:
    """How many entries are known by country only, and how many have no place at all."""
    e, links, places = tables.entries, tables.entry_places, tables.places
    chosen = [e.c.layer.in_(PLACED), *entry_conditions(filters, store.engine.dialect.name)]
    placed = select(links.c.entry_id).where(links.c.layer.in_(PLACED))
    at_point = placed.join(places, places.c.entry_id == links.c.place_id).where(
        places.c.lat.is_not(None), places.c.kind != "country"
    )
    with store.reading() as connection:
        some = connection.execute(select(func.count()).where(*chosen, e.c.id.in_(placed))).scalar_one()
        exact = connection.execute(select(func.count()).where(*chosen, e.c.id.in_(at_point))).scalar_one()
        every = connection.execute(select(func.count()).where(*chosen)).scalar_one()
    return some - exact, every - some
