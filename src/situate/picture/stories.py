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
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from situate.contract import Actor, Place
from situate.store import Kept
from situate.store.keys import merged_key

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


def _edges(told: list[Told], vectors: list[dict[str, float]]) -> list[tuple[int, int, float]]:
    edges = []
    for i, j in sorted(_pairs(told, vectors)):
        like = sum(v * vectors[j].get(k, 0.0) for k, v in vectors[i].items()) * _near(told[i], told[j])
        if like >= ALIKE:
            edges.append((i, j, like))
    return edges


def _pairs(told: list[Told], vectors: list[dict[str, float]]) -> set[tuple[int, int]]:
    """Pairs that share a name and aren't too far apart to be alike; `told` comes by day, the undated last."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for i, vector in enumerate(vectors):
        for key in vector:
            by_name[key].append(i)
    days = [_day(r) for r in told]
    pairs: set[tuple[int, int]] = set()
    for group in by_name.values():
        for n, i in enumerate(group):
            for j in group[n + 1 :]:
                one, other = days[i], days[j]
                if one is not None and other is not None and other - one > REACH:
                    continue
                pairs.add((i, j))
    return pairs


def _day(r: Told) -> int | None:
    return date.fromisoformat(r.published[:10]).toordinal() if r.published else None


def _near(a: Told, b: Told) -> float:
    one, other = _day(a), _day(b)
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


def told(kept: Kept) -> Told:
    """What a kept report names, by the keys that its actors and places have in all reports."""
    picture = kept.picture
    report = picture.report
    names: dict[str, tuple[str, int]] = {}
    entries: tuple[Actor | Place, ...] = (*picture.actors, *picture.places)
    for entry in entries:
        key = merged_key(entry, kept.key)
        if key.startswith("report:"):  # "the rebels" of one report are nobody in another
            continue
        names[key] = (names.get(key, (entry.name, 0))[0], names.get(key, ("", 0))[1] + len(entry.mentions))
    counted = tuple((key, name, n) for key, (name, n) in sorted(names.items()))
    return Told(kept.key, report.title, report.publisher, report.published, counted)
