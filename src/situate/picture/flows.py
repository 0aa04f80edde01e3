"""Movements as flows: from where to where, of what kind, and how many people, without counting one movement twice.

Several reports of one movement are one movement: entries of the same way, kind and standing within `SAME_DAYS` of each
other go together, and their figures become one range. The total of a flow is the sum over its movements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from situate.store import Listed
from situate.store.listed import Figure, Site

SAME_DAYS = 3
DONE = ("actual", "ongoing")
_NOT_PEOPLE = (
    "famil",
    "household",
    "bus",
    "vehicle",
    "truck",
    "convoy",
    "tank",
    "aircraft",
    "ship",
    "%",
    "percent",
    "day",
    "km",
    "ton",
)


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement with all entries that tell it; people as a range, None where no report gives a figure."""

    first: str | None
    last: str | None
    low: float | None
    high: float | None
    entries: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """All movements of a kind on one way. `done` says that they took place, and aren't only planned or claimed."""

    kind: str
    origin: Site | None
    destination: Site | None
    done: bool
    movements: tuple[Movement, ...]

    @property
    def people(self) -> tuple[float, float] | None:
        """The range of the total; None where no movement has a figure."""
        told = [(m.low, m.high) for m in self.movements if m.low is not None and m.high is not None]
        return (sum(low for low, _ in told), sum(high for _, high in told)) if told else None

    @property
    def uncounted(self) -> int:
        """How many of the movements have no figure, and so stand in no total."""
        return sum(m.low is None for m in self.movements)


def flows(entries: Iterable[Listed]) -> list[Flow]:
    """The flows of movement entries, those told most often first."""
    ways: dict[tuple[str, str, str, bool], list[Listed]] = defaultdict(list)
    for e in entries:
        origin, destination = _way(e)
        if e.review != "rejected" and (origin or destination):
            way = (origin.key if origin else "", destination.key if destination else "")
            ways[str(e.type), *way, e.status in DONE].append(e)
    found = [_flow(kind, done, told) for (kind, _, _, done), told in sorted(ways.items())]
    return sorted(found, key=lambda f: -sum(len(m.entries) for m in f.movements))


@dataclass(frozen=True, slots=True)
class Total:
    """The people of all movements of a kind; `uncounted` movements have no figure."""

    kind: str
    done: bool
    low: float
    high: float
    movements: int
    uncounted: int


def totals(found: Iterable[Flow]) -> list[Total]:
    """The people by kind, done apart from what is only said. Words that tell of several ways at once ("6,900 left
    Fuaa and Kafraya") count once.
    """
    sums: dict[tuple[str, bool], list[Movement]] = defaultdict(list)
    for flow in found:
        sums[flow.kind, flow.done] += flow.movements
    totals = [_total(kind, done, movements) for (kind, done), movements in sums.items()]
    return sorted(totals, key=lambda t: (not t.done, -t.high, -t.movements, t.kind))


def _total(kind: str, done: bool, movements: Sequence[Movement]) -> Total:
    counted: set[tuple[str, int, str]] = set()
    low = high = 0.0
    for movement in movements:
        words = {(e.report.key, e.evidence.start, f.words) for e in movement.entries for f in e.figures}
        if movement.low is not None and movement.high is not None and not words & counted:
            low, high = low + movement.low, high + movement.high
        counted |= words
    uncounted = sum(m.low is None for m in movements)
    return Total(kind, done, low, high, len(movements), uncounted)


def _flow(kind: str, done: bool, told: Sequence[Listed]) -> Flow:
    groups: list[list[Listed]] = []
    for e in sorted(told, key=lambda e: (_day(e), e.key)):
        if groups and _near(groups[-1][-1], e):
            groups[-1].append(e)
        else:
            groups.append([e])
    return Flow(kind, *_way(told[0]), done, tuple(map(_movement, groups)))


def _way(e: Listed) -> tuple[Site | None, Site | None]:
    """From where to where. Who moves within one place has left somewhere in it."""
    origin, destination = _site(e, "origin"), _site(e, "destination")
    return origin, None if origin and destination and origin.key == destination.key else destination


def _movement(group: Sequence[Listed]) -> Movement:
    figures = [f for e in group for f in e.figures if _people(f)]
    low = min((_bounds(f)[0] for f in figures), default=None)
    high = max((_bounds(f)[1] for f in figures), default=None)
    days = [d for e in group if (d := _day(e))]
    return Movement(min(days, default=None), max(days, default=None), low, high, tuple(group))


def _people(figure: Figure) -> bool:
    words = f"{figure.unit or ''} {figure.of or ''}".casefold()
    known = next((x for x in (figure.value, figure.low, figure.high) if x is not None), None)
    return known is not None and not any(word in words for word in _NOT_PEOPLE)


def _bounds(figure: Figure) -> tuple[float, float]:
    known = [x for x in (figure.low, figure.value, figure.high) if x is not None]
    return min(known), max(known)


def _site(e: Listed, role: str) -> Site | None:
    return next((site for site in e.places if site.role == role), None)


def _day(e: Listed) -> str:
    return e.earliest or e.latest or e.report.published or ""


def _near(a: Listed, b: Listed) -> bool:
    first, second = _day(a), _day(b)
    if not first or not second:
        return first == second
    return date.fromisoformat(second[:10]) - date.fromisoformat(first[:10]) <= timedelta(SAME_DAYS)
