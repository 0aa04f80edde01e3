"""Who plays what part in an agreement by the words around its name: parties, who helps with it, who proposes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from situate.knowledge.agreements import AgreementWords
from situate.language import Sentence
from situate.reading.arguments import objects, subjects
from situate.reading.frames import dateline
from situate.reading.names import Names
from situate.reading.phrases import after, modifiers, together

_LANDS = frozenset({"zone", "area", "line"})  # what lies between two is not made by them
_JOINING = ("between", "with", "among")
_JOINED = re.compile(r"\b([A-Z][\w.]*)[-–]([A-Z][\w.]*)(?![-–\w])")  # "a U.S.-Taliban deal"
_NO_PARTY = frozenset({"media", "civilians"})
_TELLING = frozenset({"announce", "announcement", "propose", "proposal"})
OUTSIDE = frozenset({"state", "government", "international_org"})  # who may stand between the sides


@dataclass(frozen=True, slots=True)
class Roles:
    """Reads them off a sentence: `head` is the agreement's name, `start` the offset at which its phrase begins;
    `verbs` govern it, `parts` describe it."""

    sentence: Sentence
    head: Token
    start: int
    verbs: Sequence[Token]
    parts: Sequence[Token]
    names: Names
    words: AgreementWords

    def parties(self) -> Iterator[str]:
        """Who is in it: named before it, on both sides of "between", or doing what parties do with it."""
        yield from (a for end, a in self._before() if not self._stands_by(end, a))
        yield from self._joined()
        if self.head.lemma_.lower() not in _LANDS:
            yield from self.names.both_sides(self.sentence, self.head)
            for preposition in _JOINING:
                yield from self._actors(_listed(after(self.head, preposition)))
        for verb in (*self.verbs, *self.parts):
            if not self.words.party_verbs.isdisjoint(_lemmas(verb)):
                yield from self._actors(self._subjects(verb))
                for preposition in _JOINING:
                    yield from self._actors(after(verb, preposition))

    def proposers(self) -> Iterator[str]:
        """Who proposes it."""
        for verb in (*self.verbs, *self.parts):
            if verb.lemma_.lower() in self.words.proposing_verbs:
                yield from self._actors(self._subjects(verb))

    def refusers(self) -> Iterator[str]:
        """Who rejects it, or isn't said to accept it."""
        for verb in (*self.verbs, *self.parts):
            if verb.lemma_.lower() == "reject" or any(c.dep_ == "neg" or c.lower_ == "whether" for c in verb.children):
                yield from self._actors(self._subjects(verb))

    def guarantors(self) -> Iterator[str]:
        """Who helps to make or keep it, or asks for it from outside."""
        yield from (a for end, a in self._before() if self._stands_by(end, a))
        for verb in (*self.verbs, *self.parts):
            lemma = verb.lemma_.lower()
            arranged = lemma == "negotiate" and verb in self.parts and verb.tag_ == "VBN"  # "negotiated by Russia"
            if lemma in self.words.guarantor_verbs or arranged:
                yield from self._actors((*subjects(verb), *after(verb, "along with"), *after(verb, "together with")))
            elif lemma in self.words.asking_verbs:
                asking = [t for s in subjects(verb) for t in (s, *modifiers(s))]  # "a Security Council resolution"
                yield from self._outside(asking)
            elif any(o.lemma_.lower() in self.words.keepers for o in objects(verb)):
                yield from self._actors(subjects(verb))
        for token in self.sentence.tokens:
            if token.lemma_.lower() in self.words.guarantor_nouns:
                beside = [c for c in (*token.children, token.head) if "appos" in (c.dep_, token.dep_)]
                yield from self._actors([*token.lefts, *_behind(token), *beside])
            elif token.lemma_.lower() in self.words.mediating_verbs and token.pos_ == "VERB":
                yield from self._actors(subjects(token))
            elif token.lemma_.lower() in _TELLING:  # "the UN envoy announced that both had agreed"
                told = subjects(token) if token.pos_ == "VERB" else after(token, "by")
                yield from (a for x in self._actors(told) for a in go_between(self.names, x))

    def _subjects(self, verb: Token) -> list[Token]:
        """The verb's subjects; a dateline that is taken for one stands before them."""
        found = subjects(verb)
        begins = dateline(self.sentence)
        lines = [t for t in found if t.idx < begins]
        return [t for t in found if t not in lines] + together(
            c for t in lines for c in t.children if c.dep_ == "appos" and c.idx >= begins
        )

    def _before(self) -> list[tuple[int, str]]:
        """Actors named before its head, with the ends of their mentions; a place's name ("the Astana deal") is none."""
        end = self.sentence.where(self.head)[0]
        places = self.names.index.places.within(self.start, end)
        settled = [(s, e) for s, e, p in places if self.names.places[p].kind == "settlement"]
        found = self.names.index.actors.within(self.start, end)
        return [(e, a) for _, e, a in found if e <= end and not any(ps <= e - 1 < pe for ps, pe in settled)]

    def _joined(self) -> Iterator[str]:
        """Both sides of "a U.S.-Taliban deal"."""
        end = self.sentence.where(self.head)[1]
        for found in _JOINED.finditer(self.names.document.text, self.start, end):
            sides = [self.names.pointed(self.sentence, *found.span(i)) for i in (1, 2)]
            if sides[0] and sides[1]:
                yield from (a for a in sides if a)

    def _stands_by(self, end: int, actor: str) -> bool:
        """Whether an actor named before the name helps with it: "-brokered" follows, or it is such as the UN."""
        return self.names.actors[actor].kind == "international_org" or self._part_after(end)

    def _part_after(self, end: int) -> bool:
        """Whether "-brokered" or the like follows; talks are "-led" by who helps, a settlement by who is in it."""
        token = self.sentence.token_at(end)
        if token is not None and token.text == "-" and token.i + 1 < len(token.doc):
            token = token.nbor(1)
        part = token.lower_.rpartition("-")[2] if token is not None else ""
        led = part == "led" and self.head.lemma_.lower() not in self.words.talked
        return part in self.words.guarantor_parts and not led

    def _outside(self, tokens: Iterable[Token]) -> Iterator[str]:
        yield from (a for a in self._actors(tokens) if self.names.actors[a].kind in OUTSIDE)

    def _actors(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        found = dict.fromkeys(a for t in tokens for a in self._meant(t))
        return tuple(a for a in found if self.names.actors[a].kind not in _NO_PARTY)

    def _meant(self, token: Token) -> tuple[str, ...]:
        """Those for whom a word stands: "leaders of A and B" are A and B, "A's officials" A; "their ministers" are
        those of parties named before."""
        if token.tag_ == "NNS" and token.lemma_.lower() in self.words.speakers:
            if any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children):
                return ()
            called = (self.names.called(t.text) for t in modifiers(token))
            if found := self.names.every_actor(self.sentence, after(token, "of")) or tuple(a for a in called if a):
                return found
        actor = self.names.actor(self.sentence, token)
        return (actor,) if actor else ()


