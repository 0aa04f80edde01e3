"""Actors and places over all reports: those that a filter lets through, the most reported first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, RowMapping, Select, Table, and_, func, or_, select

from situate.errors import SituateError
from situate.store import tables
from situate.store.filters import Filters, merged_actors, merged_places, reports_named, reports_of
from situate.store.listed import Merged
from situate.store.query import Page, pages
from situate.store.search import entries_saying
from situate.store.store import Store


@dataclass(frozen=True, slots=True)
class _Kind:
    """The tables of merged actors or places."""

    merged: Table
    names: Table
    profiles: Table
    own: Table  # the reports' own actors or places
    links: Table


_KINDS: Mapping[str, _Kind] = {
    "actors": _Kind(
        tables.merged_actors, tables.actor_names, tables.actor_profiles, tables.actors, tables.entry_actors
    ),
    "places": _Kind(
        tables.merged_places, tables.place_names, tables.place_profiles, tables.places, tables.entry_places
    ),
}
_OWN = ("wikidata", "gazetteer", "lat", "lon", "radius_km", "admin1")


def merged_page(
    store: Store, layer: str, filters: Filters, *, limit: int = 50, after: str | None = None
) -> Page[Merged]:
    """The first `limit` of a layer, which is "actors" or "places", or the first after a cursor.

    Filters hold as for entries, with these meanings: types are kinds, dates are the reports', sources are outlets;
    for actors, places are where they take part in something, and the other way round.
    """
    grouped = _grouped(store, layer, filters).cte("grouped")  # used twice, made once
    merged = _KINDS[layer].merged
    total = select(func.count()).select_from(grouped).scalar_subquery().label("total")
    query = select(grouped, merged.c.key, total).join(merged, merged.c.id == grouped.c.merged_id)
    query = query.order_by(grouped.c.reports.desc(), merged.c.key)
    if after is not None:
        reports, key = _cursor(after)
        query = query.where(or_(grouped.c.reports < reports, and_(grouped.c.reports == reports, merged.c.key > key)))
    with store.reading() as connection:
        found = connection.execute(query.limit(limit + 1)).all()
        rows = _described(connection, layer, found[:limit])
    more = len(found) > limit > 0
    cursor = f"{found[limit - 1].reports}~{found[limit - 1].key}" if more else None
    return Page(tuple(rows), cursor, found[0].total if found else None)


def every_merged(store: Store, layer: str, filters: Filters, *, limit: int | None = None) -> Iterator[Merged]:
    """All actors or places that the filter lets through, or the first `limit`, a page at a time in memory."""
    return pages(lambda size, after: merged_page(store, layer, filters, limit=size, after=after), limit)


def count_merged(store: Store, layer: str, filters: Filters) -> int:
    """How many actors or places the filter lets through."""
    grouped = _grouped(store, layer, filters).subquery()
    with store.reading() as connection:
        number: int = connection.execute(select(func.count()).select_from(grouped)).scalar_one()
    return number


def _grouped(store: Store, layer: str, filters: Filters) -> Select[Any]:
    """(merged_id, reports, first, last) of each, from the reports' own actors or places."""
    own = _KINDS[layer].own
    day = func.nullif(own.c.day, "")
    return (
        select(
            own.c.merged_id,
            func.count(own.c.report_id.distinct()).label("reports"),
            func.min(day).label("first"),
            func.max(own.c.day).label("last"),
        )
        .where(*_conditions(own, layer, filters, store.engine.dialect.name))
        .group_by(own.c.merged_id)
    )


def _conditions(own: Table, layer: str, filters: Filters, dialect: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.since:
        found.append(own.c.day >= filters.since)
    if filters.until:
        found.append(and_(own.c.day <= filters.until, own.c.day != ""))
    if filters.types:
        found.append(own.c.kind.in_(filters.types))
    if filters.sources:
        found.append(own.c.report_id.in_(reports_of(filters.sources)))
    if filters.reports:
        found.append(own.c.report_id.in_(select(tables.reports.c.id).where(reports_named(filters.reports))))
    if filters.text:
        found.append(own.c.entry_id.in_(entries_saying(filters.text, dialect)))
    if filters.actors:
        named = merged_actors(filters.actors)
        found += [own.c.merged_id.in_(named)] if layer == "actors" else _together(own, tables.actors, named)
    if filters.places:
        within = merged_places(filters.places)
        found += [own.c.merged_id.in_(within)] if layer == "places" else _together(own, tables.places, within)
    return found


def _together(own: Table, others: Table, merged: Any) -> list[ColumnElement[bool]]:
    """The conditions on the reports' own actors that they take part in something at the merged places, or on places the
    other way round. Reports that name none of these are put aside first: for a little known place that leaves few.
    """
    who, where = tables.entry_actors, tables.entry_places
    mine, theirs = (who.c.actor_id, where.c.merged_id) if own is tables.actors else (where.c.place_id, who.c.merged_id)
    link = select(1).select_from(who.join(where, where.c.entry_id == who.c.entry_id))
    return [
        own.c.report_id.in_(select(others.c.report_id).where(others.c.merged_id.in_(merged))),
        link.where(mine == own.c.entry_id, theirs.in_(merged)).exists(),
    ]


def _described(connection: Connection, layer: str, rows: Sequence[Row[Any]]) -> list[Merged]:
    """The rows with names, roles, and the commonest description of each."""
    kind = _KINDS[layer]
    numbers = [row.merged_id for row in rows]
    profiles = _profiles(connection, kind.profiles, numbers)
    names = _names(connection, kind.names, numbers)
    roles = _roles(connection, kind.links, numbers)
    return [
        Merged(
            key=row.key,
            reports=row.reports,
            first=row.first,
            last=row.last or None,
            names=tuple(name for name in names[row.merged_id] if name != profiles[row.merged_id]["name"]),
            roles=roles[row.merged_id],
            own={name: value for name, value in profiles[row.merged_id].items() if name in _OWN},
            **{name: profiles[row.merged_id][name] for name in ("name", "kind", "country")},
        )
        for row in rows
    ]


def _profiles(connection: Connection, table: Table, numbers: list[int]) -> dict[int, RowMapping]:
    query = select(table).where(table.c.merged_id.in_(numbers)).order_by(table.c.reports, table.c.digest)
    return {row["merged_id"]: row for row in connection.execute(query).mappings()}  # the last one stays


def _names(connection: Connection, table: Table, numbers: list[int]) -> dict[int, list[str]]:
    query = select(table.c.merged_id, table.c.name).where(table.c.merged_id.in_(numbers))
    names: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query.order_by(table.c.reports.desc(), table.c.folded, table.c.name)):
        names[row.merged_id].append(row.name)
    return names


def _roles(connection: Connection, table: Table, numbers: list[int]) -> dict[int, dict[str, int]]:
    columns = (table.c.merged_id, table.c.layer, table.c.role)
    query = select(*columns, func.count().label("number")).where(table.c.merged_id.in_(numbers)).group_by(*columns)
    roles: dict[int, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(query.order_by(*columns)):
        roles[row.merged_id][f"{row.layer}.{row.role}"] = row.number
    return roles


def _cursor(cursor: str) -> tuple[int, str]:
    reports, separator, key = cursor.partition("~")
    if not separator or not reports.isdecimal():
        raise SituateError(f"{cursor}: not a cursor; take the one that the page before gave")
    return int(reports), key
