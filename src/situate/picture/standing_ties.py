"""How actors stand to each other by the ties that all reports state: what tells on which side a voice is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from situate.picture.network import fade, network
from situate.picture.sides import Ties
from situate.store.filters import Filters
from situate.store.query import every
from situate.store.sql import sql
from situate.store.store import Store

_DAY = "coalesce(nullif(entries.latest, ''), nullif(entries.day, ''), '')"
_LAST = f"SELECT coalesce(max({_DAY}), '') FROM entries WHERE layer = 'relations' AND review <> 'rejected'"
_BETWEEN = f"""SELECT one.key, other.key, relations.sign, {_DAY}, count(*)
    FROM merged_actors one JOIN entry_actors a ON a.merged_id = one.id AND a.layer = 'relations' AND a.role = 'from'
    JOIN entry_actors b ON b.entry_id = a.entry_id AND b.role = 'to'
    JOIN merged_actors other ON other.id = b.merged_id
    JOIN relations ON relations.entry_id = a.entry_id JOIN entries ON entries.id = a.entry_id
    WHERE one.key IN (?) AND other.key IN (?) AND entries.review <> 'rejected'
    GROUP BY one.key, other.key, relations.sign, {_DAY}"""


def ties_of(store: Store) -> Ties:
    """How each two actors stand by the ties that all reports state, negative where against each other."""
    edges = network(every(store, "relations", Filters()), ())
    return {frozenset((edge.a, edge.b)): edge.weight for edge in edges}


def ties_between(store: Store, pairs: Collection[frozenset[str]]) -> Ties:
    """The same for some pairs of actors alone, by their keys."""
    keys = sorted({key for pair in pairs for key in pair})
    found: dict[frozenset[str], float] = defaultdict(float)
    with store.asking() as asked:
        ((last,),) = asked.tuples(sql(_LAST))
        for one, other, sign, day, count in asked.tuples(sql(_BETWEEN, keys, keys)):
            if frozenset((one, other)) in pairs and one != other:
                found[frozenset((one, other))] += sign * count * fade(day, last)
    return dict(found)
