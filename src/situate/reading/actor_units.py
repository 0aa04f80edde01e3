"""The names in a sentence, from the catalogue and from the sentence's own names, none overlapping another."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from situate.knowledge.actors import Catalogue, Surface
from situate.knowledge.catalogue_keys import words
from situate.language import Name, Sentence

CERTAIN = 0.6  # from here on the tagger's words are trusted; what spaCy's recogniser finds scores 0.5


@dataclass(slots=True)
class Unit:
    """Words that are one name, from token `first` to `last` of the sentence, and what they may stand for."""

    first: int
    last: int
    surfaces: tuple[Surface, ...] = ()
    label: str = ""  # the tagger's, "actor:KIND" or "place:KIND"
    score: float = 0.0
    exact: bool = True
    nested: bool = False  # qualifies a longer mention
    parts: tuple[Unit, ...] = ()  # names inside this one

    def __len__(self) -> int:
        return self.last - self.first + 1

    def is_a(self, *sorts: str) -> bool:
        """Whether the catalogue knows the words in one of these sorts."""
        return any(s.sort in sorts for s in self.surfaces)

    def keep(self, countries: Counter[str]) -> None:
        """Drops what shaky words may stand for in a report that doesn't speak of its country."""
        if any(s.shaky for s in self.surfaces):
            self.surfaces = tuple(s for s in self.surfaces if not s.shaky or countries[s.actor.country or ""])

    def covers(self, other: Unit) -> bool:
        """Whether the other's tokens all belong to this one."""
        return self.first <= other.first and other.last <= self.last


class Positions:
    """Token numbers of a sentence by offset in the report."""

    def __init__(self, sentence: Sentence) -> None:
        self._starts = [sentence.offset + t.idx for t in sentence.tokens]

    def at(self, offset: int) -> int:
        """The number of the token at or before an offset."""
        return max(0, bisect_right(self._starts, offset) - 1)


def units(sentence: Sentence, text: str, known: Catalogue, lower: bool) -> list[Unit]:
    """The sentence's names in text order."""
    positions = Positions(sentence)
    found = _known(sentence, text, known, lower, positions)
    for name in sentence.names:
        _put(found, _of_name(name, text, positions), sentence)
    return sorted(found, key=lambda u: u.first)


def _known(sentence: Sentence, text: str, known: Catalogue, lower: bool, positions: Positions) -> list[Unit]:
    spelled = list(words(text[sentence.start : sentence.end], sentence.start))
    return [
        Unit(positions.at(m.start), positions.at(m.end - 1), m.values, exact=m.exact) for m in known.find(spelled, lower)
    ]


def _of_name(name: Name, text: str, positions: Positions) -> Unit:
    words_of = text[name.start : name.end]
    start = name.start + (4 if words_of[:4].lower() == "the " else 0)
    end = name.end - (2 if words_of.endswith(("'s", "’s")) else 0)
    return Unit(positions.at(start), positions.at(end - 1), label=name.label, score=name.score)


def _put(found: list[Unit], unit: Unit, sentence: Sentence) -> None:
    """Adds a name that the tagger sees, unless what is known there is longer or as long; a longer one takes its place."""
    rivals = [u for u in found if u.first <= unit.last and unit.first <= u.last]
    for rival in rivals:
        if rival.covers(unit) or not unit.covers(rival):
            if not rival.label:
                rival.label, rival.score = unit.label, unit.score
            return
    if rivals and _is_description(unit, rivals, sentence):
        for rival in rivals:
            rival.label, rival.score = rival.label or unit.label, rival.score or unit.score
        return
    for rival in rivals:
        found.remove(rival)
    unit.parts = tuple(rivals)
    found.append(unit)


def _is_description(unit: Unit, rivals: list[Unit], sentence: Sentence) -> bool:
    """Whether a longer name is a known one with words in lower case or a possessive ("Syria's Assad", "ISIS militants")."""
    inside = {i for r in rivals for i in range(r.first, r.last + 1)}
    others = [sentence.tokens[i] for i in range(unit.first, unit.last + 1) if i not in inside]
    return all(not t.text[0].isupper() for t in others) or any(t.text in ("'s", "’s") for t in others)
