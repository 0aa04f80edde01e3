"""From words of a sentence to the report's actors and places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Token

from situate.contract import Actor, Picture
from situate.knowledge.actors import catalogue
from situate.knowledge.frames import lexicon
from situate.language import Document, Sentence
from situate.reading.arguments import same, subjects
from situate.reading.clause_times import time_told
from situate.reading.phrases import after, modifiers, possessors
from situate.reading.place_names import PlaceNames, covering

_OBJECTS = frozenset({"them", "him"})
_PREPOSITION = re.compile(r"\b(?:of|to|from|for|in|with|by|at|on|near)\b")
_AND = re.compile(r",? (?:and|or)(?: \w+){0,3} ", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:between|among)\b", re.IGNORECASE)
_FAR = 90  # characters after "between" in which both sides stand
_BETWEEN = frozenset({"NOUN", "PROPN", "ADJ", "DET", "ADP", "PUNCT", "VERB"})  # "rebel-held northern town of X"
_ARTICLE = len("the ")
_NEAR = 6  # words between "rebel-held" and the place
_ARMED = frozenset({"military", "government", "armed_group", "police", "state"})


class Names(PlaceNames):
    """Finds the actors and places that the words of the grammar stand for."""

    def __init__(self, document: Document, picture: Picture) -> None:
        super().__init__(document, picture)
        self.actors: dict[str, Actor] = {a.id: a for a in picture.actors}
        self._by_name = {n: a.id for a in reversed(picture.actors) for n in (a.wikidata, a.name) if n}
        lists = lexicon("names").lists
        self._forces, self._pronouns = lists["forces"], lists["pronouns"]

    def actor(self, sentence: Sentence, token: Token) -> str | None:
        """The id of the actor that a noun names: itself, its "of", its apposition, or whose forces they are."""
        return self._actor(sentence, token, 3)

    def every_actor(self, sentence: Sentence, tokens: Iterable[Token]) -> tuple[str, ...]:
        """The ids of the actors that words name, each once."""
        return tuple(dict.fromkeys(a for t in tokens if (a := self.actor(sentence, t))))

    def _actor(self, sentence: Sentence, token: Token, depth: int) -> str | None:
        if token.lower_ in self._pronouns:
            return self._pronoun(sentence, token, depth)
        if (found := self._mentioned(sentence, token)) or depth == 0:
            return found
        lemma = token.lemma_.lower()
        if lemma in self._partitives or token.pos_ == "NUM":
            return self._first(sentence, after(token, "of"), depth)
        if lemma in self._forces:
            near = [*modifiers(token), *possessors(token), *after(token, "of"), *after(token, "from")]
            if found := self._first(sentence, near, depth):
                return found
        if token.dep_ in ("amod", "compound", "nmod", "npadvmod"):
            return self.called(token.text)
        if token.pos_ == "PROPN" and (country := self._by_name.get(token.text)):
            return country  # a country that stands in the place layer alone
        return self._first(sentence, [t for t in same(token) if t.dep_ == "appos" or t != token.head], depth)

    def _first(self, sentence: Sentence, tokens: Iterable[Token], depth: int) -> str | None:
        return next((a for t in tokens if (a := self._actor(sentence, t, depth - 1))), None)

    def _mentioned(self, sentence: Sentence, token: Token) -> str | None:
        """The actor of the longest mention that a noun heads; in "an offshoot of the group", "group" is the group."""
        start, end = sentence.where(token)
        around = [x for x in self.index.actors.within(start, end) if x[0] <= start and end <= x[1]]
        text = self.document.text
        headed = [x for x in around if not _PREPOSITION.search(text, x[0], start)]
        best = max(headed or around, key=lambda x: x[1] - x[0], default=None)
        return best[2] if best else None

    def _pronoun(self, sentence: Sentence, token: Token, depth: int) -> str | None:
        """The actor of a pronoun: as the actor layer has it (not "its allies" for "its"), or what it points back to."""
        start, end = sentence.where(token)
        own = [a for s, e, a in self.index.actors.within(start, end) if start <= s and e <= end]
        if own or depth == 0:
            return own[0] if own else None
        return self._object(sentence, token) if token.lower_ in _OBJECTS else self._antecedent(sentence, token)

    def _antecedent(self, sentence: Sentence, token: Token) -> str | None:
        """The actor a pronoun stands for: the subject its clause hangs on, or the nearest before it, here or in the
        sentence before."""
        person = token.lower_ in ("he", "she", "his", "her", "him")
        if found := self._governing(sentence, token, person):
            return found
        before = [t for t in sentence.tokens if t.i < token.i]
        if sentence.index > 0:
            last = self.document.sentences[sentence.index - 1]
            if last.paragraph >= sentence.paragraph - 1 and (
                here := self._subject(last, list(last.tokens), person, True)
            ):
                return self._subject(sentence, before, person, False) or here
        return self._subject(sentence, before, person, False)

    def _governing(self, sentence: Sentence, token: Token, person: bool) -> str | None:
        """The actor of the first verb around a pronoun that has one: "the state said that its army had left"."""
        for verb in (v for v in token.ancestors if v.pos_ == "VERB"):
            for noun in subjects(verb):
                own = noun.is_ancestor(token) and noun.dep_ in ("nsubj", "nsubjpass")  # "its army"
                if noun.i < token.i and noun.pos_ in ("NOUN", "PROPN") and not own:
                    found = self._actor(sentence, noun, 2)
                    if found and (self.actors[found].kind == "person") == person:
                        return found
        return None

    def _object(self, sentence: Sentence, token: Token) -> str | None:
        """The actor that "them" stands for: the last one named before it, but not who does it to them."""
        verb = token.head.head if token.dep_ == "nsubj" else token.head  # "forced them to flee"
        doers = {a for t in subjects(verb) if t != token and (a := self._actor(sentence, t, 1))}
        before = self.index.actors.within(sentence.start, sentence.where(token)[0])
        return next((a for _, _, a in reversed(before) if a not in doers and self.actors[a].kind != "person"), None)

    def _subject(self, sentence: Sentence, tokens: list[Token], person: bool, first: bool) -> str | None:
        for token in tokens if first else reversed(tokens):
            if token.dep_ in ("nsubj", "nsubjpass") and token.pos_ not in ("PRON", "DET"):
                found = self._actor(sentence, token, 2)
                if found and (self.actors[found].kind == "person") == person:
                    return found
                if first:
                    return None
        return None

    def listed_together(self) -> set[frozenset[str]]:
        """Pairs of actors that the report names side by side ("A and B", but not "between A and B")."""
        text = self.document.text
        spots = sorted((m.start, m.end, a.id) for a in self.actors.values() for m in a.mentions)
        out: set[frozenset[str]] = set()
        for (start, end, one), (following, _, other) in pairwise(spots):
            if (
                one != other
                and _AND.fullmatch(text, end, following)
                and not _BOTH.search(text, max(0, start - 30), start)
            ):
                out.add(frozenset((one, other)))
        return out

    def both_sides(self, sentence: Sentence, noun: Token) -> tuple[str, ...]:
        """The two actors of "between A and B fighters" after a noun, by their places in the text."""
        between = next((c for c in noun.children if c.lower_ == "between"), None)
        if between is None:
            return ()
        start = sentence.where(between)[1]
        found = sorted(self.index.actors.within(start, min(start + _FAR, sentence.end)), key=lambda x: (x[0], -x[1]))
        for i, (_, end, one) in enumerate(found):
            for following, _, other in found[i + 1 :]:
                if following >= end and one != other and _AND.fullmatch(self.document.text, end, following):
                    return one, other
        return ()

    def named_at(self, sentence: Sentence, token: Token, actor: str) -> bool:
        """Whether the words name the actor, and don't merely describe it ("the fighters")."""
        start, end = sentence.where(token)
        around = [m for m in self.actors[actor].mentions if m.start <= start and end <= m.end]
        return not around or any(m.form in ("name", "alias") for m in around)

    def pointed(self, sentence: Sentence, start: int, end: int) -> str | None:
        """The actor that the words before a hyphen point to: named there, or called so ("Turkish", "rebel")."""
        inside = [x for x in self.index.actors.within(start, end) if start <= x[0] and x[1] <= end + 1]
        if inside:
            return max(inside, key=lambda x: x[1] - x[0])[2]
        return self.called(self.document.text[start:end])

    def forces_of(self, actor: str, named: str) -> str:
        """Who holds "Russian-held" land: a state's forces, where the report speaks of them; else the actor itself."""
        state = self.actors[actor]
        if state.kind != "state" or state.name == named:
            return actor
        return (
            self._most(a for a in self.actors.values() if a.country == state.country and a.kind == "military") or actor
        )

    def called(self, words: str) -> str | None:
        """The report's actor that a word outside its mentions stands for.

        "Turkish" is Turkey, by the catalogue, or else forces of it; "rebel" is the actor most often called so.
        """
        for surface in catalogue().named(words):
            known = surface.actor
            if found := self._by_name.get(known.name) or self._by_name.get(known.wikidata or ""):
                return found
            if known.kind == "state":
                return self._most(a for a in self.actors.values() if a.country == known.id and a.kind in _ARMED)
        if words.lower() not in self._forces:
            return None
        return self._most(self._by_word.get(words.lower(), ()))

    @cached_property
    def _by_word(self) -> dict[str, list[Actor]]:
        """Actors by each word of their names and mentions, in lower case and without a plural's s."""
        out: dict[str, dict[str, Actor]] = {}
        for actor in self.actors.values():
            for said in (actor.name, *(m.text for m in actor.mentions)):
                for word in said.lower().split():
                    out.setdefault(word.removesuffix("s"), {})[actor.id] = actor
        return {word: list(actors.values()) for word, actors in out.items()}

    @staticmethod
    def _most(actors: Iterable[Actor]) -> str | None:
        best = max(actors, key=lambda a: len(a.mentions), default=None)
        return best.id if best else None

    def place_after(self, sentence: Sentence, start: int, end: int) -> str | None:
        """The place that "rebel-held" stands before, from the offsets of that word; the nearest in its phrase."""
        tokens = sentence.tokens_in(end, sentence.end)[:_NEAR]
        for token in tokens:
            if token.pos_ not in _BETWEEN or token.text in ",;:.":
                break
            spot = sentence.where(token)
            if found := [x for x in self.index.places.within(*spot) if x[0] >= start - _ARTICLE]:
                s, e, place = min(found, key=lambda x: (x[0], -x[1]))
                named = covering(self.index.actors, s, e + 1)
                return None if named and named not in self._people_of(place) else place
        return None

    def _people_of(self, place: str) -> set[str]:
        """Actors that bear the place's own name: a state is both."""
        name = self.places[place].name
        return {a.id for a in self.actors.values() if a.name == name}

    def time_of(self, sentence: Sentence, at: int) -> str | None:
        """The id of the time in a sentence that dates what the word at a position tells."""
        here = self.index.times.within(sentence.start, sentence.end)
        time = time_told(sentence, at, (t for _, _, t in here)) if here else None
        return time.id if time else None
