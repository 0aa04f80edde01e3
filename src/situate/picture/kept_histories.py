"""What the entries of a store come to over time, from what is kept in it: control of places, agreements, movements.

A filter lets through what one of whose entries it lets through, whole: a stretch, an agreement, a movement.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from situate.picture import agreement_history, moved
from situate.picture.agreement_history import AgreementHistory
from situate.picture.control_history import Stretch, control_history
from situate.picture.keeping import keep_up
from situate.picture.kept import groups_through
from situate.picture.moved import Moved
from situate.store.filters import Filters
from situate.store.listed import Listed
from situate.store.query import every
from situate.store.store import Store

_PARTS = ("entries", "ended_by", "disputed")


def control_of(store: Store, filters: Filters) -> list[Stretch]:
    """Who held each place, by place and day."""
    if store.veiled:
        return control_history(every(store, "control", filters))
    found = _kept(store, "control", filters)
    through = None if filters == Filters() else {e.key for e in every(store, "control", filters)}
    whole = (each for entries, body in found for each in _stretches(entries, body["stretches"]))
    seen = (s for s in whole if through is None or any(e.key in through for name in _PARTS for e in getattr(s, name)))
    return sorted(seen, key=lambda s: s.place)  # those of a place stay in their order


def agreements_of(store: Store, filters: Filters) -> list[AgreementHistory]:
    """What became of each agreement, the one with the latest news first."""
    if store.veiled:
        return agreement_history.agreement_history(every(store, "agreements", filters))
    found = _kept(store, "agreements", filters)
    return agreement_history.in_order(agreement_history.history(entries) for entries, _ in found)


def movements_of(store: Store, filters: Filters, *, done: bool = True) -> list[Moved]:
    """The movements by day; `done` leaves out what is only planned or claimed."""
    if store.veiled:
        found = moved.movements(every(store, "movements", filters))
    else:
        found = moved.in_order(moved.movement(entries) for entries, _ in _kept(store, "movements", filters))
    return [each for each in found if each.done or not done]


def _kept(store: Store, layer: str, filters: Filters) -> list[tuple[tuple[Listed, ...], Mapping[str, Any]]]:
    """The groups of a layer that a filter lets through: entries by key, and what is kept beside them."""
    keep_up(store)
    return [(entries, json.loads(body)) for entries, body in groups_through(store, layer, filters)]


def _stretches(entries: Sequence[Listed], kept: Sequence[Mapping[str, Any]]) -> Iterator[Stretch]:
    from situate.picture.control_history import order

    told = sorted(entries, key=order)
    for each in kept:
        parts = (tuple(told[n] for n in each[name]) for name in _PARTS)
        some, ended_by, disputed = parts
        place, holder = some[0].places[0], some[0].actors[0]
        names = (place.key, place.name, holder.key, holder.name)
        yield Stretch(*names, each["since"], each["until"], some, ended_by, disputed)
