"""Who "I" and "we" are in what somebody is quoted with: the one who speaks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from situate.language import Sentence
from situate.reading.actor_cast import Cast, Entity
from situate.reading.actor_context import words_of
from situate.reading.actor_found import Found

HOLDS = 2  # sentences for which a quotation that goes on keeps its speaker
QUOTES = '"“”'


def take_speakers(cast: Cast, sentences: Iterable[Sentence]) -> None:
    """Gives the first persons in quotations to the actors that speak."""
    speaker: tuple[Entity, Sentence] | None = None
    for sentence in sentences:
        own = None
        for found in _first_persons(sentence):
            subject = _subject(found.head)
            own = cast.at(sentence.where(subject)[0]) if subject is not None else own
            going_on = speaker is not None and subject is None and _goes_on(speaker[1], sentence)
            entity = own or (speaker[0] if speaker is not None and going_on else None)
            if entity is not None:
                entity.add(found, "pronoun")
        speaker = _speaker(cast, sentence) or speaker


def _first_persons(sentence: Sentence) -> Iterator[Found]:
    words = words_of("pronouns_first")
    for token in sentence.tokens:
        if token.lower_ in words and token.pos_ == "PRON":
            start, end = sentence.where(token)
            yield Found(start, end, sentence, token, "pronoun", token.lower_)


def _subject(pronoun: Token) -> Token | None:
    """The subject of the verb of speaking that the pronoun's clause hangs on: "We will fight on, he said"."""
    for verb in pronoun.ancestors:
        if verb.lemma_ in words_of("speaking"):
            subject = next((t for t in verb.children if t.dep_ == "nsubj"), None)
            if subject is not None and subject != pronoun and subject.lower_ not in words_of("pronouns_first"):
                return subject
    return None


def _speaker(cast: Cast, sentence: Sentence) -> tuple[Entity, Sentence] | None:
    """Who a sentence with a quotation says to be speaking."""
    if not any(t.text in QUOTES for t in sentence.tokens):
        return None
    for token in sentence.tokens:
        if token.dep_ == "nsubj" and token.head.lemma_ in words_of("speaking"):
            entity = cast.at(sentence.where(token)[0])
            if entity is not None:
                return entity, sentence
    return None


def _goes_on(before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence carries on a quotation: it comes soon after, and opens or closes with quotation marks."""
    ends = (sentence.tokens[0].text, sentence.tokens[-1].text, sentence.tokens[-2:][0].text)
    return sentence.index - before.index <= HOLDS and any(e in QUOTES for e in ends)
