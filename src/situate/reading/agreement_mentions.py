"""Where a report speaks of an agreement: what it is called, who is in it, and where it stands by these words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from situate.contract import AgreementStatus
from situate.knowledge.agreements import AgreementWords, agreement_words
from situate.language import Document, Sentence
from situate.reading.arguments import after, objects, preposition_of, subjects
from situate.reading.names import Names

_HYPOTHETICAL = frozenset({"if", "would", "could", "might", "may", "should", "unless", "will", "can"})
_STANDING_ON = frozenset({"under", "since", "despite", "during", "per"})  # "under the deal": it is in force
_JOINING = ("between", "with", "among")


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """One place where the report speaks of an agreement. `kind` is "deal" where its name doesn't tell.

    `status` is what these words say of it, or None; `phrase` the offsets of its name with what stands before it.
    """

    sentence: Sentence
    head: Token
    kind: str
    phrase: tuple[int, int]
    parties: tuple[str, ...]
    guarantors: tuple[str, ...]
    places: tuple[str, ...]
    status: AgreementStatus | None
    earlier: bool
    business: bool
    named: bool


def mentions(document: Document, names: Names) -> Iterator[AgreementMention]:
    """The mentions of agreements in text order."""
    words = agreement_words()
    for sentence in document.sentences:
        text = document.text[sentence.start : sentence.end]
        taken = [m.span() for m in words.not_names.finditer(text)]
        for found in words.names.finditer(text):
            if any(s <= found.start() < e for s, e in taken):
                continue
            tokens = sentence.tokens_in(sentence.start + found.start(), sentence.start + found.end())
            head = _head(tokens)
            if head is not None:
                yield _Reading(sentence, head, tokens, names, words).mention(str(found.lastgroup))


def _head(tokens: list[Token]) -> Token | None:
    inside = {t.i for t in tokens}
    outer = [t for t in tokens if t.head.i not in inside or t.head is t]
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
        self.first = tokens[0]
        doc = head.doc
        left = doc[max(head.left_edge.i, sentence.tokens.start)]
        self.phrase = (sentence.where(left)[0], sentence.where(head)[1])
        self.before = doc[left.i : self.first.i]
        self.verbs = list(_governors(head))
        self.parts = [c for c in head.children if c.dep_ in ("acl", "relcl", "amod") and c.pos_ in ("VERB", "ADJ")]

    def mention(self, kind: str) -> AgreementMention:
        guarantors = tuple(self._guarantors())
        parties = tuple(p for p in self._parties() if p not in guarantors)
        lemmas = {t.lemma_.lower() for t in self.before}
        return AgreementMention(
            sentence=self.sentence,
            head=self.head,
            kind=kind,
            phrase=self.phrase,
            parties=_once(parties),
            guarantors=_once(guarantors),
            places=_once(self._places()),
            status=self._status(),
            earlier=bool(lemmas & self.words.earlier) or any(_YEAR.fullmatch(t.text) for t in self.before),
            business=bool(lemmas & self.words.business),
            named=any(t.pos_ == "PROPN" for t in self.before)
            or (self.first.text[:1].isupper() and self.first.i > self.sentence.tokens.start),
        )

    def _parties(self) -> Iterator[str]:
        for _, end, actor in self._actors_before():
            if not self._part_after(end):
                yield actor
        for preposition in _JOINING:
            yield from self._actors(after(self.head, preposition))
        for verb in [*self.verbs, *self.parts]:
            if verb.lemma_.lower() in self.words.party_verbs:
                yield from self._actors(subjects(verb))
                for preposition in _JOINING:
                    yield from self._actors(after(verb, preposition))

    def _guarantors(self) -> Iterator[str]:
        for _, end, actor in self._actors_before():
            if self._part_after(end):
                yield actor
        for verb in [*self.verbs, *self.parts]:
            if verb.lemma_.lower() in self.words.guarantor_verbs and verb.lemma_.lower() not in self.words.party_verbs:
                yield from self._actors(subjects(verb))
        for token in self.sentence.tokens:
            if token.lemma_.lower() in self.words.guarantor_nouns:
                yield from self._actors(
                    [*token.lefts, *after(token, "of"), *(c for c in token.children if c.dep_ == "appos")]
                )

    def _actors_before(self) -> list[tuple[int, int, str]]:
        if not len(self.before):
            return []
        return self.names.index.actors.within(self.phrase[0], self.sentence.where(self.before[-1])[1])

    def _part_after(self, end: int) -> bool:
        token = self.sentence.token_at(end)
        if token is not None and token.text == "-" and token.i + 1 < len(token.doc):
            token = token.nbor(1)
        return token is not None and token.lower_.rpartition("-")[2] in self.words.guarantor_parts

    def _actors(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        return self.names.every_actor(self.sentence, tokens)

    def _places(self) -> tuple[str, ...]:
        near = [p for w in ("in", "for", "across", "at") for t in [self.head, *self.verbs[:1]] for p in after(t, w)]
        before = self.names.index.places.within(self.phrase[0], self.phrase[1]) if len(self.before) else []
        return (*(p for _, _, p in before), *self.names.every_place(self.sentence, near))

    def _status(self) -> AgreementStatus | None:
        if preposition_of(self.head) in _STANDING_ON:
            return "in_force"
        for word in [*self.verbs, *self.parts, *self.before]:
            lemmas = {word.lemma_.lower(), *(o.lemma_.lower() for o in objects(word) if word.pos_ == "VERB")}
            for status, known in self.words.status.items():
                if lemmas & known:
                    if status in ("breached", "ended", "concluded", "in_force") and _hypothetical(word):
                        return "negotiated" if status in ("concluded", "in_force") else None
                    return status  # type: ignore[return-value]
        return None


_YEAR = re.compile(r"(?:19|20)\d\d")


def _governors(noun: Token) -> Iterator[Token]:
    """The words that govern a noun, nearest first: verbs, and nouns such as "violation of"."""
    token = noun
    for _ in range(4):
        head = token.head
        if head is token:
            return
        if head.pos_ in ("VERB", "NOUN", "AUX"):
            yield head
        if head.pos_ == "VERB" and token.dep_ in ("conj", "advcl", "ccomp", "relcl"):
            return
        token = head


def _hypothetical(word: Token) -> bool:
    return any(c.lower_ in _HYPOTHETICAL for c in word.children if c.dep_ in ("aux", "mark", "advmod"))


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
