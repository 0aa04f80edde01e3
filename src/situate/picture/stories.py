"""Reports grouped into stories by what they are about: the same actors and places within days of each other.

Reports are compared by the actors and places that they name, each weighed by how rare it is (tf-idf, cosine), and by
how many days lie between them. A report follows the earlier one that it is most like, if it is like one at all; reports
that follow each other, from one with which something new begins, are a story. So a new report joins a story, or begins
one, and pulls to itself only such later ones as are more like it than what they followed.

The result is made from the set of reports: the order in which they came makes no difference. As a store grows, what is
rare in it changes, and with it the stories a little: of the pairs of reports that are together before or after one
report more, on average at most `TOLERANCE` come together or part, and as many may differ between stories kept up and
stories made anew (tests hold both).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from situate.store.fold import fold

ALIKE = 0.2  # the least likeness of a report and the one that it follows
FADES = 7.0  # days after which the likeness of the same words is down to 1/e
REACH = int(FADES * math.log(1 / ALIKE))  # days beyond which nothing is alike
UNDATED = 0.5
TOO_COMMON = 0.5  # what more than this share of many reports names tells nothing about any of them
MANY = 20
TOLERANCE = 0.02
ABOUT = 4  # names that tell what a story is about
FIRST = 50  # reports of a story by which that is told


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
    """Reports of one story by date, what it is about (the most telling names), from when to when (ISO days).

    `size` is how many reports it has, where only the first of them are listed.
    """

    id: str
    about: tuple[str, ...]
    reports: tuple[Told, ...]
    first: str | None
    last: str | None
    size: int


def stories(reports: Iterable[Told]) -> list[Story]:
    """The stories, the largest first; a report like no other is a story of its own."""
    told = sorted(reports, key=lambda r: (day_of(r.published) or "9", r.report))
    vectors = _vectors(told)
    begins: list[int] = []
    for j, follows in enumerate(_follows(told, vectors)):
        begins.append(j if follows is None else begins[follows])
    groups: dict[int, list[int]] = defaultdict(list)
    for j, begin in enumerate(begins):
        groups[begin].append(j)
    made = [_story([told[j] for j in some], [vectors[j] for j in some]) for some in groups.values()]
    return sorted(made, key=lambda s: (-s.size, s.first or "9", s.id))


def day_of(published: str | None) -> str:
    """The day of a date; "" for none."""
    return (published or "")[:10]


def vector(names: Mapping[str, int], having: Mapping[str, int], reports: int) -> dict[str, float]:
    """What a report's names (with how often it has them) weigh, by how many of so many reports have each.

    The squares of the weights of all come to 1.
    """
    most = TOO_COMMON * reports if reports >= MANY else reports
    raw = {
        name: (1 + math.log(times)) * math.log(1 + reports / having[name])
        for name, times in names.items()
        if having[name] <= most
    }
    length = math.sqrt(sum(weight * weight for weight in raw.values())) or 1.0
    return {name: weight / length for name, weight in raw.items()}


def telling(weights: Mapping[str, float]) -> list[str]:
    """The names, the weightiest first, without which nothing can be alike: the others together weigh too little."""
    ordered = sorted(weights, key=lambda name: (-weights[name], name))
    rest = sum(weights[name] ** 2 for name in ordered)
    found = []
    for name in ordered:
        if rest < ALIKE**2:
            break
        found.append(name)
        rest -= weights[name] ** 2
    return found


def likeness(some: Mapping[str, float], others: Mapping[str, float], day: str, other: str) -> float:
    """How alike two reports are, by the weights of their names and by their days (ISO, "" for none)."""
    shared = sum(weight * others[name] for name, weight in some.items() if name in others)
    return shared * _near(day, other)


def _near(day: str, other: str) -> float:
    if not day or not other:
        return UNDATED
    return math.exp(-abs(date.fromisoformat(day).toordinal() - date.fromisoformat(other).toordinal()) / FADES)


def _vectors(told: Sequence[Told]) -> list[dict[str, float]]:
    having = Counter(key for r in told for key, _, _ in r.names)
    return [vector({key: times for key, _, times in r.names}, having, len(told)) for r in told]


def _follows(told: Sequence[Told], vectors: Sequence[Mapping[str, float]]) -> Iterable[int | None]:
    """For each report the position of the one that it follows; they come by day, the undated last."""
    days = [day_of(r.published) for r in told]
    having: dict[str, list[int]] = defaultdict(list)  # the reports so far that have a name
    begins: dict[str, int] = defaultdict(int)  # where in that list those begin that aren't too far back
    for j, weights in enumerate(vectors):
        near: set[int] = set()
        for name in telling(weights):
            before = having[name]
            while days[j] and begins[name] < len(before) and _far(days[before[begins[name]]], days[j]):
                begins[name] += 1
            near.update(before if not days[j] else before[begins[name] :])
        likes = [(likeness(weights, vectors[i], days[j], days[i]), -i) for i in near]
        best, i = max(likes, default=(0.0, 0))
        yield -i if best >= ALIKE else None
        for name in weights:
            having[name].append(j)


def _far(day: str, later: str) -> bool:
    return bool(day) and date.fromisoformat(later).toordinal() - date.fromisoformat(day).toordinal() > REACH


def _story(reports: Sequence[Told], vectors: Sequence[Mapping[str, float]]) -> Story:
    days = [day for r in reports if (day := day_of(r.published))]
    begin, about = story_id(reports[0].report), about_what(reports, vectors)
    return Story(begin, about, tuple(reports), min(days, default=None), max(days, default=None), len(reports))


def about_what(reports: Iterable[Told], vectors: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    """What reports in the order of their days are about, by what their names weigh: the first of them tell it."""
    total: Counter[str] = Counter()
    for weights in vectors[:FIRST]:
        total.update(weights)
    names: dict[str, str] = {}
    for r in islice(reports, FIRST):
        for key, name, _ in r.names:
            names.setdefault(key, name)
    best: dict[str, str] = {}
    for key, _ in sorted(total.items(), key=lambda x: (-x[1], x[0])):
        best.setdefault(fold(names[key]), names[key])  # a country is named as an actor and as a place
    return tuple(best.values())[:ABOUT]


def story_id(begin: str) -> str:
    """The id of the story that begins with a report, given by its key."""
    return begin[:12]
