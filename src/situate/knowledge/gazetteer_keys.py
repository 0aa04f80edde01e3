"""Keys under which place names are found: one that folds spelling, one that folds romanisation.

`plain_key` leaves out case, accents, punctuation and a leading "the", so that "Deir ez-Zor" and "Deir Ezzor" meet.
`sound_key` keeps the consonants only, in classes that the romanisations of Arabic, Persian, Hebrew and Cyrillic mix up,
without articles: Hmaymeem, Hmeimim and Khmeimim share one, as do Jisr al-Shoughour and Jisr ash-Shughur. It is coarse:
what it finds has to be compared with what was written (`likeness`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_SPECIAL = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i", "ə": "a", "ħ": "h", "ŧ": "t"}
    | dict.fromkeys("'’‘ʻʼʿʾ`´ʽˈ", "")
)
_NOT_WORD = re.compile(r"[\W_]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "mts": "mountains"}
_ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "il",
        "ol",
        "as",
        "ash",
        "ar",
        "ad",
        "adh",
        "an",
        "at",
        "ath",
        "az",
        "er",
        "es",
        "esh",
        "ed",
        "en",
        "et",
        "ez",
        "us",
        "ur",
        "i",
        "e",
        "of",
        "the",
        "and",
    ]
)
_ASSIMILATED = re.compile(r"^[ae](?:l(?=[bcdfghjkmqstwxyz])|(sh|[zsrdtn])(?=\1))")
_SOUNDS = re.compile(r"shch|dzh|tch|sch|kh|gh|dh|th|ph|zh|sh|dj|tz|ts|ch|ck|q|c|x|v")
_SOUND_OF = {
    "kh": "h", "gh": "g", "dh": "d", "th": "t", "ph": "f", "zh": "z", "sh": "s", "dj": "j", "dzh": "j", "tch": "s",
    "sch": "s", "shch": "s", "tz": "s", "ts": "s", "ch": "s", "ck": "k", "q": "k", "c": "k", "x": "ks", "v": "b",
}  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = str.maketrans("eyowv", "iiuuu")
_SOFT = re.compile(r"[aeiouyw]+|h$")


def folded(name: str) -> str:
    """A name in lower case without accents, apostrophes and the letters that keyboards lack."""
    if name.isascii():
        return name.lower().replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_SPECIAL))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_SPECIAL)


@lru_cache(maxsize=10_000)
def plain_key(name: str) -> str:
    """A name without case, accents and punctuation, in one piece."""
    words = _NOT_WORD.sub(" ", folded(name)).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return "".join(_SHORT.get(w, w) for w in words)


def sound_key(name: str) -> str:
    """The consonants of a name in classes that romanisations mix up, without articles; "" for other scripts."""
    words = [w for w in _NOT_WORD.sub(" ", folded(name)).split() if w.isascii()]
    kept = [w for w in words if w not in _ARTICLES] or words
    return "".join(_sounds(w) for w in kept)


def _sounds(word: str) -> str:
    word = _ASSIMILATED.sub("", word) if len(word) > 4 else word
    first = "a" if word[:1] in "aeiou" else ""
    word = _DOUBLED.sub(r"\1", _SOUNDS.sub(lambda m: _SOUND_OF[m[0]], word))
    return first + _SOFT.sub("", word)


def likeness(one: str, other: str) -> float:
    """How alike two names are written, from 0 to 1, articles and spelling folds left out."""
    a, b = (_bare(x) for x in (one, other))
    return SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0


def _bare(name: str) -> str:
    words = [w for w in _NOT_WORD.sub(" ", folded(name)).split() if w not in _ARTICLES]
    joined = "".join(_ASSIMILATED.sub("", w) if len(w) > 4 else w for w in words)
    for digraph, letter in (("kh", "h"), ("gh", "g"), ("q", "k")):
        joined = joined.replace(digraph, letter)
    return _DOUBLED.sub(r"\1", joined.translate(_VOWELS))


def hashed(key: str, kind: str) -> int:
    """A key as 48 bits. `kind` ("plain" or "sound") keeps the two sorts of key apart."""
    prefix = "~" if kind == "sound" else ""
    return int.from_bytes(hashlib.blake2b((prefix + key).encode(), digest_size=6).digest(), "big")
