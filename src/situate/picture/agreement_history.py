"""What became of each agreement: its standings in the order of their days, from the entries that tell them.

Entries of one kind that share a place, or the parties, within `SAME_DAYS` of each other are one agreement. What is
derived here is made from the set of entries alone: any order of them, and any way into a store, gives the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from situate.picture.parties import agreement as same_parties
from situate.store import Listed
from situate.store.listed import Party, Site

SAME_DAYS = 60
PARTY, GUARANTOR = "party", "guarantor"
ALIKE = 0.6  # of parties: most of them are the same


@dataclass(frozen=True, slots=True)
class Standing:
    """How an agreement stands from a day on, by the entries that say so."""

    status: str
    since: str
    entries: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class AgreementHistory:
    """One agreement: its kind, name, parties, guarantors and places as all reports together give them."""

    kind: str
    name: str | None
    parties: tuple[Party, ...]
    guarantors: tuple[Party, ...]
    places: tuple[Site, ...]
    standings: tuple[Standing, ...]

    @property
    def entries(self) -> tuple[Listed, ...]:
        """All entries, by day."""
        return tuple(e for standing in self.standings for e in standing.entries)

    @property
    def now(self) -> Standing:
        """The last standing reported."""
        return self.standings[-1]


def agreement_history(entries: Iterable[Listed]) -> list[AgreementHistory]:
    """The agreements, the one with the latest news first."""
    groups: list[list[Listed]] = []
    for e in sorted((e for e in entries if e.review != "rejected" and e.type), key=lambda e: (day_of(e), e.key)):
        same = next((g for g in reversed(groups) if any(_same(e, other) for other in g)), None)
        if same is None:
            groups.append([e])
        else:
            same.append(e)
    made = [_history(g) for g in groups]
    return sorted(made, key=lambda h: (h.now.since, h.now.entries[0].key), reverse=True)


def day_of(e: Listed) -> str:
    """The day that an entry's standing is told of: its own, else the report's."""
    return (e.earliest or e.latest or e.report.published or "")[:10]


def _same(a: Listed, b: Listed) -> bool:
    if a.type != b.type or not _near(day_of(a), day_of(b)):
        return False
    words = " ".join(a.evidence.text.split()) == " ".join(b.evidence.text.split())
    shared = {s.key for s in a.places} & {s.key for s in b.places}
    parties = same_parties(_as(a, PARTY), _as(b, PARTY))
    return words or (bool(shared) and parties is None) or (parties is not None and parties >= ALIKE)


def _near(a: str, b: str) -> bool:
    if not a or not b:
        return a == b
    return abs(date.fromisoformat(a) - date.fromisoformat(b)) <= timedelta(SAME_DAYS)


def _as(e: Listed, role: str) -> list[Party]:
    return [p for p in e.actors if p.role == role]


def _history(group: Sequence[Listed]) -> AgreementHistory:
    standings: list[list[Listed]] = []
    for e in group:
        if standings and standings[-1][0].status == e.status:
            standings[-1].append(e)
        else:
            standings.append([e])
    return AgreementHistory(
        str(group[0].type),
        next((str(e.own["name"]) for e in group if e.own.get("name")), None),
        tuple({p.key: p for e in group for p in _as(e, PARTY)}.values()),
        tuple({p.key: p for e in group for p in _as(e, GUARANTOR)}.values()),
        tuple({s.key: s for e in group for s in e.places}.values()),
        tuple(Standing(str(some[0].status), day_of(some[0]), tuple(some)) for some in standings),
    )
