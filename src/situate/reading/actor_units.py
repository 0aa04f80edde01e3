"""The names in a sentence, from the catalogue, the tagger and spaCy's recogniser, none overlapping another."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from situate.knowledge.actors import Catalogue
from situate.knowledge.catalogue_keys import words
from situate.knowledge.catalogue_roles import roles
from situate.language import Document, Name, Sentence
from situate.reading.actor_context import words_of
from situate.reading.actor_organisations import organisations
from situate.reading.actor_unit import SPACY, Unit

TRAILING = frozenset(",;:\"”“'’(")  # what the tagger may take for the end of a name


@dataclass(slots=True)
class Names:
    """What a sentence names: its names in text order, and the descriptions ("local residents") that the tagger sees."""

    units: list[Unit]
    hints: list[Unit]


@dataclass(frozen=True, slots=True)
class Typing:
    """What a report's text lacks: capitals, apostrophes."""

    lower: bool  # no capital, not even one given back
    lowered: bool  # none as it was typed
    bare: bool

    @classmethod
    def of(cls, document: Document) -> Typing:
        """How a report is typed."""
        text = document.report.text
        return cls(document.text.islower(), text.islower(), "'" not in text and "’" not in text)


def names(sentence: Sentence, text: str, known: Catalogue, typing: Typing) -> Names:
    """The names of a sentence."""
    return _Collector(sentence, text).collect(known, typing)


