"""Words of names in forms that spellings share: how the catalogue of actors is searched.

Two keys a word. `plain` folds case, accents and apostrophes. `loose` also folds what romanisations of Arabic, Persian,
Pashto, Cyrillic and others differ in (Jaysh al-Izzah, Jaish al-Izza; Zelensky, Zelenskyy), doubled letters, a plural s.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?!\w)|[^\W_]+(?:[’'‘ʻʼʿʾ`´][^\W_]+)*")
_APOSTROPHES = str.maketrans("", "", "’'‘ʻʼʿʾ`´.")
_POSSESSIVE = ("'s", "’s", "`s", "´s", "'S", "’S")
_ARTICLES = frozenset(("al", "el", "ul", "the"))
_JOINED_ARTICLES = frozenset(
    ("an", "as", "ash", "at", "ath", "ad", "adh", "ar", "az", "ed", "er", "es", "esh", "ez", "il", "ol", "ur")
)
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ə": "a"})
_SOUNDS = re.compile(r"kh|gh|dh|th|ph|dj|tch|sch|ch|ck|q|c|x|v(?=$)")
_SOUND_OF = {
    "kh": "h", "gh": "g", "dh": "d", "th": "t", "ph": "f", "dj": "j", "tch": "sh", "sch": "sh", "ch": "sh",
    "ck": "k", "q": "k", "c": "k", "x": "ks", "v": "f",
}  # fmt: skip
_VOWELS = re.compile(r"[aeiouyw]+")
_DOUBLED = re.compile(r"(.)\1+")


class Word(NamedTuple):
    """A word of a text: where it stands (with an Arabic article before it, without a possessive s), and its keys.

    `text` is how it is written; `article`: "the" was passed over right before it.
    """

    start: int
    end: int
    text: str
    plain: str
    loose: str
    article: bool = False

    def without_s(self) -> Word:
        """The word without its last letter, an s that has lost its apostrophe."""
        plain = self.plain[:-1]
        return self._replace(end=self.end - 1, text=self.text[:-1], plain=plain, loose=loose_key(plain))


def words(text: str, offset: int = 0) -> Iterator[Word]:
    """The words that names are made of; articles ("the", "al-") are passed over. Offsets are raised by `offset`."""
    the = False
    joined: int | None = None  # where an article that belongs to the next word begins
    for m in _WORD.finditer(text):
        word, start, end = m.group(), m.start(), m.end()
        if word.endswith(_POSSESSIVE):
            word, end = word[:-2], end - 2
        plain = plain_key(word)
        hyphen = text[m.end() : m.end() + 1] in ("-", "‑", "–")
        if plain in _ARTICLES or (plain in _JOINED_ARTICLES and hyphen):
            the, joined = plain == "the", None if plain == "the" else start
            continue
        first = start if joined is None else joined
        yield Word(offset + first, offset + end, word, plain, loose_key(plain), the)
        the, joined = False, None


@lru_cache(maxsize=65536)
def plain_key(word: str) -> str:
    """The word without case, accents, apostrophes and full stops."""
    if word.isascii():
        return word.lower().translate(_APOSTROPHES)
    folded = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES).casefold().translate(_LETTERS))
    return "".join(c for c in folded if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def loose_key(plain: str) -> str:
    """What is left of a plain key when spellings of the same sounds are made one."""
    sounds = _SOUNDS.sub(lambda m: _SOUND_OF[m.group()], plain)
    vowels = _VOWELS.sub(lambda m: "u" if set(m.group()) & set("ouw") else "a", sounds)
    key = _DOUBLED.sub(r"\1", vowels)
    if len(key) > 4 and key.endswith("s"):
        key = key[:-1]
    if len(key) > 3 and key.endswith(("ah", "uh")):
        key = key[:-1]
    return key


def consonants(loose: str) -> int:
    """How many consonants a loose key has: how much there is to tell it from others."""
    return len(loose) - loose.count("a") - loose.count("u")
