"""Numbers of entries become listed entries, in a handful of queries for a whole page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from situate.store.asking import Asking, Row
from situate.store.listed import Figure, Listed, Party, ReportLine, Site, Words
from situate.store.sql import sql

_SHARED = (
    "key", "layer", "type", "status", "confidence", "review", "earliest", "latest", "dated_by", "source", "source_kind",
)  # fmt: skip
_REPORT = ("key", "source_id", "title", "publisher", "published", "url")
_NOT_OWN = {"entry_id", "merged_id", "report_id", "day", "evidence", "evidence_start", "evidence_end"}
_JSON = {"contexts", "provisions"}
_TRUTH = {"anonymous"}

_ENTRIES = f"""SELECT entries.id, entries.claim_id, {", ".join(f"entries.{name}" for name in _SHARED)},
    {", ".join(f"reports.{name}" for name in _REPORT)}
    FROM entries JOIN reports ON reports.id = entries.report_id WHERE entries.id IN (?)"""
_PARTIES = """SELECT links.entry_id, links.role, merged.key, actors.name, actors.kind
    FROM entry_actors links JOIN actors ON actors.entry_id = links.actor_id
    JOIN merged_actors merged ON merged.id = links.merged_id
    WHERE links.entry_id IN (?) ORDER BY links.entry_id, links.role, links.position"""
_SITES = """SELECT links.entry_id, links.role, merged.key, places.name, places.kind, places.country,
    places.lat, places.lon, places.radius_km, places.admin1
    FROM entry_places links JOIN places ON places.entry_id = links.place_id
    JOIN merged_places merged ON merged.id = links.merged_id
    WHERE links.entry_id IN (?) ORDER BY links.entry_id, links.role, links.position"""
_FIGURES = """SELECT figures.entry_id, role, value, low, high, unit, of, words, entries.source
    FROM entry_figures figures LEFT JOIN entries ON entries.id = figures.claim_id
    WHERE figures.entry_id IN (?) ORDER BY figures.entry_id, position"""
_ALSO = """SELECT further.entry_id, entries.source FROM entry_claims further
    JOIN entries ON entries.id = further.claim_id
    WHERE further.entry_id IN (?) AND entries.source IS NOT NULL ORDER BY further.entry_id, further.claim_id"""


def assembled(store: Asking, layer: str, numbers: Sequence[int]) -> list[Listed]:
    """The entries with these numbers, all of one layer, in the order of the numbers."""
    if not numbers:
        return []
    numbers = list(numbers)
    own = {row["entry_id"]: row for row in store.rows(sql(f"SELECT * FROM {layer} WHERE entry_id IN (?)", numbers))}
    rows = {number: row for number, *row in store.tuples(sql(_ENTRIES, numbers))}
    keys = _keys(store, {claim for claim, *_ in rows.values()} | _pointed(own.values()))
    parties, sites, figures = (
        _grouped(store.tuples(sql(query, numbers)), kind)
        for query, kind in ((_PARTIES, Party), (_SITES, Site), (_FIGURES, Figure))
    )
    also = _grouped(store.tuples(sql(_ALSO, numbers)), str) if layer == "events" else {}
    found: list[Listed] = []
    for number in numbers:
        if number in rows and number in own:
            claim, *shared = rows[number]
            mine = own[number]
            parts: list[Any] = [
                *shared[: len(_SHARED)],
                keys.get(claim),
                Words(mine["evidence_start"], mine["evidence_end"], mine["evidence"]),
                ReportLine(*shared[len(_SHARED) :]),
                tuple(parties.get(number, ())),
                tuple(sites.get(number, ())),
                tuple(figures.get(number, ())),
                _own(mine, keys),
                tuple(dict.fromkeys(also.get(number, ()))),
            ]
            found.append(Listed(*parts))  # as they stand in `Listed`
    return found


def _keys(store: Asking, numbers: Collection[int | None]) -> dict[int | None, str]:
    """The keys of entries."""
    known = sorted(number for number in numbers if number is not None)
    return dict(store.tuples(sql("SELECT id, key FROM entries WHERE id IN (?)", known))) if known else {}


def _pointed(rows: Iterable[Row]) -> set[int | None]:
    """The entries that rows of a layer point to by number."""
    return {row[name] for row in rows for name in _pointers(tuple(row))}


@cache
def _pointers(columns: tuple[str, ...]) -> frozenset[str]:
    """The columns that point to other entries."""
    return frozenset(name for name in columns if name.endswith("_id")) - _NOT_OWN - {"local_id"}


@cache
def _own_columns(columns: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The columns of what only the layer has, each with its name in `Listed.own`: pointers without "_id"."""
    pointers = _pointers(columns)
    return tuple(
        (name, name.removesuffix("_id") if name in pointers else name) for name in columns if name not in _NOT_OWN
    )


def _own(row: Row, keys: Mapping[int | None, str]) -> dict[str, Any]:
    """What only the layer has; pointers as keys."""
    values: dict[str, Any] = {}
    for name, shown in _own_columns(tuple(row)):
        value = row[name]
        if name != shown:
            values[shown] = keys.get(value)
        elif name in _TRUTH:
            values[name] = bool(value)
        else:
            values[name] = json.loads(value) if name in _JSON else value
    return values


def _grouped(rows: Iterable[Sequence[Any]], kind: Callable[..., Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for number, *values in rows:
        groups[number].append(kind(*values))
    return groups
