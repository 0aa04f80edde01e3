"""What became of each agreement: its standings in the order of their days, from the entries that tell them.

Entries of one kind that share a place, or the parties, within `SAME_DAYS` of each other are one agreement
(`agreement_rule`). What is derived here is made from the set of entries alone: any order of them, and any way into a
store, gives the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from situate.store.listed import Listed, Party, Site

SAME_DAYS = 60
PARTY, GUARANTOR = "party", "guarantor"


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
    """The agreements of any entries, put together at once, the one with the latest news first."""
    from situate.picture.agreement_rule import RULE
    from situate.picture.grouping import grouped

    return in_order(history(made.entries) for made in grouped(RULE, entries))


def in_order(found: Iterable[AgreementHistory]) -> list[AgreementHistory]:
    """The agreement with the latest news first."""
    return sorted(found, key=lambda h: (h.now.since, h.now.entries[0].key), reverse=True)


def history(told: Iterable[Listed]) -> AgreementHistory:
    """The history of the agreement that entries tell of."""
    group = sorted(told, key=lambda e: (day_of(e), e.key))
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


def day_of(e: Listed) -> str:
    """The day that an entry's standing is told of: its own, else the report's."""
    return (e.earliest or e.latest or e.report.published or "")[:10]


def _as(e: Listed, role: str) -> list[Party]:
    return [p for p in e.actors if p.role == role]
