"""The same actor or place in many reports: one number, and how reports name and describe it.

Names and descriptions are counted by report, so that the commonest one stands for the whole, whatever the order in
which the reports came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, func, select, update

from situate.contract import Actor, Picture, Place
from situate.store import tables
from situate.store.digest import digest_of
from situate.store.fold import framed
from situate.store.keys import actor_key, place_key
from situate.store.rows import FOLDED_LENGTH, Row
from situate.store.statements import insert_or

_NAME_LENGTH = 200
_ACTOR_PROFILE = ("name", "kind", "country", "wikidata")
_PLACE_PROFILE = ("name", "kind", "country", "gazetteer", "lat", "lon", "radius_km", "admin1")


@dataclass(frozen=True, slots=True)
class Kind:
    """Actors or places: their tables, their keys, and what a description of one holds."""

    merged: Table
    names: Table
    profiles: Table
    entries: Table
    key: Callable[[Any], str]
    profile: Callable[[Any], Row]


def _actor_profile(actor: Actor) -> Row:
    return {field: getattr(actor, field) for field in _ACTOR_PROFILE} | {"name": actor.name[:_NAME_LENGTH]}


def _place_profile(place: Place) -> Row:
    given = {field: getattr(place, field) for field in _PLACE_PROFILE} | {"name": place.name[:_NAME_LENGTH]}
    admin1 = framed(place.admin1)[:FOLDED_LENGTH] if place.admin1 else None
    return given | {"folded": framed(place.name)[:FOLDED_LENGTH], "admin1_folded": admin1}


ACTORS = Kind(tables.merged_actors, tables.actor_names, tables.actor_profiles, tables.actors, actor_key, _actor_profile)
PLACES = Kind(tables.merged_places, tables.place_names, tables.place_profiles, tables.places, place_key, _place_profile)


def count_in(connection: Connection, picture: Picture) -> tuple[dict[str, int], dict[str, int]]:
    """Count the picture's actors and places among the merged ones. Gives the numbers of their keys."""
    return _count_in(connection, ACTORS, picture.actors), _count_in(connection, PLACES, picture.places)


def count_out(connection: Connection, picture: Picture) -> None:
    """Take back what `count_in` did. The entries' own rows must be gone."""
    _count_out(connection, ACTORS, picture.actors)
    _count_out(connection, PLACES, picture.places)


def _count_in(connection: Connection, kind: Kind, entries: Iterable[Actor | Place]) -> dict[str, int]:
    entries = list(entries)
    numbers = _numbers(connection, kind, sorted({kind.key(entry) for entry in entries}))
    for table, rows in ((kind.names, _name_rows), (kind.profiles, _profile_rows)):
        counted = rows(kind, entries, numbers)
        if counted:
            one_more = {"reports": table.c.reports + 1}
            connection.execute(insert_or(connection, table, one_more), counted)
    return numbers


def _numbers(connection: Connection, kind: Kind, keys: list[str]) -> dict[str, int]:
    """The numbers of the keys, new ones for those that the store didn't know."""
    table = kind.merged
    known: dict[str, int] = {}
    if keys:
        found = connection.execute(select(table.c.key, table.c.id).where(table.c.key.in_(keys)))
        known = {row.key: row.id for row in found}
    new = [key for key in keys if key not in known]
    if new:
        last: int = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        fresh = {key: number for number, key in enumerate(new, last + 1)}
        connection.execute(table.insert(), [{"id": number, "key": key} for key, number in fresh.items()])
        known |= fresh
    return known


def _name_rows(kind: Kind, entries: list[Actor | Place], numbers: dict[str, int]) -> list[Row]:
    names: dict[tuple[int, str], Row] = {}
    for entry in entries:
        number = numbers[kind.key(entry)]
        used = (mention.text for mention in entry.mentions if mention.form in ("name", "alias"))
        for name in (entry.name, *used):
            short = " ".join(name.split())[:_NAME_LENGTH]
            folded = framed(short)[:FOLDED_LENGTH]
            names[number, short] = {"merged_id": number, "name": short, "folded": folded, "reports": 1}
    return list(names.values())


def _profile_rows(kind: Kind, entries: list[Actor | Place], numbers: dict[str, int]) -> list[Row]:
    profiles: dict[tuple[int, str], Row] = {}
    for entry in entries:
        number, profile = numbers[kind.key(entry)], kind.profile(entry)
        digest = digest_of(profile, length=16)
        profiles[number, digest] = {"merged_id": number, "digest": digest, "reports": 1, **profile}
    return list(profiles.values())


def _count_out(connection: Connection, kind: Kind, entries: Iterable[Actor | Place]) -> None:
    entries = list(entries)
    if not entries:
        return
    numbers = _numbers(connection, kind, sorted({kind.key(entry) for entry in entries}))
    counted = [(kind.names, "name", _name_rows(kind, entries, numbers))]
    counted.append((kind.profiles, "digest", _profile_rows(kind, entries, numbers)))
    for table, column, rows in counted:
        for row in rows:
            this = (table.c.merged_id == row["merged_id"]) & (table.c[column] == row[column])
            connection.execute(update(table).where(this).values(reports=table.c.reports - 1))
        connection.execute(delete(table).where(table.c.merged_id.in_(numbers.values()), table.c.reports < 1))
    table = kind.merged
    still_there = exists().where(kind.entries.c.merged_id == table.c.id)
    connection.execute(delete(table).where(table.c.id.in_(numbers.values()), ~still_there))