def go_between(names: Names, actor: str) -> tuple[str, ...]:
    """An organisation of many states, or its envoy with the organisation; nothing for others."""
    known = names.actors[actor]
    if known.kind == "international_org":
        return (actor,)
    of = [m for m in known.member_of if m in names.actors and names.actors[m].kind == "international_org"]
    return (*of, actor) if of and known.kind == "person" else ()


def _lemmas(verb: Token) -> set[str]:
    """A verb's lemma, and with its particle: "call-off"."""
    lemma = verb.lemma_.lower()
    return {lemma, *(f"{lemma}-{c.lower_}" for c in verb.children if c.dep_ == "prt")}


def _behind(noun: Token) -> list[Token]:
    """Of whom or from where somebody is, also where the parser hangs that on the verb: "gave the envoys of A …"."""
    found = [*after(noun, "of"), *after(noun, "from")]
    following = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    near = [c for c in following.children if c.dep_ == "pobj"] if following.lower_ in ("of", "from") else []
    return found or together(near)


def _listed(nouns: list[Token]) -> list[Token]:
    """Nouns with what stands beside them in a list: "its allies A and B and a backer of the rebels, C"."""
    out = list(nouns)
    for noun in out:
        out += [c for c in noun.children if c.dep_ in ("appos", "conj") and c not in out]
    return out
