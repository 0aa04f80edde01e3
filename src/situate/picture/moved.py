"""Who moved, each movement once however many reports tell it, and the running totals of people by kind and country.

Entries are one movement where they say the same in the same words (a text and its copies, or one sentence that names
two ways), or where they share where people left or went, on near days, and their figures don't contradict each other.
A figure without a place that people left or went to ("two million have been driven from their homes") is somebody's own
total: it is never added to the sum. What is derived here is made from the set of entries alone, so it can be made again
at any time with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
ONE_SORT = {"evacuation": "displacement"}  # kinds that reports take for each other


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement. People as a range, None where no report counts them; days as first and last told."""

    kind: str
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
class Total:
    """What a kind of movement comes to in a country (ISO 3166) with one movement more: people as a range."""

    kind: str
    country: str | None
    day: str
    low: float
    high: float
    movement: Moved


def moved(entries: Iterable[Listed]) -> list[Moved]:
    """The movements that took place or go on, by day."""
    told = sorted((e for e in entries if e.status in DONE and e.review != "rejected"), key=lambda e: e.key)
    group = list(range(len(told)))
    for i, j in combinations(range(len(told)), 2):
        if group[i] != group[j] and _same(told[i], told[j]):
            keep, drop = sorted((group[i], group[j]))
            group = [keep if g == drop else g for g in group]
    found = [_moved([e for e, g in zip(told, group, strict=True) if g == n]) for n in sorted(set(group))]
    return sorted(found, key=lambda m: (m.first, m.entries[0].key))


def running_totals(movements: Iterable[Moved]) -> list[Total]:
    """The totals of people, a line for each movement that has a figure and a way, in the order of their days."""
    sums: dict[tuple[str, str | None], tuple[float, float]] = {}
    totals = []
    for m in sorted(movements, key=lambda m: (m.first, m.entries[0].key)):
        if m.low is not None and m.high is not None and m.way:
            low, high = sums.get((m.kind, m.country), (0.0, 0.0))
            sums[m.kind, m.country] = low + m.low, high + m.high
            totals.append(Total(m.kind, m.country, m.first, *sums[m.kind, m.country], m))
    return totals


def _same(a: Listed, b: Listed) -> bool:
    if ONE_SORT.get(str(a.type), a.type) != ONE_SORT.get(str(b.type), b.type):
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
