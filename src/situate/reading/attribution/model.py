"""What is found before it becomes a claim: a cue with its source and its content."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from situate.language import Sentence

Range = tuple[int, int]  # report offsets, end exclusive


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution in one sentence, in report offsets.

    `speaker` is the head word of the source. `content` is None where only quoted words elsewhere can fill it; `quotes`
    tells whether they may. `score` is 1 for a rule, and the model's score for its suggestion.
    """

    sentence: Sentence
    cue: Range
    frame: str  # the word class of the cue: speech, record, belief, judgement, charge, intent
    source: Range | None = None
    speaker: Token | None = None
    content: Range | None = None
    quotes: bool = False
    word: Token | None = None  # the cue's verb, noun or adverb
    score: float = 1.0
    label: str | None = None  # the model's kind: direct, indirect, mixed


def meet(a: Range, b: Range) -> bool:
    """Whether two ranges share a character."""
    return a[0] < b[1] and b[0] < a[1]


def inside(a: Range, b: Range) -> bool:
    """Whether the first range lies in the second."""
    return b[0] <= a[0] and a[1] <= b[1]
