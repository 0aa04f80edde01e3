"""Actors and places over all reports: those that a filter lets through, the most reported first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from situate.errors import SituateError
from situate.store.asking import Asking, Row
from situate.store.filters import Filters, merged_actors, merged_places, reports_named, reports_of
from situate.store.listed import Merged
from situate.store.query import Page, pages
from situate.store.search import entries_saying
from situate.store.sql import Sql, all_of, sql
from situate.store.store import Store


@dataclass(frozen=True, slots=True)
class _Kind:
    """The tables of merged actors or places; the reports' own ones are in the table of the layer's name."""

    merged: str
    names: str
    profiles: str
    links: str


_KINDS: Mapping[str, _Kind] = {
    "actors": _Kind("merged_actors", "actor_names", "actor_profiles", "entry_actors"),
    "places": _Kind("merged_places", "place_names", "place_profiles", "entry_places"),
}
_LINKED = {"actors": "actor_id", "places": "place_id"}  # the columns of `together`
_OWN = ("wikidata", "gazetteer", "lat", "lon", "radius_km", "admin1")
# from the reports' own actors or places, or from what they take part in together
_GROUPED = """SELECT {merged} AS merged_id, count(DISTINCT report_id) AS reports, min(nullif(day, '')) AS first,
    max(day) AS last FROM {table} own WHERE ? GROUP BY {merged}"""
_BY_ENTRY = ("types", "text")  # what filters ask of the reports' own actors or places themselves
_PAGE = """WITH grouped AS (?)
    SELECT grouped.merged_id, grouped.reports, grouped.first, grouped.last, merged.key,
        (SELECT count(*) FROM grouped) AS total
    FROM grouped JOIN {merged} merged ON merged.id = grouped.merged_id
    WHERE ? ORDER BY grouped.reports DESC, merged.key LIMIT ?"""


def merged_page(
    store: Store, layer: str, filters: Filters, *, limit: int = 50, after: str | None = None
) -> Page[Merged]:
    """The first `limit` of a layer, which is "actors" or "places", or the first after a cursor.

    Filters hold as for entries, with these meanings: types are kinds, dates are the reports', sources are outlets;
    for actors, places are where they take part in something, and the other way round.
    """
    later = sql("1 = 1") if after is None else _later(after)
    with store.asking() as asked:
        page = _PAGE.format(merged=_KINDS[layer].merged)
        found = asked.rows(sql(page, _grouped(layer, filters, asked.dialect), later, limit + 1))
        rows = _described(asked, layer, found[:limit])
    more = len(found) > limit > 0
    cursor = f"{found[limit - 1]['reports']}~{found[limit - 1]['key']}" if more else None
    return Page(tuple(rows), cursor, found[0]["total"] if found else None)


def every_merged(store: Store, layer: str, filters: Filters, *, limit: int | None = None) -> Iterator[Merged]:
    """All actors or places that the filter lets through, or the first `limit`, a page at a time in memory."""
    return pages(lambda size, after: merged_page(store, layer, filters, limit=size, after=after), limit)


def count_merged(store: Store, layer: str, filters: Filters) -> int:
    """How many actors or places the filter lets through."""
    with store.asking() as asked:
        return asked.number(sql("SELECT count(*) FROM (?) grouped", _grouped(layer, filters, asked.dialect)))


def _grouped(layer: str, filters: Filters, dialect: str) -> Sql:
    """(merged_id, reports, first, last) of each."""
    table, merged = layer, "merged_id"
    if (filters.places if layer == "actors" else filters.actors) and not any(getattr(filters, n) for n in _BY_ENTRY):
        table, merged = "together", _LINKED[layer]
    conditions = all_of(_conditions(layer, filters, dialect, merged))
    return sql(_GROUPED.format(table=table, merged=merged), conditions)


def _conditions(layer: str, filters: Filters, dialect: str, merged: str) -> list[Sql]:
    """The conditions on what is grouped; `merged` is the column with the merged ones' numbers."""
    found: list[Sql] = []
    if filters.since:
        found.append(sql("own.day >= ?", filters.since))
    if filters.until:
        found.append(sql("own.day <= ? AND own.day <> ''", filters.until))
    if filters.types:
        found.append(sql("own.kind IN (?)", filters.types))
    if filters.sources:
        found.append(sql("own.report_id IN (?)", reports_of(filters.sources)))
    if filters.reports:
        found.append(sql("own.report_id IN (?)", reports_named(filters.reports)))
    if filters.text:
        found.append(sql("own.entry_id IN (?)", entries_saying(filters.text, dialect)))
    return found + _named(layer, filters, merged)


