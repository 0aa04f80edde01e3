"""The corroboration of every entry of a layer: what tells the same goes together, what can't both be so contradicts.

Events go together as incidents; agreements and movements as in their histories; control by place, holder and state,
ties by their two actors and kind; claims and forecasts by their words. A holder is contradicted by another holder of
the place at that time, a tie by one of the other sign, a claim by the same with a "not". What nobody else tells stands
alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from situate.picture.copies import copies
from situate.picture.corroboration import Contradiction, Corroboration, weighed
from situate.picture.incident import Incident
from situate.picture.kept import incidents_of, incidents_with
from situate.picture.kept_histories import agreements_with, movements_with
from situate.picture.sayings import sayings
from situate.picture.sides import pairs_asked, spoken_by
from situate.picture.standing_ties import ties_between
from situate.store.days import shifted
from situate.store.filters import Filters
from situate.store.listed import Listed
from situate.store.query import every
from situate.store.store import Store

MARGIN = 7  # days: entries of one incident are at most three apart, and a report's date may be three days late
HOLDING = ("holds", "captured", "occupies")
Group = tuple[Sequence[Listed], Sequence[Listed]]  # entries that tell one thing, entries that say otherwise


def corroborated(store: Store, layer: str, filters: Filters) -> dict[str, Corroboration]:
    """The corroboration of each of a layer's entries that the filter lets through, by the entry's key."""
    return corroboration_of(store, layer, list(every(store, layer, filters)))


def corroboration_of(store: Store, layer: str, rows: Sequence[Listed]) -> dict[str, Corroboration]:
    """The corroboration of each of these entries, which are of one layer, by all that the store has of the same."""
    keys = [e.key for e in rows]
    found: dict[str, Corroboration] = {}
    groups: list[Group] = []
    if layer == "events":
        found = {e.key: i.corroboration for i in _incidents(store, rows) for e in i.entries}
    elif layer in _GROUPS:
        groups = list(_GROUPS[layer](store, rows))
    told = {e.key for some, _ in groups for e in some}
    groups += [([e], ()) for e in rows if e.key not in found and e.key not in told]
    for (some, _), stands in zip(groups, graded(store, groups), strict=True):
        found |= {e.key: stands for e in some}
    return {key: found[key] for key in keys}


def graded(store: Store, groups: Sequence[Group]) -> list[Corroboration]:
    """The corroboration of what groups of entries tell, each with those that say otherwise."""
    from situate.picture.voices import heard

    heard_in = [heard(told) for told, _ in groups]
    reports = sorted({e.report.key for told, _ in groups for e in told})
    original = {key: c.original for c in copies(store, reports) for key in c.reports}
    pairs = {p for (told, _), some in zip(groups, heard_in, strict=True) for p in pairs_asked(some, told)}
    ties = ties_between(store, pairs) if pairs else {}
    return [
        weighed(told, some, original, [Contradiction(spoken_by(e), e.key) for e in against], ties)
        for (told, against), some in zip(groups, heard_in, strict=True)
    ]


def in_short(stands: Corroboration) -> str:
    """The grade, with the number of sources and who contradicts."""
    against = ", ".join(dict.fromkeys(c.who for c in stands.contradicted))
    sources = f"{stands.sources} independent sources" if stands.sources > 1 else ""
    return "; ".join(part for part in (stands.grade, sources, f"against: {against}" if against else "") if part)


def _incidents(store: Store, rows: Sequence[Listed]) -> Iterable[Incident]:
    """The incidents of events; through the veil put together from what is told of these days."""
    if not store.veiled:
        return incidents_with(store, [e.key for e in rows])
    types = tuple(sorted({str(e.type) for e in rows}))
    days = sorted(day for e in rows for day in (e.earliest, e.latest) if day)
    if not days or any(not e.earliest and not e.latest for e in rows):
        return incidents_of(store, Filters(types=types))
    return incidents_of(store, Filters(shifted(days[0], -MARGIN), shifted(days[-1], MARGIN), types=types))


def _agreements(store: Store, rows: Sequence[Listed]) -> Iterable[Group]:
    return ((h.entries, ()) for h in agreements_with(store, [e.key for e in rows]))


def _movements(store: Store, rows: Sequence[Listed]) -> Iterable[Group]:
    return ((m.entries, ()) for m in movements_with(store, [e.key for e in rows]))


def _control(store: Store, rows: Sequence[Listed]) -> Iterable[Group]:
    at = tuple(sorted({e.places[0].key for e in rows if e.places}))
    some = every(store, "control", Filters(places=at)) if at else ()
    by_place: dict[str, list[Listed]] = defaultdict(list)
    groups: dict[tuple[str, ...], list[Listed]] = defaultdict(list)
    for e in (e for e in some if e.places and e.actors and e.review != "rejected"):
        by_place[e.places[0].key].append(e)
        groups[e.places[0].key, e.actors[0].key, str(e.type), str(e.status)].append(e)
    for (place, _, state, status), told in groups.items():
        others = by_place[place] if state in HOLDING and status in ("actual", "ongoing") else []
        yield told, [o for o in held_by_others(told, others) if any(_disputes(o, e) for e in told)]


def held_by_others(told: Sequence[Listed], others: Iterable[Listed]) -> list[Listed]:
    """Those others that say otherwise who holds a place.

    They have another holder, can't mean the same one by another name, and are of other reports: who names two holders
    himself says that both are there.
    """
    from situate.picture.parties import are_others

    mine = {e.report.key for e in told}
    return [o for o in others if o.report.key not in mine and are_others(o.actors[0], told[0].actors[0])]


def _disputes(other: Listed, e: Listed) -> bool:
    """Whether another's holding of the place falls on the same day."""
    holding = other.type in HOLDING and other.status in ("actual", "ongoing")
    return holding and bool(e.earliest) and other.earliest == e.earliest


def _relations(store: Store, rows: Sequence[Listed]) -> Iterable[Group]:
    who = tuple(sorted({p.key for e in rows for p in e.actors}))
    some = every(store, "relations", Filters(actors=who)) if who else ()
    by_pair: dict[frozenset[str], list[Listed]] = defaultdict(list)
    groups: dict[tuple[frozenset[str], str], list[Listed]] = defaultdict(list)
    for e in (e for e in some if len(e.actors) > 1 and e.review != "rejected"):
        pair = frozenset(p.key for p in e.actors)
        by_pair[pair].append(e)
        groups[pair, str(e.type)].append(e)
    for (pair, _), told in groups.items():
        sign = int(told[0].own.get("sign") or 0)
        yield told, [o for o in by_pair[pair] if int(o.own.get("sign") or 0) * sign < 0]


_GROUPS: Mapping[str, Callable[[Store, Sequence[Listed]], Iterable[Group]]] = {
    "agreements": _agreements,
    "movements": _movements,
    "control": _control,
    "relations": _relations,
    "claims": lambda store, rows: sayings(store, "claims", rows),
    "forecasts": lambda store, rows: sayings(store, "forecasts", rows),
}
