"""Who may play a part in an event, and what is seen of each beside the trigger.

Every actor mentioned in the trigger's sentence, and those of the sentences just before, is a candidate for every role.
What the grammar says (the slot of the lexicon's frame, the path between the words) stands beside what the actor is and
what part it played just before. What is seen comes in pieces, since most of it is seen of many.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from situate.contract import Picture
from situate.language import Document, Sentence
from situate.reading.event_context import EventContext
from situate.reading.networks import Features, State
from situate.reading.role_mentions import Mentioned, Mentions, Way, path, way

if TYPE_CHECKING:
    from situate.reading.candidates import Candidate

ROLES = {"actors": ("actor", "recipient", "third"), "places": ("place",)}
_CONTEXT = 2  # sentences before the trigger's whose actors and places are candidates


@dataclass(frozen=True, slots=True)
class Seat:
    """Where one who may play a part stands: what is seen of it beside the trigger, in pieces, and where its head word
    is with the encoder's state of it (-1 and None: nowhere near)."""

    pieces: tuple[Features, ...]
    at: int = -1
    state: State = None

    @property
    def features(self) -> list[str]:
        """All that is seen of it."""
        return [f for piece in self.pieces for f in piece]


class Seats:
    """Finds who may play a part in the events of one report."""

    def __init__(self, picture: Picture, document: Document) -> None:
        self._sentences = document.sentences
        self._states = document.states
        self._mentions = {layer: Mentions(picture, layer) for layer in ("actors", "places")}
        self._kinds: dict[str, str] = {a.id: a.kind for a in picture.actors} | {p.id: p.kind for p in picture.places}
        countries = [(a.id, a.country) for a in picture.actors] + [(p.id, p.country) for p in picture.places]
        self._countries = dict(countries)
        self._sources = {c.id: c.actor for c in picture.claims}
        ranked = {
            layer: sorted(getattr(picture, layer), key=lambda x: -len(x.mentions)) for layer in ("actors", "places")
        }
        self._rank = {x.id: min(n, 3) for some in ranked.values() for n, x in enumerate(some)}
        self._listed: dict[int, list[list[str]]] = {}
        self._as_such: dict[tuple[str, str, str], Features] = {}
        self._beside: dict[tuple[str, str, tuple[str, ...], tuple[str, ...], str], Features] = {}

    def of(self, c: Candidate, layer: str, context: EventContext) -> dict[str, list[Seat]]:
        """The seats of all who may play a part, by id; those out of the sentence have one."""
        out: dict[str, list[Seat]] = {}
        here = self._mentions[layer].of(c.sentence)
        if here:
            up, starts = way(c.token), [m.start for m in here]
            common = (f"type {c.type}", f"type {c.type} {c.part}")
            as_such = {m.id: self._of_id(c, m.id, context, "") for m in here}
            for m in here:
                pieces: tuple[Features, ...] = (_of_mention(c, m, up, starts), *as_such[m.id], common)
                out.setdefault(m.id, []).append(Seat(pieces, m.head, self._states.at(m.head)))
        filled = "+".join(name for name, ids in (("a", c.parts.actors), ("r", c.parts.recipients)) if ids)
        far = (f"context filled {filled} {c.type} {c.part}", f"context {'some' if here else 'none'} here")
        for back in range(1, min(_CONTEXT, c.sentence.index) + 1):
            for m in self._mentions[layer].of(self._sentences[c.sentence.index - back]):
                if m.id not in out and not context.is_friend(m.id, c):
                    where = (f"context {back} {m.dep}", f"context {back} filled {filled}")
                    pieces = (where, far, *self._of_id(c, m.id, context, "context "))
                    out[m.id] = [Seat(pieces, m.head, self._states.at(m.head))]
        if layer == "actors":
            for id_ in context.first_opponents([*c.parts.actors, *c.parts.recipients]):
                if id_ not in out:
                    out[id_] = [Seat((("context far",), far, *self._of_id(c, id_, context, "context ")))]
        return out

    def listed(self, sentence: Sentence) -> list[list[str]]:
        """The actors of a sentence that stand in one list, by list: "A, B and C", "Egyptian and Jordanian jets"."""
        known = self._listed.get(sentence.index)
        if known is None:
            lists: dict[int, dict[str, None]] = {}
            for m in self._mentions["actors"].of(sentence):
                lists.setdefault(m.listed, {})[m.id] = None
            known = self._listed[sentence.index] = [[*ids] for ids in lists.values() if len(ids) > 1]
        return known

    def is_of_people(self, id_: str) -> bool:
        """Whether an actor is a person or unarmed people."""
        return self._kinds.get(id_) in ("person", "civilians")

    def named(self, sentence: Sentence) -> set[str]:
        """The actors who are mentioned in a sentence."""
        return {m.id for m in self.mentioned(sentence)}

    def mentioned(self, sentence: Sentence) -> Sequence[Mentioned]:
        """The mentions of actors in a sentence."""
        return self._mentions["actors"].of(sentence)

    def _of_id(self, c: Candidate, id_: str, context: EventContext, prefix: str) -> tuple[Features, Features, Features]:
        """The features of an actor or place as such, beside the sides that the grammar gives, and by what was told."""
        type_ = c.type
        as_such = self._as_such.get((id_, type_, prefix))
        if as_such is None:
            as_such = self._as_such[id_, type_, prefix] = (
                f"{prefix}bias",
                f"{prefix}kind {self._kinds[id_]} {type_}",
                f"{prefix}rank {self._rank[id_]}",
                f"{prefix}mostly {context.mostly(id_, type_)} {type_}",
            )
        key = (id_, type_, tuple(c.parts.actors), tuple(c.parts.recipients), prefix)
        beside = self._beside.get(key)
        if beside is None:
            actors, recipients = ([i for i in ids if i != id_] for ids in key[2:4])
            beside = self._beside[key] = (
                f"{prefix}against actor {context.stands_against(id_, actors)} {type_}",
                f"{prefix}against recipient {context.stands_against(id_, recipients)} {type_}",
                f"{prefix}country of actor {self._country_like(id_, actors)} {type_}",
                f"{prefix}country of recipient {self._country_like(id_, recipients)}",
            )
        return as_such, beside, self._told(c, id_, context, prefix)

    def _told(self, c: Candidate, id_: str, context: EventContext, prefix: str) -> Features:
        """What was told of it just before, and whether it is who says this."""
        role, told = context.before.get(id_, ("none", ""))
        out = [f"{prefix}was {role} {'same' if told == c.type else 'other'}"]
        last = context.last.get(c.type)
        if last:
            out += [f"{prefix}last {r} {c.type}" for r, ids in last.items() if id_ in ids]
        if c.claim and self._sources.get(c.claim) == id_:
            out.append(f"{prefix}source of the claim {c.type}")
        return tuple(out)

    def _country_like(self, id_: str, others: Sequence[str]) -> str:
        """Whether one is of the same country as some others."""
        mine, theirs = self._countries.get(id_), {self._countries.get(o) for o in others} - {None}
        return "open" if mine is None or not theirs else "same" if mine in theirs else "other"


def _of_mention(c: Candidate, m: Mentioned, up: Way, starts: Sequence[int]) -> Features:
    """What the words and the grammar between a trigger and a mention say; `starts`: of all mentions in the sentence."""
    start, end = c.trigger.span
    part, type_, dep = c.part, c.type, m.dep
    side = "before" if m.end <= start else "after" if m.start >= end else "in"
    leads = path(up, m.way)
    slot = c.parts.slots.get(m.id, "none")
    between = bisect_left(starts, max(m.start, start)) - bisect_right(starts, min(m.start, start))
    return (
        f"{part} path {leads}",
        f"{part} path {leads} {type_}",
        f"slot {slot}",
        f"slot {slot} {c.sense.frame.name}",
        f"slot {slot} {dep}",
        f"{side} {part} {min(max(between, 0), 3)}",
        f"{side} {type_}",
        f"only {len(starts) == 1:d} {side}",
        f"form {m.form}",
        f"head {m.lemma} {type_}",
        f"subject of the sentence {m.leads:d} {type_}",
        f"dep {dep} {side}",
        f"governed {m.governor} {side} {part}",
        f"sense {c.sense.id} {side}",
    )
