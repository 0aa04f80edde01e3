"""Pairs of actors that entries bring together, with the day: what a network over time is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from situate.store.filters import Filters, wanted
from situate.store.sql import sql
from situate.store.store import Store

# An entry between two actors (numbers of merged ones): its type, its sign (null for events), its day, "" for none.
Pair: TypeAlias = tuple[int, int, str, int | None, str]
_SIDES: Mapping[str, tuple[str, str]] = {"relations": ("from", "to"), "events": ("actor", "recipient")}
# CROSS JOIN has SQLite begin with the entries that the filter lets through, however it guesses their number.
_PAIRS = """SELECT one.merged_id, other.merged_id, entries.type, {sign},
    coalesce(nullif(entries.latest, ''), entries.day)
    FROM entries CROSS JOIN entry_actors one CROSS JOIN entry_actors other {own}
    WHERE one.entry_id = entries.id AND one.role = ? AND other.entry_id = entries.id AND other.role = ?
    AND entries.review <> 'rejected' AND one.merged_id <> other.merged_id AND {happened} AND ?"""
_RELATIONS = _PAIRS.format(sign="own.sign", own="JOIN relations own ON own.entry_id = entries.id", happened="1 = 1")
_EVENTS = _PAIRS.format(sign="NULL", own="", happened="entries.status IN ('actual', 'ongoing')")
_NAMES = """SELECT merged_actors.id, merged_actors.key, name, kind FROM actor_profiles
    JOIN merged_actors ON merged_actors.id = actor_profiles.merged_id
    WHERE merged_actors.id IN (?) ORDER BY reports, digest"""


@dataclass(frozen=True, slots=True)
class Name:
    """A merged actor as most reports name it."""

    key: str
    name: str
    kind: str


def pairs(store: Store, layer: str, filters: Filters) -> list[Pair]:
    """The pairs of a layer, which is "relations" or "events"; of events those that happened. Rejected ones are not."""
    query = _RELATIONS if layer == "relations" else _EVENTS
    with store.asking() as asked:
        return asked.tuples(sql(query, *_SIDES[layer], wanted(filters, asked.dialect, layer)))


def names(store: Store, numbers: Iterable[int]) -> dict[int, Name]:
    """The names of merged actors."""
    with store.asking() as asked:
        found = asked.tuples(sql(_NAMES, list(numbers)))
    return {number: Name(*rest) for number, *rest in found}  # the commonest one stays
