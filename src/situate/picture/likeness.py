"""How well two event entries go together as one incident, and why. Never by text alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from situate.knowledge.merging import merging_words
from situate.picture.parties import agreement
from situate.picture.telling import STEM, days_apart, in_common, telling
from situate.store.fold import fold
from situate.store.listed import Listed, Party, Site

MERGE = 0.6  # the least likeness of one incident; like the weights, chosen on the dev part of benchmarks/incidents
WEIGHTS = {"time": 0.25, "place": 0.25, "parties": 0.2, "words": 0.25, "kind": 0.05}
UNKNOWN = 0.4  # what a part comes to where one of the two is silent
RETOLD = 0.65  # what the time comes to there, where both tell of the same deed in words that are nearly the same
MUCH = 0.5  # of `in_common`
LITTLE = 0.2  # of `in_common`
OF_THE_NEWS = 0.5  # what the time comes to where one has only the days before its report
SAME_WORDS = 0.9  # of `in_common`
ONE_SORT = 0.6  # kinds that reports take for each other
OTHER_DEEDS = 0.3  # words in common below which another kind of event is another incident
OTHER = "Other"  # ACLED's own name for what is none of its kinds
TURNED = 0.5  # the same parties on other sides: "clashed with" and "attacked by"
NEAR_KM, FAR_KM = 20.0, 25.0  # settlements of one incident; of two
WIDE = {"country", "admin", "region", "zone", "terrain", "water"}
APART_DAYS = 3  # a report may date an event by the day of the news


@dataclass(frozen=True, slots=True)
class Part:
    """One reason for or against: what was compared, from 0 (apart) to 1 (the same), and in words."""

    what: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """The parts, and what they come to; `score` is 0 where one part rules it out."""

    score: float
    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "; ".join(f"{p.what}: {p.why} ({p.score:.1f})" for p in self.parts)


def likeness(a: Listed, b: Listed) -> Likeness:
    """Compares type, time, place, parties, words and kind; an impossible part makes it 0."""
    if a.type != b.type:
        return Likeness(0.0, (Part("type", 0.0, f"{a.type} and {b.type}"),))
    parts: tuple[Part, ...] = ()
    for compare in (_time, _place, _kind, _words, _parties):  # what is soonest told first
        parts += (compare(a, b),)
        if parts[-1].score < 0:
            return Likeness(0.0, parts)
    return Likeness(sum(WEIGHTS[p.what] * p.score for p in parts), parts)


def days(entry: Listed) -> tuple[date, date] | None:
    """When an entry took place, as a closed interval of days; None where nobody says."""
    start, end = entry.earliest or entry.latest, entry.latest or entry.earliest
    if not start or not end:
        return None
    first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    if entry.dated_by == "report":  # the news is of the days before
        first -= timedelta(APART_DAYS)
    return first, last


def _time(a: Listed, b: Listed) -> Part:
    one, other = days(a), days(b)
    named = days_apart(telling(a.evidence.text), telling(b.evidence.text))
    if named is not None and named > APART_DAYS:
        return Part("time", -1.0, f"{named} days apart by their words")
    if one is None or other is None:
        return _undated(a, b) if named is None else Part("time", 0.8, "near days by their words")
    apart = max((one[0] - other[1]).days, (other[0] - one[1]).days, 0)
    longest = max((one[1] - one[0]).days, (other[1] - other[0]).days)
    if apart > APART_DAYS or (apart and "report" in (a.dated_by, b.dated_by)):
        return Part("time", -1.0, f"{apart} days apart")
    if apart:
        return Part("time", 1 - apart / (APART_DAYS + 1), f"{apart} day{'s' * (apart > 1)} apart")
    if "report" in (a.dated_by, b.dated_by):
        return _of_the_news(a, b)
    if longest <= APART_DAYS:
        return Part("time", 1.0, "the same days")
    if _deed(a) != _deed(b) and in_common(telling(a.evidence.text), telling(b.evidence.text)) < MUCH:
        return Part("time", -1.0, "other deeds of the same period")
    return Part("time", 0.6, "within the same period")


def _deed(e: Listed) -> str:
    """The word that tells an event, to its stem."""
    return fold(str(e.own["trigger"]))[:STEM]


def _of_the_news(a: Listed, b: Listed) -> Part:
    """Of two of the same days, one by its report's date alone: the same days prove little where no words are shared."""
    if in_common(telling(a.evidence.text), telling(b.evidence.text)) < LITTLE:
        return Part("time", -1.0, "dated by the news, and told in other words")
    return Part("time", OF_THE_NEWS, "the days of the news")


def _undated(a: Listed, b: Listed) -> Part:
    if _deed(a) == _deed(b) and in_common(telling(a.evidence.text), telling(b.evidence.text)) >= SAME_WORDS:
        return Part("time", RETOLD, "not dated, but told in the same words")
    return Part("time", -1.0, "not dated, and told in other words")


