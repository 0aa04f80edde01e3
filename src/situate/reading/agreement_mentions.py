"""Where a report speaks of an agreement: what it is called, who is in it, and where it stands by these words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from situate.contract import AgreementStatus
from situate.knowledge.agreements import AgreementWords, agreement_words
from situate.language import Document, Sentence
from situate.reading.agreement_standing import standing_of
from situate.reading.arguments import objects, subjects
from situate.reading.frames import dateline
from situate.reading.names import Names
from situate.reading.phrases import after, modifiers, together

_LANDS = frozenset({"zone", "area", "line"})  # what lies between two is not made by them
_JOINING = ("between", "with", "among")
_JOINED = re.compile(r"\b([A-Z][\w.]*)[-–]([A-Z][\w.]*)(?![-–\w])")  # "a U.S.-Taliban deal"
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_PARTY = frozenset({"media", "civilians"})
OUTSIDE = frozenset({"state", "government", "international_org"})


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """One place where the report speaks of an agreement. `kind` is "deal" where its name doesn't tell.

    `status` is what these words say of it, or None; `phrase` the offsets of its name with what stands before it;
    `last` the index of the last word that belongs to the phrase, what follows it included; `telling` the words that
    govern the name or describe it; `proposers` those of the parties that only propose it.
    """

    sentence: Sentence
    head: Token
    kind: str
    phrase: tuple[int, int]
    last: int
    parties: tuple[str, ...]
    guarantors: tuple[str, ...]
    proposers: tuple[str, ...]
    places: tuple[str, ...]
    telling: tuple[Token, ...]
    status: AgreementStatus | None
    earlier: bool
    business: bool
    named: bool
    definite: bool
    hoped: bool


def mentions(document: Document, names: Names) -> Iterator[AgreementMention]:
    """The mentions of agreements in text order; a mere "any deal" is none."""
    words = agreement_words()
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        taken = [m.span() for m in words.not_names.finditer(text)]
        heads: set[int] = set()
        for found in words.names.finditer(text):
            if any(s <= found.start() < e for s, e in taken):
                continue
            tokens = sentence.tokens_in(sentence.start + found.start(), sentence.start + found.end())
            head = _head(tokens)
            if head is None or head.i in heads or any(c.lower_ in words.other for c in head.lefts):
                continue
            heads.add(head.i)
            yield _Reading(sentence, head, tokens, names, words).mention(str(found.lastgroup))


def _head(tokens: list[Token]) -> Token | None:
    inside = {t.i for t in tokens}
    outer = [t for t in tokens if t.head.i not in inside or t.head == t]
    head = next((t for t in outer if t.pos_ in ("NOUN", "PROPN")), None)
    if head is None:
        return None
    while head.dep_ == "compound" and head.head.pos_ in ("NOUN", "PROPN") and head.head.i - head.i == 1:
        head = head.head  # "cease-fire deal"
    return head


class _Reading:
    """Reads one mention off the grammar around it."""

    def __init__(
        self, sentence: Sentence, head: Token, tokens: list[Token], names: Names, words: AgreementWords
    ) -> None:
        self.sentence, self.head, self.names, self.words = sentence, head, names, words
        doc = head.doc
        left = doc[max(head.left_edge.i, sentence.tokens.start)]
        self.phrase = (sentence.where(left)[0], sentence.where(head)[1])
        self.before = doc[left.i : tokens[0].i]
        self.verbs = [*_governors(head), *_raised(head)]
        self.parts = [c for c in head.children if c.dep_ in ("acl", "relcl", "amod") and c.pos_ in ("VERB", "ADJ")]

    def mention(self, kind: str) -> AgreementMention:
        """What the words around the name say."""
        guarantors = _once(self._guarantors())
        parties = _once(p for p in self._parties() if p not in guarantors)
        lemmas = {t.lemma_.lower() for t in self.before}
        status = standing_of(self.head, [*self.verbs, *self.parts, *self.before], self.words)
        return AgreementMention(
            sentence=self.sentence,
            head=self.head,
            kind=kind,
            phrase=self.phrase,
            last=self.head.right_edge.i,
            parties=parties,
            guarantors=guarantors,
            proposers=_once(self._proposers()),
            places=_once(self._places()),
            telling=(*self.verbs, *self.parts),
            status=status,
            hoped=status in ("proposed", "negotiated") and self._lasting(),
            earlier=bool(lemmas & self.words.earlier) or self._dated(),
            definite=any(t.lower_ in ("the", "this", "that", "these") for t in self.before),
            business=bool(lemmas & self.words.business),
            named=any(t.pos_ == "PROPN" for t in self.before),
        )

    def _lasting(self) -> bool:
        said = " ".join(t.lower_ for t in self.before).replace(" - ", "-").split()
        return bool(set(said) & self.words.hoped)

    def _dated(self) -> bool:
        """Whether it bears a year: "the agreement of 1974"."""
        return any(_YEAR.fullmatch(t.text) for t in [*self.before, *after(self.head, "of"), *after(self.head, "from")])

    def _parties(self) -> Iterator[str]:
        yield from (a for end, a in self._actors_before() if not self._stands_by(end, a))
        yield from self._joined()
        if self.head.lemma_.lower() not in _LANDS:
            yield from self.names.both_sides(self.sentence, self.head)
            for preposition in _JOINING:
                yield from self._actors(after(self.head, preposition))
        for verb in [*self.verbs, *self.parts]:
            if verb.lemma_.lower() in self.words.party_verbs:
                yield from self._actors(self._subjects(verb))
                for preposition in _JOINING:
                    yield from self._actors(after(verb, preposition))

    def _subjects(self, verb: Token) -> list[Token]:
        """The verb's subjects; a dateline that is taken for one stands before them."""
        found = subjects(verb)
        begins = dateline(self.sentence)
        lines = [t for t in found if t.idx < begins]
        return [t for t in found if t not in lines] + together(
            c for t in lines for c in t.children if c.dep_ == "appos" and c.idx >= begins
        )

    def _proposers(self) -> Iterator[str]:
        for verb in [*self.verbs, *self.parts]:
            if verb.lemma_.lower() in self.words.proposing_verbs:
                yield from self._actors(self._subjects(verb))

    def _guarantors(self) -> Iterator[str]:
        yield from (a for end, a in self._actors_before() if self._stands_by(end, a))
        for verb in [*self.verbs, *self.parts]:
            lemma = verb.lemma_.lower()
            arranged = lemma == "negotiate" and verb in self.parts and verb.tag_ == "VBN"  # "negotiated by Russia"
            if lemma in self.words.guarantor_verbs or arranged:
                yield from self._actors(subjects(verb))
            elif lemma in self.words.asking_verbs:
                asking = [t for s in subjects(verb) for t in (s, *modifiers(s))]  # "a Security Council resolution"
                yield from (a for a in self._actors(asking) if self.names.actors[a].kind in OUTSIDE)
            elif any(o.lemma_.lower() in self.words.keepers for o in objects(verb)):
                yield from self._actors(subjects(verb))
        for token in self.sentence.tokens:
            if token.lemma_.lower() in self.words.guarantor_nouns:
                beside = [c for c in (*token.children, token.head) if "appos" in (c.dep_, token.dep_)]
                yield from self._actors([*token.lefts, *after(token, "of"), *after(token, "from"), *beside])
            elif token.lemma_.lower() in self.words.mediating_verbs and token.pos_ == "VERB":
                yield from self._actors(subjects(token))

    def _actors_before(self) -> list[tuple[int, str]]:
        """Actors named before the name, with the ends of their mentions; a place's name ("the Astana deal") is none."""
        if not len(self.before):
            return []
        end = self.sentence.where(self.before[-1])[1]
        settled = {
            (s, e)
            for s, e, p in self.names.index.places.within(self.phrase[0], end)
            if self.names.places[p].kind == "settlement"
        }
        found = self.names.index.actors.within(self.phrase[0], end)
        return [(e, a) for s, e, a in found if not any(ps <= e - 1 < pe for ps, pe in settled)]

    def _joined(self) -> Iterator[str]:
        """Both sides of "a U.S.-Taliban deal"."""
        for found in _JOINED.finditer(self.names.document.text, self.phrase[0], self.phrase[1]):
            sides = [self.names.pointed(self.sentence, *found.span(i)) for i in (1, 2)]
            if sides[0] and sides[1]:
                yield from (a for a in sides if a)

    def _stands_by(self, end: int, actor: str) -> bool:
        """Whether an actor named before the name helps with it: "-brokered" follows, or it is such as the UN."""
        return self.names.actors[actor].kind == "international_org" or self._part_after(end)

    def _part_after(self, end: int) -> bool:
        """Whether "-brokered" or the like follows."""
        token = self.sentence.token_at(end)
        if token is not None and token.text == "-" and token.i + 1 < len(token.doc):
            token = token.nbor(1)
        return token is not None and token.lower_.rpartition("-")[2] in self.words.guarantor_parts

    def _actors(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        found = self.names.every_actor(self.sentence, (x for t in tokens for x in self._spoken_for(t)))
        return tuple(a for a in found if self.names.actors[a].kind not in _NO_PARTY)

    def _spoken_for(self, token: Token) -> list[Token]:
        """Those for whom it is signed: "leaders of A and B" are A and B; "their ministers" are parties named before."""
        if token.tag_ != "NNS" or token.lemma_.lower() not in self.words.speakers:
            return [token]
        if any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children):
            return []
        return after(token, "of") or [token]

    def _places(self) -> tuple[str, ...]:
        near = [p for w in ("in", "for", "across", "at") for t in [self.head, *self.verbs[:1]] for p in after(t, w)]
        before = self.names.index.places.within(self.phrase[0], self.phrase[1]) if len(self.before) else []
        return (*(p for _, _, p in before), *self.names.every_place(self.sentence, near))


def _governors(noun: Token) -> Iterator[Token]:
    """The words that govern a noun, nearest first: verbs, and nouns such as "violation of"."""
    token = noun
    for _ in range(4):
        head = token.head
        beside = token.dep_ == "conj" and head.dep_ == "xcomp"  # "agreed to pull out and to observe it"
        if head == token or (
            token.pos_ in ("VERB", "AUX") and token.dep_ not in ("xcomp", "acl", "pcomp") and not beside
        ):
            return
        if head.pos_ in ("VERB", "NOUN", "AUX"):
            yield head
        token = head


def _raised(noun: Token) -> Iterator[Token]:
    """What a verb without weight says of its subject: "the truce appears to hold", "is due to begin on Monday"."""
    if noun.dep_ in ("nsubj", "nsubjpass"):
        for word in (noun.head, *(c for c in noun.head.children if c.dep_ == "acomp")):
            yield from (c for c in word.children if c.dep_ == "xcomp" and c.pos_ == "VERB")


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
