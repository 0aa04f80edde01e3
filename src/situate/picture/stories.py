"""Reports grouped into stories by what they are about: the same actors, places and events within days of each other.

Reports are compared by the actors and places they name, each weighed by how rare it is in the store (tf-idf, cosine),
and by how many days lie between them. Communities of the graph of likenesses (Louvain, seeded) are the stories.

The result is made from the set of reports: the order in which they came makes no difference at all. As a store grows,
what is rare in it changes, and with it the stories a little: of the pairs of reports that are together before or after
one report more, on average at most `TOLERANCE` come together or part (a test holds it).
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

ALIKE = 0.07  # the least likeness of two reports of one story
FADES = 7.0  # days after which the likeness of the same words is down to 1/e
REACH = int(FADES * math.log(1 / ALIKE))  # days beyond which nothing is alike
UNDATED = 0.5
TOO_COMMON = 0.5  # what more than this share of many reports names tells nothing about any of them
MANY = 20
TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Told:
    """What a report names: keys of actors and places with their names, and how often."""

    report: str
    title: str | None
    publisher: str | None
    published: str | None
    names: tuple[tuple[str, str, int], ...]  # key, name, mentions


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one story by date, what it is about (the most telling names), from when to when."""

    id: str
    about: tuple[str, ...]
    reports: tuple[Told, ...]
    first: str | None
    last: str | None


def stories(reports: Iterable[Told]) -> list[Story]:
    """The stories, the largest first; a report like no other is a story of its own."""
    import networkx

    ordered = sorted(reports, key=lambda r: (r.published or "9", r.report))
    vectors = _vectors(ordered)
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(len(ordered)))
    graph.add_weighted_edges_from(_edges(ordered, vectors))
    groups = networkx.community.louvain_communities(graph, seed=1)
    made = [_story([ordered[i] for i in sorted(group)], [vectors[i] for i in sorted(group)]) for group in groups]
    return sorted(made, key=lambda s: (-len(s.reports), s.first or "9", s.id))


def _vectors(told: list[Told]) -> list[dict[str, float]]:
    seen = Counter(key for r in told for key, _, _ in r.names)
    most = TOO_COMMON * len(told) if len(told) >= MANY else len(told)
    out = []
    for r in told:
        raw = {k: (1 + math.log(n)) * math.log(1 + len(told) / seen[k]) for k, _, n in r.names if seen[k] <= most}
        length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        out.append({k: v / length for k, v in raw.items()})
    return out


def _edges(told: list[Told], vectors: list[dict[str, float]]) -> Iterator[tuple[int, int, float]]:
    """Pairs of reports that are alike, and how much; `told` comes by day, the undated last."""
    days = [_day(r) for r in told]
    having: dict[str, list[int]] = defaultdict(list)  # the reports so far that have a name
    begins: dict[str, int] = defaultdict(int)  # where in that list those begin that aren't too far back
    for j, (vector, day) in enumerate(zip(vectors, days, strict=True)):
        likes: dict[int, float] = defaultdict(float)
        for key, weight in vector.items():
            before, begin = having[key], begins[key]
            while day is not None and begin < len(before) and _far(days[before[begin]], day):
                begin += 1
            begins[key] = begin
            for i in before if day is None else before[begin:]:
                likes[i] += weight * vectors[i][key]
            before.append(j)
        for i in sorted(likes):
            like = likes[i] * _near(days[i], day)
            if like >= ALIKE:
                yield i, j, like


def _far(one: int | None, other: int) -> bool:
    return one is not None and other - one > REACH


def _day(r: Told) -> int | None:
    return date.fromisoformat(r.published[:10]).toordinal() if r.published else None


def _near(one: int | None, other: int | None) -> float:
    return UNDATED if one is None or other is None else math.exp(-abs(one - other) / FADES)


def _story(group: list[Told], vectors: list[dict[str, float]]) -> Story:
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    names: dict[str, str] = {}
    for r in group:
        for key, name, _ in r.names:
            names.setdefault(key, name)
    about = [names[k] for k, _ in sorted(total.items(), key=lambda x: (-x[1], x[0]))[:4]]
    dates = [r.published for r in group if r.published]
    identity = hashlib.sha256(min(r.report for r in group).encode()).hexdigest()[:12]
    return Story(identity, tuple(about), tuple(group), min(dates, default=None), max(dates, default=None))