def _place(a: Listed, b: Listed) -> Part:
    if not a.places or not b.places:
        return Part("place", UNKNOWN, "one names no place")
    if shared := {s.key for s in a.places} & {s.key for s in b.places}:
        names = sorted(s.name for s in a.places if s.key in shared)
        exact = any(s.kind not in WIDE for s in a.places if s.key in shared)
        return Part("place", 1.0 if exact else 0.6, f"both {', '.join(names)}")
    km = min(_km(s, t) for s in a.places for t in b.places)
    narrow = all(any(s.kind not in WIDE for s in x.places) for x in (a, b))
    if km <= NEAR_KM:
        return Part("place", 0.8, f"{km:.0f} km apart" if km >= 1 else "less than 1 km apart")
    if narrow and km > FAR_KM:
        if name := _named_alike(a.places, b.places):
            return Part("place", 0.8, f"both {name}")
        return Part("place", -1.0, f"{km:.0f} km apart" if km < math.inf else "other places")
    if within := _within(a.places, b.places):
        return Part("place", 0.5, within)
    if days(a) is None or days(b) is None:
        return Part("place", -1.0, "other places, and not on days that both tell")
    return Part("place", 0.1, "other places")


def _named_alike(some: Iterable[Site], others: Iterable[Site]) -> str | None:
    """A place without a point whose name has a telling word of one of the other's: "Meridian hotel", "the Meridian"."""
    for s in some:
        for t in others:
            if s.kind == t.kind and None in (s.lat, t.lat) and telling(s.name).names & telling(t.name).names:
                return s.name
    return None


def _within(some: Iterable[Site], others: Iterable[Site]) -> str | None:
    for s in some:
        for t in others:
            wide, narrow = (s, t) if (s.radius_km or 0) >= (t.radius_km or 0) else (t, s)
            if wide.kind in WIDE and _km(s, t) <= (wide.radius_km or 0):
                return f"{narrow.name} lies in {wide.name}"
    return None


def _parties(a: Listed, b: Listed) -> Part:
    if _taken_by_others(a, b):
        return Part("parties", -1.0, "taken by others")
    each = [agreement(_in_role(a, role), _in_role(b, role)) for role in ("actor", "recipient")]
    found = [score for score in each if score is not None]
    if not found:
        return Part("parties", UNKNOWN, "not named in both")
    score = sum(found) / len(found)
    turned = agreement(a.actors, b.actors) or 0.0
    if turned and score < TURNED * turned:
        if "report" in (a.dated_by, b.dated_by):  # who attacked one day is attacked the next
            return Part("parties", -1.0, "the same on other sides, and not on days that both tell")
        return Part("parties", TURNED * turned, "the same on other sides")
    words = "the same" if score >= 0.9 else "some the same" if score else "others"
    return Part("parties", score, words)


def _taken_by_others(a: Listed, b: Listed) -> bool:
    """Whether both tell that a place was taken, and by parties that can't be one: they don't tell the same."""
    takings = merging_words().takings
    takers = agreement(_in_role(a, "actor"), _in_role(b, "actor"))
    return a.own.get("acled") in takings and b.own.get("acled") in takings and takers == 0


def _in_role(entry: Listed, role: str) -> list[Party]:
    return [p for p in entry.actors if p.role == role]


def _words(a: Listed, b: Listed) -> Part:
    score = in_common(telling(a.evidence.text), telling(b.evidence.text))
    return Part("words", score, f"{'much' if score >= MUCH else 'some' if score >= LITTLE else 'little'} in common")


def _kind(a: Listed, b: Listed) -> Part:
    one, other = (x.own.get("acled") or x.own.get("mode") for x in (a, b))
    if not one or not other:
        return Part("kind", UNKNOWN, "not known in both")
    if one == other:
        return Part("kind", 1.0, one)
    sorts = merging_words().sorts
    if OTHER in (one, other):
        return Part("kind", UNKNOWN, f"{one} and {other}")
    if one in sorts and sorts[one] == sorts.get(other):
        if _beside(a, b):
            return Part("kind", -1.0, f"{one} and {other}, at places beside each other")
        return Part("kind", ONE_SORT, f"{one} and {other}, which are one sort")
    words = in_common(telling(a.evidence.text), telling(b.evidence.text))
    alike = _deed(a) == _deed(b) or _dated_alike(a, b)
    return Part("kind", 0.0 if alike and words >= OTHER_DEEDS else -1.0, f"{one} and {other}")


def _beside(a: Listed, b: Listed) -> bool:
    """Whether both name a place, and not the same: what is near may be where another deed of the day was done."""
    places = bool(a.places) and bool(b.places)
    shared = {s.key for s in a.places} & {s.key for s in b.places}
    return places and not shared and not _within(a.places, b.places)


def _dated_alike(a: Listed, b: Listed) -> bool:
    """Whether the words of both tell the same few days."""
    one, other = days(a), days(b)
    if one is None or other is None or "report" in (a.dated_by, b.dated_by):
        return False
    return one[0] <= other[1] and other[0] <= one[1] and max(x[1] - x[0] for x in (one, other)).days <= APART_DAYS


def _km(a: Site, b: Site) -> float:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((p - q) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(a.lon - b.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))
