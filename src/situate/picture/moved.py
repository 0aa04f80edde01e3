"""Who moved, each movement once however many reports tell it: the movements, their flows from place to place, and the
totals of people, by kind, and running by kind and country.

What is one movement says `movement_rule`.
A figure without a place that people left or went to ("two million have been driven from their homes") is somebody's own
total: it is never added to the sum. What is derived here is made from the set of entries alone, so it can be made again
at any time with the same result. What is only planned or claimed is never one with what is done.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from situate.knowledge.merging import merging_words
from situate.store.fold import fold
from situate.store.listed import Figure, Listed, Site

DONE = ("actual", "ongoing")
LONGEST_CLAUSE = 12  # words after a figure that may tell what it counts


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
    """The movements that took place or go on, by day, of any entries, put together at once."""
    return movements(e for e in entries if e.status in DONE)


def movements(entries: Iterable[Listed]) -> list[Moved]:
    """All movements by day, those too that are only planned or claimed."""
    from situate.picture.grouping import grouped
    from situate.picture.movement_rule import RULE

    return in_order(movement(made.entries) for made in grouped(RULE, entries))


def in_order(found: Iterable[Moved]) -> list[Moved]:
    """The movements by day."""
    return sorted(found, key=lambda m: (m.first, m.entries[0].key))


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


def people(e: Listed) -> tuple[float, float] | None:
    """How many people an entry counts, as a range."""
    bounds = [x for f in counting(e) for x in (f.low, f.value, f.high) if x is not None]
    return (min(bounds), max(bounds)) if bounds else None


def counting(e: Listed) -> list[Figure]:
    """The figures of an entry that count people who moved; who live or remain somewhere are not those."""
    return [f for f in e.figures if _counts_people(f) and not _standing(f, e.evidence.text)]


def _counts_people(figure: Figure) -> bool:
    words = fold(f"{figure.of or ''} {figure.unit or ''} {figure.words}").split()
    return not any(w in merging_words().not_people for w in words)


def _standing(figure: Figure, sentence: str) -> bool:
    """Whether the words after a figure tell of those who are somewhere: "3 million people live in …"."""
    _, _, after = sentence.partition(figure.words)
    clause = re.split(r"[,;:.–—]", after, maxsplit=1)[0]
    return not merging_words().standing.isdisjoint(fold(clause).split()[:LONGEST_CLAUSE])


def movement(told: Iterable[Listed]) -> Moved:
    """The movement that entries tell of."""
    group = sorted(told, key=lambda e: e.key)
    ordered = sorted(group, key=lambda e: (e.earliest or e.report.published or "9", e.key))
    ranges = [r for e in group if (r := people(e))]
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
