"""What the words around a name say of whether it is a place's."""

from __future__ import annotations

from spacy.tokens import Token

from situate.knowledge.gazetteer import Gazetteer
from situate.knowledge.places import place_words
from situate.language import Sentence
from situate.reading.place_nouns import Naming

_AFTER_DATELINE = frozenset(("-", "--", "—", "–", "(", ",", "_", ":"))


class Evidence:
    """Weighs the words around names."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.words = place_words()

    def of(self, sentence: Sentence, naming: Naming) -> int:
        """How surely the words before a name speak of a place."""
        first = sentence.token_at(naming.start)
        if first is None:
            return 0
        if first.i <= sentence.tokens.start:
            return int(self._of_people(sentence, naming) or self._dateline(sentence, naming))
        before = first.nbor(-1)
        if before.lower_ == "the" and before.i > sentence.tokens.start:
            before = before.nbor(-1)
        lower = before.lower_
        if self.words.nouns.get(lower) in ("settlement", "admin"):
            return 2
        if lower == "of":
            return self._after_of(before.nbor(-1)) if before.i > sentence.tokens.start else 0
        if lower in ("in", "at", "near", "around", "outside", "inside"):
            return 1
        if self._of_people(sentence, naming) or (before.text == "," and self._is_division(naming)):
            return 1
        if before.pos_ in ("ADP", "SCONJ", "PART") and lower in self.words.locative and lower not in ("for", "on", "to"):
            return 1
        if lower == "to" and before.head.pos_ in ("VERB", "NOUN") and before.dep_ == "prep":
            return 1
        return int(before.lemma_ in self.words.taking and before.pos_ == "VERB")

    def _after_of(self, noun: Token) -> int:
        """"the town of Suluk", "an occupation of Suluk", "Donnie Smith, 43, of London"."""
        if noun.lower_ in self.words.nouns:
            return 2
        return int(noun.text == "," or noun.ent_type_ == "PERSON" or noun.lower_ in self.words.directions)

    def _dateline(self, sentence: Sentence, naming: Naming) -> bool:
        """"BEIJING — ", "KABUL, " at the beginning of a report."""
        last = sentence.tokens_in(naming.start, naming.end)[-1]
        return naming.name.isupper() and last.i + 1 < len(last.doc) and last.nbor(1).text in _AFTER_DATELINE

    def _of_people(self, sentence: Sentence, naming: Naming) -> bool:
        """Whether people or an office of the place follow: "Tabriz residents", "Beaconsfield Mayor"; "Hugo, Oklahoma"."""
        last = sentence.tokens_in(naming.start, naming.end)[-1]
        if last.i + 1 >= sentence.tokens.end:
            return False
        after = last.nbor(1)
        if after.text == "," and last.i + 2 < sentence.tokens.end:
            return after.nbor(1).text[:1].isupper() and self._is_division(naming, after.nbor(1).text)
        return after.lemma_.lower() in self.words.locals

    def _is_division(self, naming: Naming, name: str | None = None) -> bool:
        return any(k.feature == "ADM1" for k in self.gazetteer.find(name or naming.name, False))
