"""Finding names in words: the longest first, exact spelling before like-sounding spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from situate.knowledge.catalogue_keys import Word, consonants, words

T = TypeVar("T")
Key = tuple[str, ...]

SHORTEST_BARE = 4  # letters of a word whose last may be a possessive s without its apostrophe
LEAST_CONSONANTS = 4  # of a like-sounding name of several words
LEAST_CONSONANTS_ALONE = 5  # of one of a single word


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """Words that spell a name: from `first` to `last` (inclusive, in the list of words), and what it may stand for."""

    first: int
    last: int
    start: int
    end: int
    values: tuple[T, ...]
    exact: bool


@dataclass(slots=True)
class _Entry(Generic[T]):
    values: list[T]
    capitals: list[bool]  # the value's name is written in capitals: an acronym
    article: list[bool]  # the value's name is one word after "The", which it wants before it


class Matcher(Generic[T]):
    """Names and what they stand for."""

    def __init__(self) -> None:
        self._exact: dict[Key, _Entry[T]] = {}
        self._loose: dict[Key, list[T]] = {}
        self._lengths: dict[str, int] = {}  # first word, plain: the longest name that begins so, in words
        self._loose_lengths: dict[str, int] = {}

    def add(self, name: str, value: T, loose: bool = True) -> None:
        """A name for a value; `loose`: also where it is spelled so that it sounds alike."""
        parts = list(words(name))
        if not parts:
            return
        key = tuple(w.plain for w in parts)
        capitals = all(w.text.isupper() for w in parts)
        entry = self._exact.setdefault(key, _Entry([], [], []))
        if value not in entry.values:
            entry.values.append(value)
            entry.capitals.append(capitals)
            entry.article.append(len(parts) == 1 and name.startswith("The "))
        self._lengths[key[0]] = max(self._lengths.get(key[0], 0), len(key))
        if loose and not capitals:
            self._add_loose(tuple(w.loose for w in parts), value)

    def _add_loose(self, key: Key, value: T) -> None:
        least = LEAST_CONSONANTS if len(key) > 1 else LEAST_CONSONANTS_ALONE
        if consonants("".join(key)) < least:
            return
        values = self._loose.setdefault(key, [])
        if value not in values:
            values.append(value)
        self._loose_lengths[key[0]] = max(self._loose_lengths.get(key[0], 0), len(key))

    def whole(self, name: str) -> tuple[T, ...]:
        """What a whole name may stand for."""
        parts = list(words(name))
        entry = self._exact.get(tuple(w.plain for w in parts))
        if entry:
            return tuple(entry.values)
        return tuple(self._loose.get(tuple(w.loose for w in parts), ()))

    def find(self, text: list[Word], lower: bool = False, bare: bool = False) -> Iterator[Match[T]]:
        """The names among words in text order, the longest at each place; none overlap.

        `lower`: the text has no capitals to go by; `bare`: it has lost its apostrophes ("Syrias capital").
        """
        at = 0
        while at < len(text):
            word = text[at]
            begins = word.plain in self._lengths or word.loose in self._loose_lengths
            found = self._at(text, at, lower) if begins else None
            if found is None and bare and word.plain.endswith("s") and len(word.plain) > SHORTEST_BARE:
                found = self._at([*text[:at], word.without_s()], at, lower)
            if found:
                yield found
                at = found.last + 1
            else:
                at += 1

    def _at(self, text: list[Word], at: int, lower: bool) -> Match[T] | None:
        word = text[at]
        longest = self._lengths.get(word.plain, 0)
        longest_loose = self._loose_lengths.get(word.loose, 0)
        for length in range(min(max(longest, longest_loose), len(text) - at), 0, -1):
            part = text[at : at + length]
            if length <= longest:
                entry = self._exact.get(tuple(w.plain for w in part))
                values = _admitted(entry, part, text[at + length : at + length + 1], lower) if entry else ()
                if values:
                    return Match(at, at + length - 1, part[0].start, part[-1].end, values, True)
            if length <= longest_loose and (lower or part[0].text[0].isupper()):
                loose = self._loose.get(tuple(w.loose for w in part))
                if loose and not (lower and length == 1):
                    return Match(at, at + length - 1, part[0].start, part[-1].end, tuple(loose), False)
        return None


def _admitted(entry: _Entry[T], part: list[Word], after: list[Word], lower: bool) -> tuple[T, ...]:
    """An acronym wants capitals (or, from four letters, one); another name wants one capital; "The Sun" its article."""
    alone = len(part) == 1
    if lower:
        return tuple(entry.values) if not alone or len(part[0].plain) > 2 else ()
    if not any(w.text[0].isupper() for w in part):
        return ()
    shouted = not alone or part[0].text.isupper() or len(part[0].text) > 3
    titled = part[0].article and not (after and after[0].start - part[-1].end == 1 and after[0].text[0].isupper())
    return tuple(
        v
        for v, capitals, article in zip(entry.values, entry.capitals, entry.article, strict=True)
        if (shouted or not capitals) and (titled or not article)
    )
