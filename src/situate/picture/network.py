"""Who stands with or against whom: a weighted signed network of actors over a window.

Every tie that a report states counts with its sign, every event between two actors with the sign of its class at half
the weight; a tie that is `age` days old at the end of the window counts exp(-age / DECAY). The weight of an edge is the
sum, its strength is |sum| / (sum of absolute values): 1 where all agree, near 0 where reports contradict each other.
"""

from __future__ import annotations

import calendar
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from situate.store import Listed
from situate.store.listed import Party

DECAY = 90.0  # days until a tie counts 1/e
EVENT = 0.5
EVENT_SIGN: Mapping[str, int] = {
    **dict.fromkeys(("AGREE", "SUPPORT", "COOPERATE", "AID"), 1),
    **dict.fromkeys(("ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "ASSAULT"), -1),
}


@dataclass(frozen=True, slots=True)
class Edge:
    """Two actors, how they stand: `weight` is signed, `strength` from 0 (contradicted) to 1."""

    a: str
    b: str
    a_name: str
    b_name: str
    weight: float
    strength: float
    kinds: tuple[str, ...]
    entries: tuple[str, ...]
    last: str | None


@dataclass(frozen=True, slots=True)
class Weight:
    """How two actors stand at the end of a month (ISO day), by what is told of until then; `told` is of that month."""

    a_name: str
    b_name: str
    until: str
    weight: float
    strength: float
    told: tuple[str, ...]


def network(relations: Iterable[Listed], events: Iterable[Listed], until: str | None = None) -> list[Edge]:
    """The edges, the heaviest first. `until` is the end of the window (default: the last day told of)."""
    ties = list(_ties(relations, events))
    end = until or max((_day(t.entry) for t in ties), default="")
    sums: dict[tuple[str, str], list[tuple[float, Listed]]] = defaultdict(list)
    names: dict[str, str] = {}
    for t in ties:
        names.setdefault(t.a.key, t.a.name)
        names.setdefault(t.b.key, t.b.name)
        sums[t.pair].append((t.weight * fade(_day(t.entry), end), t.entry))
    edges = [_edge(a, b, names, parts) for (a, b), parts in sums.items()]
    return sorted(edges, key=lambda e: (-abs(e.weight), e.a, e.b))


def weights_over_time(relations: Iterable[Listed], events: Iterable[Listed]) -> list[Weight]:
    """The weight of each tie at the end of every month in which something is told of it, by actors and month.

    A month's weight is made from the month before, faded, and what is new: the same as `network` gives for its end.
    """
    months: dict[tuple[str, str], dict[str, list[_Tie]]] = defaultdict(lambda: defaultdict(list))
    for t in _ties(relations, events):
        if day := _day(t.entry):
            months[t.pair][_month_end(day)].append(t)
    found = []
    for pair in sorted(months):
        total = absolute = 0.0
        before = ""
        for end in sorted(months[pair]):
            told = months[pair][end]
            faded = fade(before, end) if before else 0.0
            new = [t.weight * fade(_day(t.entry), end) for t in told]
            total, absolute = total * faded + sum(new), absolute * faded + sum(map(abs, new))
            names = {t.a.key: t.a.name for t in told} | {t.b.key: t.b.name for t in told}
            keys = tuple(sorted({t.entry.key for t in told}))
            strength = abs(total) / absolute if absolute else 0.0
            found.append(Weight(names[pair[0]], names[pair[1]], end, total, strength, keys))
            before = end
    return found


@dataclass(frozen=True, slots=True)
class _Tie:
    """What one entry says between two actors, before it fades."""

    a: Party
    b: Party
    weight: float
    entry: Listed

    @property
    def pair(self) -> tuple[str, str]:
        first, second = sorted((self.a.key, self.b.key))
        return first, second


def _ties(relations: Iterable[Listed], events: Iterable[Listed]) -> Iterator[_Tie]:
    for entry, weight, left, right in (
        *((r, r.own.get("sign"), "from", "to") for r in relations),
        *((e, _of_event(e), "actor", "recipient") for e in events if _happened(e)),
    ):
        if weight is None or entry.review == "rejected":
            continue
        for a in (p for p in entry.actors if p.role == left):
            for b in (p for p in entry.actors if p.role == right):
                if a.key != b.key:
                    yield _Tie(a, b, float(weight), entry)


def _of_event(event: Listed) -> float | None:
    sign = EVENT_SIGN.get(str(event.type))
    return None if sign is None else sign * EVENT


def _month_end(day: str) -> str:
    year, month = int(day[:4]), int(day[5:7])
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def _happened(event: Listed) -> bool:
    return event.status in ("actual", "ongoing")


def _day(entry: Listed) -> str:
    return entry.latest or entry.earliest or entry.report.published or ""


def fade(day: str, end: str) -> float:
    """What a tie told of on a day still counts at the end of a window (ISO days); a half where a day isn't known."""
    if not day or not end:
        return 0.5
    age = (date.fromisoformat(end[:10]) - date.fromisoformat(day[:10])).days
    return math.exp(-max(0, age) / DECAY)


def _edge(a: str, b: str, names: dict[str, str], parts: list[tuple[float, Listed]]) -> Edge:
    total, absolute = sum(w for w, _ in parts), sum(abs(w) for w, _ in parts)
    kinds = tuple(sorted({str(e.type) for _, e in parts}))
    days = [d for _, e in parts if (d := _day(e))]
    strength = abs(total) / absolute if absolute else 0.0
    keys = tuple(sorted({e.key for _, e in parts}))
    return Edge(a, b, names[a], names[b], total, strength, kinds, keys, max(days, default=None))
