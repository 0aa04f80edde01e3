"""What the entries of a store come to over time: control of places, agreements, movements.

Control of a place is kept (`keeping`): only the places that a new report touches are worked out again. Of control a
filter shows the stretches of which it lets an entry through, each whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from situate.picture.agreement_history import AgreementHistory, agreement_history
from situate.picture.control_history import Stretch, control_history
from situate.picture.keeping import keep_up
from situate.picture.kept import groups_through
from situate.picture.moved import Moved, movements
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
    return agreement_history(every(store, "agreements", filters))


def movements_of(store: Store, filters: Filters, *, done: bool = True) -> list[Moved]:
    """The movements by day; `done` leaves out what is only planned or claimed."""
    found = movements(every(store, "movements", filters))
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
