"""Who tells entries, and how surely for one of the sides.

The voice of an entry is who is quoted, else the outlet. Its side comes from ties: what the catalogue knows of the voice
(an outlet that speaks for a state, an office, a movement's parent), the words of its name, and, where a network is
given, who stands with whom (`sides`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from situate.knowledge.actors import KnownActor, catalogue
from situate.knowledge.catalogue_keys import words
from situate.knowledge.voices import speaks_for
from situate.picture.parties import OFFICIAL, STEM, Known, chain_of, known
from situate.picture.sides import OPPONENT, OWN, Heard, spoken_by
from situate.store.fold import fold
from situate.store.listed import Listed, Party

ITSELF, BELONGS, SAME_STATE, SAME_NAME = 1.0, 0.9, 0.7, 0.6  # the surer first


def heard(entries: Iterable[Listed]) -> tuple[Heard, ...]:
    """The voices of entries that tell one thing, each once, in the order of the entries."""
    entries = tuple(entries)
    parties = tuple({(p.key, p.role): p for e in entries for p in e.actors}.values())
    found: dict[str, list[Listed]] = {}
    for e in entries:
        found.setdefault(voice_key(e), []).append(e)
    return tuple(_heard(key, told, parties) for key, told in found.items())


def voice_key(entry: Listed) -> str:
    """What two entries of one voice share: the actor that the catalogue knows, else the words.

    "A doctor" without a name is another one in every report.
    """
    name = spoken_by(entry)
    key, known = _named(name)
    return f"{entry.report.key}: {key}" if not known and entry.source and name[:1].islower() else key


@lru_cache(maxsize=1 << 14)
def _named(name: str) -> tuple[str, bool]:
    """The voice that a name is of, and whether the catalogue knows it."""
    actors = _speakers(name)
    return (" ".join(sorted(a.id for a in actors)), True) if actors else (fold(name), False)


def _heard(key: str, told: Sequence[Listed], parties: Sequence[Party]) -> Heard:
    name = spoken_by(told[0])
    own, opponent = (
        max((_belongs(name, p) for p in parties if p.role in roles), default=0.0) for roles in (OWN, OPPONENT)
    )
    speaks_as = tuple(f"wikidata:{a.wikidata}" for a in _speakers(name) if a.wikidata)
    return Heard(key, name, bool(told[0].source), own, opponent, speaks_as, tuple(e.key for e in told))


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
