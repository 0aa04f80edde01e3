"""Who tells entries, and how surely for one of the sides.

The voices of an entry are who is quoted, else the outlet, and whom its report quotes where it tells it again. The side
of each comes from ties: what the catalogue knows of it (an outlet that speaks for a state, an office, a movement's
parent), the words of its name, and, where a network is given, who stands with whom (`sides`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from situate.knowledge.actors import KnownActor, catalogue
from situate.knowledge.catalogue_keys import words
from situate.knowledge.merging import merging_words
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
    quoted = [(name, e) for e in entries for name in e.also]
    found: dict[str, list[tuple[str, Listed]]] = {}
    for name, e in [*((spoken_by(e), e) for e in entries), *quoted]:
        found.setdefault(_key(name, e), []).append((name, e))
    return tuple(_heard(key, told, parties) for key, told in found.items())


def _key(name: str, entry: Listed) -> str:
    """What two entries of one voice share: the actor that the catalogue knows, else the words.

    "A doctor" without a name is another one in every report.
    """
    key, known = _named(name)
    quoted = entry.source or name in entry.also
    return f"{entry.report.key}: {key}" if quoted and not known and _nameless(name) else key


def _nameless(words: str) -> bool:
    """Whether words name nobody, though a sentence may begin with them: "residents", "A doctor at the hospital"."""
    first, *others = words.split() or [""]
    capitals = any(word[:1].isupper() for word in others)
    return first[:1].islower() or (not capitals and (len(first) == 1 or fold(first) in _plain()))


@cache
def _plain() -> frozenset[str]:
    return merging_words().common | merging_words().anybody


@lru_cache(maxsize=1 << 14)
def _named(name: str) -> tuple[str, bool]:
    """The voice that a name is of, and whether the catalogue knows it."""
    actors = _speakers(name)
    return (" ".join(sorted(a.id for a in actors)), True) if actors else (fold(name), False)


def _heard(key: str, told: Sequence[tuple[str, Listed]], parties: Sequence[Party]) -> Heard:
    name, first = told[0]
    own, opponent = (
        max((_belongs(name, p) for p in parties if p.role in roles), default=0.0) for roles in (OWN, OPPONENT)
    )
    speaks_as = tuple(f"wikidata:{a.wikidata}" for a in _speakers(name) if a.wikidata)
    entries = tuple(dict.fromkeys(e.key for _, e in told))
    return Heard(key, name, bool(first.source or name in first.also), own, opponent, speaks_as, entries)


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
