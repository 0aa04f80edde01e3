"""Words of estimative probability (`data/likelihood.yaml`): the interval that a phrase is taken to mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from situate.errors import SituateError


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of likelihood: its words in lower case, its interval of probability, and whose figure it is."""

    words: tuple[str, ...]
    low: float
    high: float
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found among words: from which to which (end exclusive), and its interval, turned round by a "not"."""

    start: int
    end: int
    low: float
    high: float
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class LikelihoodTable:
    """All phrases by their first word, the longest first, and the words that turn a phrase round."""

    phrases: dict[str, tuple[Phrase, ...]]
    negations: frozenset[str]

    def find(self, words: Sequence[str]) -> list[Found]:
        """The phrases among words in lower case, in order, without overlap."""
        out: list[Found] = []
        at = 0
        while at < len(words):
            phrase = next(
                (p for p in self.phrases.get(words[at], ()) if tuple(words[at : at + len(p.words)]) == p.words), None
            )
            if phrase is None:
                at += 1
                continue
            out.append(self._found(words, at, phrase))
            at += len(phrase.words)
        return out

    def _found(self, words: Sequence[str], at: int, phrase: Phrase) -> Found:
        end = at + len(phrase.words)
        before = at > 0 and words[at - 1] in self.negations
        after = end < len(words) and words[end] in self.negations and phrase.words[-1] not in self.negations
        if phrase.low == 0.0 or not (before or after):  # "never" and "no chance" are the negation themselves
            return Found(at, end, phrase.low, phrase.high, phrase)
        return Found(
            at - before, end + (after and not before), round(1 - phrase.high, 2), round(1 - phrase.low, 2), phrase
        )


@cache
def likelihood_table() -> LikelihoodTable:
    """The table of likelihood, read once a process. Raises SituateError where an interval isn't one."""
    data = yaml.safe_load((files("situate.knowledge") / "data" / "likelihood.yaml").read_text(encoding="utf-8"))
    found: dict[str, list[Phrase]] = {}
    for row in data["phrases"]:
        low, high = float(row["low"]), float(row["high"])
        if not 0 <= low <= high <= 1:
            raise SituateError(
                f"likelihood.yaml: {row['words'][0]!r} has the interval {low} to {high}; give 0 <= low <= high <= 1"
            )
        for words in row["words"]:
            parts = tuple(str(words).split())
            found.setdefault(parts[0], []).append(Phrase(parts, low, high, row["source"]))
    ordered = {first: tuple(sorted(some, key=lambda p: -len(p.words))) for first, some in found.items()}
    return LikelihoodTable(ordered, frozenset(data["not"]))
