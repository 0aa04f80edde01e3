"""Event entries of many reports that tell the same incident become one, with all its reports.

Blocking (`blocking`), a scored match that says why (`likeness`), then groups grown from the best pairs: a group takes
an entry only where it fits all of the group's. Nothing is deleted: an incident is a view of its entries, and a person's
word that two entries are or aren't one incident stands above every score.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import combinations
from typing import Any

from situate.picture.blocking import candidates
from situate.picture.copies import Copies
from situate.picture.corroboration import Corroboration, corroboration
from situate.picture.likeness import MERGE, Likeness, compatible, likeness
from situate.picture.voices import Ties
from situate.store import Decision, Listed
from situate.store.decisions import standing
from situate.store.listed import Figure

HAPPENED = ("actual", "ongoing")
PIN = "incident"  # the field of a decision on an entry: accept = one with the entry `after`, reject = not one with it


@dataclass(frozen=True, slots=True)
class Value:
    """What is said of one thing (a toll, say): the figure, in whose words, by which reports (originals, not copies)."""

    role: str
    figure: Figure
    said_by: str
    entries: tuple[str, ...]


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


class Pins:
    """What people said of pairs of entries."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        by_entry = defaultdict(list)
        for decision in decisions:
            if decision.field == PIN or decision.decision == "undo":
                by_entry[decision.entry_key].append(decision)
        self._said: dict[frozenset[str], bool] = {}
        for key, some in by_entry.items():
            for d in standing(some):
                if d.field == PIN and isinstance(d.after, str):
                    self._said[frozenset((key, d.after))] = d.decision == "accept"

    def says(self, a: Listed, b: Listed) -> bool | None:
        """Whether the two are one; None where nobody said."""
        return self._said.get(frozenset((a.key, b.key)))

    def joined(self) -> Iterator[frozenset[str]]:
        """The pairs that are one."""
        return (pair for pair, one in self._said.items() if one)


def incidents(
    events: Iterable[Listed], copied: Iterable[Copies] = (), pins: Pins | None = None, ties: Ties | None = None
) -> list[Incident]:
    """The incidents of events that happened or go on, the latest first. Any order of the events gives the same.

    Events that are denied are no incidents, but contradict those they are like; `ties` tell who stands with whom.
    """
    pins = pins or Pins()
    kept = sorted((e for e in events if e.review != "rejected"), key=lambda e: e.key)
    told = [e for e in kept if e.status in HAPPENED]
    original = {key: c.original for c in copied for key in c.reports}
    groups, reasons = _grouped(told, pins)
    denials = _by_shared(e for e in kept if e.status == "denied")
    found = [_incident(group, reasons, original, _against(group, denials), ties) for group in groups]
    return sorted(found, key=lambda i: (_day(i.first), i.id), reverse=True)


def _grouped(told: Sequence[Listed], pins: Pins) -> tuple[list[list[Listed]], dict[str, str]]:
    at = {e.key: i for i, e in enumerate(told)}
    group = list(range(len(told)))
    members = {i: [i] for i in group}
    reasons: dict[str, str] = {}

    def join(i: int, j: int, why: str) -> None:
        keep, drop = sorted((group[i], group[j]))
        for k in members.pop(drop):
            group[k] = keep
            members[keep].append(k)
            reasons.setdefault(told[k].key, why)

    for pair in sorted(pins.joined(), key=sorted):
        i, j = sorted(at.get(key, -1) for key in pair)
        if i >= 0 and group[i] != group[j]:
            join(i, j, "a person says so")
    for like, i, j in _matches(told, pins):
        pairs = [(told[a], told[b]) for a in members[group[i]] for b in members[group[j]]]
        if group[i] != group[j] and all(_fits(a, b, pins) for a, b in pairs):
            join(i, j, str(like))
    return [[told[k] for k in ks] for ks in members.values()], reasons


def _fits(a: Listed, b: Listed, pins: Pins) -> bool:
    said = pins.says(a, b)
    if said is not None:
        return said
    return a.report.key != b.report.key and likeness(a, b).score >= MERGE * 0.8


def _matches(told: Sequence[Listed], pins: Pins) -> list[tuple[Likeness, int, int]]:
    """Pairs that may be one incident, the most alike first."""
    found = []
    for i, j in candidates(told):
        if pins.says(told[i], told[j]) is not False:
            like = likeness(told[i], told[j])
            if like.score >= MERGE:
                found.append((like, i, j))
    return sorted(found, key=lambda x: (-x[0].score, x[1], x[2]))


def _by_shared(entries: Iterable[Listed]) -> dict[tuple[str | None, str], list[Listed]]:
    """Entries by their type and each party and place."""
    found: dict[tuple[str | None, str], list[Listed]] = defaultdict(list)
    for e in entries:
        for key in {*(s.key for s in e.places), *(p.key for p in e.actors)}:
            found[e.type, key].append(e)
    return found


def _against(group: Sequence[Listed], denials: dict[tuple[str | None, str], list[Listed]]) -> list[Listed]:
    """The denied entries that are like one of the group's."""
    found: dict[str, Listed] = {}
    for e in group:
        keys = {*(s.key for s in e.places), *(p.key for p in e.actors)}
        near = {d.key: d for key in keys for d in denials.get((e.type, key), ())}
        found |= {key: d for key, d in near.items() if d.evidence != e.evidence and likeness(e, d).score >= MERGE}
    return [found[key] for key in sorted(found)]


def _incident(
    group: list[Listed],
    reasons: dict[str, str],
    original: dict[str, str],
    against: Sequence[Listed],
    ties: Ties | None,
) -> Incident:
    entries = sorted(group, key=lambda e: (-(e.confidence or 0), e.report.published or "9", e.key))
    sources = tuple(dict.fromkeys(original.get(e.report.key, e.report.key) for e in entries))
    values = _values(entries)
    identity = hashlib.sha256(min(e.key for e in entries).encode()).hexdigest()[:12]
    why = tuple(reasons[e.key] for e in entries if e.key in reasons)
    stands = corroboration(entries, original, against, ties)
    made = Incident(identity, tuple(entries), sources, stands, values, (), why)
    roles = dict.fromkeys(v.role for v in values)
    return replace(made, disputed=tuple(role for role in roles if _disputed(made.tops(role))))


def _disputed(values: Sequence[Value]) -> bool:
    """Whether figures of different sources can't all be true."""
    return any(not compatible(a.figure, b.figure) for a, b in combinations(values, 2))


def least(figure: Figure) -> float:
    """The number that a figure stands for where it is compared: its value, else its bound."""
    return next((x for x in (figure.value, figure.low, figure.high) if x is not None), 0.0)


def _values(entries: Sequence[Listed]) -> tuple[Value, ...]:
    """Each figure once for each text that gives it."""
    found: dict[tuple[str, float | None, float | None, float | None, str], list[str]] = {}
    figures: dict[tuple[str, float | None, float | None, float | None, str], Figure] = {}
    for e in entries:
        for f in e.figures:
            said_by = e.source or e.report.publisher or e.report.id
            key = (f.role, f.value, f.low, f.high, said_by)
            figures.setdefault(key, f)
            found.setdefault(key, []).append(e.key)
    return tuple(Value(key[0], figures[key], key[4], tuple(keys)) for key, keys in found.items())


def _day(e: Listed) -> str:
    return e.latest or e.earliest or ""
