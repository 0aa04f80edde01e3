"""One filter for every view: what it lets through, as conditions on the tables.

Values of one field are alternatives; different fields must all hold. Names are compared without regard to case and
accents and match from the beginning of a word: "nusra" finds "Jabhat al-Nusra", "iran" doesn't find "Tirana".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, false, or_, select, true, union

from situate.store import tables
from situate.store.digest import REPORT_KEY_LENGTH, name_digest
from situate.store.fold import fold
from situate.store.search import entries_saying

_WIKIDATA = re.compile(r"Q[1-9]\d*")
_GAZETTEER = re.compile(r"[a-z]+:\d+")
_COUNTRY = re.compile(r"[A-Z]{3}")
_REPORT_KEY = re.compile(rf"[0-9a-f]{{6,{REPORT_KEY_LENGTH}}}")
Numbers = Select[tuple[int]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What to let through; an empty field lets everything through.

    Days are ISO dates; an entry passes where its days overlap with those from `since` to `until`. `places` are names,
    gazetteer ids or ISO 3166 alpha-3 codes; a country or a province stands for the places in it. `actors` are names or
    Wikidata ids. `sources` are outlets or who is quoted, `reports` keys, ids or URLs. `box` is (west, south, east,
    north) in degrees.
    """

    since: str | None = None
    until: str | None = None
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    text: str | None = None
    min_confidence: float | None = None
    box: tuple[float, float, float, float] | None = None


def entry_conditions(filters: Filters, dialect: str, layer: str | None = None) -> list[ColumnElement[bool]]:
    """The conditions on `entries`; `layer` says that they are of one layer, which is sooner found."""
    entries = tables.entries
    found: list[ColumnElement[bool]] = []
    if filters.since:
        found.append(entries.c.latest >= filters.since)
    if filters.until:
        found.append(and_(entries.c.day <= filters.until, entries.c.day != ""))
    for values, column in ((filters.types, "type"), (filters.statuses, "status"), (filters.reviews, "review")):
        if values:
            found.append(entries.c[column].in_(values))
    if filters.min_confidence is not None:
        found.append(entries.c.confidence >= filters.min_confidence)
    if filters.sources:
        outlets = entries.c.report_id.in_(reports_of(filters.sources))
        found.append(or_(outlets, _named(entries.c.source_folded, filters.sources)))
    if filters.reports:
        found.append(entries.c.report_id.in_(select(tables.reports.c.id).where(reports_named(filters.reports))))
    if filters.text:
        found.append(entries.c.id.in_(entries_saying(filters.text, dialect)))
    return found + _linked(filters, layer)


def report_conditions(filters: Filters, dialect: str) -> list[ColumnElement[bool]]:
    """The conditions on `reports`: that they have an entry which the filters let through."""
    entries = tables.entries
    return [tables.reports.c.id.in_(select(entries.c.report_id).where(*entry_conditions(filters, dialect)))]


def reports_named(names: Iterable[str]) -> ColumnElement[bool]:
    """The condition on `reports` that one goes by one of the names: its key or a beginning of it, its id or its URL."""
    reports, digests = tables.reports, tables.report_names
    names = list(names)
    by_name = select(digests.c.report_id).where(digests.c.digest.in_(map(name_digest, names)))
    keys = [reports.c.key.startswith(name) for name in names if _REPORT_KEY.fullmatch(name)]
    return or_(reports.c.id.in_(by_name), *keys)


def reports_of(outlets: Iterable[str]) -> Numbers:
    """The numbers of the reports whose outlet has one of the names."""
    return select(tables.reports.c.id).where(_named(tables.reports.c.publisher_folded, outlets))


def merged_actors(names: Iterable[str]) -> Numbers | CompoundSelect[tuple[int]]:
    """The numbers of the actors that go by one of the names, in any report, or have one of the Wikidata ids."""
    names = list(names)
    keys = [f"wikidata:{name}" for name in names if _WIKIDATA.fullmatch(name)]
    merged, called = tables.merged_actors, tables.actor_names
    by_name = select(called.c.merged_id).where(_named(called.c.folded, names))
    return union(by_name, select(merged.c.id).where(merged.c.key.in_(keys))) if keys else by_name


def merged_places(names: Iterable[str]) -> CompoundSelect[tuple[int]]:
    """The numbers of the places that go by one of the names, and of those in a country or province so named."""
    names = list(names)
    called, merged, inner = tables.place_names, tables.merged_places, tables.place_profiles
    outer = inner.alias()
    exact = outer.c.folded.in_([f" {fold(name)} " for name in names])
    whole = or_(outer.c.kind == "country", and_(outer.c.kind == "admin", inner.c.admin1_folded == outer.c.folded))
    within = select(inner.c.merged_id).join(outer, inner.c.country == outer.c.country).where(exact, whole)
    found = [select(called.c.merged_id).where(_named(called.c.folded, names)), within]
    codes = [name for name in names if _COUNTRY.fullmatch(name)]
    if codes:
        found.append(select(inner.c.merged_id).where(inner.c.country.in_(codes)))
    keys = [name for name in names if _GAZETTEER.fullmatch(name)]
    if keys:
        found.append(select(merged.c.id).where(merged.c.key.in_(keys)))
    return union(*found)


def _linked(filters: Filters, layer: str | None) -> list[ColumnElement[bool]]:
    """The conditions that look at who and where."""
    entries = tables.entries
    found: list[ColumnElement[bool]] = []
    for names, links, merged in (
        (filters.actors, tables.entry_actors, merged_actors),
        (filters.places, tables.entry_places, merged_places),
    ):
        if names:
            of_layer = links.c.layer == layer if layer else true()
            linked = select(links.c.entry_id).where(links.c.merged_id.in_(merged(names)), of_layer)
            found.append(entries.c.id.in_(linked))
    if filters.box:
        found.append(entries.c.id.in_(_inside(filters.box)))
    return found


def _inside(box: tuple[float, float, float, float]) -> Numbers:
    """The numbers of the entries at a point inside the box. A country isn't a point."""
    west, south, east, north = box
    places, links = tables.places, tables.entry_places
    across = (
        and_(places.c.lon >= west, places.c.lon <= east)
        if west <= east
        else (or_(places.c.lon >= west, places.c.lon <= east))
    )
    at_point = and_(places.c.lat >= south, places.c.lat <= north, across, places.c.kind != "country")
    return select(links.c.entry_id).join(places, places.c.entry_id == links.c.place_id).where(at_point)


def _named(column: ColumnElement[Any], names: Iterable[str]) -> ColumnElement[bool]:
    """That the folded column holds one of the names, from the beginning of a word."""
    folded = [words for words in map(fold, names) if words]
    return or_(*(column.like(f"% {words}%") for words in folded)) if folded else false()
