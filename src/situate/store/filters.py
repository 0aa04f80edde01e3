"""One filter for every view: what it lets through, as conditions on the tables.

Values of one field are alternatives; different fields must all hold. Names are compared without regard to case and
accents and match from the beginning of a word: "nusra" finds "Jabhat al-Nusra", "iran" doesn't find "Tirana".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from situate.store.digest import REPORT_KEY_LENGTH, name_digest
from situate.store.fold import fold
from situate.store.search import entries_saying
from situate.store.sql import Sql, all_of, any_of, sql, union

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, ColumnElement

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_GAZETTEER = re.compile(r"[a-z]+:\d+")
_MERGED_KEY = re.compile(r"(?:wikidata|name|report):.+")
_COUNTRY = re.compile(r"[A-Z]{3}")
_REPORT_KEY = re.compile(rf"[0-9a-f]{{6,{REPORT_KEY_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Filters:
    """What to let through; an empty field lets everything through.

    Days are ISO dates; an entry passes where its days overlap with those from `since` to `until`. `places` are names,
    keys, gazetteer ids or ISO 3166 alpha-3 codes; a country or a province stands for the places in it. `actors` are
    names, keys or Wikidata ids. `sources` are outlets or who is quoted, `reports` keys, ids or URLs. `box` is (west,
    south, east, north) in degrees.
    """

    since: str | None = None
    until: str | None = None
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    text: str | None = None
    min_confidence: float | None = None
    box: tuple[float, float, float, float] | None = None


def wanted(filters: Filters, dialect: str, layer: str | None = None) -> Sql:
    """The condition on `entries`; `layer` says that they are of one layer, which is sooner found."""
    found = [sql("entries.layer = ?", layer)] if layer else []
    if filters.layers:
        found.append(sql("entries.layer IN (?)", filters.layers))
    if filters.since:
        found.append(sql("entries.latest >= ?", filters.since))
    if filters.until:
        found.append(sql("entries.day <= ? AND entries.day <> ''", filters.until))
    for values, column in ((filters.types, "type"), (filters.statuses, "status"), (filters.reviews, "review")):
        if values:
            found.append(sql(f"entries.{column} IN (?)", values))
    if filters.min_confidence is not None:
        found.append(sql("entries.confidence >= ?", filters.min_confidence))
    if filters.sources:
        outlets = sql("entries.report_id IN (?)", reports_of(filters.sources))
        found.append(any_of([outlets, _named("entries.source_folded", filters.sources)]))
    if filters.reports:
        found.append(sql("entries.report_id IN (?)", reports_named(filters.reports)))
    if filters.text:
        found.append(sql("entries.id IN (?)", entries_saying(filters.text, dialect)))
    return all_of(found + _linked(filters, layer))


def wanted_reports(filters: Filters, dialect: str) -> Sql:
    """The condition on `reports`: that they have an entry which the filters let through."""
    return sql("reports.id IN (SELECT entries.report_id FROM entries WHERE ?)", wanted(filters, dialect))


def entry_conditions(filters: Filters, dialect: str, layer: str | None = None) -> list[ColumnElement[bool]]:
    """What `wanted` says, for queries made with SQLAlchemy."""
    return [_clause(wanted(filters, dialect, layer))]


def _clause(condition: Sql) -> ColumnElement[bool]:
    from sqlalchemy import bindparam, text

    words, values = condition.numbered()
    bound: list[BindParameter[Any]] = [bindparam(name, value, unique=True) for name, value in values.items()]
    return text(f"({words})").bindparams(*bound)  # type: ignore[return-value]  # text stands wherever a condition may


def reports_named(names: Iterable[str]) -> Sql:
    """The numbers of the reports that go by one of the names: a key or a beginning of it, an id or a URL."""
    names = list(names)
    by_name = sql("SELECT report_id FROM report_names WHERE digest IN (?)", [name_digest(name) for name in names])
    keys = [name for name in names if _REPORT_KEY.fullmatch(name)]
    beginning = "SELECT id FROM reports WHERE key >= ? AND key < ?"  # "g" comes after all hexadecimal digits
    return union([by_name, *(sql(beginning, key, f"{key}g") for key in keys)])


def reports_of(outlets: Iterable[str]) -> Sql:
    """The numbers of the reports whose outlet has one of the names."""
    return sql("SELECT id FROM reports WHERE ?", _named("publisher_folded", outlets))


def merged_actors(names: Iterable[str]) -> Sql:
    """The numbers of the actors that go by one of the names, in any report, or have one of the Wikidata ids."""
    names = list(names)
    found = [sql("SELECT merged_id FROM actor_names WHERE ?", _named("folded", names))]
    keys = [f"wikidata:{name}" for name in names if _WIKIDATA.fullmatch(name)]
    keys += filter(_MERGED_KEY.fullmatch, names)
    if keys:
        found.append(sql("SELECT id FROM merged_actors WHERE key IN (?)", keys))
    return union(found)


_WITHIN = """SELECT inner_.merged_id FROM place_profiles inner_ JOIN place_profiles outer_
    ON inner_.country = outer_.country
    WHERE outer_.folded IN (?)
    AND (outer_.kind = 'country' OR (outer_.kind = 'admin' AND inner_.admin1_folded = outer_.folded))"""


def merged_places(names: Iterable[str]) -> Sql:
    """The numbers of the places that go by one of the names, and of those in a country or province so named."""
    names = list(names)
    found = [
        sql("SELECT merged_id FROM place_names WHERE ?", _named("folded", names)),
        sql(_WITHIN, [f" {fold(name)} " for name in names]),
    ]
    codes = [name for name in names if _COUNTRY.fullmatch(name)]
    if codes:
        found.append(sql("SELECT merged_id FROM place_profiles WHERE country IN (?)", codes))
    keys = [name for name in names if _GAZETTEER.fullmatch(name) or _MERGED_KEY.fullmatch(name)]
    if keys:
        found.append(sql("SELECT id FROM merged_places WHERE key IN (?)", keys))
    return union(found)


def _linked(filters: Filters, layer: str | None) -> list[Sql]:
    """The conditions that look at who and where."""
    of_layer = sql(" AND layer = ?", layer) if layer else Sql("")
    found = [
        sql(f"entries.id IN (SELECT entry_id FROM {links} WHERE merged_id IN (?)?)", merged(names), of_layer)
        for names, links, merged in (
            (filters.actors, "entry_actors", merged_actors),
            (filters.places, "entry_places", merged_places),
        )
        if names
    ]
    if filters.box:
        found.append(sql("entries.id IN (?)", _inside(filters.box)))
    return found


def _inside(box: tuple[float, float, float, float]) -> Sql:
    """The numbers of the entries at a point inside the box. A country isn't a point."""
    west, south, east, north = box
    across = sql(
        "places.lon >= ? AND places.lon <= ?" if west <= east else "places.lon >= ? OR places.lon <= ?", west, east
    )
    return sql(
        "SELECT links.entry_id FROM entry_places links JOIN places ON places.entry_id = links.place_id"
        " WHERE places.lat >= ? AND places.lat <= ? AND (?) AND places.kind <> 'country'",
        south,
        north,
        across,
    )


def _named(column: str, names: Iterable[str]) -> Sql:
    """That the folded column holds one of the names, from the beginning of a word."""
    return any_of(sql(f"{column} LIKE ?", f"% {words}%") for words in map(fold, names) if words)
