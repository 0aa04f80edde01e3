"""Whether two reports may mean the same party: the same actor, one that belongs to it, or one described alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from situate.knowledge.actors import KnownActor, catalogue
from situate.knowledge.merging import merging_words
from situate.store.fold import fold
from situate.store.listed import Party

OFFICIAL = ("state", "government", "military", "police", "person")
NAMED_ALIKE = 0.6  # what most telling words of the shorter name in both come to
STEM = 6  # letters that "Turkey" and "Turkish", "Israel" and "Israelis" share, or less
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a party: its country, the catalogue's actors that it is or belongs to, the words of its name."""

    country: str | None
    chain: frozenset[str]
    own: frozenset[str]  # stems of the words that name it
    anybody: frozenset[str]  # words that any party of the sort goes by


def same_party(a: Party, b: Party) -> float:
    """From 1 (the same actor) over parts of one state or movement and names alike to 0 (others)."""
    if a.key == b.key:
        return 1.0
    one, other = known(a), known(b)
    if one.chain & other.chain:
        return 0.8
    if one.country and one.country == other.country and a.kind in OFFICIAL and b.kind in OFFICIAL:
        return 0.7
    if 2 * len(one.own & other.own) > min(len(one.own), len(other.own)):
        return NAMED_ALIKE
    nameless = not one.own and not other.own
    return 0.5 if nameless and (one.anybody & other.anybody or a.kind == b.kind) else 0.0


def may_be_one(a: Party, b: Party) -> bool:
    """Whether two names may be of one party, or one of them of a part of it: "the army", "the Syrian Arab Army"."""
    return same_party(a, b) >= NAMED_ALIKE


def are_others(a: Party, b: Party) -> bool:
    """Whether two names can't be of one party: "the rebels" may be "the militants", but not "the army"."""
    return same_party(a, b) == 0.0


def agreement(some: Sequence[Party], others: Sequence[Party]) -> float | None:
    """How far the parties of two reports are the same, by the one that names fewer; None where one is silent."""
    if not some or not others:
        return None
    forth = [max(same_party(a, b) for b in others) for a in some]
    back = [max(same_party(a, b) for a in some) for b in others]
    return max(sum(forth) / len(forth), sum(back) / len(back))


def known(party: Party) -> Known:
    """What is known of a party."""
    return _known(party.key, party.name)


@cache
def _by_wikidata() -> dict[str, KnownActor]:
    return {a.wikidata: a for a in catalogue().actors.values() if a.wikidata}


@lru_cache(maxsize=1 << 13)
def _known(key: str, name: str) -> Known:
    actor = _by_wikidata().get(key.removeprefix("wikidata:"))
    country = actor.country if actor else key.rpartition("|")[2] or None if key.startswith("name:") else None
    words = merging_words()
    said = [w for w in _WORD.findall(fold(name)) if w not in words.common]
    own = frozenset(w[:STEM] for w in said if w not in words.anybody)
    return Known(country, chain_of(actor), own, frozenset(said) & words.anybody)


def chain_of(actor: KnownActor | None) -> frozenset[str]:
    """The ids of an actor and of those it belongs to."""
    found: dict[str, None] = {}
    while actor is not None and actor.id not in found:
        found[actor.id] = None
        actor = catalogue().actors.get(actor.parent or "")
    return frozenset(found)
