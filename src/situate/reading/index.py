"""Finding entries of the earlier layers by where their words stand."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Generic, TypeVar

from situate.contract import Claim, Event, Picture, Quantity, Time

T = TypeVar("T")


class Spots(Generic[T]):
    """Things by the words they stand on."""

    def __init__(self, items: Iterable[tuple[int, int, T]]) -> None:
        self._items = sorted(items, key=lambda x: (x[0], -x[1]))
        self._starts = [s for s, _, _ in self._items]
        self._longest = max((e - s for s, e, _ in self._items), default=0)

    def within(self, start: int, end: int) -> list[tuple[int, int, T]]:
        """Those that share a character with the words from start to end, in text order."""
        first = bisect.bisect_left(self._starts, start - self._longest)
        last = bisect.bisect_left(self._starts, end)
        return [x for x in self._items[first:last] if x[1] > start]

    def at(self, start: int, end: int) -> T | None:
        """The one that shares most with the words; of equals the shortest."""
        found = self.within(start, end)
        if not found:
            return None
        return max(found, key=lambda x: (min(end, x[1]) - max(start, x[0]), x[0] - x[1]))[2]


class Index:
    """The layers read so far, by position. Actors and places come as ids."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.actors: Spots[str] = Spots((m.start, m.end, a.id) for a in picture.actors for m in a.mentions)
        self.places: Spots[str] = Spots((m.start, m.end, p.id) for p in picture.places for m in p.mentions)
        self.times: Spots[Time] = Spots((t.span.start, t.span.end, t) for t in picture.times)
        self.quantities: Spots[Quantity] = Spots((q.span.start, q.span.end, q) for q in picture.quantities)
        self.events: Spots[Event] = Spots((e.trigger.start, e.trigger.end, e) for e in picture.events)
        self._claims: Spots[Claim] = Spots((c.content.start, c.content.end, c) for c in picture.claims)

    def claim_of(self, start: int, end: int) -> Claim | None:
        """The innermost claim in whose content the words stand: who says so."""
        around = [x for x in self._claims.within(start, end) if x[0] <= start and end <= x[1]]
        return min(around, key=lambda x: x[1] - x[0])[2] if around else None
