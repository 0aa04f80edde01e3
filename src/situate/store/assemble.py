"""Numbers of entries become listed entries, in a handful of queries for a whole page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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

_ENTRIES = f"""SELECT entries.*, {", ".join(f"reports.{name} AS report_{name}" for name in _REPORT)}
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
_FIGURES = """SELECT entry_id, role, value, low, high, unit, of, words FROM entry_figures
    WHERE entry_id IN (?) ORDER BY entry_id, position"""


def assembled(store: Asking, layer: str, numbers: Sequence[int]) -> list[Listed]:
    """The entries with these numbers, all of one layer, in the order of the numbers."""
    if not numbers:
        return []
    numbers = list(numbers)
    own = {row["entry_id"]: row for row in store.rows(sql(f"SELECT * FROM {layer} WHERE entry_id IN (?)", numbers))}
    rows = {row["id"]: row for row in store.rows(sql(_ENTRIES, numbers))}
    keys = _keys(store, [*rows.values(), *own.values()])
    parties, sites, figures = (
        _grouped(store.tuples(sql(query, numbers)), kind)
        for query, kind in ((_PARTIES, Party), (_SITES, Site), (_FIGURES, Figure))
    )
    return [
        Listed(
            claim=keys.get(rows[number]["claim_id"]),
            evidence=Words(own[number]["evidence_start"], own[number]["evidence_end"], own[number]["evidence"]),
            report=ReportLine(*(rows[number][f"report_{name}"] for name in _REPORT)),
            actors=tuple(parties.get(number, ())),
            places=tuple(sites.get(number, ())),
            figures=tuple(figures.get(number, ())),
            own=_own(own[number], keys),
            **{name: rows[number][name] for name in _SHARED},
        )
        for number in numbers
        if number in rows and number in own
    ]


def _keys(store: Asking, rows: Iterable[Row]) -> dict[int | None, str]:
    """The keys of those entries that the rows point to by number."""
    numbers = {row[name] for row in rows for name in _pointers(tuple(row)) if row[name] is not None}
    found = store.tuples(sql("SELECT id, key FROM entries WHERE id IN (?)", sorted(numbers))) if numbers else ()
    return dict(found)


@cache
def _pointers(columns: tuple[str, ...]) -> list[str]:
    """The columns that point to other entries."""
    return [
        name for name in columns if name.endswith("_id") and name not in _NOT_OWN | {"local_id", "report_source_id"}
    ]


def _own(row: Row, keys: Mapping[int | None, str]) -> dict[str, Any]:
    """What only the layer has; pointers as keys, under their names without "_id"."""
    pointers = _pointers(tuple(row))
    values: dict[str, Any] = {}
    for name, value in row.items():
        if name in pointers:
            values[name.removesuffix("_id")] = keys.get(value)
        elif name in _TRUTH:
            values[name] = bool(value)
        elif name not in _NOT_OWN:
            values[name] = json.loads(value) if name in _JSON else value
    return values


def _grouped(rows: Iterable[Sequence[Any]], kind: type[Any]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for number, *values in rows:
        groups[number].append(kind(*values))
    return groups
