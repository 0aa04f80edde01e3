"""How well two event entries go together as one incident, and why. Never by text alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from situate.store import Listed
from situate.store.listed import Figure, Site

MERGE = 0.6  # the least likeness of one incident; chosen on the samples' planted pairs
WEIGHTS = {"time": 0.3, "place": 0.35, "parties": 0.25, "kind": 0.1}
NEAR_KM, FAR_KM = 20.0, 60.0  # settlements of one incident; of two
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
    """Compares type, time, place, parties and kind; an impossible part makes it 0."""
    if a.type != b.type:
        return Likeness(0.0, (Part("type", 0.0, f"{a.type} and {b.type}"),))
    parts = (_time(a, b), _place(a, b), _parties(a, b), _kind(a, b))
    ruled_out = any(p.score < 0 for p in parts)
    score = 0.0 if ruled_out else sum(WEIGHTS[p.what] * p.score for p in parts)
    return Likeness(score, parts)


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
    if one is None or other is None:
        return Part("time", 0.3, "not dated")
    apart = max((one[0] - other[1]).days, (other[0] - one[1]).days, 0)
    longest = max((one[1] - one[0]).days, (other[1] - other[0]).days)
    if apart > APART_DAYS:
        return Part("time", -1.0, f"{apart} days apart")
    if apart:
        return Part("time", 1 - apart / (APART_DAYS + 1), f"{apart} days apart")
    return Part(
        "time",
        1.0 if longest <= APART_DAYS else 0.6,
        "the same days" if longest <= APART_DAYS else "within the same period",
    )


def _place(a: Listed, b: Listed) -> Part:
    if not a.places or not b.places:
        return Part("place", 0.4, "one names no place")
    if shared := {s.key for s in a.places} & {s.key for s in b.places}:
        names = sorted(s.name for s in a.places if s.key in shared)
        exact = any(s.kind not in WIDE for s in a.places if s.key in shared)
        return Part("place", 1.0 if exact else 0.6, f"both {', '.join(names)}")
    km = min(_km(s, t) for s in a.places for t in b.places)
    narrow = all(any(s.kind not in WIDE for s in x.places) for x in (a, b))
    if km <= NEAR_KM:
        return Part("place", 0.8, f"{km:.0f} km apart")
    if narrow and km > FAR_KM:
        return Part("place", -1.0, f"{km:.0f} km apart" if km < math.inf else "other places")
    if within := _within(a.places, b.places):
        return Part("place", 0.5, within)
    return Part("place", 0.1, "other places")


def _within(some: Iterable[Site], others: Iterable[Site]) -> str | None:
    for s in some:
        for t in others:
            wide, narrow = (s, t) if (s.radius_km or 0) >= (t.radius_km or 0) else (t, s)
            if wide.kind in WIDE and _km(s, t) <= (wide.radius_km or 0):
                return f"{narrow.name} lies in {wide.name}"
    return None


def _parties(a: Listed, b: Listed) -> Part:
    scores = []
    for role in ("actor", "recipient"):
        one, other = ({p.key for p in x.actors if p.role == role} for x in (a, b))
        if one and other:
            scores.append(len(one & other) / min(len(one), len(other)))
    if not scores:
        return Part("parties", 0.4, "not named in both")
    score = sum(scores) / len(scores)
    either = {p.key for p in a.actors} & {p.key for p in b.actors}
    words = "the same" if score == 1 else "some the same" if score else "sides differ" if either else "others"
    return Part("parties", score if score else 0.2 if either else 0.0, words)


def _kind(a: Listed, b: Listed) -> Part:
    one, other = (x.own.get("acled") or x.own.get("mode") for x in (a, b))
    if not one or not other:
        return Part("kind", 0.5, "not known in both")
    return Part("kind", float(one == other), one if one == other else f"{one} and {other}")


def compatible(a: Figure, b: Figure) -> bool:
    """Whether two figures can both be true: their ranges meet."""
    (low, high), (other_low, other_high) = _range(a), _range(b)
    return low <= other_high and other_low <= high


def _range(f: Figure) -> tuple[float, float]:
    if f.value is not None and f.low is None and f.high is None:
        return f.value, f.value
    low = f.low if f.low is not None else (f.value if f.value is not None and f.high is None else -math.inf)
    high = f.high if f.high is not None else (f.value if f.value is not None and f.low is None else math.inf)
    return low, high


def _km(a: Site, b: Site) -> float:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((p - q) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(a.lon - b.lon) / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(half)))
