"""One thing that happened, with all that tells it: what is known of it, who says so, and what can't all be true."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import combinations
from typing import Any

from situate.picture.corroboration import Contradiction, Corroboration, weighed
from situate.picture.sides import Heard, Ties
from situate.store.listed import Figure, Listed

_Range = tuple[str, float | None, float | None, float | None]  # role, value, least, most


@dataclass(frozen=True, slots=True)
class Value:
    """What is said of one thing (a toll, say): the figure, in whose words, by which reports (originals, not copies)."""

    role: str
    figure: Figure
    said_by: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What is found out of an incident once: who tells it, who denies it, why its entries are one, what it is."""

    heard: tuple[Heard, ...]
    against: tuple[Contradiction, ...] = ()
    why: tuple[str, ...] = ()
    what: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Told:
        """From what `to_dict` gave."""
        return cls(
            tuple(_heard(values) for values in values["heard"]),
            tuple(Contradiction(**c) for c in values["against"]),
            tuple(values["why"]),
            values["what"],
        )


def _heard(values: Mapping[str, Any]) -> Heard:
    many = {name: tuple(values[name]) for name in ("speaks_as", "entries")}
    return Heard(**{**values, **many})


@dataclass(frozen=True, slots=True)
class Incident:
    """One thing that happened. `entries` are all that tell it, the surest first; copies count once in `sources`."""

    id: str
    entries: tuple[Listed, ...]
    sources: tuple[str, ...]
    corroboration: Corroboration
    values: tuple[Value, ...] = ()
    disputed: tuple[str, ...] = ()  # roles whose figures can't all be true
    why: tuple[str, ...] = field(default=())  # for each further entry, why it is the same incident
    what: str = ""  # in a few words: who did what to whom

    @property
    def first(self) -> Listed:
        """The entry that stands for the incident."""
        return self.entries[0]

    @property
    def reports(self) -> tuple[str, ...]:
        """The keys of the reports that tell it."""
        return tuple(dict.fromkeys(e.report.key for e in self.entries))

    def tops(self, role: str) -> tuple[Value, ...]:
        """The highest figure that each one gives in a role; lower ones by the same are parts of it."""
        highest: dict[str, Value] = {}
        for value in (v for v in self.values if v.role == role):
            other = highest.get(value.said_by)
            if other is None or least(value.figure) > least(other.figure):
                highest[value.said_by] = value
        return tuple(highest.values())

    def to_dict(self) -> dict[str, Any]:
        """The incident as plain values, for JSON."""
        return {
            "id": self.id,
            "type": self.first.type,
            "earliest": self.first.earliest,
            "latest": self.first.latest,
            "reports": self.reports,
            "sources": self.sources,
            "corroboration": asdict(self.corroboration),
            "values": [asdict(v) for v in self.values],
            "disputed": self.disputed,
            "why": self.why,
            "entries": [e.to_dict() for e in self.entries],
        }


def ordered(entries: Iterable[Listed]) -> tuple[Listed, ...]:
    """The entries of an incident: those that tell its day, the surest of them first."""
    return tuple(
        sorted(
            entries,
            key=lambda e: (not (e.earliest or e.latest), -(e.confidence or 0), e.report.published or "9", e.key),
        )
    )


def identity(entries: Iterable[Listed]) -> str:
    """The id of an incident, the same in every store that has the same of it."""
    return hashlib.sha256(min(e.key for e in entries).encode()).hexdigest()[:12]


def day_of(first: Listed) -> str:
    """The day by which an incident is listed, that of the entry which stands for it; "" where nobody tells."""
    return first.latest or first.earliest or ""


def made(entries: Sequence[Listed], told: Told, original: Mapping[str, str], ties: Ties) -> Incident:
    """The incident that entries, in their order, tell; `original` names the originals of copies."""
    sources = tuple(dict.fromkeys(original.get(e.report.key, e.report.key) for e in entries))
    stands = weighed(entries, told.heard, original, told.against, ties)
    incident = Incident(
        identity(entries), tuple(entries), sources, stands, _values(entries, original), (), told.why, told.what
    )
    roles = dict.fromkeys(v.role for v in incident.values)
    return replace(incident, disputed=tuple(role for role in roles if _disputed(incident.tops(role))))


def least(figure: Figure) -> float:
    """The number that a figure stands for where it is compared: its value, else its bound."""
    return next((x for x in (figure.value, figure.low, figure.high) if x is not None), 0.0)


def _disputed(values: Sequence[Value]) -> bool:
    """Whether figures of different sources can't all be true."""
    return any(not compatible(a.figure, b.figure) for a, b in combinations(values, 2))


def _values(entries: Sequence[Listed], original: Mapping[str, str]) -> tuple[Value, ...]:
    """Each figure once for each one who gives it; what a copy repeats goes with the text that it is a copy of."""
    found: dict[tuple[_Range, str], list[str]] = {}
    figures: dict[tuple[_Range, str], Figure] = {}
    given: dict[tuple[_Range, str], tuple[str, str]] = {}  # by text: the first report that gives it, and who says so
    for e in sorted(entries, key=lambda e: e.report.key in original and original[e.report.key] != e.report.key):
        for f in e.figures:
            same = f.role, f.value, f.low, f.high
            said_by = f.source or e.report.publisher or e.report.id
            text = original.get(e.report.key, e.report.key)
            report, first = given.setdefault((same, text), (e.report.key, said_by))
            key = same, (said_by if report == e.report.key else first)
            figures.setdefault(key, f)
            found.setdefault(key, []).append(e.key)
    return tuple(Value(key[0][0], figures[key], key[1], tuple(keys)) for key, keys in found.items())


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
