"""From which side an entry is told: the doer's, the other's, or neither.

What `voices` finds out of each voice once, with the catalogue of actors, is kept with what it tells; which side it
comes to with the ties that the reports state is worked out here, without the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from situate.store.listed import Listed, Party

Side = Literal["own", "opponent", "third"]
OWN = ("actor", "holder", "from", "party", "who", "forecaster")  # roles of those whose doing an entry is
OPPONENT = ("recipient", "to")
Ties = Mapping[frozenset[str], float]  # two actors' keys to how they stand, negative where against
STANDS_WITH = 0.5  # how surely who stands with a party speaks for it; what it belongs to tells more


@dataclass(frozen=True, slots=True)
class Voice:
    """One who tells an entry: its name in the reports, quoted or the outlet itself, its side, the entries it tells."""

    name: str
    quoted: bool
    side: Side
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice before ties are looked at: how surely it belongs to either side, and as which actors (keys) it speaks."""

    key: str  # what two entries of one voice share
    name: str
    quoted: bool
    own: float
    opponent: float
    speaks_as: tuple[str, ...]
    entries: tuple[str, ...]


def spoken_by(entry: Listed) -> str:
    """Who says so: who is quoted, else the outlet."""
    return entry.source or entry.report.publisher or entry.report.id


def with_ties(heard: Iterable[Heard], entries: Iterable[Listed], ties: Ties) -> tuple[Voice, ...]:
    """The voices with their sides; `entries` are those that they tell."""
    parties = tuple({(p.key, p.role): p for e in entries for p in e.actors}.values())
    return tuple(Voice(h.name, h.quoted, _side(h, parties, ties), h.entries) for h in heard)


def pairs_asked(heard: Iterable[Heard], entries: Iterable[Listed]) -> set[frozenset[str]]:
    """The pairs of actors, by their keys, whose ties may change a side."""
    parties = {p.key for e in entries for p in e.actors if p.role in (*OWN, *OPPONENT)}
    speakers = {key for h in heard for key in h.speaks_as}
    return {frozenset((speaker, party)) for speaker in speakers for party in parties if speaker != party}


def _side(heard: Heard, parties: Sequence[Party], ties: Ties) -> Side:
    own, opponent = (
        max(near, _stands(heard, [p for p in parties if p.role in roles], ties))
        for near, roles in ((heard.own, OWN), (heard.opponent, OPPONENT))
    )
    return "third" if own == opponent else "own" if own > opponent else "opponent"


def _stands(heard: Heard, parties: Iterable[Party], ties: Ties) -> float:
    keys = heard.speaks_as if ties else ()
    return STANDS_WITH if any(ties.get(frozenset((key, p.key)), 0.0) > 0 for p in parties for key in keys) else 0.0
