"""Who tells an entry, and from which side: the doer's, the other's, or neither.

The voice of an entry is who is quoted, else the outlet. Its side comes from ties: what the catalogue knows of the voice
(an outlet that speaks for a state, an office, a movement's parent), the words of its name, and, where a network is
given, who stands with whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from situate.knowledge.actors import KnownActor, catalogue
from situate.knowledge.catalogue_keys import words
from situate.knowledge.voices import speaks_for
from situate.picture.parties import OFFICIAL, STEM, Known, chain_of, known
from situate.store import Listed
from situate.store.fold import fold
from situate.store.listed import Party

Side = Literal["own", "opponent", "third"]
OWN = ("actor", "holder", "from", "party", "who", "forecaster")  # roles of those whose doing an entry is
OPPONENT = ("recipient", "to")
Ties = Mapping[frozenset[str], float]  # two actors' keys to how they stand, negative where against
ITSELF, BELONGS, SAME_STATE, SAME_NAME, STANDS_WITH = 1.0, 0.9, 0.7, 0.6, 0.5  # the surer first


@dataclass(frozen=True, slots=True)
class Voice:
    """One who tells an entry: its name in the reports, quoted or the outlet itself, its side, the entries it tells."""

    name: str
    quoted: bool
    side: Side
    entries: tuple[str, ...]


def voices(entries: Iterable[Listed], ties: Ties | None = None) -> tuple[Voice, ...]:
    """The voices of entries that tell one thing, each once, in the order of the entries."""
    entries = tuple(entries)
    parties = {(p.key, p.role): p for e in entries for p in e.actors}
    found: dict[str, list[Listed]] = {}
    for e in entries:
        found.setdefault(voice_key(e), []).append(e)
    return tuple(
        Voice(
            spoken_by(told[0]),
            bool(told[0].source),
            _side(spoken_by(told[0]), parties.values(), ties or {}),
            tuple(e.key for e in told),
        )
        for told in found.values()
    )


def spoken_by(entry: Listed) -> str:
    """Who says so: who is quoted, else the outlet."""
    return entry.source or entry.report.publisher or entry.report.id


def voice_key(entry: Listed) -> str:
    """What two entries of one voice share: the actor that the catalogue knows, else the words.

    "A doctor" without a name is another one in every report.
    """
    name = spoken_by(entry)
    actors = _speakers(name)
    if actors:
        return " ".join(sorted(a.id for a in actors))
    return f"{entry.report.key}: {fold(name)}" if entry.source and name[:1].islower() else fold(name)


def _side(name: str, parties: Iterable[Party], ties: Ties) -> Side:
    own, opponent = 0.0, 0.0
    for party in parties:
        near = max(_belongs(name, party), _stands(name, party, ties))
        if party.role in OWN:
            own = max(own, near)
        elif party.role in OPPONENT:
            opponent = max(opponent, near)
    return "third" if own == opponent else "own" if own > opponent else "opponent"


def _belongs(name: str, party: Party) -> float:
    """How surely a voice speaks for a party."""
    of = known(party)
    for actor in _speakers(name):
        chain = chain_of(actor)
        if actor.id in of.chain:
            return ITSELF
        if chain & of.chain:
            return BELONGS
        if actor.kind in OFFICIAL and party.kind in OFFICIAL and actor.country and actor.country == of.country:
            return SAME_STATE
    return SAME_NAME if _shares_name(name, of) else 0.0


def _stands(name: str, party: Party, ties: Ties) -> float:
    keys = [f"wikidata:{a.wikidata}" for a in _speakers(name) if a.wikidata]
    return STANDS_WITH if any(ties.get(frozenset((key, party.key)), 0.0) > 0 for key in keys) else 0.0


def _shares_name(name: str, of: Known) -> bool:
    return bool(of.own & {w[:STEM] for w in fold(name).split()})


@lru_cache(maxsize=1 << 14)
def _speakers(name: str) -> tuple[KnownActor, ...]:
    """The catalogue's actors that a voice's name has in it, an outlet of a side as that side."""
    found: dict[str, KnownActor] = {}
    for match in catalogue().find(list(words(name))):
        surface = match.values[0]
        if not surface.shaky:
            actor = catalogue().actors[speaks_for().get(surface.actor.id, surface.actor.id)]
            found[actor.id] = actor
    return tuple(found.values())
