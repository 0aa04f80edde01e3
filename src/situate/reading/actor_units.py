"""The names in a sentence, from the catalogue and from the sentence's own names, none overlapping another."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from situate.knowledge.actors import Catalogue, Surface
from situate.knowledge.catalogue_keys import plain_key, words
from situate.language import Name, Sentence
from situate.reading.actor_context import words_of

CERTAIN = 0.6  # from here on the tagger's words are trusted; what spaCy's recogniser finds scores 0.5


@dataclass(slots=True)
class Unit:
    """Words that are one name, from token `first` to `last` of the sentence, and what they may stand for."""

    first: int
    last: int
    surfaces: tuple[Surface, ...] = ()
    label: str = ""  # the tagger's, "actor:KIND" or "place:KIND"
    score: float = 0.0
    nested: bool = False  # qualifies a longer mention
    parts: tuple[Unit, ...] = ()  # known names inside this one

    def is_a(self, *sorts: str) -> bool:
        """Whether the catalogue knows the words in one of these sorts."""
        return any(s.sort in sorts for s in self.surfaces)

    def is_kind(self, *kinds: str) -> bool:
        """Whether the catalogue knows the words as an actor of one of these kinds."""
        return any(s.actor.kind in kinds for s in self.surfaces)

    @property
    def person(self) -> bool:
        """Whether a person is named."""
        return self.is_kind("person") or (not self.surfaces and self.label == "actor:person")

    @property
    def certain(self) -> bool:
        """Whether a trained tagger named the words, not spaCy's recogniser."""
        return self.score > CERTAIN

    def covers(self, other: Unit) -> bool:
        """Whether the other's tokens all belong to this one."""
        return self.first <= other.first and other.last <= self.last

    def keep(self, countries: Counter[str | None]) -> None:
        """Drops what shaky words may stand for in a report that doesn't speak of its country."""
        if any(s.shaky for s in self.surfaces):
            self.surfaces = tuple(s for s in self.surfaces if not s.shaky or countries[s.actor.country])


class _Positions:
    """Token numbers of a sentence by offset in the report."""

    def __init__(self, sentence: Sentence) -> None:
        self._starts = [sentence.offset + t.idx for t in sentence.tokens]

    def at(self, offset: int) -> int:
        """The number of the token at or before an offset."""
        return max(0, bisect_right(self._starts, offset) - 1)


def units(sentence: Sentence, text: str, known: Catalogue, lower: bool) -> list[Unit]:
    """The sentence's names in text order. `lower`: the report has no capitals to go by."""
    positions = _Positions(sentence)
    words_here = text[sentence.start : sentence.end]
    caseless = lower or words_here.isupper()
    spelled = list(words(words_here, sentence.start))
    found = [Unit(positions.at(m.start), positions.at(m.end - 1), m.values) for m in known.find(spelled, caseless)]
    found = [u for u in found if not (u.is_kind("media") and _is_credit(sentence, u))]
    for name in sentence.names:
        unit = _of_name(name, text, positions)
        if unit.last >= unit.first and not _is_credit(sentence, unit):
            _put(found, unit, sentence)
    return sorted(found, key=lambda u: u.first)


def _of_name(name: Name, text: str, positions: _Positions) -> Unit:
    start, end = name.start, name.end
    if text[start:end][:4].lower() == "the ":
        start += 4
    if text[start:end].endswith(("'s", "’s")):
        end -= 2
    first, last = positions.at(start), positions.at(end - 1)
    if name.label == "actor:person":
        while first < last and plain_key(text[start:end].split()[0]) in words_of("honorifics"):
            start += len(text[start:end].split()[0]) + 1
            first = positions.at(start)
    return Unit(first, last, label=name.label, score=name.score)


def _is_credit(sentence: Sentence, unit: Unit) -> bool:
    """Whether a name is a credit: "Name/Agency via Getty Images", "BEIRUT (Reuters)", "Image copyright AFP"."""
    before = sentence.tokens[unit.first - 1].lower_ if unit.first else ""
    after = sentence.tokens[unit.last + 1].text if unit.last + 1 < len(sentence.tokens) else ""
    bracketed = before == "(" and after == ")" and any(s.actor.kind == "media" for s in unit.surfaces)
    return (
        bracketed
        or "/" in (before, after)
        or "/" in sentence.tokens[unit.first : unit.last + 1].text
        or before in words_of("credits")
    )


def _put(found: list[Unit], unit: Unit, sentence: Sentence) -> None:
    """Adds a name that the tagger sees; it takes the place of known ones only if it is longer."""
    rivals = [u for u in found if u.first <= unit.last and unit.first <= u.last]
    if any(r.covers(unit) or not unit.covers(r) for r in rivals) or (rivals and _only_adds(unit, rivals, sentence)):
        for rival in rivals:
            if not rival.label:
                rival.label, rival.score = unit.label, unit.score
        return
    for rival in rivals:
        found.remove(rival)
    unit.parts = tuple(rivals)
    found.append(unit)


def _only_adds(unit: Unit, rivals: list[Unit], sentence: Sentence) -> bool:
    """Whether a longer name is a known one with words in lower case or a possessive ("ISIS militants")."""
    inside = {i for r in rivals for i in range(r.first, r.last + 1)}
    others = [sentence.tokens[i] for i in range(unit.first, unit.last + 1) if i not in inside]
    return all(not t.text[0].isupper() for t in others) or any(t.text in ("'s", "’s", "and", ",") for t in others)


def echo(sentence: Sentence, its: list[Unit], heard: dict[str, Unit]) -> None:
    """Adds the family names of persons that the report names in full elsewhere, where the tagger didn't see them."""
    at = {i: u for u in its for i in range(u.first, u.last + 1)}
    for i, token in enumerate(sentence.tokens):
        like = heard.get(token.text)
        if like is None:
            continue
        unit = at.get(i)
        if unit is None:
            its.append(Unit(i, i, like.surfaces, like.label, like.score))
        elif unit.first == unit.last and not unit.surfaces and not unit.certain:
            unit.surfaces, unit.label = like.surfaces, like.label
    its.sort(key=lambda u: u.first)


def heard_names(sentences: list[Sentence], all_units: list[list[Unit]]) -> dict[str, Unit]:
    """The words by which persons may be named again: the family name of each, as it is written."""
    heard: dict[str, Unit] = {}
    for sentence, its in zip(sentences, all_units, strict=True):
        for unit in its:
            if unit.person and unit.last > unit.first:
                word = sentence.tokens[unit.last].text
                if word[0].isupper() and len(word) > 2:
                    heard.setdefault(word, unit)
    return heard
