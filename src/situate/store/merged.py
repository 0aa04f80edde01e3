"""The same actor or place in many reports: one number, and how reports name and describe it.

Names and descriptions are counted by report, so that the commonest one stands for the whole, whatever the order in
which the reports came.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, func, select, update

from situate.contract import Actor, Picture, Place
from situate.store import tables
from situate.store.digest import digest_of
from situate.store.fold import framed
from situate.store.keys import merged_key, own_key
from situate.store.rows import FOLDED_LENGTH, Pointer, Row
from situate.store.statements import insert_or

Numbered = tuple[int, Actor | Place]  # with the merged one's number
_NAME_LENGTH = 200
_ACTOR_PROFILE = ("name", "kind", "country", "wikidata")
_PLACE_PROFILE = ("name", "kind", "country", "gazetteer", "lat", "lon", "radius_km", "admin1")


@dataclass(frozen=True, slots=True)
class Kind:
    """Actors or places: their tables, and what a description of one holds."""

    merged: Table
    names: Table
    profiles: Table
    entries: Table
    profile: Callable[[Any], Row]


def _actor_profile(actor: Actor) -> Row:
    return {field: getattr(actor, field) for field in _ACTOR_PROFILE} | {"name": actor.name[:_NAME_LENGTH]}


def _place_profile(place: Place) -> Row:
    given = {field: getattr(place, field) for field in _PLACE_PROFILE} | {"name": place.name[:_NAME_LENGTH]}
    given = {field: float(value) if isinstance(value, int) else value for field, value in given.items()}
    admin1 = framed(place.admin1)[:FOLDED_LENGTH] if place.admin1 else None
    return given | {"folded": framed(place.name)[:FOLDED_LENGTH], "admin1_folded": admin1}


ACTORS = Kind(tables.merged_actors, tables.actor_names, tables.actor_profiles, tables.actors, _actor_profile)
PLACES = Kind(tables.merged_places, tables.place_names, tables.place_profiles, tables.places, _place_profile)


def count_in(connection: Connection, picture: Picture, report: str) -> dict[Pointer, int]:
    """Count the actors and places of a report, given by its key, among the merged ones. Gives the numbers of these."""
    numbers: dict[Pointer, int] = {}
    for kind, entries in ((ACTORS, picture.actors), (PLACES, picture.places)):
        keyed = [(merged_key(entry, report), entry) for entry in entries]
        known = _numbers(connection, kind, sorted({key for key, _ in keyed}))
        numbered = [(known[key], entry) for key, entry in keyed]
        for table, rows in ((kind.names, _name_rows(numbered)), (kind.profiles, _profile_rows(kind, numbered))):
            if rows:
                connection.execute(insert_or(connection, table, {"reports": table.c.reports + 1}), rows)
        numbers |= {(kind.entries.name, entry.id): number for number, entry in numbered}
    return numbers


def count_out(connection: Connection, picture: Picture, report: str) -> None:
    """Take back what `count_in` did. The entries' own rows must be gone.

    What an older version took for the report's own stands under that key.
    """
    for kind, entries in ((ACTORS, picture.actors), (PLACES, picture.places)):
        keyed = [((own_key(entry, report), merged_key(entry, report)), entry) for entry in entries]
        known = _known(connection, kind, sorted({key for keys, _ in keyed for key in keys}))
        numbered = [(known[key], entry) for keys, entry in keyed for key in [k for k in keys if k in known][:1]]
        _one_less(connection, kind.names, "name", _name_rows(numbered))
        _one_less(connection, kind.profiles, "digest", _profile_rows(kind, numbered))
        table = kind.merged
        still_there = exists().where(kind.entries.c.merged_id == table.c.id)
        connection.execute(delete(table).where(table.c.id.in_(known.values()), ~still_there))


def _numbers(connection: Connection, kind: Kind, keys: list[str]) -> dict[str, int]:
    """The numbers of the keys, new ones for those that the store didn't know."""
    table = kind.merged
    known = _known(connection, kind, keys)
    new = [key for key in keys if key not in known]
    if new:
        last: int = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        fresh = {key: number for number, key in enumerate(new, last + 1)}
        connection.execute(table.insert(), [{"id": number, "key": key} for key, number in fresh.items()])
        known |= fresh
    return known


def _known(connection: Connection, kind: Kind, keys: list[str]) -> dict[str, int]:
    """The numbers of those keys that the store knows."""
    table = kind.merged
    found = connection.execute(select(table.c.key, table.c.id).where(table.c.key.in_(keys))) if keys else ()
    return {row.key: row.id for row in found}


def _name_rows(numbered: list[Numbered]) -> list[Row]:
    names: dict[tuple[int, str], Row] = {}
    for number, entry in numbered:
        used = (mention.text for mention in entry.mentions if mention.form in ("name", "alias"))
        for name in (entry.name, *used):
            short = " ".join(name.split())[:_NAME_LENGTH]
            folded = framed(short)[:FOLDED_LENGTH]
            names[number, short] = {"merged_id": number, "name": short, "folded": folded, "reports": 1}
    return list(names.values())


def _profile_rows(kind: Kind, numbered: list[Numbered]) -> list[Row]:
    profiles: dict[tuple[int, str], Row] = {}
    for number, entry in numbered:
        profile = kind.profile(entry)
        digest = digest_of(profile, length=16)
        profiles[number, digest] = {"merged_id": number, "digest": digest, "reports": 1, **profile}
    return list(profiles.values())


def _one_less(connection: Connection, table: Table, column: str, rows: list[Row]) -> None:
    for row in rows:
        this = (table.c.merged_id == row["merged_id"]) & (table.c[column] == row[column])
        connection.execute(update(table).where(this).values(reports=table.c.reports - 1))
        connection.execute(delete(table).where(this, table.c.reports < 1))
