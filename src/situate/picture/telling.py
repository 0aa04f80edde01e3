"""What the words that two entries rest on share: names, figures, telling words, and days named in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from situate.knowledge.merging import merging_words
from situate.knowledge.times import time_words
from situate.store.fold import fold

STEM = 6  # letters by which "offensive" and "offensives", "shelled" and "shelling" are one word, or nearly
SAME_WORDS = 0.8  # from which on two sentences tell the same (`in_common`)
FEW = 4  # telling words: in fewer, one word in common is chance
DAYS_OF_MONTH = 31
_WORD = re.compile(r"[^\W\d_]{3,}|\d[\d,.]*\d|\d")
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([^\W\d_]{3,9})\b|\b([^\W\d_]{3,9})\.? (\d{1,2})\b")


@dataclass(frozen=True, slots=True)
class Telling:
    """The stems of a sentence's telling words, those of them that are names, its figures, its days of the year."""

    words: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]
    days: frozenset[int]  # counted as if every month had 31 days


@lru_cache(maxsize=1 << 13)
def telling(text: str) -> Telling:
    """What a sentence has to tell it by."""
    common = merging_words().common
    words, names, figures = set(), set(), set()
    for word in _WORD.findall(text):
        if word[0].isdigit():
            figures.add(word)
        elif (folded := _folded(word)) and folded not in common:
            words.add(folded[:STEM])
            if word[0].isupper():
                names.add(folded[:STEM])
    return Telling(frozenset(words), frozenset(names), frozenset(figures), frozenset(_days(text)))


@lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    return fold(word)


def in_common(a: Telling, b: Telling) -> float:
    """From 0 to 1: the share of telling words and figures, and the share of names, that the poorer sentence has."""
    words = len(a.words & b.words) + len(a.figures & b.figures)
    fewer = min(len(a.words) + len(a.figures), len(b.words) + len(b.figures))
    names = len(a.names & b.names) / max(1, min(len(a.names), len(b.names)))
    return min(1.0, words / max(FEW, fewer) + names / 2)


def days_apart(a: Telling, b: Telling) -> int | None:
    """How many days lie between the nearest days that both name, by day and month; None where one names none."""
    year = 12 * DAYS_OF_MONTH
    if not a.days or not b.days:
        return None
    return min(min(abs(x - y), year - abs(x - y)) for x in a.days for y in b.days)


def _days(text: str) -> set[int]:
    months, found = time_words().months, set()
    for match in _DAY.finditer(text):
        day, name = (match[1], match[2]) if match[1] else (match[4], match[3])
        month = months.get(name.lower())
        if month and 1 <= int(day) <= DAYS_OF_MONTH:
            found.add((month - 1) * DAYS_OF_MONTH + int(day))
    return found
