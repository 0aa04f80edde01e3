"""The signed network over time, for a slider: the ties between two actors by week, ready to be faded to any day.

The same sums as in `picture.network`: the weight of an edge on a day is the sum over its weeks up to that day of
weight * exp(-age / DECAY), age in days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from situate.picture.network import EVENT, EVENT_SIGN
from situate.store import Filters, Store
from situate.store.pairs import Name, Pair, names, pairs

MOST_ACTORS = 500


@dataclass(frozen=True, slots=True)
class Week:
    """What stands between two actors in a week: the signed sum, the sum of absolute values, the number of entries."""

    start: str
    sum: float
    absolute: float
    count: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors by position in `Network.actors`, their weeks by date, the kinds of ties and events between them."""

    a: int
    b: int
    weeks: tuple[Week, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The actors with most ties, what stands between them, and how many actors were left out."""

    actors: tuple[Name, ...]
    ties: tuple[Tie, ...]
    left_out: int
    first: str | None
    last: str | None


def network_over_time(store: Store, filters: Filters, most: int = MOST_ACTORS) -> Network:
    """The network of the entries that a filter lets through, at most so many actors."""
    stated = pairs(store, "relations", filters)
    told = [pair for pair in pairs(store, "events", filters) if pair[2] in EVENT_SIGN]
    total: Counter[int] = Counter()
    for found in (stated, told):
        total.update(a for a, *_ in found)
        total.update(b for _, b, *_ in found)
    chosen = [number for number, _ in sorted(total.items(), key=lambda x: (-x[1], x[0]))[:most]]
    at = {number: n for n, number in enumerate(chosen)}
    known = names(store, chosen)
    sums = _Sums(at)
    sums.add(stated, 1.0)
    sums.add(told, EVENT)
    ties = sums.ties()
    days = [week.start for tie in ties for week in tie.weeks if week.start]
    actors = tuple(known[number] for number in chosen)
    return Network(actors, ties, len(total) - len(chosen), min(days, default=None), max(days, default=None))


class _Sums:
    """What stands between each two actors by week; `at` is where an actor stands."""

    def __init__(self, at: Mapping[int, int]) -> None:
        self._at = at
        self._weeks: dict[tuple[int, int], dict[str, list[float]]] = defaultdict(dict)
        self._kinds: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)

    def add(self, found: Iterable[Pair], weight: float) -> None:
        """Count pairs, each with so much weight; those of actors that are left out are passed over."""
        at, week_of = self._at, cache(_week)
        for a, b, kind, sign, day in found:
            if a not in at or b not in at:
                continue
            ends = (at[a], at[b]) if at[a] < at[b] else (at[b], at[a])
            weeks, start = self._weeks[ends], week_of(day)
            if start not in weeks:
                weeks[start] = [0.0, 0.0, 0]
            week = weeks[start]
            week[0] += weight * (EVENT_SIGN[kind] if sign is None else sign)
            week[1] += weight
            week[2] += 1
            self._kinds[ends][kind] += 1

    def ties(self) -> tuple[Tie, ...]:
        """The ties, by where their actors stand."""
        return tuple(
            Tie(
                *ends,
                tuple(Week(start, round(s, 3), round(t, 3), int(n)) for start, (s, t, n) in sorted(weeks.items())),
                tuple(kind for kind, _ in self._kinds[ends].most_common(4)),
            )
            for ends, weeks in sorted(self._weeks.items())
        )


def _week(day: str) -> str:
    if not day:
        return ""
    at = date.fromisoformat(day[:10])
    return (at - timedelta(min(at.weekday(), at.toordinal() - 1))).isoformat()
