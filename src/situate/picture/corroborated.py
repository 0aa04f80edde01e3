"""The corroboration of every entry of a layer: what tells the same goes together, what can't both be so contradicts.

Events go together as incidents; agreements and movements as in their histories; control by place, holder and state,
ties by their two actors and kind. A holder is contradicted by another holder of the place at that time, a tie by one of
the other sign. What nobody else tells stands alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from situate.picture import incidents_of, ties_of
from situate.picture.agreement_history import agreement_history
from situate.picture.copies import copies
from situate.picture.corroboration import Corroboration, corroboration
from situate.picture.moved import moved
from situate.store import Filters, Listed, Store, query

HOLDING = ("holds", "captured", "occupies")
Group = tuple[Sequence[Listed], Sequence[Listed]]  # entries that tell one thing, entries that say otherwise


def corroborated(store: Store, layer: str, filters: Filters) -> dict[str, Corroboration]:
    """The corroboration of each of a layer's entries that the filter lets through, by the entry's key."""
    rows = list(query.every(store, layer, filters))
    if layer == "events":
        found = {e.key: i.corroboration for i in incidents_of(store, filters) for e in i.entries}
        groups: Iterable[Group] = ()
    else:
        found, groups = {}, _GROUPS.get(layer, _alone)(rows)
    original = {key: c.original for c in copies(store) for key in c.reports}
    ties = ties_of(store)
    for told, against in groups:
        stands = corroboration(told, original, against, ties)
        found |= {e.key: stands for e in told}
    return {e.key: found[e.key] if e.key in found else corroboration([e], original, (), ties) for e in rows}


def _alone(rows: Sequence[Listed]) -> Iterable[Group]:
    return (([e], ()) for e in rows)


def _agreements(rows: Sequence[Listed]) -> Iterable[Group]:
    return ((h.entries, ()) for h in agreement_history(rows))


def _movements(rows: Sequence[Listed]) -> Iterable[Group]:
    return ((m.entries, ()) for m in moved(rows))


def _control(rows: Sequence[Listed]) -> Iterable[Group]:
    kept = [e for e in rows if e.places and e.actors and e.review != "rejected"]
    by_place: dict[str, list[Listed]] = defaultdict(list)
    groups: dict[tuple[str, ...], list[Listed]] = defaultdict(list)
    for e in kept:
        by_place[e.places[0].key].append(e)
        groups[e.places[0].key, e.actors[0].key, str(e.type), str(e.status)].append(e)
    for (place, holder, state, status), told in groups.items():
        others = by_place[place] if state in HOLDING and status in ("actual", "ongoing") else []
        yield told, [o for o in others if o.actors[0].key != holder and any(_disputes(o, e) for e in told)]


def _disputes(other: Listed, e: Listed) -> bool:
    """Whether another's holding of the place, in another report, falls on the same day."""
    holding = other.type in HOLDING and other.status in ("actual", "ongoing")
    return holding and other.report.key != e.report.key and bool(e.earliest) and other.earliest == e.earliest


def _relations(rows: Sequence[Listed]) -> Iterable[Group]:
    kept = [e for e in rows if len(e.actors) > 1 and e.review != "rejected"]
    by_pair: dict[frozenset[str], list[Listed]] = defaultdict(list)
    groups: dict[tuple[frozenset[str], str], list[Listed]] = defaultdict(list)
    for e in kept:
        pair = frozenset(p.key for p in e.actors)
        by_pair[pair].append(e)
        groups[pair, str(e.type)].append(e)
    for (pair, _), told in groups.items():
        sign = int(told[0].own.get("sign") or 0)
        yield told, [o for o in by_pair[pair] if int(o.own.get("sign") or 0) * sign < 0]


_GROUPS = {"agreements": _agreements, "movements": _movements, "control": _control, "relations": _relations}
