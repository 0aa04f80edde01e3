"""Finding word frames in sentences: each word that may show an entry, with the words in its roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from situate.knowledge.frames import Frame, Lexicon
from situate.language import Document, Sentence
from situate.reading.arguments import objects, subjects, walk
from situate.reading.phrases import above, after, has_particle, preposition_of

_DATELINE = re.compile(  # what goes on in small letters is no sentence: "HTS - the largest group there - left"
    r"[A-Z][A-Z ./'-]+(?:,[^()]{0,40})?(?:\([^)]{2,40}\))?\s*(?:--?|—|–)\s(?=[^a-z]|al-|el-)"
)
_DATED = re.compile(  # "Amman, 3 May (agency) - The army left": in small letters only with a day or an agency's name
    r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}, "
    r"(?:(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?|[A-Z]{2,})"
    r"(?: ?\([^)]{2,40}\))?\s*(?:--?|—|–)\s(?=[A-Z\"'“])"
)
_PARTS = {
    "noun": frozenset({"NOUN", "PROPN"}),
    "verb": frozenset({"VERB", "AUX"}),
    "adjective": frozenset({"ADJ", "VERB"}),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found in a sentence, and the word that shows it."""

    frame: Frame
    sentence: Sentence
    token: Token

    def role(self, name: str) -> list[Token]:
        """The words in a role: those on the first of its paths that leads anywhere."""
        return next(self.roles(name), [])

    def roles(self, name: str) -> Iterator[list[Token]]:
        """The words in a role, path by path, for a caller that has to see which of them it knows."""
        told = dateline(self.sentence)
        for path in self.frame.roles.get(name, ()):
            if found := [t for word in walk(self.token, path) for t in _behind(word, told)]:
                yield found

    @property
    def span(self) -> tuple[int, int]:
        """The report offsets of the word that shows it."""
        return self.sentence.where(self.token)


@dataclass(frozen=True, slots=True)
class Compound:
    """A frame found in a word with a hyphen ("rebel-held town"): the offsets of both parts of the word."""

    frame: Frame
    sentence: Sentence
    token: Token  # the last token of the word
    left: tuple[int, int]  # "rebel"
    end: int  # the end of "held"


def dateline(sentence: Sentence) -> int:
    """Where a sentence begins behind its dateline ("BEIRUT, Lebanon (Agency) - "), in its text as parsed."""
    tokens = sentence.tokens
    if not len(tokens) or not (tokens[0].is_upper or tokens[0].is_title):
        return 0
    found = (_DATELINE if tokens[0].is_upper else _DATED).match(tokens.text)
    first: int = tokens.start_char
    return first + found.end() if found else 0


def _behind(word: Token, told: int) -> list[Token]:
    """A word that stands behind the dateline, or the first there that the parser hung on one of the dateline's."""
    if word.idx >= told:
        return [word]
    hung = (t for t in word.subtree if t.idx >= told and t.dep_ in ("appos", "conj") and t.head.idx < told)
    return [t for t in hung if t.pos_ in ("NOUN", "PROPN")][:1]


def matches(document: Document, lexicon: Lexicon) -> Iterator[Match]:
    """The frames of a lexicon in a report, in text order, without those of hyphenated words."""
    known = lexicon.frames
    for sentence in document.sentences:
        for token in sentence.tokens:
            frames = known.get(token.lemma_.lower())
            if frames is None or (token.i > 0 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_):
                continue
            for frame in frames:
                if _fits(frame, token):
                    yield Match(frame, sentence, token)


def _fits(frame: Frame, token: Token) -> bool:
    if token.pos_ not in _PARTS[frame.part]:
        return False
    if frame.particles and not has_particle(token, frame.particles):
        return False
    if frame.without and has_particle(token, frame.without):
        return False
    if frame.objectless and objects(token):
        return False
    if frame.objects and not any(t.lemma_.lower() in frame.objects for t in objects(token)):
        return False
    if frame.subjects and not any(t.lemma_.lower() in frame.subjects for t in subjects(token)):
        return False
    if frame.toward and not any(t.lemma_.lower() in frame.toward for t in after(token, "to")):
        return False
    if frame.governors and not any(t.lemma_.lower() in frame.governors for t in above(token)):
        return False
    return not frame.under or preposition_of(token) in frame.under


def compounds(document: Document, lexicon: Lexicon) -> Iterator[Compound]:
    """The frames of a lexicon that hyphenated words show, in text order."""
    known = lexicon.hyphens
    for sentence in document.sentences:
        if "-" not in document.text[sentence.start : sentence.end]:
            continue
        for token in sentence.tokens:
            left, _, last = token.lower_.rpartition("-")
            for frame in known.get(last, ()):
                start, end = sentence.where(token)
                if left:
                    yield Compound(frame, sentence, token, (start, start + len(left)), end)
                elif (before := _before_hyphen(token)) is not None:
                    yield Compound(frame, sentence, token, sentence.where(*before), end)


def _before_hyphen(token: Token) -> tuple[Token, Token] | None:
    """The tokens before "-held": one, or more where they are joined by hyphens themselves ("al", "-", "Qaeda")."""
    first = token.i - 2
    if (
        first < token.sent.start
        or token.nbor(-1).text != "-"
        or token.nbor(-1).whitespace_
        or token.nbor(-2).whitespace_
    ):
        return None
    last = first
    doc = token.doc
    while first - 2 >= token.sent.start and doc[first - 1].text == "-" and not doc[first - 1].whitespace_:
        first -= 2
    return doc[first], doc[last]
