"""Capitals put right where they say nothing: old wires in lower case, headlines in capitals or With One On Each Word.

What reads names looks at capitals. Where a paragraph has none, or one on every word, each word gets the form that it
mostly has elsewhere, weighed with its neighbours: a logistic regression read from left to right
(`training/build_casing.py` makes its file). Lengths stay, so offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "casing.tsv"
WORD = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"[.!?:\n][\"”’')\]\s]*$|\n")  # between two words: a sentence ends here
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}|\b[a-z](?=\. [a-z]{3})")
_VOWELS = re.compile(r"[aeiouy]")  # an unknown word without any is an abbreviation
_FEWEST = 4  # words of a paragraph from which its capitals say something
_LONG, _TITLE = 4, 25  # letters of a word that a title gives a capital; words of the longest title
_EDGES = (0.01, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Casing:
    """Words with their commonest cased form and share of capitals; weights of what is seen of a word."""

    words: dict[str, tuple[str, float]]
    weights: dict[str, float]

    def kind(self, word: str) -> str:
        """How often a word has a capital, as a class; an unknown one by its last letters."""
        if word not in self.words:
            return f"new {word[-2:]}"
        share = self.words[word][1]
        return str(sum(share >= e for e in _EDGES))

    def features(self, words: Sequence[str], gaps: Sequence[str], i: int, before: bool) -> list[str]:
        """What is seen of the i-th of some words in lower case: `gaps[i]` stands before it, `before` tells whether the
        word before has a capital."""
        own = self.kind(words[i])
        gap = gaps[i] if gaps[i] in (" ", "-", ", ", "'") else "other"
        last = f"{self.kind(words[i - 1])[:3]} {before:d}" if i else "none"
        following = self.kind(words[i + 1])[:3] if i + 1 < len(words) else "none"
        coarse = own[:3]
        out = ["bias", f"own {own}", f"own {coarse} gap {gap} {before:d}", f"own {coarse} last {last}"]
        out += [f"own {coarse} next {following}", f"last {last} next {following}"]
        out += [f"own {coarse} after {words[i - 1]}"] if i else []
        out += [f"own {coarse} before {words[i + 1]}"] if i + 1 < len(words) else []
        return out

    def has_capital(self, words: Sequence[str], gaps: Sequence[str], i: int, before: bool) -> bool:
        """Whether a word is likelier to be written with a capital than without."""
        return sum(self.weights.get(f, 0.0) for f in self.features(words, gaps, i, before)) > 0

    def form(self, word: str) -> str:
        """A word as it is written where it has a capital."""
        known = self.words.get(word, ("", 0.0))[0]
        if not known and not _VOWELS.search(word):
            return "".join(_capital(c) for c in word)
        return known if known and not known.islower() else _capital(word[0]) + word[1:]


def restored(text: str) -> str:
    """A paragraph with likely capitals where its own say nothing; any other as it is. The length stays."""
    if not (is_caseless(text) or is_title(text)):
        return text
    low = "".join(_lower(c) for c in text)
    spots = [m.span() for m in WORD.finditer(low)]
    words = [low[s:e] for s, e in spots]
    gaps = [low[(spots[i - 1][1] if i else 0) : s] for i, (s, _) in enumerate(spots)]
    casing, out, before = _casing(), list(low), False
    for i, (start, end) in enumerate(spots):
        opens = (
            not any(c.isdigit() for c in gaps[0]) if i == 0 else bool(_ENDS.search(gaps[i])) and len(words[i - 1]) > 1
        )
        country = words[i] == "us" and text[start:end] == "US"  # in a headline hardly the pronoun
        before = country or casing.has_capital(words, gaps, i, before)
        if before:
            out[start:end] = "US" if country else casing.form(words[i])
        elif opens:
            out[start] = _capital(out[start])
    for m in _INITIALS.finditer(low):
        out[m.start() : m.end()] = [_capital(c) for c in m.group()]
    return "".join(out)


def is_caseless(text: str) -> bool:
    """Whether no word of several begins with a capital, or all consist of them."""
    words = WORD.findall(text)
    if len(words) < _FEWEST:
        return False
    return not any(w[0].isupper() for w in words) or not any(c.islower() for w in words for c in w)


def is_title(text: str) -> bool:
    """Whether a line has a capital on every word of some length, as titles have."""
    words = WORD.findall(text)
    long = [w for w in words if len(w) >= _LONG]
    return _FEWEST <= len(words) <= _TITLE and len(long) >= _FEWEST - 1 and all(w[0].isupper() for w in long)


def _capital(letter: str) -> str:
    return upper if len(upper := letter.upper()) == 1 else letter


def _lower(letter: str) -> str:
    return low if len(low := letter.lower()) == 1 else letter


@cache
def _casing() -> Casing:
    """What ships with the package, read once a process."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    words = {form.lower(): (form, float(share)) for what, form, share in rows if what == "word"}
    return Casing(words, {name: float(weight) for what, name, weight in rows if what == "weight"})
