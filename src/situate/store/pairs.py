"""Pairs of actors that entries bring together, with the day: what a network over time is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from situate.store.arrays import Floats, Ints
from situate.store.chosen import chosen, joined
from situate.store.filters import Filters
from situate.store.sql import sql
from situate.store.store import Store

_SIDES: Mapping[str, tuple[str, str]] = {"relations": ("from", "to"), "events": ("actor", "recipient")}
_HAPPENED = ("actual", "ongoing")
_NAMES = """SELECT merged_actors.id, merged_actors.key, name, kind FROM actor_profiles
    JOIN merged_actors ON merged_actors.id = actor_profiles.merged_id
    WHERE merged_actors.id IN (?) ORDER BY reports, digest"""


@dataclass(frozen=True, slots=True)
class Pairs:
    """A row for each entry between two actors (numbers of merged ones): its type, the sign that it states (0 for
    events), its day as an ordinal, 0 for none. `types` are the words of the types.
    """

    one: Ints
    other: Ints
    type: Ints
    sign: Floats
    day: Ints
    types: list[str | None]


@dataclass(frozen=True, slots=True)
class Name:
    """A merged actor as most reports name it."""

    key: str
    name: str
    kind: str


def pairs(store: Store, layer: str, filters: Filters) -> Pairs:
    """The pairs of a layer, which is "relations" or "events"; of events those that happened. Rejected ones are not."""
    some = chosen(store, filters)
    arrays, actors = some.arrays, some.arrays.actors
    told = some.let & arrays.is_("layer", layer) & ~arrays.is_("review", "rejected")
    if layer == "events":
        told &= arrays.is_("status", *_HAPPENED)
    roles = arrays.words["role"]
    one, other = (np.flatnonzero(told[actors.at] & roles.chosen([r])[actors.role]) for r in _SIDES[layer])
    left, right = joined(actors.at[one], actors.at[other])
    one, other = one[left], other[right]
    two = actors.merged[one] != actors.merged[other]
    one, other = one[two], other[two]
    entry = actors.at[one]
    day = np.where(arrays.latest[entry] > 0, arrays.latest[entry], arrays.day[entry])
    words = arrays.words["type"].of
    return Pairs(
        actors.merged[one], actors.merged[other], arrays.type[entry], arrays.sign[entry].astype(np.float64), day, words
    )


def names(store: Store, numbers: Iterable[int]) -> dict[int, Name]:
    """The names of merged actors."""
    with store.asking() as asked:
        found = asked.tuples(sql(_NAMES, list(numbers)))
    return {number: Name(*rest) for number, *rest in found}  # the commonest one stays