class _Collector:
    """Puts the names of one sentence together: the catalogue's first, then the tagger's, then spaCy's."""

    def __init__(self, sentence: Sentence, text: str) -> None:
        self.sentence = sentence
        self.text = text
        self.tokens = list(sentence.tokens)
        self.found: list[Unit] = []
        self.hints: list[Unit] = []
        self._starts = [sentence.offset + t.idx for t in self.tokens]
        self._ends = {start + len(t) - 1 for start, t in zip(self._starts, self.tokens, strict=True)}

    def collect(self, known: Catalogue, typing: Typing) -> Names:
        """All the names of the sentence."""
        here = self.text[self.sentence.start : self.sentence.end]
        caseless = typing.lower or here.isupper()
        for m in known.find(list(words(here, self.sentence.start)), caseless, typing.bare):
            unit = Unit(self._at(m.start), self._at(m.end - 1), m.values, cut=self._cut(m.end))
            credit = unit.is_kind("media") and self._is_credit(unit)
            if not credit and not (caseless and self._is_ordinary(unit)):
                self.found.append(unit)
        if caseless or typing.lowered:
            self._add_short(known)
        for unit in organisations(self.tokens):
            if not any(u.first <= unit.last and unit.first <= u.last and not unit.covers(u) for u in self.found):
                self._put(unit)
        for name in sorted(self.sentence.names, key=lambda n: (n.score == SPACY, n.label.startswith("place:"))):
            unit = self._unit(name)
            if self._names_something(unit) and not self._is_credit(unit):
                self._put(unit)
        return Names(sorted(self.found, key=lambda u: u.first), self.hints)

    def _names_something(self, unit: Unit) -> bool:
        """Whether words are more than an article, a number or a prefix: "A", "50", "pro-"."""
        tokens = self.tokens[unit.first : unit.last + 1]
        empty = words_of("prefixes")
        return any(t.pos_ not in ("DET", "PUNCT", "NUM") and t.lower_ not in empty and len(t) > 1 for t in tokens)

    def _cut(self, end: int) -> int:
        """Where a name ends that a hyphen ends inside a token; 0 for all others."""
        return end if self.text[end : end + 1] in ("-", "‑") and end - 1 not in self._ends else 0

    def _is_ordinary(self, unit: Unit) -> bool:
        """Whether a name without its capital is an ordinary word: "who", "site", "dawn"."""
        token = self.tokens[unit.first]
        return unit.first == unit.last and (token.is_stop or bool({token.lower_, token.lemma_} & words_of("ordinary")))

    def _add_short(self, known: Catalogue) -> None:
        """Names of two letters in a text without capitals, where the grammar says that they are names: "the us"."""
        for i, token in enumerate(self.tokens):
            if len(token) == 2 and token.pos_ == "PROPN" and token.is_alpha:
                surfaces = tuple(s for s in known.named(token.text.upper()) if s.actor.kind != "armed_group")
                if surfaces and not any(u.first <= i <= u.last for u in self.found):
                    self.found.append(Unit(i, i, surfaces))

    def _at(self, offset: int) -> int:
        """The number of the token at or before an offset of the report."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def _unit(self, name: Name) -> Unit:
        first, last = self._at(name.start), self._at(name.end - 1)
        while first < last and (self.tokens[first].lower_ in words_of("leading") or self.tokens[first].pos_ == "ADP"):
            first += 1
        if (
            last - first > 1
            and self.tokens[first + 1].text == "-"
            and self.tokens[first].lower_ in words_of("prefixes")
        ):
            first += 2  # "pro-Russian": the name is Russian
        last = self._end_of_name(first, last)
        if name.label == "actor:person":
            first = self._name_of_person(first, last)
        return Unit(first, last, label=name.label, score=name.score)

    def _end_of_name(self, first: int, last: int) -> int:
        """Where a name ends without "'s", a comma, or its abbreviation in brackets."""
        bracket = next((i for i in range(first + 1, last) if self.tokens[i].text == "("), None)
        if bracket is not None and self.tokens[last].text == ")":
            last = bracket - 1
        while last > first and (self.tokens[last].dep_ == "case" or self.tokens[last].text in TRAILING):
            last -= 1
        return last

    def _name_of_person(self, first: int, last: int) -> int:
        """Where the name itself begins in "Turkish President Recep Tayyip Erdogan", "Ms Hamed"."""
        if not self.tokens[last].text[0].isupper():
            return first
        for i in range(last, first - 1, -1):
            token = self.tokens[i]
            titled = token.lower_.rstrip(".") in words_of("honorifics") or roles().ends(token.lower_)
            if titled or (token.text[0].islower() and token.lower_ not in words_of("particles")) or token.is_punct:
                if token.text == "-" and i > first:
                    continue
                return i + 1 if i < last else first
        return first

    def _is_credit(self, unit: Unit) -> bool:
        """Whether a name is a credit: "Name/Agency via Getty Images", "BEIRUT (Reuters)", "Image copyright AFP"."""
        before = self.tokens[unit.first - 1].lower_ if unit.first else ""
        after = self.tokens[unit.last + 1].text if unit.last + 1 < len(self.tokens) else ""
        bracketed = before == "(" and after == ")" and unit.is_kind("media")
        slashed = "/" in (before, after) or any("/" in t.text for t in self.tokens[unit.first : unit.last + 1])
        return bracketed or slashed or before in words_of("credits")

    def _put(self, unit: Unit) -> None:
        """Adds a name, unless what is known there tells as much; a longer one takes the place of known ones."""
        if self._describes(unit):
            self.hints.append(unit)
            return
        rivals = [u for u in self.found if u.first <= unit.last and unit.first <= u.last]
        if not rivals:
            self.found.append(unit)
        elif self._is_namesake(unit, rivals):
            self.found.remove(rivals[0])
            self.found.append(unit)
        elif any(r.covers(unit) or not unit.covers(r) for r in rivals) or self._only_adds(unit, rivals):
            self._label(unit, rivals)
        else:
            for rival in rivals:
                self.found.remove(rival)
            unit.parts = tuple(rivals)
            self.found.append(unit)

    def _is_namesake(self, unit: Unit, rivals: list[Unit]) -> bool:
        """Whether a person only shares the family name of a known one: their first names differ."""
        if unit.label != "actor:person" or len(rivals) > 1 or not (rivals[0].person and rivals[0].last == unit.last):
            return False
        extra = self.tokens[unit.first : rivals[0].first]
        letters = {w.loose[:1] for s in rivals[0].surfaces for w in words(s.actor.name)}
        return bool(extra) and all(t.text.istitle() and t.lower_[:1] not in letters for t in extra)

    def _describes(self, unit: Unit) -> bool:
        """Whether the tagger sees a description: it ends in lower case or in an office, and is no known name."""
        small = self.tokens[unit.last].text[0].islower() or self._is_title(unit)
        known = any(u.first == unit.first and u.last == unit.last for u in self.found)
        return unit.certain and unit.label.startswith("actor:") and small and not known

    def _is_title(self, unit: Unit) -> bool:
        """Whether what is taken for a person's name ends in an office: "the Syrian President"."""
        return unit.label == "actor:person" and roles().ends(self.tokens[unit.last].lower_)

    def _label(self, unit: Unit, rivals: list[Unit]) -> None:
        """What the tagger says of words that are known already, if it says it of these words and not of more."""
        for rival in rivals:
            before = self.tokens[unit.first : rival.first]
            apart = any(t.pos_ in ("ADP", "VERB") for t in before)  # "a group based in London"
            if not rival.label and rival.last == unit.last and not rival.is_a("adjective") and not apart:
                rival.label, rival.score = unit.label, unit.score
                if rival.certain and unit.label == "actor:person" and rival.first == rival.last:
                    self._settle_person(rival)

    def _settle_person(self, unit: Unit) -> None:
        """A known word taken for a person is one of that name or nobody known, but a state without "Mr" is a state."""
        persons = tuple(s for s in unit.surfaces if s.actor.kind == "person")
        titled = unit.first > 0 and self.tokens[unit.first - 1].lower_.rstrip(".") in words_of("honorifics")
        if not persons and unit.is_kind("state") and unit.is_a("seat", "name") and not titled:
            unit.label, unit.score = "", 0.0
        else:
            unit.surfaces = persons

    def _only_adds(self, unit: Unit, rivals: list[Unit]) -> bool:
        """Whether a longer name is a known one with words beside it ("ISIS militants", "Prime Minister Abadi")."""
        if any(r.last == unit.last and not r.is_a("adjective") for r in rivals if r.surfaces):
            return True
        inside = {i for r in rivals for i in range(r.first, r.last + 1)}
        others = [self.tokens[i] for i in range(unit.first, unit.last + 1) if i not in inside]
        return all(not t.text[0].isupper() for t in others) or any(t.text in ("'s", "’s", "and", ",") for t in others)
