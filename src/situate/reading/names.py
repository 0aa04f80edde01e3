"""From words of a sentence to the report's actors and places."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from situate.contract import Actor, Picture, Place
from situate.knowledge.actors import catalogue
from situate.knowledge.frames import lexicon
from situate.language import Sentence
from situate.reading.arguments import after, modifiers, possessors, same
from situate.reading.index import Index, Spots


class Names:
    """Finds the actor or place that a word of the grammar stands for."""

    def __init__(self, picture: Picture) -> None:
        self.index = Index(picture)
        self.actors: dict[str, Actor] = {a.id: a for a in picture.actors}
        self.places: dict[str, Place] = {p.id: p for p in picture.places}
        self._by_name = {n: a.id for a in reversed(picture.actors) for n in (a.wikidata, a.name) if n}
        words = lexicon("names").lists
        self._forces, self._partitives, self._areas = words["forces"], words["partitives"], words["areas"]

    def pointed(self, sentence: Sentence, start: int, end: int) -> str | None:
        """The actor that words before a hyphen point to: named there, or a state by its adjective ("Turkish")."""
        if named := covering(self.index.actors, start, end):
            return named
        token = sentence.token_at(start)
        words = sentence.tokens.doc.text[start - sentence.offset : end - sentence.offset] if token else ""
        return self.known_as(words)

    def known_as(self, words: str) -> str | None:
        """The report's actor that words outside its mentions stand for by the catalogue: "Turkish" for Turkey."""
        for surface in catalogue().named(words):
            if found := self._by_name.get(surface.actor.name) or self._by_name.get(surface.actor.wikidata or ""):
                return found
        return None

    def time_of(self, sentence: Sentence, at: int) -> str | None:
        """The id of the time in a sentence that stands nearest to a position."""
        times = self.index.times.within(sentence.start, sentence.end)
        return min(times, key=lambda x: abs(x[0] - at))[2].id if times else None

    def actor(self, sentence: Sentence, token: Token) -> str | None:
        """The id of the actor that a noun names: itself, its "of", its apposition, or whose forces they are."""
        return self._actor(sentence, token, 3)

    def _actor(self, sentence: Sentence, token: Token, depth: int) -> str | None:
        if (found := covering(self.index.actors, *sentence.where(token))) or depth == 0:
            return found
        lemma = token.lemma_.lower()
        if lemma in self._partitives:
            return self._first(sentence, after(token, "of"), depth)
        if lemma in self._forces:
            near = [*modifiers(token), *possessors(token), *after(token, "of"), *after(token, "from")]
            if found := self._first(sentence, near, depth):
                return found
        named = [t for t in same(token) if t.dep_ == "appos" or t is not token.head]
        return self._first(sentence, named, depth)

    def _first(self, sentence: Sentence, tokens: Iterable[Token], depth: int) -> str | None:
        return next((a for t in tokens if (a := self._actor(sentence, t, depth - 1))), None)

    def place(self, sentence: Sentence, token: Token) -> str | None:
        """The id of the place that a noun names: itself, or "the town of" it, or its apposition."""
        return self._place(sentence, token, 3)

    def _place(self, sentence: Sentence, token: Token, depth: int) -> str | None:
        if (found := covering(self.index.places, *sentence.where(token))) or depth == 0:
            return found
        lemma = token.lemma_.lower()
        near = [t for t in same(token) if t.dep_ == "appos"]
        if lemma in self._areas or lemma in self._partitives:
            near += [*after(token, "of"), *modifiers(token), *after(token, "in")]
        return next((p for t in near if (p := self._place(sentence, t, depth - 1))), None)

    def every_actor(self, sentence: Sentence, tokens: Iterable[Token]) -> tuple[str, ...]:
        """The ids of the actors that words name, each once."""
        return tuple(dict.fromkeys(a for t in tokens if (a := self.actor(sentence, t))))

    def every_place(self, sentence: Sentence, tokens: Iterable[Token]) -> tuple[str, ...]:
        """The ids of the places that words name, each once."""
        return tuple(dict.fromkeys(p for t in tokens if (p := self.place(sentence, t))))


def covering(spots: Spots[str], start: int, end: int) -> str | None:
    """The id of the longest mention that covers these words."""
    around = [x for x in spots.within(start, end) if x[0] <= start and end <= x[1]]
    return max(around, key=lambda x: x[1] - x[0])[2] if around else None
