"""Who moved, each movement once however many reports tell it: the movements, their flows from place to place, and the
totals of people, by kind, and running by kind and country.

Entries are one movement where they say the same in the same words (a text and its copies, or one sentence that names
two ways), or where they share where people left or went, on near days, and their figures don't contradict each other.
A figure without a place that people left or went to ("two million have been driven from their homes") is somebody's own
total: it is never added to the sum. What is derived here is made from the set of entries alone, so it can be made again
at any time with the same result. What is only planned or claimed is never one with what is done.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from situate.knowledge.merging import merging_words
from situate.picture.telling import in_common, telling
from situate.store import Listed
from situate.store.fold import fold
from situate.store.listed import Figure, Site

DONE = ("actual", "ongoing")
SAME_DAYS = 3
SAME_WORDS = 0.9  # of `in_common`: an edited copy of the sentence
NEAR = 1.25  # figures of one movement: the higher is at most so many times the lower
RAREST = 6  # words of a sentence that its copies are looked for by
MOST = 500  # entries with such a word; in more, it tells nothing
ONE_SORT = {"evacuation": "displacement"}  # kinds that reports take for each other


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement. People as a range, None where no report counts them; days as first and last told, "" if none is.

    `done` says that it took place or goes on, and isn't only planned or claimed.
    """

    kind: str
    done: bool
    who: str
    origins: tuple[Site, ...]
    destinations: tuple[Site, ...]
    first: str
    last: str
    low: float | None
    high: float | None
    entries: tuple[Listed, ...]

    @property
    def way(self) -> tuple[Site, ...]:
        """Where people left and went, as far as reports say."""
        return (*self.origins, *self.destinations)

    @property
    def country(self) -> str | None:
        """The country of the way, by its beginning."""
        return next((site.country for site in self.way if site.country), None)


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """What a kind of movement comes to in a country (ISO 3166) with one movement more: people as a range."""

    kind: str
    country: str | None
    day: str
    low: float
    high: float
    movement: Moved


@dataclass(frozen=True, slots=True)
class Total:
    """The people of all movements of a kind that have a way; `uncounted` ones have no figure."""

    kind: str
    done: bool
    low: float
    high: float
    movements: int
    uncounted: int


@dataclass(frozen=True, slots=True)
class Flow:
    """All movements of a kind on one way. A movement from several places is in several flows."""

    kind: str
    origin: Site | None
    destination: Site | None
    done: bool
    movements: tuple[Moved, ...]

    @property
    def people(self) -> tuple[float, float] | None:
        """The range of the total; None where no movement has a figure."""
        told = [(m.low, m.high) for m in self.movements if m.low is not None and m.high is not None]
        return (sum(low for low, _ in told), sum(high for _, high in told)) if told else None

    @property
    def uncounted(self) -> int:
        """How many of the movements have no figure, and so stand in no total."""
        return sum(m.low is None for m in self.movements)


def moved(entries: Iterable[Listed]) -> list[Moved]:
    """The movements that took place or go on, by day."""
    return movements(e for e in entries if e.status in DONE)


