"""How many were killed, injured, detained …: the quantities of an event, by the role they play in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from spacy.tokens import Token

from situate.contract import EventQuantity, Quantity, QuantityRole
from situate.knowledge.events import FOLDER, lexicon, read
from situate.reading.arguments import objects, subjects
from situate.reading.index import Index

if TYPE_CHECKING:
    from situate.reading.candidates import Candidate

_CLIMB = 5
_VERBS = ("VERB", "AUX")
_MET = ("dobj", "nsubjpass")
_RESULTS = ("oprd", "acomp", "xcomp", "ccomp", "acl", "amod")  # what a deed makes of those it is done to


@dataclass(frozen=True, slots=True)
class _Words:
    """`roles` by the lemma that governs a figure or that it counts, `modes` by what an event does to its object,
    `of_events` by class."""

    roles: Mapping[str, QuantityRole]
    modes: Mapping[str, QuantityRole]
    of_events: Mapping[str, frozenset[QuantityRole]]
    not_people: frozenset[str]
    civil: frozenset[str]
    leaving: frozenset[str]


@cache
def _words() -> _Words:
    data = read(FOLDER / "casualties.yaml")
    return _Words(
        roles={word: role for role, words in data["words"].items() for word in words},
        modes=data["modes"],
        of_events={type_: frozenset(roles) for type_, roles in data["of_events"].items()},
        not_people=frozenset(data["not_people"]),
        civil=frozenset(data["civil"]),
        leaving=frozenset(data["leaving"]),
    )


def casualties(candidate: Candidate, index: Index) -> tuple[EventQuantity, ...]:
    """The counted people of a candidate's sentence to whom an event of its class happens, as the words say."""
    roles = _words().of_events.get(candidate.type)
    if roles is None:
        return ()
    sentence = candidate.sentence
    out: dict[str, EventQuantity] = {}
    for start, end, quantity in index.quantities.within(sentence.start, sentence.end):
        tokens = sentence.tokens_in(start, end)
        if tokens and not _is_of_things(quantity):
            counted = max(tokens, key=lambda t: t.i)
            role = _of_event(counted, candidate) or _role(counted)
            if role in roles:
                out[quantity.id] = EventQuantity(role, quantity.id)
    return tuple(out.values())


def counted_once(figures: Sequence[EventQuantity], quantities: Mapping[str, Quantity]) -> tuple[EventQuantity, ...]:
    """An event's figures without those that a report gives again: as many of whom the same happened to."""
    once: dict[tuple[QuantityRole, object], EventQuantity] = {}
    for figure in figures:
        quantity = quantities[figure.quantity]
        number = (quantity.low, quantity.high) if quantity.value is None else quantity.value
        once.setdefault((figure.role, number), figure)
    return tuple(once.values())


def _is_of_things(quantity: Quantity) -> bool:
    things = _words().not_people
    counted = (quantity.of or "").lower().split()
    return (quantity.unit or "") in things or not things.isdisjoint(counted[-1:])


def _of_event(counted: Token, c: Candidate) -> QuantityRole | None:
    """The role of those to whom an event of its mode is done, and of civilians who leave."""
    words, verb = _words(), c.token
    if c.part != "verb":
        return None
    done = words.modes.get(c.sense.mode or "") if c.type == "COERCE" else None
    if done and counted in objects(verb):
        return done
    civil = c.type == "RETREAT" and counted.lemma_.lower() in words.civil
    return "displaced" if civil and c.sense.mode != "release" and counted in subjects(verb) else None


def _role(token: Token) -> QuantityRole | None:
    """The role of a figure: that of the nearest word above it, or in its noun phrase, that has one.

    What a verb makes of its object counts before what it tells itself ("left ten dead"), and a verb that tells nothing
    of harm keeps its object from what is said beside it ("killed ten and drove a thousand out").
    """
    roles, light = _words().roles, lexicon().words["light"]
    here, came = token, ""
    for _ in range(_CLIMB):
        leaves = here.lemma_.lower() in _words().leaving and came in (*_MET, "ccomp", "oprd", "acomp")
        found = [here] if came == "" or here.pos_ not in _VERBS else [*_results(here), *([] if leaves else [here])]
        found += [t for t in here.children if t.dep_ in ("acl", "amod")]
        role = next((r for t in found if (r := roles.get(t.lemma_.lower()) or roles.get(t.lower_))), None)
        if role or here.head == here or leaves:
            return role
        if here.pos_ == "VERB" and came in _MET and here.lemma_.lower() not in light:
            return None
        here, came = here.head, here.dep_
    return None


def _results(verb: Token) -> Iterator[Token]:
    """What a verb makes of its object: "left ten dead", "left ten people dead"."""
    for child in verb.children:
        if child.dep_ in _RESULTS:
            yield child
            yield from (t for t in child.children if t.dep_ in ("acl", "amod", "acomp"))
