"""The signed network over time, for a slider: the ties between two actors by week, ready to be faded to any day.

The same sums as in `picture.network`: the weight of an edge on a day is the sum over its weeks up to that day of
weight * exp(-age / DECAY), age in days.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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
    found = [p for layer in ("relations", "events") for p in pairs(store, layer, filters) if _signed(p) is not None]
    total: Counter[int] = Counter()
    for pair in found:
        total[pair.a] += pair.count
        total[pair.b] += pair.count
    chosen = [number for number, _ in sorted(total.items(), key=lambda x: (-x[1], x[0]))[:most]]
    at = {number: n for n, number in enumerate(chosen)}
    known = names(store, chosen)
    ties = _ties((p for p in found if p.a in at and p.b in at), at)
    days = [week.start for tie in ties for week in tie.weeks if week.start]
    actors = tuple(known[number] for number in chosen)
    return Network(actors, ties, len(total) - len(chosen), min(days, default=None), max(days, default=None))


def _signed(pair: Pair) -> int | None:
    return pair.sign if pair.layer == "relations" else EVENT_SIGN.get(pair.type)


def _ties(found: Iterable[Pair], at: dict[int, int]) -> tuple[Tie, ...]:
    sums: dict[tuple[int, int], dict[str, list[float]]] = defaultdict(dict)
    kinds: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for pair in found:
        a, b = sorted((at[pair.a], at[pair.b]))
        weight = pair.count * (1.0 if pair.layer == "relations" else EVENT)
        week = sums[a, b].setdefault(_week(pair.day), [0.0, 0.0, 0])
        week[0] += weight * (_signed(pair) or 0)
        week[1] += weight
        week[2] += pair.count
        kinds[a, b][pair.type] += pair.count
    return tuple(
        Tie(
            a,
            b,
            tuple(Week(start, round(s, 3), round(t, 3), int(n)) for start, (s, t, n) in sorted(weeks.items())),
            tuple(kind for kind, _ in kinds[a, b].most_common(4)),
        )
        for (a, b), weeks in sorted(sums.items())
    )


def _week(day: str) -> str:
    if not day:
        return ""
    at = date.fromisoformat(day[:10])
    return (at - timedelta(min(at.weekday(), at.toordinal() - 1))).isoformat()
