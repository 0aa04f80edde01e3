"""Definite descriptions that point back to a place: "the city", "the airport", "the besieged town"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from situate.contract import Mention, Place, PlaceKind
from situate.knowledge.places import capitals, place_words
from situate.language import Document, Sentence
from situate.reading.place_evidence import is_scene

LOOK_BACK = 3_000  # characters
_POINTERS = frozenset(("the", "this", "that"))


def references(document: Document, places: Sequence[Place]) -> list[Place]:
    """The places with the descriptions added that point back to them."""
    found: dict[int, list[Mention]] = {}
    spots = sorted((m.start, m.end, i) for i, p in enumerate(places) for m in p.mentions if _scene(document, m))
    for sentence in document.sentences:
        for token in sentence.tokens:
            if token.lower_ in place_words().nouns and token.tag_ in ("NN", "NNP"):
                _point(document, sentence, token, places, spots, found)
    return _with(places, found)


def apposed(document: Document, places: Sequence[Place]) -> list[Place]:
    """The places with the words added that say what they are: "a town" in "Ariha, a town near the highway"."""
    spots = [(m.start, m.end, i) for i, p in enumerate(places) for m in p.mentions]
    found: dict[int, list[Mention]] = {}
    for sentence in document.sentences:
        for token in sentence.tokens:
            if token.dep_ != "appos" or token.lower_ not in place_words().nouns or token.tag_ != "NN":
                continue
            named = sentence.where(token.head)[0]
            kind = place_words().nouns[token.lower_]
            which = next((i for s, e, i in spots if s <= named < e and _may_be(kind, places[i].kind)), None)
            first = next((t for t in token.lefts if t.dep_ == "det"), None)
            if which is None or first is None:
                continue
            start, end = sentence.where(first, token)
            if not any(s < end and start < e for s, e, _ in spots):
                found.setdefault(which, []).append(Mention(start, end, document.report.text[start:end], "description"))
    return _with(places, found)


def _may_be(noun: PlaceKind, kind: PlaceKind) -> bool:
    """Whether a noun can say what a place of a kind is."""
    return noun == kind or {noun, kind} <= {"settlement", "admin", "zone", "region"}


def _with(places: Sequence[Place], found: dict[int, list[Mention]]) -> list[Place]:
    """The places with more mentions, in text order."""
    return [
        replace(p, mentions=tuple(sorted((*p.mentions, *found[i]), key=lambda m: m.start))) if i in found else p
        for i, p in enumerate(places)
    ]


def _scene(document: Document, mention: Mention) -> bool:
    sentence = document.sentence_at(mention.start)
    return sentence is None or is_scene(sentence, mention.start, mention.end)


def _point(
    document: Document,
    sentence: Sentence,
    token: Token,
    places: Sequence[Place],
    spots: list[tuple[int, int, int]],
    found: dict[int, list[Mention]],
) -> None:
    first = definite(token, sentence)
    if first is None:
        return
    start, end = sentence.where(first, token)
    if any(s < end and start < e for s, e, _ in spots):
        return
    which = _antecedent(token.lower_, start, places, spots)
    if which is not None:
        found.setdefault(which, []).append(Mention(start, end, document.report.text[start:end], "description"))


def definite(token: Token, sentence: Sentence) -> Token | None:
    """The article of a bare definite noun phrase, adjectives allowed; None where it is no such phrase."""
    stop = sentence.tokens.end
    after = token.nbor(1) if token.i + 1 < stop else None
    if after is not None and (after.lower_ == "of" or after.pos_ in ("NOUN", "PROPN")):
        return None
    at = token.i - 1
    while at >= sentence.tokens.start and token.i - at < 4:
        word = token.doc[at]
        if word.lower_ in _POINTERS:
            return word
        if word.pos_ != "ADJ" or word.lower_ in place_words().directions or word.lower_ in ("other", "next"):
            return None
        at -= 1
    return None


def _antecedent(noun: str, start: int, places: Sequence[Place], spots: list[tuple[int, int, int]]) -> int | None:
    """The place last named before that the noun fits."""
    kin = next((g for g in place_words().kin if noun in g), frozenset((noun,)))
    kind = place_words().nouns.get(noun)
    near = [(s, i) for s, _, i in reversed(spots) if 0 < start - s <= LOOK_BACK]
    if noun in place_words().of_cities:  # the one that was called so: "Karam, the quarter where it began"
        called = (i for s, i in near if any(s < m.start < start and _last_word(m) == noun for m in places[i].mentions))
        if (one := next(called, None)) is not None:
            return one
    for _, i in near:
        place = places[i]
        if noun == "state" and place.country not in place_words().of_states:
            continue  # "the state" is the government
        if noun == "capital" and not _is_capital(place):
            continue
        if kind == "settlement" and place.kind == "settlement":
            return i
        if kind == "admin" and place.kind == "admin":
            return i
        named = kind not in ("settlement", "admin", "country", "zone", "region") and place.kind == kind
        if named and place.name.split()[-1].lower() in kin:
            return i
    return None


def _last_word(mention: Mention) -> str:
    return mention.text.split()[-1]


def _is_capital(place: Place) -> bool:
    """Whether a place is its country's capital, or was said to be one: "Kunduz, the capital of the province"."""
    known = capitals().get(place.country or "")
    return place.name == known or any(m.text in (known, "the capital", "a capital") for m in place.mentions)