def movements(entries: Iterable[Listed]) -> list[Moved]:
    """All movements by day, those too that are only planned or claimed."""
    told = sorted((e for e in entries if e.review != "rejected"), key=lambda e: e.key)
    group = list(range(len(told)))  # for each entry an earlier one of its movement, or itself

    def first(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, j in _candidates(told):
        one, other = sorted((first(i), first(j)))
        if one != other and _same(told[i], told[j]):
            group[other] = one
    by_first: dict[int, list[Listed]] = defaultdict(list)
    for i, e in enumerate(told):
        by_first[first(i)].append(e)
    return sorted(map(_moved, by_first.values()), key=lambda m: (m.first, m.entries[0].key))


def _candidates(told: Sequence[Listed]) -> set[tuple[int, int]]:
    """The pairs that may be one movement: on a way at near days, or with one of each one's rarest words in common."""
    ways: dict[tuple[str, str], list[tuple[date, date, int]]] = defaultdict(list)
    for i, e in enumerate(told):
        if days := _days(e):
            for way in _ways(e):
                ways[way].append((*days, i))
    worded: dict[str, list[int]] = defaultdict(list)
    words = [telling(e.evidence.text).words for e in told]
    often = Counter(word for some in words for word in some)
    for i, some in enumerate(words):
        for word in sorted(some, key=lambda w: (often[w], w))[:RAREST]:
            worded[word].append(i)
    pairs = {pair for some in worded.values() if len(some) <= MOST for pair in combinations(some, 2)}
    for days_of in ways.values():
        pairs.update(_near_pairs(sorted(days_of)))
    return pairs


def _near_pairs(days_of: Sequence[tuple[date, date, int]]) -> Iterator[tuple[int, int]]:
    """Pairs that lie few days apart, from intervals in the order of their beginning."""
    for n, (_, last, i) in enumerate(days_of):
        for begin, _, j in days_of[n + 1 :]:
            if (begin - last).days > SAME_DAYS:
                break
            yield min(i, j), max(i, j)


def flows(found: Iterable[Moved]) -> list[Flow]:
    """The flows of movements that have a way, those told most often first."""
    ways: dict[tuple[str, str, str, bool], list[Moved]] = defaultdict(list)
    sites: dict[str, Site] = {}
    for m in found:
        sites |= {s.key: s for e in m.entries for s in e.places}
        for origin, destination in sorted({way for e in m.entries for way in _from_to(e)}):
            ways[m.kind, origin, destination, m.done].append(m)
    made = [
        Flow(kind, sites.get(origin), sites.get(destination), done, tuple(some))
        for (kind, origin, destination, done), some in sorted(ways.items())
    ]
    return sorted(made, key=lambda f: -sum(len(m.entries) for m in f.movements))


def _from_to(e: Listed) -> Iterator[tuple[str, str]]:
    """The ways of an entry, by keys, "" where an end isn't told. Who moves within a place has left somewhere in it."""
    origins = [s.key for s in e.places if s.role == "origin"] or [""]
    destinations = [s.key for s in e.places if s.role == "destination"] or [""]
    for origin in origins:
        for destination in destinations:
            if origin or destination:
                yield origin, "" if destination == origin else destination


def totals(found: Iterable[Moved]) -> list[Total]:
    """The people by kind, done apart from what is only said."""
    by_kind: dict[tuple[str, bool], list[Moved]] = defaultdict(list)
    for m in found:
        if m.way:
            by_kind[m.kind, m.done].append(m)
    made = [
        Total(
            kind,
            done,
            sum(m.low or 0 for m in some),
            sum(m.high or 0 for m in some),
            len(some),
            sum(m.low is None for m in some),
        )
        for (kind, done), some in by_kind.items()
    ]
    return sorted(made, key=lambda t: (not t.done, -t.high, -t.movements, t.kind))


def running_totals(found: Iterable[Moved]) -> list[RunningTotal]:
    """The totals of people, a line for each movement that has a figure and a way, in the order of their days."""
    sums: dict[tuple[str, str | None], tuple[float, float]] = {}
    running = []
    for m in sorted(found, key=lambda m: (m.first, m.entries[0].key)):
        if m.low is not None and m.high is not None and m.way:
            low, high = sums.get((m.kind, m.country), (0.0, 0.0))
            sums[m.kind, m.country] = low + m.low, high + m.high
            running.append(RunningTotal(m.kind, m.country, m.first, *sums[m.kind, m.country], m))
    return running


def _same(a: Listed, b: Listed) -> bool:
    if ONE_SORT.get(str(a.type), a.type) != ONE_SORT.get(str(b.type), b.type):
        return False
    if (a.status in DONE) != (b.status in DONE):
        return False
    mine, yours = _people(a), _people(b)
    if mine and yours and max(mine[0], yours[0]) > NEAR * min(mine[1], yours[1]):
        return False
    words = in_common(telling(a.evidence.text), telling(b.evidence.text))
    if words >= SAME_WORDS and (mine == yours or a.report.key != b.report.key):
        return True
    return bool(_ways(a) & _ways(b)) and _near(a, b)


def _ways(e: Listed) -> set[tuple[str, str]]:
    return {(s.role, s.key) for s in e.places if s.kind != "country"}


def _near(a: Listed, b: Listed) -> bool:
    one, other = _days(a), _days(b)
    if one is None or other is None:
        return False
    return max((one[0] - other[1]).days, (other[0] - one[1]).days) <= SAME_DAYS


def _days(e: Listed) -> tuple[date, date] | None:
    first, last = e.earliest or e.latest or e.report.published, e.latest or e.earliest or e.report.published
    return (date.fromisoformat(first[:10]), date.fromisoformat(last[:10])) if first and last else None


def _people(e: Listed) -> tuple[float, float] | None:
    """How many people an entry counts, as a range."""
    bounds = [x for f in e.figures if _counts_people(f) for x in (f.low, f.value, f.high) if x is not None]
    return (min(bounds), max(bounds)) if bounds else None


def _counts_people(figure: Figure) -> bool:
    words = fold(f"{figure.of or ''} {figure.unit or ''} {figure.words}").split()
    return not any(w in merging_words().not_people for w in words)


def _moved(group: Sequence[Listed]) -> Moved:
    ordered = sorted(group, key=lambda e: (e.earliest or e.report.published or "9", e.key))
    ranges = [r for e in group if (r := _people(e))]
    lead = ordered[0]
    days = [d[:10] for e in group for d in (e.latest or e.earliest or e.report.published,) if d]
    origins = _sites(ordered, "origin")
    left = {s.key for s in origins}
    return Moved(
        str(lead.type),
        lead.status in DONE,
        str(lead.own.get("who") or ", ".join(lead.actors_as("mover")) or "people"),
        origins,
        tuple(s for s in _sites(ordered, "destination") if s.key not in left),
        min(days, default=""),
        max(days, default=""),
        min((low for low, _ in ranges), default=None),
        max((high for _, high in ranges), default=None),
        tuple(ordered),
    )


def _sites(entries: Iterable[Listed], role: str) -> tuple[Site, ...]:
    return tuple({s.key: s for e in entries for s in e.places if s.role == role}.values())
