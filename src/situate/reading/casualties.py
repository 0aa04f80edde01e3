"""How many were killed, injured, detained …: the quantities of an event, by the role they play in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Token

from situate.contract import EventQuantity, QuantityRole
from situate.knowledge.events import FOLDER, read
from situate.reading.index import Index

if TYPE_CHECKING:
    from situate.reading.candidates import Candidate

_CLIMB = 5


@cache
def _roles() -> Mapping[str, QuantityRole]:
    """The role of a quantity by the lemma that governs it or that it counts."""
    data = read(FOLDER / "casualties.yaml")
    return {word: role for role, words in data["words"].items() for word in words}


@cache
def _units() -> frozenset[str]:
    return frozenset(read(FOLDER / "casualties.yaml")["not_people"])


def casualties(candidate: Candidate, index: Index) -> tuple[EventQuantity, ...]:
    """The counted people of a candidate's sentence whose words are governed by a verb or noun of harm."""
    if candidate.type not in ("ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "AID", "PROTEST"):
        return ()
    sentence = candidate.sentence
    out: dict[str, EventQuantity] = {}
    for start, end, quantity in index.quantities.within(sentence.start, sentence.end):
        tokens = sentence.tokens_in(start, end)
        if not tokens or (quantity.unit or "") in _units() or (quantity.of or "").lower() in _units():
            continue
        role = _role(max(tokens, key=lambda t: t.i), candidate.token)
        if role:
            out[quantity.id] = EventQuantity(role, quantity.id)
    return tuple(out.values())


def _role(token: Token, trigger: Token) -> QuantityRole | None:
    """The role of a figure: that of the nearest word above it, or in its noun phrase, that has one."""
    roles = _roles()
    here = token
    for _ in range(_CLIMB):
        role = roles.get(here.lemma_.lower()) or roles.get(here.lower_)
        if role:
            return role
        for child in here.children:
            if child.dep_ in ("acl", "amod") and (role := roles.get(child.lemma_.lower()) or roles.get(child.lower_)):
                return role
        if here.head == here:
            return None
        here = here.head
    return None
