"""What the entries of a store come to over time: control of places, agreements, movements.

Which entries go together is kept (`keeping`): control by place, agreements by the chain of their reports, movements by
the entry that tells best of each. What they come to is read off from the entries of a group in the order of their days.
A filter shows the stretches, agreements and movements of which it lets an entry through, each whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from situate.picture.agreement_history import AgreementHistory, agreement_history, history
from situate.picture.agreement_history import in_order as agreements_in_order
from situate.picture.control_history import Stretch, control_history, order, stretches
from situate.picture.kept import groups_through, groups_with
from situate.picture.moved import Moved, in_order, movement, movements
from situate.store.filters import Filters
from situate.store.listed import Listed
from situate.store.query import count, every, keys
from situate.store.store import Store

T = TypeVar("T")
_PARTS = ("entries", "ended_by", "disputed")


@dataclass(frozen=True, slots=True)
class Latest(Generic[T]):
    """The latest of what entries come to, and how many older entries are left out."""

    rows: list[T]
    left_out: int = 0


def control_of(store: Store, filters: Filters) -> list[Stretch]:
    """Who held each place, by place and day."""
    return latest_control(store, filters, None).rows


def latest_control(store: Store, filters: Filters, most: int | None) -> Latest[Stretch]:
    """The same of the places that were told of last, with about so many entries in all."""
    if store.veiled:
        some, left_out = _latest(store, "control", filters, most)
        return Latest(control_history(some), left_out)
    groups, left_out = groups_through(store, "control", filters, most)
    found = [s for entries in groups for s in stretches(sorted(entries, key=order))]
    through = None if filters == Filters() else keys(store, "control", filters)
    seen = (s for s in found if through is None or any(e.key in through for name in _PARTS for e in getattr(s, name)))
    return Latest(sorted(seen, key=lambda s: s.place), left_out)  # those of a place stay in their order


def agreements_of(store: Store, filters: Filters) -> list[AgreementHistory]:
    """What became of each agreement, the one with the latest news first."""
    return latest_agreements(store, filters, None).rows


def latest_agreements(store: Store, filters: Filters, most: int | None) -> Latest[AgreementHistory]:
    """The same of the latest agreements, with about so many entries in all."""
    return _AGREEMENTS.latest(store, filters, most)


def agreements_with(store: Store, keys: Sequence[str]) -> list[AgreementHistory]:
    """The agreements of the entries with these keys."""
    return _AGREEMENTS.with_(store, keys)


def movements_of(store: Store, filters: Filters, *, done: bool = True) -> list[Moved]:
    """The movements by day; `done` leaves out what is only planned or claimed."""
    return [each for each in latest_movements(store, filters, None).rows if each.done or not done]


def latest_movements(store: Store, filters: Filters, most: int | None) -> Latest[Moved]:
    """The latest movements by day, done or not, with about so many entries in all."""
    return _MOVEMENTS.latest(store, filters, most)


def movements_with(store: Store, keys: Sequence[str]) -> list[Moved]:
    """The movements of the entries with these keys."""
    return _MOVEMENTS.with_(store, keys)


@dataclass(frozen=True, slots=True)
class _History(Generic[T]):
    """How a layer's groups are told: `each` tells one, `ordered` puts them in order, `anew` makes them of entries."""

    layer: str
    each: Callable[[Sequence[Listed]], T]
    ordered: Callable[[Iterable[T]], list[T]]
    anew: Callable[[Iterable[Listed]], list[T]]

    def latest(self, store: Store, filters: Filters, most: int | None) -> Latest[T]:
        """Those that a filter lets an entry of through, the latest of them with about so many entries in all."""
        if store.veiled:
            some, left_out = _latest(store, self.layer, filters, most)
            return Latest(self.anew(some), left_out)
        groups, left_out = groups_through(store, self.layer, filters, most)
        return Latest(self.ordered(map(self.each, groups)), left_out)

    def with_(self, store: Store, keys: Sequence[str]) -> list[T]:
        """Those of the entries with these keys."""
        if store.veiled:
            return self.anew(every(store, self.layer, Filters()))
        return list(map(self.each, groups_with(store, self.layer, keys)))


_AGREEMENTS = _History("agreements", history, agreements_in_order, agreement_history)
_MOVEMENTS = _History("movements", movement, in_order, movements)


def _latest(store: Store, layer: str, filters: Filters, most: int | None) -> tuple[list[Listed], int]:
    """The latest entries of a layer, and how many older ones are left out."""
    found = list(every(store, layer, filters, limit=most))
    return found, count(store, layer, filters) - len(found) if len(found) == most else 0
