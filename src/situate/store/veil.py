"""The veil before a store: temporary views under the tables' own names, less what is withheld, coordinates made coarse.

A connection that has them can't reach behind them with any query, whoever wrote it. Pictures come out of the views with
the withheld words blacked out; they are made coarse after they are read.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from situate.store import derived_tables, tables
from situate.store.rules import Rules

if TYPE_CHECKING:
    from situate.contract import Picture, Place

KM_A_DEGREE = 111.2
_EMPTY = (
    *("comments", "settings", "people", "sessions", "tokens", "runs", "run_items"),
    *(n for n in derived_tables.metadata.tables if n != "together"),  # readers get what they see put together anew
)
_TOGETHER = """CREATE TEMPORARY VIEW together AS SELECT DISTINCT places.merged_id AS place_id,
    actors.merged_id AS actor_id, reports.id AS report_id, reports.day AS day FROM entry_places places
    JOIN entry_actors actors ON actors.entry_id = places.entry_id
    JOIN entries ON entries.id = places.entry_id JOIN reports ON reports.id = entries.report_id"""
_NAMED = ("actors", "places")
# table: the columns that name an entry; a row is seen where none of these is withheld
_OF_ENTRIES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(tables.LAYER_TABLES, ("entry_id",)),
    "entry_actors": ("entry_id", "actor_id"),
    "entry_places": ("entry_id", "place_id"),
    "entry_figures": ("entry_id",),
    "entry_claims": ("entry_id", "claim_id"),
}
# table: where its actors or places stand, and the column that numbers them
_OF_MERGED: Mapping[str, tuple[str, str]] = {
    "merged_actors": ("actors", "id"),
    "actor_names": ("actors", "merged_id"),
    "actor_profiles": ("actors", "merged_id"),
    "merged_places": ("places", "id"),
    "place_names": ("places", "merged_id"),
    "place_profiles": ("places", "merged_id"),
}


def views(rules: Rules, dialect: str, schema: str) -> list[str]:
    """The statements that put the veil before the tables, which are in `schema`."""
    hidden = f"(SELECT w.entry_id FROM {schema}.withheld w)"
    listed = f"SELECT 1 FROM {schema}.entries e WHERE e.key = t.entry_key AND e.id NOT IN {hidden}"
    where = {name: " AND ".join(f"t.{c} NOT IN {hidden}" for c in ids) for name, ids in _OF_ENTRIES.items()}
    where |= {name: _seen(schema, own, number, hidden) for name, (own, number) in _OF_MERGED.items()}
    where |= dict.fromkeys(_EMPTY, "1 = 0")
    where["report_names"] = f"t.report_id NOT IN (SELECT v.report_id FROM {schema}.veiled v)"
    where["decisions"] = f"EXISTS ({listed})"
    where["entries"] = _entries(rules, hidden)
    where["reports"] = "1 = 1"
    instead = {"entries": _claimed(hidden), "reports": _blackened(schema)}
    if rules.cell:
        instead |= dict.fromkeys(("places", "place_profiles"), _coarse(rules.cell, dialect))
    shown = [_view(schema, name, condition, instead.get(name, {})) for name, condition in where.items()]
    return [*shown, _TOGETHER]


def _view(schema: str, name: str, condition: str, instead: Mapping[str, str]) -> str:
    """The rows of a table under a condition, with some columns replaced."""
    shown = ", ".join(f'{instead.get(column) or f"t.{_quoted(column)}"} AS "{column}"' for column in _columns(name))
    return f"CREATE TEMPORARY VIEW {name} AS SELECT {shown} FROM {schema}.{name} t WHERE {condition}"


def _quoted(column: str) -> str:
    return f'"{column}"'


def _seen(schema: str, own: str, number: str, hidden: str) -> str:
    """That a merged actor or place is named somewhere where it isn't withheld."""
    named = f"SELECT 1 FROM {schema}.{own} o WHERE o.merged_id = t.{number} AND o.entry_id NOT IN {hidden}"
    return f"EXISTS ({named})"


def _columns(name: str) -> list[str]:
    from situate.store import side_tables

    known = {**tables.metadata.tables, **side_tables.metadata.tables, **derived_tables.metadata.tables}
    return [column.name for column in known[name].c]


def _entries(rules: Rules, hidden: str) -> str:
    """What of the entries is listed. Review states say nothing of actors and places, which nobody reviews."""
    shown = f"t.id NOT IN {hidden}"
    if not rules.reviews:
        return shown
    states = ", ".join(f"'{state}'" for state in rules.reviews)  # of a fixed list
    return f"{shown} AND (t.layer IN ('actors', 'places') OR t.review NOT IN ({states}))"


def _claimed(hidden: str) -> dict[str, str]:
    """Who says so isn't told where the claim is withheld."""
    gone = f"t.claim_id IN {hidden}"
    columns = ("claim_id", "source", "source_folded", "source_kind")
    return {name: f"CASE WHEN {gone} THEN NULL ELSE t.{name} END" for name in columns}


def _blackened(schema: str) -> dict[str, str]:
    """A report of which something is withheld goes by its key, without title, author and address."""
    veiled = f"t.id IN (SELECT v.report_id FROM {schema}.veiled v)"
    without = dict.fromkeys(("title", "byline", "url"), "NULL")
    instead = {"source_id": "t.key", "content_hash": "t.key", "furniture": "'[]'", **without}
    shown = {name: f"CASE WHEN {veiled} THEN {value} ELSE t.{name} END" for name, value in instead.items()}
    for name in ("text", "picture"):
        shown[name] = f"COALESCE((SELECT v.{name} FROM {schema}.veiled v WHERE v.report_id = t.id), t.{name})"
    return shown


def _coarse(cell: float, dialect: str) -> dict[str, str]:
    """The middle of the cell that a point lies in, and a radius that reaches its corners."""
    least, most = ("min", "max") if dialect == "sqlite" else ("LEAST", "GREATEST")

    def middle(column: str, limit: float) -> str:
        size = f"CAST({cell!r} AS DOUBLE PRECISION)"
        steps = f"(t.{column} / {size})"
        if dialect == "sqlite":
            steps = f"(CAST({steps} AS INTEGER) - ({steps} < CAST({steps} AS INTEGER)))"
        else:
            steps = f"floor({steps})"
        cell_middle = f"{least}({most}({steps} * {size} + {size} / 2, -{limit}), {limit})"
        return f"CASE WHEN t.{column} IS NULL THEN NULL ELSE {cell_middle} END"

    radius = f"CASE WHEN t.lat IS NULL THEN t.radius_km ELSE {most}(COALESCE(t.radius_km, 0), {cell_radius(cell)}) END"
    return {"lat": middle("lat", 90.0), "lon": middle("lon", 180.0), "radius_km": radius}


def blurred(picture: Picture, cell: float) -> Picture:
    """The picture with its coordinates in the middle of cells of that many degrees."""
    return replace(picture, places=tuple(_blurred(place, cell) for place in picture.places)) if cell else picture


def _blurred(place: Place, cell: float) -> Place:
    if place.lat is None or place.lon is None:
        return place
    middles = (math.floor(degrees / cell) * cell + cell / 2 for degrees in (place.lat, place.lon))
    lat, lon = (min(max(middle, -limit), limit) for middle, limit in zip(middles, (90.0, 180.0), strict=True))
    return replace(place, lat=lat, lon=lon, radius_km=max(place.radius_km or 0.0, cell_radius(cell)))


def cell_radius(cell: float) -> float:
    """From the middle of a cell to its corner, in kilometres, where cells are widest."""
    return round(cell / math.sqrt(2) * KM_A_DEGREE, 1)
