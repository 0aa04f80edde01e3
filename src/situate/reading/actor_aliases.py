"""When two names are one actor's: brackets and "also known as", abbreviations, shortened names, names of persons."""

from __future__ import annotations

import re
from functools import lru_cache

from situate.knowledge.catalogue_keys import Word, words

_ALSO = re.compile(
    r"\s*[,;(\[–—-]?\s*(?:(?:also|better|formerly|previously|now|once|commonly|otherwise|locally|then|widely|simply|and)\s+)*"
    r"(?:known|called|named|dubbed|abbreviated|referred to|styled|rebranded)\s+(?:\w+\s+){0,2}?(?:as|to as|by|by its \w+ \w+)?\s*[\"“'‘]?(?:the\s+)?\s*"
    r"|\s*[,(]\s*(?:aka|a\.k\.a\.|alias|or|i\.e\.|formerly|previously|ex-)\s*,?\s*[\"“'‘]?(?:the\s+)?",
    re.IGNORECASE,
)  # fmt: skip
_BRACKET = re.compile(r"\s*[\"”'’]?\s*\(\s*(?:the\s+)?[\"“'‘]?", re.IGNORECASE)
_SMALL = frozenset(
    ("of", "the", "and", "for", "in", "to", "on", "by", "de", "la", "du", "des", "al", "el", "against", "a")
)
_PARTICLES = frozenset(
    ("al", "el", "bin", "ibn", "abu", "van", "von", "de", "der", "den", "del", "la", "le", "ben", "di", "da", "ul")
)


def says_same(between: str) -> bool:
    """Whether the words between two names say that both are one: "(also known as", ", formerly", "aka"."""
    return len(between) < 60 and _ALSO.fullmatch(between) is not None


def opens_bracket(between: str) -> bool:
    """Whether only an opening bracket stands between two names."""
    return _BRACKET.fullmatch(between) is not None


@lru_cache(maxsize=4096)
def key(name: str) -> tuple[str, ...]:
    """The words of a name as spellings share them."""
    return tuple(w.loose for w in words(name))


@lru_cache(maxsize=4096)
def is_short_for(short: str, name: str) -> bool:
    """Whether a name in capitals is made of the initials of another."""
    letters = short.replace(".", "").replace(" ", "")
    if not (2 <= len(letters) <= 8 and sum(c.isupper() for c in letters) >= 2):
        return False
    parts = [p for p in re.split(r"[\s\-‐–/]+", name) if p]
    every = "".join(p[0] for p in parts).casefold()
    main = "".join(p[0] for p in parts if p.casefold() not in _SMALL).casefold()
    return len(parts) > 1 and letters.casefold() in (every, main)


def is_part(short: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a shortened name (keys) is the beginning or the end of a longer one."""
    return 0 < len(short) < len(name) and (name[: len(short)] == short or name[-len(short) :] == short)


@lru_cache(maxsize=4096)
def person_words(name: str) -> tuple[Word, ...]:
    """The words of a person's name without particles."""
    found = tuple(w for w in words(name) if w.plain not in _PARTICLES)
    return found or tuple(words(name))


def same_person(a: str, b: str) -> bool:
    """Whether one of two names of persons is the other or shortens it: to the family name, or in spelling."""
    left, right = ([w.loose for w in person_words(n)] for n in (a, b))
    short, long = sorted((left, right), key=len)
    if not short:
        return False
    if len(short) == 1:
        return short[0] == long[-1] or (len(long) == 1 and short == long) or (len(long) > 2 and short[0] in long[1:])
    if short[-1] != long[-1]:
        return False
    return set(short) <= set(long) or _initial(a, b)


def _initial(a: str, b: str) -> bool:
    first, second = person_words(a)[0].plain, person_words(b)[0].plain
    return min(len(first), len(second)) == 1 and first[0] == second[0]
