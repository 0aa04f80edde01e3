"""Ties that a prefix tells: "pro-Russian rebels", "the anti-government coalition"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from situate.contract import RelationKind
from situate.knowledge.frames import lexicon
from situate.language import Document, Sentence
from situate.reading.names import Names

_NAME = r"-(?:the )?([A-Z][\w.]+(?:[- ][A-Z]\w+){0,2}|government|regime|rebel|opposition)"


@dataclass(frozen=True, slots=True)
class Leaning:
    """An actor described as for or against another."""

    sentence: Sentence
    at: int
    actor: str
    other: str
    kind: RelationKind


def leanings(document: Document, names: Names) -> Iterator[Leaning]:
    """The actors of a report whose description says whom they are for or against, in text order."""
    lists = lexicon("relations").lists
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        if "-" not in text:
            continue
        for found in _pattern().finditer(text):
            start = sentence.start + found.start()
            other = _named(names, sentence, sentence.start + found.start(2), sentence.start + found.end(2))
            actor = _described(names, start, sentence.start + found.end(), other)
            if actor and other:
                kind: RelationKind = "allied" if found[1].lower() in lists["for"] else "opposes"
                yield Leaning(sentence, start, actor, other, kind)


@cache
def _pattern() -> re.Pattern[str]:
    lists = lexicon("relations").lists
    return re.compile(rf"\b(?i:({'|'.join(sorted(lists['for'] | lists['against']))})){_NAME}")


def _named(names: Names, sentence: Sentence, start: int, end: int) -> str | None:
    """The actor after the prefix, by as many of the words as name one."""
    text = names.document.text
    while end > start:
        if found := names.pointed(sentence, start, end):
            return found
        end = start + text[start:end].rfind(" ")
    return None


def _described(names: Names, start: int, end: int, other: str | None) -> str | None:
    """The actor whose mention holds the prefix."""
    around = [x for x in names.index.actors.within(start, end) if x[0] <= start and x[1] > end and x[2] != other]
    return min(around, key=lambda x: x[1] - x[0])[2] if around else None
