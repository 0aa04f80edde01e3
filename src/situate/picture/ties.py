"""The signed network over time, for a slider: the ties between two actors by week, ready to be faded to any day.

The same sums as in `picture.network`: the weight of an edge on a day is the sum over its weeks up to that day of
weight * exp(-age / DECAY), age in days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from situate.picture.network import EVENT, EVENT_SIGN
from situate.store import Filters, Store
from situate.store.arrays import Floats, Ints
from situate.store.pairs import Name, Pairs, names, pairs

MOST_ACTORS = 500
KINDS = 4  # of ties and events that are told between two
_DAYS = 1 << 22  # more than there are days in the calendar
Numbers: TypeAlias = npt.NDArray[np.int64]


class Week(NamedTuple):  # there are tens of thousands
    """What stands between two actors in the week from `start`: the signed sum, and the sum of absolute values."""

    start: str
    sum: float
    absolute: float


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
    found = _between(pairs(store, "relations", filters), pairs(store, "events", filters))
    total = np.bincount(np.concatenate([found.one, found.other]), minlength=1)
    ordered = np.lexsort((np.arange(len(total)), -total))
    chosen = ordered[: min(most, int(np.count_nonzero(total)))]
    known = names(store, chosen.tolist())
    ties = _ties(found, chosen)
    days = [week.start for tie in ties for week in tie.weeks if week.start]
    actors = tuple(known[number] for number in chosen.tolist())
    left_out = int(np.count_nonzero(total)) - len(chosen)
    return Network(actors, ties, left_out, min(days, default=None), max(days, default=None))


@dataclass(frozen=True, slots=True)
class _Between:
    """What stands between two actors, a row for each entry: the actors' numbers, type, signed weight, weight, day."""

    one: Ints
    other: Ints
    type: Ints
    signed: Floats
    weight: Floats
    day: Ints
    types: list[str | None]


def _between(stated: Pairs, told: Pairs) -> _Between:
    """Ties that are stated count whole, events of those types that have a sign by `EVENT`."""
    signs = np.array([EVENT_SIGN.get(str(word), 0) for word in told.types], dtype=np.float64)
    signed = signs[told.type] != 0 if len(signs) else np.zeros(0, dtype=np.bool_)
    event = signs[told.type[signed]] * EVENT
    both = {
        name: np.concatenate([getattr(stated, name), getattr(told, name)[signed]])
        for name in ("one", "other", "type", "day")
    }
    weights = np.concatenate([np.ones(len(stated.one)), np.full(len(event), EVENT)])
    return _Between(**both, signed=np.concatenate([stated.sign, event]), weight=weights, types=told.types)


def _ties(found: _Between, actors: Numbers) -> tuple[Tie, ...]:
    """The ties between these actors, by where these stand."""
    at = np.full(max(int(found.one.max(initial=0)), int(found.other.max(initial=0))) + 1, -1, dtype=np.int64)
    at[actors] = np.arange(len(actors))
    one, other = at[found.one], at[found.other]
    inside = (one >= 0) & (other >= 0)
    one, other = one[inside], other[inside]
    ends = np.minimum(one, other) * len(actors) + np.maximum(one, other)
    day = found.day[inside].astype(np.int64)
    week = np.where(day > 0, np.maximum(day - (day + 6) % 7, 1), 0)
    kinds = _kinds(ends, found.type[inside], found.types)
    keys, which = np.unique(ends * _DAYS + week, return_inverse=True)
    signed = np.bincount(which, weights=found.signed[inside], minlength=len(keys)).round(3)
    weight = np.bincount(which, weights=found.weight[inside], minlength=len(keys)).round(3)
    starts = {start: date.fromordinal(start).isoformat() if start else "" for start in np.unique(week).tolist()}
    weeks: dict[int, list[Week]] = defaultdict(list)
    for key, *sums in zip(*(each.tolist() for each in (keys, signed, weight)), strict=True):
        pair, start = divmod(key, _DAYS)
        weeks[pair].append(Week(starts[start], *sums))
    return tuple(Tie(*divmod(pair, len(actors)), tuple(some), kinds[pair]) for pair, some in weeks.items())


def _kinds(ends: Numbers, types: Ints, words: Sequence[str | None]) -> dict[int, tuple[str, ...]]:
    """The commonest types between each two."""
    keys, counts = np.unique(ends * len(words) + types, return_counts=True)
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for key, count in zip(keys.tolist(), counts.tolist(), strict=True):
        pair, kind = divmod(key, len(words))
        found[pair].append((-count, str(words[kind])))
    return {pair: tuple(kind for _, kind in sorted(some)[:KINDS]) for pair, some in found.items()}
