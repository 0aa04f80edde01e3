"""Who stands with or against whom: a weighted signed network of actors over a window.

Every tie that a report states counts with its sign, every event between two actors with the sign of its class at half
the weight; a tie that is `age` days old at the end of the window counts exp(-age / DECAY). The weight of an edge is the
sum, its strength is |sum| / (sum of absolute values): 1 where all agree, near 0 where reports contradict each other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from situate.store import Listed

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


def network(relations: Iterable[Listed], events: Iterable[Listed], until: str | None = None) -> list[Edge]:
    """The edges, the heaviest first. `until` is the end of the window (default: the last day told of)."""
    ties = [(r, r.own.get("sign"), 1.0, ("from", "to")) for r in relations]
    ties += [(e, EVENT_SIGN.get(str(e.type)), EVENT, ("actor", "recipient")) for e in events if _happened(e)]
    told = [(e, sign, weight, roles) for e, sign, weight, roles in ties if sign is not None and e.review != "rejected"]
    end = until or max((_day(e) for e, *_ in told), default="")
    sums: dict[tuple[str, str], list[tuple[float, Listed]]] = defaultdict(list)
    names: dict[str, str] = {}
    for entry, sign, weight, (left, right) in told:
        for a in (p for p in entry.actors if p.role == left):
            for b in (p for p in entry.actors if p.role == right):
                if a.key != b.key:
                    names.setdefault(a.key, a.name)
                    names.setdefault(b.key, b.name)
                    first, second = sorted((a.key, b.key))
                    sums[first, second].append((int(sign) * weight * _fade(_day(entry), end), entry))
    edges = [_edge(a, b, names, parts) for (a, b), parts in sums.items()]
    return sorted(edges, key=lambda e: (-abs(e.weight), e.a, e.b))


def _happened(event: Listed) -> bool:
    return event.status in ("actual", "ongoing")


def _day(entry: Listed) -> str:
    return entry.latest or entry.earliest or entry.report.published or ""


def _fade(day: str, end: str) -> float:
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