def _named(layer: str, filters: Filters, merged: str) -> list[Sql]:
    """The conditions that look at who and where."""
    found: list[Sql] = []
    for other, named in (("actors", merged_actors), ("places", merged_places)):
        names = getattr(filters, other)
        if not names:
            continue
        if layer == other:
            found.append(sql(f"own.{merged} IN (?)", named(names)))
        elif merged == "merged_id":
            found += _together(other, named(names))
        else:
            found.append(sql(f"own.{_LINKED[other]} IN (?)", named(names)))
    return found


def _together(others: str, merged: Sql) -> list[Sql]:
    """The conditions on the reports' own actors that they take part in something at the merged places, or on places the
    other way round. Reports that name none of these are put aside first: for a little known place that leaves few.
    """
    mine, theirs = ("who.actor_id", "at.merged_id") if others == "places" else ("at.place_id", "who.merged_id")
    link = f"""EXISTS (SELECT 1 FROM entry_actors who JOIN entry_places at ON at.entry_id = who.entry_id
        WHERE {mine} = own.entry_id AND {theirs} IN (?))"""
    return [sql(f"own.report_id IN (SELECT report_id FROM {others} WHERE merged_id IN (?))", merged), sql(link, merged)]


def _described(asked: Asking, layer: str, rows: Sequence[Row]) -> list[Merged]:
    """The rows with names, roles, and the commonest description of each."""
    kind = _KINDS[layer]
    numbers = [row["merged_id"] for row in rows]
    profiles = _profiles(asked, kind.profiles, numbers)
    names = _names(asked, kind.names, numbers)
    roles = _roles(asked, kind.links, numbers)
    return [
        Merged(
            key=row["key"],
            reports=row["reports"],
            first=row["first"],
            last=row["last"] or None,
            names=tuple(name for name in names[number] if name != profiles[number]["name"]),
            roles=roles[number],
            own={name: value for name, value in profiles[number].items() if name in _OWN},
            **{name: profiles[number][name] for name in ("name", "kind", "country")},
        )
        for row in rows
        for number in (row["merged_id"],)
    ]


def _profiles(asked: Asking, table: str, numbers: list[int]) -> dict[int, Row]:
    query = f"SELECT * FROM {table} WHERE merged_id IN (?) ORDER BY reports, digest"
    return {row["merged_id"]: row for row in asked.rows(sql(query, numbers))}  # the last one stays


def _names(asked: Asking, table: str, numbers: list[int]) -> dict[int, list[str]]:
    query = f"SELECT merged_id, name FROM {table} WHERE merged_id IN (?) ORDER BY reports DESC, folded, name"
    names: dict[int, list[str]] = defaultdict(list)
    for number, name in asked.tuples(sql(query, numbers)):
        names[number].append(name)
    return names


def _roles(asked: Asking, table: str, numbers: list[int]) -> dict[int, dict[str, int]]:
    query = f"""SELECT merged_id, layer, role, count(*) FROM {table} WHERE merged_id IN (?)
        GROUP BY merged_id, layer, role ORDER BY merged_id, layer, role"""
    roles: dict[int, dict[str, int]] = defaultdict(dict)
    for number, layer, role, count in asked.tuples(sql(query, numbers)):
        roles[number][f"{layer}.{role}"] = count
    return roles


def _later(cursor: str) -> Sql:
    """The condition that an actor or a place comes after the cursor in the listing's order."""
    reports, separator, key = cursor.partition("~")
    if not separator or not reports.isdecimal():
        raise SituateError(f"{cursor}: not a cursor; take the one that the page before gave")
    later = "grouped.reports < ? OR (grouped.reports = ? AND merged.key > ?)"
    return sql(later, int(reports), int(reports), key)
