"""Words made comparable: case, accents, apostrophes and punctuation don't count.

What a person types in a filter and what stands in a report are folded alike, so that "Deraa" finds "Deraa's", and
"hay'at tahrir" finds "Hay’at Tahrir al-Shām".
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
# Letters that Unicode doesn't take apart, and the marks that stand for hamza and ayn in transliteration.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"} | dict.fromkeys("'’‘`´ʿʾʼʻ", "")
)


def fold(text: str) -> str:
    """The words of `text` in plain small letters, a space between two; empty where it has no word."""
    plain = _POSSESSIVE.sub("", text)
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
        plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(_WORD.findall(plain.casefold().translate(_LETTERS)))


def framed(text: str) -> str:
    """The folded words with a space at either end, so that " al nusra" finds whole words from their beginning."""
    return f" {fold(text)} "
