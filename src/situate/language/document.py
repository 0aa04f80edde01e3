"""A report as the readers see it: sentences with their grammar, and what the model suggests in each.

Furniture is left out, so no reader can take an entry from it. All offsets are code points into `report.text`.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from situate.contract import Report, Span


@dataclass(frozen=True, slots=True)
class Name:
    """Words that the model or spaCy takes for an actor or a place.

    `label` is "actor:KIND" or "place:KIND" with a kind of the contract; `score` from 0 to 1.
    """

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Role:
    """Words that the model takes for a part of a proposal: `role` as in the entry's field, `score` from 0 to 1."""

    role: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that the model suggests: its layer, its class, the words that show it, and who plays what part.

    `label` is the layer's own class (an event type, a kind of movement, a state of control …); `details` are
    further labels with their scores (an event's status, say).
    """

    layer: str
    label: str
    start: int
    end: int
    score: float
    roles: tuple[Role, ...] = ()
    details: dict[str, dict[str, float]] = field(default_factory=dict)


@dataclass(slots=True)
class Sentence:
    """One sentence: its place in the report, its tokens with their grammar, and the model's suggestions."""

    index: int
    start: int
    end: int
    offset: int  # of its spaCy document in the report's text
    tokens: Tokens
    paragraph: int
    names: tuple[Name, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    topics: dict[str, dict[str, float]] = field(default_factory=dict)  # head: class: probability

    def where(self, first: Token, last: Token | None = None) -> tuple[int, int]:
        """The report offsets of a token, or of the tokens from `first` to `last` inclusive."""
        last = last or first
        return self.offset + first.idx, self.offset + last.idx + len(last)

    def token_at(self, position: int) -> Token | None:
        """The token that holds the character at a report offset, or None."""
        return next(iter(self.tokens_in(position, position + 1)), None)

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that share a character with the report offsets given."""
        doc, first, stop = self.tokens.doc, self.tokens.start, self.tokens.end
        start, end = start - self.offset, end - self.offset
        low, high = first, stop
        while low < high:  # the first token that ends behind the start
            middle = (low + high) // 2
            token = doc[middle]
            if token.idx + len(token) > start:
                high = middle
            else:
                low = middle + 1
        found = []
        while low < stop and (token := doc[low]).idx < end:
            found.append(token)
            low += 1
        return found


@dataclass(slots=True)
class States:
    """What the encoder makes of each word and each sentence: vectors, by report offset and by sentence index.

    Empty where it hasn't read the report.
    """

    words: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    sentences: dict[int, NDArray[np.float32]] = field(default_factory=dict)

    def at(self, position: int) -> NDArray[np.float32] | None:
        """The vector of the word that begins at a report offset or a few characters before it."""
        for start in range(position, position - _WORD, -1):
            if start in self.words:
                return self.words[start]
        return None


_WORD = 16  # characters: how far into a word a position may lie


class Document:
    """A report with its sentences in order.

    `text` is what readers look at: the report's, with capitals given back where they were lost; offsets are the same.
    """

    def __init__(self, report: Report, sentences: list[Sentence], text: str | None = None) -> None:
        self.report = report
        self.text = report.text if text is None else text
        self.sentences = sentences
        self.states = States()
        self._starts = [s.start for s in sentences]

    @property
    def heard(self) -> bool:
        """Whether the encoder has read any of it."""
        return any(s.topics for s in self.sentences)

    def span(self, start: int, end: int) -> Span:
        """The contract's span of these offsets."""
        return Span.of(self.report.text, start, end)

    def evidence(self, sentence: Sentence) -> Span:
        """A sentence as a span."""
        return self.span(sentence.start, sentence.end)

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds a character, or None (between sentences, in furniture)."""
        i = bisect.bisect_right(self._starts, position) - 1
        return self.sentences[i] if i >= 0 and position < self.sentences[i].end else None

    def proposals(self, layer: str) -> Iterator[tuple[Sentence, Proposal]]:
        """The model's suggestions for a layer, in reading order."""
        for sentence in self.sentences:
            for proposal in sentence.proposals:
                if proposal.layer == layer:
                    yield sentence, proposal
