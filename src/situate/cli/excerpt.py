"""Evidence cut to what a table has room for, and days in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

LONGEST_WORDS = 160  # characters of evidence shown
LONGEST_HALF = 20  # characters of half a word that are left out where evidence is cut


_ENDS = re.compile(r"""[.!?]["'”’)]*\s+(?=["'“‘(]*[A-Z0-9])|\n\s*""")


class Stretch(Protocol):
    """Words by where they stand: a span of the contract, or one that the store lists."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


def interval(earliest: str | None, latest: str | None) -> str:
    """An interval of days in words that sort."""
    if earliest == latest:
        return earliest or ""
    return f"{earliest or '…'} – {latest or '…'}"


def excerpt(sentence: Stretch, *marked: Stretch | None, most: int = LONGEST_WORDS) -> list[tuple[str, bool]]:
    """The words of a sentence in pieces, each with whether it is marked; a long one is cut around the first mark."""
    spans = sorted(
        ((s.start, s.end) for s in marked if s is not None and sentence.start <= s.start and s.end <= sentence.end),
    )
    first = next((s for s in marked if s is not None and (s.start, s.end) in spans), None)
    start, end = sentence.start, sentence.end
    if end - start > most:
        middle = (first.start + first.end) // 2 if first else start
        start = max(start, min(middle - most // 2, end - most))
        end = min(end, start + most)
        start, end = _at_words(sentence.text, start - sentence.start, end - sentence.start, sentence.start)
    words = sentence.text[start - sentence.start : end - sentence.start]
    pieces = list(_pieces(words, [(a - start, b - start) for a, b in spans]))
    before = [("…", False)] if start > sentence.start else []
    return [*before, *pieces, ("…", False)] if end < sentence.end else [*before, *pieces]


def sentence_around(text: str, words: Stretch) -> tuple[int, int]:
    """Where the sentence begins and ends in which words of a text stand, or the sentences that they run through."""
    ends = [0, *(end.end() for end in _ENDS.finditer(text)), len(text)]
    start = max(end for end in ends if end <= words.start)
    return start, len(text[: min(end for end in ends if end >= words.end)].rstrip())


def _pieces(words: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = 0
    for start, end in spans:
        start, end = max(at, start), min(len(words), end)
        if start < end:
            yield from ((words[at:start], False), (words[start:end], True))
            at = end
    yield words[at:], False


def _at_words(words: str, start: int, end: int, offset: int) -> tuple[int, int]:
    """A cut of the words (offsets within them) without half words at its ends, as offsets into the report."""
    if start > 0:
        start = words.find(" ", start, start + LONGEST_HALF) + 1 or start
    if end < len(words):
        space = words.rfind(" ", end - LONGEST_HALF, end)
        end = space if space > start else end
    return start + offset, end + offset


def inside(words: str) -> str:
    """Words of a report as they stand within a sentence: "The first buses" with a small article."""
    first, space, rest = words.partition(" ")
    return f"{first.lower()}{space}{rest}" if first in ("A", "An", "The") else words
