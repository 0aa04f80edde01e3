"""From words of a sentence to the report's places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from situate.contract import Picture, Place
from situate.knowledge.frames import lexicon
from situate.language import Document, Sentence
from situate.reading.arguments import same
from situate.reading.index import Index, Spots
from situate.reading.phrases import after, modifiers, possessors

_SETTLED = frozenset({"settlement"})
_BUILT = frozenset({"facility"})
_LINES = frozenset({"line"})
_LAND = frozenset({"terrain"})
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4}
_WIDE = frozenset({"admin", "region", "zone"})
_LINK = re.compile(
    r"\s*(?P<comma>[,;])?\s*(?P<and>and|or|as well as|along with|plus)?\s*(?:the\s+|its\s+|a\s+)?"
    r"(?:(?:nearby|neighbou?ring|smaller|strategic|northern|southern|eastern|western|former)\s+)*"
    r"(?:(?:(?:large |small )?(?:parts?|most|much|all|half) of|the rest of)\s+(?:the\s+)?)?"
    r"(?:(?:towns?|villages?|cit(?:y|ies)|hills?|districts?|areas?|air ?bases?|bases?)\s+(?:of\s+)?)?",
    re.IGNORECASE,
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_WITHIN = re.compile(  # "the village in that province", "A, the second town of that province"
    r"(?:,?\s+|,\s+(?:the|a)\s+(?:[\w-]+\s+){1,4})(?:in|of)\s+(?:the\s+)?(?:\w+\s+)?", re.IGNORECASE
)
_BACK = 3  # sentences
_SITES = frozenset({"settlement", "facility", "terrain", "line", "zone"})


class PlaceNames:
    """Finds the places that the words of the grammar stand for."""

    def __init__(self, document: Document, picture: Picture) -> None:
        self.document = document
        self.index = Index(picture)
        self.places: dict[str, Place] = {p.id: p for p in picture.places}
        self._places_at = sorted((m.start, m.end, p.id) for p in picture.places for m in p.mentions)
        self._place_starts = [s for s, _, _ in self._places_at]
        self.countries = {p.id for p in picture.places if p.kind == "country"}
        self._proper = {p.id for p in picture.places if any(any(c.isupper() for c in m.text) for m in p.mentions)}
        lists = lexicon("names").lists
        self._partitives, self._areas = lists["partitives"], lists["areas"]
        self._again = [
            (lists[words], kinds)
            for words, kinds in (
                ("settled", _SETTLED),
                ("built", _BUILT),
                ("wide", _WIDE),
                ("paths", _LINES),
                ("heights", _LAND),
            )
        ]
        self._counted = lists["settled"] | lists["built"] | lists["counted"]

    def every_place(self, sentence: Sentence, tokens: Iterable[Token]) -> tuple[str, ...]:
        """The ids of the places that words name, each once, with those listed after them."""
        found: list[str] = []
        for token in tokens:
            for place in self._places_of(sentence, token, 3):
                found += [place, *self._listed(sentence, token, place)]
        return tuple(dict.fromkeys(found))

    def is_part(self, token: Token) -> bool:
        """Whether a word says that only part of what follows is meant: "large parts of", "a third of"."""
        return token.lemma_.lower() in self._partitives

    def _places_of(self, sentence: Sentence, token: Token, depth: int) -> list[str]:
        lemma = token.lemma_.lower()
        if token.tag_ == "NNS" and lemma in self._counted and (named := self._each(sentence, token, depth)):
            return named
        if depth and (same_as := self._named_beside(sentence, token)):
            return same_as
        if (found := covering(self.index.places, *sentence.where(token))) or depth == 0:
            return [found] if found else []
        near = [t for t in same(token) if t.dep_ == "appos" or token.dep_ == "appos"] + after(token, "including")
        if lemma in self._areas or lemma in self._partitives:
            near += [*after(token, "of"), *modifiers(token), *possessors(token), *after(token, "in")]
        elif lemma in self._counted and after(token, "of"):
            near += after(token, "of")  # "the city of X"
        elif token.pos_ in ("NOUN", "PROPN") and (site := self._named_for(sentence, token)):
            return [site]
        for other in near:
            if places := self._places_of(sentence, other, depth - 1):
                more = (
                    p
                    for t in near
                    if t.dep_ in ("conj", "pobj", "appos")
                    for p in self._places_of(sentence, t, depth - 1)
                )
                return list(dict.fromkeys([*places, *more]))
        if token.tag_ == "NNS" and lemma in self._again[0][0]:
            return self._counted_again(sentence, token)
        again = self._meant_again(sentence, token, lemma)
        return [again] if again else []

    def _named_beside(self, sentence: Sentence, noun: Token) -> list[str]:
        """The places by name that a noun only describes: "A and B, two villages in that province"."""
        if noun.pos_ != "NOUN":
            return []
        before = noun.left_edge.i - 2
        beside = [noun.head, *noun.head.conjuncts] if noun.dep_ == "appos" else []
        if beside and before >= noun.sent.start and noun.doc[before + 1].text == ",":
            beside = [noun.doc[before], *noun.doc[before].conjuncts]  # the parser may have hung it on something else
        beside += [t for c in noun.children if c.dep_ == "appos" for t in (c, *c.conjuncts)]
        spots = (covering(self.index.places, *sentence.where(t)) for t in beside if t.pos_ == "PROPN")
        found = list(dict.fromkeys(p for p in spots if p and self.places[p].kind in _SITES))
        return found if len(found) < 2 or noun.tag_ == "NNS" else found[:1]

    def _each(self, sentence: Sentence, noun: Token, depth: int) -> list[str]:
        """The places that a plural names one by one: "the villages of A and B"."""
        out: list[str] = []
        start = sentence.where(noun)[1]
        for word in after(noun, "of") if depth else []:
            inner = [x for x in self.index.places.within(*sentence.where(word)) if x[0] > start]
            out += [p for _, _, p in sorted(inner, key=lambda x: x[0])[:1] if self.places[p].kind in _SITES]
        return out

    def _named_for(self, sentence: Sentence, noun: Token) -> str | None:
        """The place, smaller than a country, that a noun is named for: "the Azadi yard", "its Palmyra garrison"."""
        for word in modifiers(noun):
            found = covering(self.index.places, *sentence.where(word)) if word.pos_ == "PROPN" else None
            if found and self.places[found].kind in _SITES:
                return found
        return None

    def _meant_again(self, sentence: Sentence, token: Token, lemma: str) -> str | None:
        """The place last named before "the town", "the airport" or, in the same sentence, "it"."""
        at = sentence.where(token)[0]
        before = self._places_at[: bisect_left(self._place_starts, at)]
        if token.lower_ == "it":
            here = [x for x in before if x[0] >= sentence.start and self.places[x[2]].kind != "country"]
            while len(here) > 1 and _WITHIN.fullmatch(self.document.text, here[-2][1], here[-1][0]):
                here.pop()  # "the village in that province": the village
            return here[-1][2] if here else self._told_before(sentence, before)
        before_it = [c.lower_ for c in token.lefts]
        if token.tag_ == "NNS" or not before_it or not set(before_it) <= {"the", "this", "that", "entire", "whole"}:
            return None
        for words, kinds in self._again:
            if lemma in words:
                named = (p for _, _, p in reversed(before) if p in self._proper)
                return next((p for p in named if self.places[p].kind in kinds), None)
        return None

    def _counted_again(self, sentence: Sentence, noun: Token) -> list[str]:
        """The towns that "both towns" or "the two villages" are: as many as one sentence before named last."""
        said = {t.lower_ for t in noun.lefts}
        count = next((n for word, n in _NUMBERS.items() if word in said), 0)
        if not count or not said & {"the", "both", "these", "those"}:
            return []
        for last in reversed(self.document.sentences[max(0, sentence.index - _BACK) : sentence.index]):
            lists = [x for x in self._lists(last) if len(x) == count]
            if lists:
                return lists[-1]
        return []

    def _lists(self, sentence: Sentence) -> list[list[str]]:
        """The towns that a sentence names by name, those in one list together."""
        out: list[list[str]] = []
        at = sentence.start
        for start, end, place in self._places_at[bisect_left(self._place_starts, sentence.start) :]:
            if start >= sentence.end:
                break
            if self.places[place].kind in _SETTLED and place in self._proper:
                link = _LINK.fullmatch(self.document.text, at, start) if out else None
                if link is not None and (link["comma"] or link["and"]):
                    out[-1].append(place)
                else:
                    out.append([place])
                at = end
        return out

    def _told_before(self, sentence: Sentence, before: Sequence[tuple[int, int, str]]) -> str | None:
        """What "it" is in a sentence that names no place: the place first named in the sentence before."""
        last = self.document.sentences[sentence.index - 1] if sentence.index else None
        if last is None or last.paragraph < sentence.paragraph - 1 or any(s >= sentence.start for s, _, _ in before):
            return None
        subject = next((t for t in last.tokens if t.dep_ in _SUBJECTS), None)
        if subject is not None and subject.lemma_.lower() in self._areas:  # "The zone is to run along the line."
            return next(iter(self._places_of(last, subject, 0)), None)
        return next((p for s, _, p in before if s >= last.start and self.places[p].kind in _SITES), None)

    def _listed(self, sentence: Sentence, token: Token, place: str) -> list[str]:
        """The places that follow one in a list: "A, B and the towns of C and D"."""
        out: list[str] = []
        here = [x for x in self.index.places.within(*sentence.where(token)) if x[2] == place]
        if not here:  # "the hills of A, B and C"
            after_it = self._places_at[bisect_left(self._place_starts, sentence.where(token)[1]) :]
            here = [x for x in after_it[:1] if x[2] == place and x[0] < sentence.end]
        if not here:
            return out
        at = max(e for _, e, _ in here)
        waiting: list[str] = []  # "A, B": a list only if an "and" comes; else B is where A lies
        for start, end, other in self._places_at[bisect_left(self._place_starts, at) :]:
            if start >= sentence.end:
                break
            if start < at:
                continue
            link = _LINK.fullmatch(self.document.text, at, start)
            if link is None or not (link["comma"] or link["and"]) or self._begins_clause(sentence, start, end):
                break
            waiting.append(other)
            if link["and"]:
                out += waiting
                waiting = []
            at = end
        return out

    @staticmethod
    def _begins_clause(sentence: Sentence, start: int, end: int) -> bool:
        """Whether a place is what the next clause is about: "they will move on A, and B will be next"."""
        head = next(iter(sentence.tokens_in(start, end)), None)
        while head is not None and head.head != head and head.dep_ in ("compound", "pobj", "prep"):
            head = head.head
        return head is not None and head.dep_ in _SUBJECTS and head.head.dep_ == "conj"


def covering(spots: Spots[str], start: int, end: int) -> str | None:
    """The id of the longest mention that covers these words."""
    around = [x for x in spots.within(start, end) if x[0] <= start and end <= x[1]]
    return max(around, key=lambda x: x[1] - x[0])[2] if around else None
