"""What the entries of a store come to over time: control of places, agreements, movements.

Which entries go together is kept (`keeping`): control by place, agreements by the chain of their reports, movements by
the entry that tells best of each. What they come to is read off from the entries of a group in the order of their days.
A filter shows the stretches, agreements and movements of which it lets an entry through, each whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from situate.picture.agreement_history import AgreementHistory, agreement_history, history
from situate.picture.agreement_history import in_order as agreements_in_order
from situate.picture.control_history import Stretch, control_history, order, stretches
from situate.picture.keeping import keep_up
from situate.picture.kept import groups_through, groups_with
from situate.picture.moved import Moved, in_order, movement, movements
from situate.store.filters import Filters
from situate.store.listed import Listed
from situate.store.query import every
from situate.store.store import Store

_PARTS = ("entries", "ended_by", "disputed")


def control_of(store: Store, filters: Filters) -> list[Stretch]:
    """Who held each place, by place and day."""
    if store.veiled:
        return control_history(every(store, "control", filters))
    found = [s for entries in _kept(store, "control", filters) for s in stretches(sorted(entries, key=order))]
    through = None if filters == Filters() else {e.key for e in every(store, "control", filters)}
    seen = (s for s in found if through is None or any(e.key in through for name in _PARTS for e in getattr(s, name)))
    return sorted(seen, key=lambda s: s.place)  # those of a place stay in their order


def agreements_of(store: Store, filters: Filters) -> list[AgreementHistory]:
    """What became of each agreement, the one with the latest news first."""
    if store.veiled:
        return agreement_history(every(store, "agreements", filters))
    return agreements_in_order(map(history, _kept(store, "agreements", filters)))


def agreements_with(store: Store, keys: Sequence[str]) -> list[AgreementHistory]:
    """The agreements of the entries with these keys."""
    if store.veiled:
        return agreement_history(every(store, "agreements", Filters()))
    return list(map(history, groups_with(store, "agreements", keys)))


def movements_of(store: Store, filters: Filters, *, done: bool = True) -> list[Moved]:
    """The movements by day; `done` leaves out what is only planned or claimed."""
    if store.veiled:
        found = movements(every(store, "movements", filters))
    else:
        found = in_order(map(movement, _kept(store, "movements", filters)))
    return [each for each in found if each.done or not done]


def movements_with(store: Store, keys: Sequence[str]) -> list[Moved]:
    """The movements of the entries with these keys."""
    if store.veiled:
        return movements(every(store, "movements", Filters()))
    return list(map(movement, groups_with(store, "movements", keys)))


def _kept(store: Store, layer: str, filters: Filters) -> list[tuple[Listed, ...]]:
    """The entries of the groups of a layer that a filter lets through."""
    keep_up(store)
    return [entries for entries, _ in groups_through(store, layer, filters)]
