"""In which language a text is written, as far as the readers need to know.

English shows by its function words, at no cost. Where these are rare (a list of names, another language) a detector is
asked, and only a confident answer about a long enough text counts: a snippet is never turned away.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from situate.knowledge.languages import languages

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 20_000  # characters looked at
ENGLISH_SHARE = 0.1  # of the words; running English has 0.3 to 0.5, other languages below 0.05
FEWEST_LETTERS = 150  # below, a text is too short to be sure
FOREIGN_AT_LEAST, ENGLISH_AT_MOST = 0.5, 0.01  # the detector's probabilities
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """The ISO 639 code of the text's language, or None where the text doesn't tell."""
    sample = text[:SAMPLE]
    words = [w.lower() for w in _WORD.findall(sample)]
    for code, known in languages().words.items():
        if words and sum(w in known for w in words) >= ENGLISH_SHARE * len(words):
            return code
    letters = sum(map(len, words))
    return _detected(" ".join(words)) if letters >= FEWEST_LETTERS else None


def is_read(code: str | None) -> bool:
    """Whether the readers read that language; one that isn't known gets the benefit of the doubt."""
    return code is None or code in languages().words


def _detected(words: str) -> str | None:
    ranked = _identifier().rank(words)
    ours = {c for code, cousins in languages().cousins.items() for c in (code, *cousins)}
    best, probability = next(((c, p) for c, p in ranked if c not in ours), ("", 0.0))
    if sum(p for c, p in ranked if c in ours) > ENGLISH_AT_MOST:
        return None
    return best if probability >= FOREIGN_AT_LEAST and best != "zxx" else None


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
