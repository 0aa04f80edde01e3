"""How actors stand to each other by what all reports tell, from the ties that are kept (`tie_keeping`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from situate.picture.keeping import keep_up
from situate.picture.network import Edge, Month, Pair, Tie, Weight, edges, fade, month_end, months_of, network, weights
from situate.picture.network import weights_over_time as anew
from situate.picture.sides import Ties
from situate.store.asking import Asking
from situate.store.filters import Filters, wanted
from situate.store.query import every
from situate.store.sql import Sql, sql
from situate.store.store import Store

LAYERS = ("relations", "events")
_AT_ONCE = 500
_TIES = """SELECT ties.one_id, ties.other_id, ties.weight, ties.day, entries.type, entries.key
    FROM ties JOIN entries ON entries.id = ties.entry_id WHERE ?"""
_MONTHS = "SELECT one_id, other_id, month, weight, absolute FROM tie_months WHERE month <> ''"
_KEYS = """SELECT ties.one_id, ties.other_id, ties.month, entries.key FROM ties
    JOIN entries ON entries.id = ties.entry_id WHERE ties.month <> '' ORDER BY entries.key"""
_DAY = "coalesce(nullif(entries.latest, ''), nullif(entries.day, ''), '')"
_LAST = f"SELECT coalesce(max({_DAY}), '') FROM entries WHERE layer = 'relations' AND review <> 'rejected'"
_BETWEEN = """SELECT one.key, other.key, ties.day, ties.weight
    FROM merged_actors one CROSS JOIN merged_actors other
    JOIN ties ON ties.one_id = one.id AND ties.other_id = other.id JOIN entries ON entries.id = ties.entry_id
    WHERE one.key IN (?) AND other.key IN (?) AND entries.layer = 'relations'"""


def edges_of(store: Store, filters: Filters) -> list[Edge]:
    """The network of what a filter lets through, the heaviest edges first, at the end of its days."""
    if store.veiled:
        return network(every(store, "relations", filters), every(store, "events", filters), filters.until)
    ties, known = _told(store, filters)
    return edges(ties, known, filters.until)


def weights_of(store: Store, filters: Filters) -> list[Weight]:
    """How each two actors stand at the end of every month in which something is told of them, by actors and month."""
    if store.veiled:
        return anew(every(store, "relations", filters), every(store, "events", filters))
    if filters == Filters():
        return weights(*_kept_months(store))
    ties, known = _told(store, filters)
    return weights(months_of(ties), known)


def _told(store: Store, filters: Filters) -> tuple[list[Tie], Mapping[str, str]]:
    """What the entries that a filter lets through say of each two actors, and the actors' names by key."""
    keep_up(store)
    with store.asking() as asked:
        rows = asked.tuples(sql(_TIES, _through(asked, filters)))
    keys, known = _actors(store, {number for row in rows for number in row[:2]})
    return [Tie(keys[one], keys[other], weight, day, kind, key) for one, other, weight, day, kind, key in rows], known


def _through(asked: Asking, filters: Filters) -> Sql:
    if filters == Filters():
        return Sql("1 = 1")
    let = wanted(replace(filters, layers=LAYERS), asked.dialect)
    return sql("ties.entry_id IN (SELECT entries.id FROM entries WHERE ?)", let)


def _kept_months(store: Store) -> tuple[dict[Pair, dict[str, Month]], Mapping[str, str]]:
    keep_up(store)
    with store.asking() as asked:
        sums = asked.tuples(Sql(_MONTHS))
        told: dict[tuple[int, int, str], list[str]] = defaultdict(list)
        for one, other, month, key in asked.tuples(Sql(_KEYS)):
            told[one, other, month].append(key)
    keys, known = _actors(store, {number for row in sums for number in row[:2]})
    found: dict[Pair, dict[str, Month]] = defaultdict(dict)
    for one, other, month, weight, absolute in sums:
        first, second = sorted((keys[one], keys[other]))
        found[first, second][month_end(month)] = Month(weight, absolute, tuple(told[one, other, month]))
    return found, known


def _actors(store: Store, numbers: Collection[int]) -> tuple[dict[int, str], dict[str, str]]:
    """The keys of merged actors by their numbers, and their names by key."""
    from situate.store.pairs import names  # takes its time to load

    ordered = sorted(numbers)
    parts = (names(store, ordered[n : n + _AT_ONCE]) for n in range(0, len(ordered), _AT_ONCE))
    found = {number: each for part in parts for number, each in part.items()}
    return {number: each.key for number, each in found.items()}, {each.key: each.name for each in found.values()}


def ties_of(store: Store) -> Ties:
    """How each two actors stand by the ties that all reports state, negative where against each other."""
    found = network(every(store, "relations", Filters()), ())
    return {frozenset((edge.a, edge.b)): edge.weight for edge in found}


def ties_between(store: Store, pairs: Collection[frozenset[str]]) -> Ties:
    """The same for some pairs of actors alone, by their keys."""
    if store.veiled:
        return {pair: weight for pair, weight in ties_of(store).items() if pair in pairs}
    keys = sorted({key for pair in pairs for key in pair})
    found: dict[frozenset[str], float] = defaultdict(float)
    with store.asking() as asked:
        ((last,),) = asked.tuples(Sql(_LAST))
        for one, other, day, weight in asked.tuples(sql(_BETWEEN, keys, keys)):
            if frozenset((one, other)) in pairs:
                found[frozenset((one, other))] += weight * fade(day, last)
    return dict(found)
