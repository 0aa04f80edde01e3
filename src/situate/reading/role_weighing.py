"""Which of the actors and places around a trigger play which part: candidates weighed by where they stand.

Every actor mentioned in the trigger's sentence, and those of the sentences just before, is a candidate for every role.
What the grammar says (the slot of the lexicon's frame, the path between the words) is weighed together with what the
actor is and what part it played just before, and with what the encoder makes of both words: by the network `roles`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Token

from situate.contract import MentionForm, Picture
from situate.language import Document, Sentence
from situate.reading.event_context import EventContext
from situate.reading.event_weights import logistic
from situate.reading.index import Spots
from situate.reading.networks import Floats, State, network
from situate.reading.place_evidence import is_scene

if TYPE_CHECKING:
    from situate.reading.candidates import Candidate

_PATH = 6  # steps of grammar between trigger and mention that still are a path
_CONTEXT = 2  # sentences before the trigger's whose actors and places are candidates


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention in a sentence: whose, its head word, how it refers, and where."""

    id: str
    head: Token
    form: MentionForm
    start: int
    end: int


_Spot = tuple[int, int, tuple[str, MentionForm]]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where one who may play a part stands: what is seen of it beside the trigger, and where its head word is with the
    encoder's state of it (-1 and None: nowhere near)."""

    features: list[str]
    at: int = -1
    state: State = None


class Mentions:
    """The mentions of a report's actors or places, by sentence."""

    def __init__(self, picture: Picture, layer: str) -> None:
        self._spots: Spots[tuple[str, MentionForm]] = Spots(
            (m.start, m.end, (x.id, m.form)) for x in getattr(picture, layer) for m in x.mentions
        )
        self._are_places = layer == "places"
        self._states = {x.id for x in getattr(picture, layer) if x.kind == "state"}
        self._by_sentence: dict[int, list[Mentioned]] = {}

    def at(self, start: int, end: int) -> str | None:
        """Whose mention the words are."""
        found = self._spots.at(start, end)
        return found[0] if found else None

    def of(self, sentence: Sentence) -> list[Mentioned]:
        """The mentions in a sentence in text order.

        Without states named only inside others' ("U.S. troops"), and places where somebody writes or is based.
        """
        if sentence.index not in self._by_sentence:
            found = self._spots.within(sentence.start, sentence.end)
            found = [x for x in found if x[2][0] not in self._states or not _inside(x, found)]
            if self._are_places:
                found = [x for x in found if is_scene(sentence, x[0], x[1])]
            self._by_sentence[sentence.index] = [
                Mentioned(id_, head, form, start, end)
                for start, end, (id_, form) in found
                if (head := _head(sentence, start, end)) is not None
            ]
        return self._by_sentence[sentence.index]


def _inside(spot: _Spot, others: Sequence[_Spot]) -> bool:
    """Whether a mention lies in one of another actor or place."""
    start, end, (id_, _) = spot
    return any(s <= start and end <= e and other != id_ for s, e, (other, _) in others)


def _head(sentence: Sentence, start: int, end: int) -> Token | None:
    span = sentence.tokens.doc.char_span(start - sentence.offset, end - sentence.offset, alignment_mode="expand")
    return span.root if span is not None else None


def path(trigger: Token, mention: Token) -> str:
    """The way through the grammar from a trigger to a mention: labels up, then labels down."""
    chain = [trigger]
    while len(chain) <= _PATH and chain[-1].head != chain[-1]:
        chain.append(chain[-1].head)
    down: list[str] = []
    here = mention
    for _ in range(_PATH):
        for k, above in enumerate(chain):
            if above == here:
                up = [_label(t) for t in chain[:k]]
                return "<".join(up) + "|" + ">".join(reversed(down)) if k + len(down) <= _PATH else "far"
        if here.head == here:
            break
        down.append(_label(here))
        here = here.head
    return "far"


def _leads(token: Token) -> bool:
    """Whether a word is the subject of its sentence's main verb."""
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT"


def _label(token: Token) -> str:
    dep = token.dep_
    if dep in ("prep", "agent"):
        return f"{dep}:{token.lower_}"
    if dep in ("compound", "amod", "nmod"):
        return "mod"
    return dep


