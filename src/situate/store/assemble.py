"""Numbers of entries become listed entries, in a handful of queries for a whole page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from situate.store import tables
from situate.store.listed import Figure, Listed, Party, ReportLine, Site, Words

_SHARED = (
    "key", "layer", "type", "status", "confidence", "review", "earliest", "latest", "dated_by", "source", "source_kind",
)  # fmt: skip
_REPORT = ("key", "source_id", "title", "publisher", "published", "url")
_NOT_OWN = {"entry_id", "merged_id", "report_id", "day", "evidence", "evidence_start", "evidence_end"}
_JSON = {"contexts", "provisions"}


def assembled(connection: Connection, layer: str, numbers: Sequence[int]) -> list[Listed]:
    """The entries with these numbers, all of one layer, in the order of the numbers."""
    if not numbers:
        return []
    own = tables.LAYER_TABLES[layer]
    rows = {row["id"]: row for row in _rows(connection, own, numbers)}
    keys = _keys(connection, own, rows.values())
    parties, sites = _parties(connection, numbers), _sites(connection, numbers)
    figures = _figures(connection, numbers)
    return [
        Listed(
            claim=keys.get(row["claim_id"]),
            evidence=Words(row["own_evidence_start"], row["own_evidence_end"], row["own_evidence"]),
            report=ReportLine(*(row[f"report_{name}"] for name in _REPORT)),
            actors=tuple(parties.get(number, ())),
            places=tuple(sites.get(number, ())),
            figures=tuple(figures.get(number, ())),
            own=_own(own, row, keys),
            **{name: row[name] for name in _SHARED},
        )
        for number in numbers
        if (row := rows.get(number))
    ]


def _rows(connection: Connection, own: Table, numbers: Sequence[int]) -> Sequence[RowMapping]:
    entries, reports = tables.entries, tables.reports
    query = (
        select(
            entries,
            *(column.label(f"own_{column.name}") for column in own.c),
            *(reports.c[name].label(f"report_{name}") for name in _REPORT),
        )
        .join(own, own.c.entry_id == entries.c.id)
        .join(reports, reports.c.id == entries.c.report_id)
        .where(entries.c.id.in_(numbers))
    )
    return connection.execute(query).mappings().all()


def _keys(connection: Connection, own: Table, rows: Iterable[RowMapping]) -> dict[int | None, str]:
    """The keys of those entries that the rows point to by number."""
    columns = ["claim_id", *(f"own_{name}" for name in _pointers(own))]
    numbers = {row[column] for row in rows for column in columns if row[column] is not None}
    if not numbers:
        return {}
    entries = tables.entries
    found = connection.execute(select(entries.c.id, entries.c.key).where(entries.c.id.in_(numbers)))
    return {row.id: row.key for row in found}


def _pointers(own: Table) -> list[str]:
    """The columns of a layer's table that point to entries of other layers."""
    return [name for name in [column.name for column in own.c] if name.endswith("_id") and name not in _NOT_OWN]


def _own(own: Table, row: RowMapping, keys: Mapping[int | None, str]) -> dict[str, Any]:
    """What only the layer has; pointers as keys, under their names without "_id"."""
    pointers = _pointers(own)
    values: dict[str, Any] = {}
    for name in [column.name for column in own.c]:
        value = row[f"own_{name}"]
        if name in pointers:
            values[name.removesuffix("_id")] = keys.get(value)
        elif name not in _NOT_OWN:
            values[name] = json.loads(value) if name in _JSON else value
    return values


def _parties(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Party]]:
    links, actors, merged = tables.entry_actors, tables.actors, tables.merged_actors
    query = (
        select(links.c.entry_id, links.c.role, merged.c.key, actors.c.name, actors.c.kind)
        .join(actors, actors.c.entry_id == links.c.actor_id)
        .join(merged, merged.c.id == links.c.merged_id)
        .where(links.c.entry_id.in_(numbers))
        .order_by(links.c.entry_id, links.c.role, links.c.position)
    )
    return _grouped((entry, Party(*party)) for entry, *party in connection.execute(query))


def _sites(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Site]]:
    links, places, merged = tables.entry_places, tables.places, tables.merged_places
    described = (places.c[name] for name in ("name", "kind", "country", "lat", "lon", "radius_km"))
    query = (
        select(links.c.entry_id, links.c.role, merged.c.key, *described)
        .join(places, places.c.entry_id == links.c.place_id)
        .join(merged, merged.c.id == links.c.merged_id)
        .where(links.c.entry_id.in_(numbers))
        .order_by(links.c.entry_id, links.c.role, links.c.position)
    )
    return _grouped((entry, Site(*site)) for entry, *site in connection.execute(query))


def _figures(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Figure]]:
    figures = tables.entry_figures
    given = (figures.c[name] for name in ("role", "value", "low", "high", "unit", "of", "words"))
    query = (
        select(figures.c.entry_id, *given)
        .where(figures.c.entry_id.in_(numbers))
        .order_by(figures.c.entry_id, figures.c.position)
    )
    return _grouped((entry, Figure(*figure)) for entry, *figure in connection.execute(query))


def _grouped(pairs: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    groups: dict[int, list[Any]] = defaultdict(list)
    for number, value in pairs:
        groups[number].append(value)
    return groups
