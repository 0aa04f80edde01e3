"""When two names are one actor's: brackets and "also known as", abbreviations, shortened names, names of persons."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from situate.knowledge.catalogue_keys import Word, words
from situate.reading.actor_context import words_of

_BRACKET = re.compile(r"\s*[\"”'’]?\s*\(\s*(?:the\s+)?[\"“'‘]?", re.IGNORECASE)
_HEAD_END = re.compile(r"\s(?:of|for|in|on|against|to)\s")
LONGEST_LINK = 60  # characters between two names that may be one's


def _any_of(list_name: str) -> str:
    return "|".join(re.escape(w) for w in sorted(words_of(list_name)))


@cache
def _also() -> re.Pattern[str]:
    """What stands between a name and another of the same actor: "(also known as the", ", formerly", "aka"."""
    before, verbs, after, short = (
        "|".join(re.escape(w) for w in sorted(words_of(n))) for n in ("also", "called", "called_as", "aka")
    )
    quote = r"\s*[\"“'‘]?(?:the\s+)?[\"“'‘]?\s*"
    return re.compile(
        rf"\s*[,;(\[–—-]?\s*(?:(?:{before})\s+)*(?:{verbs})\s+(?:\w+\s+){{0,2}}?(?:{after})?{quote}"
        rf"|\s*[,(]\s*(?:{short})\s*,?{quote}",
        re.IGNORECASE,
    )


def says_same(between: str) -> bool:
    """Whether the words between two names say that both are one: "(also known as", ", formerly", "aka"."""
    return len(between) < LONGEST_LINK and _also().fullmatch(between) is not None


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
    main = "".join(p[0] for p in parts if p.casefold() not in words_of("small_words")).casefold()
    return len(parts) > 1 and letters.casefold() in (every, main)


@lru_cache(maxsize=4096)
def heads(name: str) -> frozenset[str]:
    """The words, in lower case, that may be the head of an organisation's name: its last, and the last before "of"."""
    found = _HEAD_END.split(name.lower(), maxsplit=1)[0].split()
    return frozenset((*found[-1:], *name.lower().split()[-1:]))


def is_part(short: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a shortened name (keys) is the beginning or the end of a longer one."""
    return 0 < len(short) < len(name) and (name[: len(short)] == short or name[-len(short) :] == short)


@lru_cache(maxsize=4096)
def person_words(name: str) -> tuple[Word, ...]:
    """The words of a person's name without particles."""
    found = tuple(w for w in words(name) if w.plain not in words_of("particles"))
    return found or tuple(words(name))


def same_person(a: str, b: str) -> bool:
    """Whether one of two names of persons is the other or shortens it: to the family name, or in spelling."""
    left, right = ([w.loose for w in person_words(n)] for n in (a, b))
    short, long = sorted((left, right), key=len)
    if not short:
        return False
    if len(short) == 1:
        return short[0] == long[-1] or (len(long) == 2 and short[0] == long[0]) or short[0] in long[1:]
    if short[-1] != long[-1]:
        return False
    return set(short) <= set(long) or _initial(a, b)


def _initial(a: str, b: str) -> bool:
    first, second = person_words(a)[0].plain, person_words(b)[0].plain
    return min(len(first), len(second)) == 1 and first[0] == second[0]