class RoleWeigher:
    """Weighs who plays what part in the events of one report."""

    def __init__(self, picture: Picture, document: Document) -> None:
        self._sentences = document.sentences
        self._states = document.states
        self._sides: dict[int, Floats] = {}
        self._mentions = {layer: Mentions(picture, layer) for layer in ("actors", "places")}
        self._kinds: dict[str, str] = {a.id: a.kind for a in picture.actors} | {p.id: p.kind for p in picture.places}
        countries = [(a.id, a.country) for a in picture.actors] + [(p.id, p.country) for p in picture.places]
        self._countries = dict(countries)
        self._sources = {c.id: c.actor for c in picture.claims}
        ranked = {
            layer: sorted(getattr(picture, layer), key=lambda x: -len(x.mentions)) for layer in ("actors", "places")
        }
        self._rank = {x.id: min(n, 3) for some in ranked.values() for n, x in enumerate(some)}

    def candidates(self, c: Candidate, layer: str, context: EventContext) -> dict[str, list[Seat]]:
        """The seats of all who may play a part, by id; those out of the sentence have one."""
        out: dict[str, list[Seat]] = {}
        here = self._mentions[layer].of(c.sentence)
        common = [f"type {c.type}", f"type {c.type} {c.part}"]
        for n, m in enumerate(here):
            seen = [*self._of_mention(c, m, here, n), *self._of_id(c, m.id, context), *common]
            out.setdefault(m.id, []).append(self._seat(seen, c.sentence, m))
        filled = "+".join(name for name, ids in (("a", c.parts.actors), ("r", c.parts.recipients)) if ids)
        for back in range(1, _CONTEXT + 1):
            if c.sentence.index - back < 0:
                break
            sentence = self._sentences[c.sentence.index - back]
            for m in self._mentions[layer].of(sentence):
                if m.id not in out:
                    where = [f"context {back} {m.head.dep_}", f"context {back} filled {filled}"]
                    seen = [*where, *self._far(c, m.id, filled, bool(here), context)]
                    out[m.id] = [self._seat(seen, sentence, m)]
        if layer == "actors":
            for id_ in context.first_opponents([*c.parts.actors, *c.parts.recipients]):
                if id_ not in out:
                    out[id_] = [Seat(["context far", *self._far(c, id_, filled, bool(here), context)])]
        return out

    def _seat(self, seen: list[str], sentence: Sentence, m: Mentioned) -> Seat:
        at = sentence.offset + m.head.idx
        return Seat(seen, at, self._states.at(at))

    def _far(self, c: Candidate, id_: str, filled: str, some: bool, context: EventContext) -> list[str]:
        """The features of one that isn't mentioned in the trigger's sentence."""
        return [
            f"context filled {filled} {c.type} {c.part}",
            f"context {'some' if some else 'none'} here",
            *(f"context {f}" for f in self._of_id(c, id_, context)),
        ]

    def settle(self, c: Candidate, context: EventContext) -> None:
        """Sets the parts of a candidate by weight: who is likely enough to play a role, and likelier than another."""
        sums = self.sums(c, context)
        _make_equal(c, sums)
        for roles in ROLES.values():
            for role in roles:
                others = [sums[o] for o in roles if o != role]
                likely = sorted(
                    ((s, id_) for id_, s in sums[role].items() if all(s >= o.get(id_, s) for o in others)),
                    key=lambda x: -x[0],
                )
                chosen = [
                    (s, id_) for n, (s, id_) in enumerate(likely) if logistic(s) >= (_FURTHER if n else _LEAST)[role]
                ]
                into = getattr(c.parts, _FIELD[role])
                into[:] = [id_ for _, id_ in chosen]
                c.parts.odds |= {(role, id_): logistic(s) for s, id_ in chosen}

    def sums(self, c: Candidate, context: EventContext) -> dict[str, dict[str, float]]:
        """How likely each actor or place plays each of its layer's roles: logits, by role and id."""
        seats = [
            (layer, id_, seat)
            for layer in ROLES
            for id_, some in self.candidates(c, layer, context).items()
            for seat in some
        ]
        out: dict[str, dict[str, float]] = {role: {} for role in COLUMNS}
        if not seats:
            return out
        weighing = network("roles")
        left, right = [weighing.side("left", c.state)], [self._side(seat) for *_, seat in seats]
        scores = weighing.scores(left, right, [seat.features for *_, seat in seats]).tolist()
        for (layer, id_, _), row in zip(seats, scores, strict=True):
            for role in ROLES[layer]:
                best, score = out[role], row[COLUMNS.index(role)]
                best[id_] = max(score, best.get(id_, score))
        return out

    def _side(self, seat: Seat) -> Floats:
        """What the network makes of a seat's word, kept: many triggers share it."""
        if seat.at not in self._sides:
            self._sides[seat.at] = network("roles").side("right", seat.state)
        return self._sides[seat.at]

    def _of_id(self, c: Candidate, id_: str, context: EventContext) -> list[str]:
        """The features of an actor or place as such, and of the parts it plays in the report."""
        kind = self._kinds[id_]
        role, told = context.before.get(id_, ("none", ""))
        actors, recipients = ([i for i in ids if i != id_] for ids in (c.parts.actors, c.parts.recipients))
        out = [
            "bias",
            f"kind {kind} {c.type}",
            f"rank {self._rank[id_]}",
            f"was {role} {'same' if told == c.type else 'other'}",
            f"mostly {context.mostly(id_, c.type)} {c.type}",
            f"against actor {context.stands_against(id_, actors)} {c.type}",
            f"against recipient {context.stands_against(id_, recipients)} {c.type}",
            f"country of actor {self._country_like(id_, actors)} {c.type}",
            f"country of recipient {self._country_like(id_, recipients)}",
        ]
        last = context.last.get(c.type, {})
        out += [f"last {r} {c.type}" for r, ids in last.items() if id_ in ids]
        if c.claim and self._sources.get(c.claim) == id_:
            out.append(f"source of the claim {c.type}")
        return out

    def _country_like(self, id_: str, others: Sequence[str]) -> str:
        """Whether one is of the same country as some others."""
        mine, theirs = self._countries.get(id_), {self._countries.get(o) for o in others} - {None}
        return "open" if mine is None or not theirs else "same" if mine in theirs else "other"

    def _of_mention(self, c: Candidate, m: Mentioned, here: list[Mentioned], n: int) -> list[str]:
        start, end = c.trigger.span
        side = "before" if m.end <= start else "after" if m.start >= end else "in"
        way = path(c.token, m.head)
        slot = c.parts.slots.get(m.id, "none")
        between = sum(1 for o in here if min(m.start, start) < o.start < max(m.start, start) and o is not m)
        return [
            f"{c.part} path {way}",
            f"{c.part} path {way} {c.type}",
            f"slot {slot}",
            f"slot {slot} {c.sense.frame.name}",
            f"slot {slot} {m.head.dep_}",
            f"{side} {c.part} {min(between, 3)}",
            f"{side} {c.type}",
            f"only {len(here) == 1:d} {side}",
            f"form {m.form}",
            f"head {m.head.lemma_.lower()} {c.type}",
            f"subject of the sentence {_leads(m.head):d} {c.type}",
            f"dep {m.head.dep_} {side}",
            f"governed {m.head.head.lower_ if m.head.dep_ == 'pobj' else '-'} {side} {c.part}",
            f"sense {c.sense.id} {side}",
        ]


def _make_equal(c: Candidate, sums: dict[str, dict[str, float]]) -> None:
    """Sides that the grammar makes equal ("clashed with", "talks between") are all actors, none a recipient."""
    for id_, slot in c.parts.slots.items():
        if slot.endswith(" both") and id_ in sums["actor"]:
            sums["actor"][id_] = max(sums["actor"][id_], sums["recipient"].get(id_, _EQUAL), _EQUAL)
            sums["recipient"][id_] = -_EQUAL


_EQUAL = 1.0  # the sum that a side has at least where it is one of two equal ones
COLUMNS = ("actor", "recipient", "third", "place")  # outputs of the network
_FIELD = {"actor": "actors", "recipient": "recipients", "third": "third", "place": "places"}
_LEAST = {"actor": 0.35, "recipient": 0.28, "third": 0.15, "place": 0.35}  # for the likeliest of a role
_FURTHER = {"actor": 0.5, "recipient": 0.5, "third": 0.3, "place": 0.5}  # for others beside it
ROLES = {"actors": ("actor", "recipient", "third"), "places": ("place",)}
