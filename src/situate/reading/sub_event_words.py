"""Which sub-event type the words of a text speak for, by a table of words, pairs of words and beginnings of words.

The encoder's topic head has learnt the same task from the same texts; the table is of another make (it knows exact
words where the encoder knows meanings), so the two err apart. `training/fit_sub_events.py` fits it.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Token

from situate.errors import SituateError
from situate.knowledge.events import FOLDER

SHARPNESS = 8.0  # what a score counts in the log of a probability; least log loss in cross-validation
_NO_WORDS = frozenset({"PUNCT", "SPACE", "NUM", "SYM", "X"})
_SMALL = frozenset({"DET", "PRON", "AUX", "CCONJ", "PART", "SCONJ"})
_BEGINNING = 5  # letters
Features = tuple[Mapping[str, int], Mapping[str, int]]


def features(sentences: Iterable[Iterable[Token]]) -> Features:
    """How often content words, pairs of neighbours, and beginnings of words stand in some sentences."""
    words: Counter[str] = Counter()
    beginnings: Counter[str] = Counter()
    for tokens in sentences:
        before = ""
        for token in tokens:
            pos = token.pos_
            if pos in _NO_WORDS:
                continue
            lemma = token.lemma_.lower()
            if len(lemma) > 2:
                beginnings[lemma[:_BEGINNING] + "…"] += 1
            if pos in _SMALL:
                continue
            words[lemma] += 1
            if before:
                words[f"{before} {lemma}"] += 1
            before = lemma
    return words, beginnings


@dataclass(frozen=True, slots=True)
class WordTable:
    """Features with their rarity, and what each weighs for each class."""

    classes: Sequence[str]
    rows: Mapping[str, int]
    rarity: Any  # (features,)
    weights: Any  # (features, classes)

    def values(self, found: Features) -> Iterator[tuple[Any, Any]]:
        """Rows with values, kind by kind: each kind has the length one, and common words count less."""
        for kind in found:
            known = [(row, n) for f, n in kind.items() if (row := self.rows.get(f)) is not None]
            if known:
                at = np.array([row for row, _ in known])
                value = self.rarity[at] * np.array([1 + math.log(n) for _, n in known])
                yield at, value / np.linalg.norm(value)

    def scores(self, found: Features) -> Any:
        """The sum of weights for each class."""
        out = np.zeros(len(self.classes))
        for at, value in self.values(found):
            out += value @ self.weights[at]
        return out

    def likely(self, sentences: Iterable[Iterable[Token]]) -> dict[str, float]:
        """The probability of each class, given that the sentences tell of one of them."""
        scores = self.scores(features(sentences)) * SHARPNESS
        raised = np.exp(scores - scores.max())
        return dict(zip(self.classes, (raised / raised.sum()).tolist(), strict=True))


@cache
def word_table() -> WordTable:
    """The table that ships with the program, read once a process."""
    return load(FOLDER / "weights" / "sub_events.csv")


def load(path: Path) -> WordTable:
    """A table from its file. Raises SituateError where it can't be read."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            (_, _, *names), *rows = csv.reader(line for line in lines if not line.startswith("#"))
        values = np.array([[float(x or 0) for x in row[1:]] for row in rows])
    except (OSError, ValueError) as e:
        raise SituateError(f"{path}: the weights can't be read ({e}); fit them again or reinstall") from e
    return WordTable(names, {row[0]: i for i, row in enumerate(rows)}, values[:, 0], values[:, 1:])
