"""Where the actors and places of a report are mentioned, and the ways through the grammar that lead there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from situate.contract import MentionForm, Picture
from situate.language import Sentence
from situate.reading.index import Spots
from situate.reading.instruments import weapon_at
from situate.reading.place_evidence import is_scene

_MODIFIERS = ("compound", "amod", "nmod")
_PATH = 6  # steps of grammar between trigger and mention that still are a path


@dataclass(frozen=True, slots=True)
class Way:
    """A word and the words above it, nearest first: where they stand in their spaCy document, and their labels."""

    at: tuple[int, ...]
    labels: tuple[str, ...]


def way(token: Token) -> Way:
    """The way from a word up, as far as a path may lead."""
    at, labels = [token.i], [_label(token)]
    for _ in range(_PATH):
        head = token.head
        if head is token or head == token:
            break
        token = head
        at.append(token.i)
        labels.append(_label(token))
    return Way(tuple(at), tuple(labels))


def path(trigger: Way, mention: Way) -> str:
    """The way through the grammar from a trigger to a mention: labels up, then labels down."""
    for down, here in enumerate(mention.at[:_PATH]):
        if here in trigger.at:
            up = trigger.at.index(here)
            if up + down > _PATH:
                break
            return "<".join(trigger.labels[:up]) + "|" + ">".join(reversed(mention.labels[:down]))
    return "far"


def _list_of(token: Token) -> int:
    """Where the first of a list stands, or the noun it shares: "A and B", "A and B troops", "leaders of A and B"."""
    first = _first(token)
    if first is token and not any(c.dep_ == "conj" for c in token.children):
        return first.i
    head = first.head
    if first.dep_ in _MODIFIERS:
        return _first(head).i
    several = first.dep_ == "pobj" and head.lower_ == "of" and head.head.tag_ in ("NNS", "NNPS")
    return _first(head.head).i if several and token.ent_type_ != "PERSON" else first.i


def _first(token: Token) -> Token:
    """The first of the words that a word is coordinated with."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def _label(token: Token) -> str:
    dep: str = token.dep_
    if dep in ("prep", "agent"):
        return f"{dep}:{token.lower_}"
    return "mod" if dep in _MODIFIERS else dep


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A mention in a sentence: whose, how it refers, where, and what the grammar says of its head word.

    `listed`: where the word stands that the list is known by in which it is named, its own place where it is in none.
    """

    id: str
    form: MentionForm
    start: int
    end: int
    head: int  # report offset of the head word
    way: Way
    listed: int
    dep: str
    lemma: str
    governor: str  # the preposition before it, or "-"
    leads: bool  # it is the subject of its sentence's main verb


_Spot = tuple[int, int, tuple[str, MentionForm]]


class Mentions:
    """The mentions of a report's actors or places, by sentence."""

    def __init__(self, picture: Picture, layer: str) -> None:
        self._spots: Spots[tuple[str, MentionForm]] = Spots(
            (m.start, m.end, (x.id, m.form)) for x in getattr(picture, layer) for m in x.mentions
        )
        self._are_places = layer == "places"
        self._states = {x.id for x in getattr(picture, layer) if x.kind == "state"}
        self._by_sentence: dict[int, list[Mentioned]] = {}

    def of(self, sentence: Sentence) -> list[Mentioned]:
        """The mentions in a sentence in text order.

        Without states named only inside others' ("U.S. troops"), and places where somebody writes or is based.
        """
        known = self._by_sentence.get(sentence.index)
        if known is None:
            found = self._spots.within(sentence.start, sentence.end)
            found = [x for x in found if x[2][0] not in self._states or not _inside(x, found)]
            if not self._are_places:
                found = [x for x in found if not _weapon(sentence, x)]
            if self._are_places:
                found = [x for x in found if is_scene(sentence, x[0], x[1])]
            known = [m for x in found if (m := _mentioned(sentence, x)) is not None]
            self._by_sentence[sentence.index] = known
        return known


def _weapon(sentence: Sentence, spot: _Spot) -> bool:
    """Whether a description is only the weapon's name before a deed: "drone attacks", "mortar fire"."""
    words = sentence.tokens_in(spot[0], spot[1])
    only = len(words) == 1 and words[0].dep_ == "compound" and words[0].tag_ in ("NN", "NNS")
    return only and spot[2][1] == "description" and weapon_at(sentence, words[0]) is not None


def _inside(spot: _Spot, others: Sequence[_Spot]) -> bool:
    """Whether a mention lies in one of another actor or place."""
    start, end, (id_, _) = spot
    return any(s <= start and end <= e and other != id_ for s, e, (other, _) in others)


def _mentioned(sentence: Sentence, spot: _Spot) -> Mentioned | None:
    start, end, (id_, form) = spot
    span = sentence.tokens.doc.char_span(start - sentence.offset, end - sentence.offset, alignment_mode="expand")
    if span is None:
        return None
    head = span.root
    dep, above = head.dep_, head.head
    leads = dep in ("nsubj", "nsubjpass") and above.dep_ == "ROOT"
    governor = above.lower_ if dep == "pobj" else "-"
    at = sentence.offset + head.idx
    return Mentioned(id_, form, start, end, at, way(head), _list_of(head), dep, head.lemma_.lower(), governor, leads)
