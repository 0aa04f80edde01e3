"""Who stands with or against whom: a weighted signed network of actors over a window.

Every tie that a report states counts with its sign, every event between two actors with the sign of its class at half
the weight; a tie that is `age` days old at the end of the window counts exp(-age / DECAY). The weight of an edge is the
sum, its strength is |sum| / (sum of absolute values): 1 where all agree, near 0 where reports contradict each other.
"""

from __future__ import annotations

import calendar
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from situate.store import Listed

Pair = tuple[str, str]  # two actors' keys
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


@dataclass(frozen=True, slots=True)
class Tie:
    """What one entry says between two actors (keys), before it fades. The day is "" where none is known."""

    a: str
    b: str
    weight: float
    day: str
    kind: str
    entry: str  # its key

    @property
    def pair(self) -> Pair:
        """The two, in the order of their keys."""
        return (self.a, self.b) if self.a < self.b else (self.b, self.a)


@dataclass(frozen=True, slots=True)
class Month:
    """What the ties of a month come to at its end: the signed sum, that of absolute values, the keys of the entries."""

    weight: float
    absolute: float
    told: tuple[str, ...]


def network(relations: Iterable[Listed], events: Iterable[Listed], until: str | None = None) -> list[Edge]:
    """The edges, the heaviest first. `until` is the end of the window (default: the last day told of)."""
    names: dict[str, str] = {}
    return edges(list(_ties(relations, events, names)), names, until)


def edges(ties: Sequence[Tie], names: Mapping[str, str], until: str | None = None) -> list[Edge]:
    """The edges that ties make; `names` are those of the actors by their keys."""
    end = until or max((t.day for t in ties), default="")
    by_pair: dict[Pair, list[Tie]] = defaultdict(list)
    for t in ties:
        by_pair[t.pair].append(t)
    found = [_edge(pair, names, some, end) for pair, some in by_pair.items()]
    return sorted(found, key=lambda e: (-abs(e.weight), e.a, e.b))


def weights_over_time(relations: Iterable[Listed], events: Iterable[Listed]) -> list[Weight]:
    """The weight of each tie at the end of every month in which something is told of it, by actors and month."""
    names: dict[str, str] = {}
    months = months_of(_ties(relations, events, names))
    return weights(months, names)


def months_of(ties: Iterable[Tie]) -> dict[Pair, dict[str, Month]]:
    """What ties come to month by month (ISO days of their ends); those without a day are left out."""
    told: dict[Pair, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for t in ties:
        if t.day:
            told[t.pair][month_end(t.day)].append(t)
    return {pair: {end: _month(end, some) for end, some in by_end.items()} for pair, by_end in told.items()}


def _month(end: str, ties: Sequence[Tie]) -> Month:
    faded = [t.weight * fade(t.day, end) for t in ties]
    return Month(math.fsum(faded), math.fsum(map(abs, faded)), tuple(sorted({t.entry for t in ties})))


def weights(months: Mapping[Pair, Mapping[str, Month]], names: Mapping[str, str]) -> list[Weight]:
    """The weights at the ends of months, by actors and month.

    A month's weight is made from the month before, faded, and what is new: the same as `network` gives for its end.
    """
    found = []
    for pair in sorted(months):
        total = absolute = 0.0
        before = ""
        for end, month in sorted(months[pair].items()):
            faded = fade(before, end) if before else 0.0
            total, absolute = total * faded + month.weight, absolute * faded + month.absolute
            strength = abs(total) / absolute if absolute else 0.0
            found.append(Weight(names[pair[0]], names[pair[1]], end, total, strength, month.told))
            before = end
    return found


def _ties(relations: Iterable[Listed], events: Iterable[Listed], names: dict[str, str]) -> Iterator[Tie]:
    """The ties of entries; the names of their actors come into `names`."""
    for entry, weight, left, right in (
        *((r, r.own.get("sign"), "from", "to") for r in relations),
        *((e, _of_event(e), "actor", "recipient") for e in events if _happened(e)),
    ):
        if weight is None or entry.review == "rejected":
            continue
        for a in (p for p in entry.actors if p.role == left):
            for b in (p for p in entry.actors if p.role == right):
                if a.key != b.key:
                    names.setdefault(a.key, a.name)
                    names.setdefault(b.key, b.name)
                    yield Tie(a.key, b.key, float(weight), _day(entry), str(entry.type), entry.key)


def _of_event(event: Listed) -> float | None:
    sign = EVENT_SIGN.get(str(event.type))
    return None if sign is None else sign * EVENT


def month_end(day: str) -> str:
    """The last day of the month in which a day is, or of a month (ISO)."""
    year, month = int(day[:4]), int(day[5:7])
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def _happened(event: Listed) -> bool:
    return event.status in ("actual", "ongoing")


def _day(entry: Listed) -> str:
    return (entry.latest or entry.earliest or entry.report.published or "")[:10]


def fade(day: str, end: str) -> float:
    """What a tie told of on a day still counts at the end of a window (ISO days); a half where a day isn't known."""
    if not day or not end:
        return 0.5
    age = (date.fromisoformat(end[:10]) - date.fromisoformat(day[:10])).days
    return math.exp(-max(0, age) / DECAY)


def _edge(pair: Pair, names: Mapping[str, str], ties: Sequence[Tie], end: str) -> Edge:
    faded = [t.weight * fade(t.day, end) for t in ties]
    total, absolute = math.fsum(faded), math.fsum(map(abs, faded))
    strength = abs(total) / absolute if absolute else 0.0
    kinds, keys = (tuple(sorted({getattr(t, name) for t in ties})) for name in ("kind", "entry"))
    last = max((t.day for t in ties), default="") or None
    return Edge(*pair, names[pair[0]], names[pair[1]], total, strength, kinds, keys, last)
