"""Which names are an actor's where no trained tagger says so: spaCy's recogniser takes villages for persons."""

from __future__ import annotations

from collections import Counter, defaultdict

from spacy.tokens import Token

from situate.knowledge.catalogue_keys import plain_key
from situate.knowledge.gazetteer import gazetteer
from situate.language import Sentence
from situate.reading.actor_context import located, words_of
from situate.reading.actor_kinds import kind_of_name
from situate.reading.actor_unit import Unit


class Evidence:
    """What a report's grammar and the gazetteer tell about the names of one report that only spaCy found."""

    def __init__(self, sentences: list[Sentence], all_units: list[list[Unit]], countries: Counter[str | None]) -> None:
        self._countries = countries
        self._tagged = any(u.certain for its in all_units for u in its)
        self._located: Counter[str] = Counter()
        self._acting: Counter[str] = Counter()
        self._labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for sentence, its in zip(sentences, all_units, strict=True):
            for unit in its:
                if not unit.surfaces and not unit.certain:
                    self._hear(sentence, unit)

    def _hear(self, sentence: Sentence, unit: Unit) -> None:
        name = self._name(sentence, unit)
        head = head_of(sentence, unit)
        self._labels[name][unit.label] += 1
        self._located[name] += located(head)
        self._acting[name] += head.dep_ == "nsubj" and head.head.lemma_ in words_of("speaking")

    @staticmethod
    def _name(sentence: Sentence, unit: Unit) -> str:
        return plain_key(sentence.tokens[unit.first : unit.last + 1].text)

    def is_actor(self, sentence: Sentence, unit: Unit) -> bool:
        """Whether an unknown name that spaCy labels is an actor's."""
        text = sentence.tokens[unit.first : unit.last + 1].text
        if unit.certain:
            if located(head_of(sentence, unit)) and self._is_town(text):
                return False
            return unit.person or (unit.label.startswith("actor:") and not _is_region(text))
        name = self._name(sentence, unit)
        if not unit.label.startswith("actor:") or len(text) < 3 or (not text[0].isupper() and "-" not in text[:4]):
            return False
        if self._acting[name]:
            return True
        if self._tagged:
            return False
        if any(w in words_of("place_words") for w in name.replace("-", " ").split()) or self._located[name]:
            return kind_of_name(text) in ("armed_group", "military", "political_group", "police", "government", "media")
        if self._labels[name].most_common(1)[0][0].startswith("place:"):
            return False
        return not self._is_town(text) if unit.label == "actor:person" or unit.first == unit.last else True

    def _is_town(self, text: str) -> bool:
        """Whether the gazetteer knows a place of this name in a country that the report speaks of."""
        found = gazetteer().find(text, False)
        return any(p.country in self._countries and (p.kind != "facility") for p in found)


def _is_region(text: str) -> bool:
    """Whether a name is that of a part of the world, which the tagger may take for its people: "the Levant"."""
    found = gazetteer().find(text, False)[:1]
    return bool(found) and found[0].kind == "region" and found[0].gazetteer is None


def head_of(sentence: Sentence, unit: Unit) -> Token:
    """The token of a unit that governs its others."""
    tokens = sentence.tokens[unit.first : unit.last + 1]
    return tokens.root
