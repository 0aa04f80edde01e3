"""Where a report speaks of an agreement: what it is called, who is in it, and where it stands by these words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from situate.contract import AgreementStatus
from situate.knowledge.agreements import AgreementWords, agreement_words
from situate.language import Document, Sentence
from situate.reading.agreement_accords import accord
from situate.reading.agreement_roles import Roles
from situate.reading.agreement_standing import standing_of
from situate.reading.names import Names
from situate.reading.phrases import after, preposition_of

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """One place where the report speaks of an agreement. `kind` is "deal" where its name doesn't tell.

    `status` is what these words say of it, or None; `phrase` the offsets of its name with what stands before it;
    `last` the index of the last word that belongs to the phrase, what follows it included; `telling` the words that
    govern the name or describe it; `proposers` and `refusers` those of the parties that only propose it, and that don't
    accept it. `earlier` is another than that of the day, by its year or by a word such as "previous"; such a word makes
    it `bygone`.
    """

    sentence: Sentence
    head: Token
    kind: str
    phrase: tuple[int, int]
    last: int
    parties: tuple[str, ...]
    guarantors: tuple[str, ...]
    proposers: tuple[str, ...]
    refusers: tuple[str, ...]
    places: tuple[str, ...]
    telling: tuple[Token, ...]
    status: AgreementStatus | None
    earlier: bool
    bygone: bool
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
        told = accord(document, sentence) if "agree" in text else None
        for found in words.names.finditer(text):
            if any(s <= found.start() < e for s, e in taken):
                continue
            tokens = sentence.tokens_in(sentence.start + found.start(), sentence.start + found.end())
            head = _head(tokens)
            if head is None or head.i in heads or any(c.lower_ in words.other for c in head.lefts):
                continue
            heads.add(head.i)
            reading = _Reading(sentence, head, tokens, names, words)
            if told and told[0].i < head.i <= told[0].right_edge.i and told[0] not in reading.verbs:
                reading.verbs.append(told[0])  # "agreed on Monday to give up land that they hold, under a deal"
            yield reading.mention(str(found.lastgroup))
        if told and not heads:
            yield _told(sentence, *told, names, words)


def _told(sentence: Sentence, verb: Token, kind: str, names: Names, words: AgreementWords) -> AgreementMention:
    """An agreement of which a sentence tells by a verb."""
    spot = sentence.where(verb)
    roles = Roles(sentence, verb, spot[0], [verb], [], names, words)
    guarantors = _once(roles.guarantors())
    parties = _once(p for p in roles.parties() if p not in guarantors)
    return AgreementMention(
        sentence, verb, kind, spot, verb.i, parties, guarantors, (), (), (), (verb,), "concluded",
        earlier=False, bygone=False, business=False, named=False, definite=False, hoped=False,
    )  # fmt: skip


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
        self.verbs = list(_governors(head))
        self.parts = [c for c in head.children if c.dep_ in ("acl", "relcl", "amod") and c.pos_ in ("VERB", "ADJ")]

    def mention(self, kind: str) -> AgreementMention:
        """What the words around the name say."""
        roles = Roles(self.sentence, self.head, self.phrase[0], self.verbs, self.parts, self.names, self.words)
        guarantors = _once(roles.guarantors())
        lemmas = {t.lemma_.lower() for t in self.before}
        under = preposition_of(self.head) == "under"  # what is done under it doesn't tell where it stands
        telling = [*(v for v in self.verbs if not under or v.lemma_ == "agree"), *_raised(self.head), *self.parts]
        status = standing_of(self.head, [*telling, *self.before], self.words)
        if kind == "ceasefire" and self._flouted():
            status = "breached"
        return AgreementMention(
            sentence=self.sentence,
            head=self.head,
            kind=kind,
            phrase=self.phrase,
            last=self.head.right_edge.i,
            parties=_once(p for p in roles.parties() if p not in guarantors),
            guarantors=guarantors,
            proposers=_once(roles.proposers()),
            refusers=_once(roles.refusers()),
            places=_once(self._places()),
            telling=tuple(telling),
            status=status,
            hoped=status in ("proposed", "negotiated") and self._lasting(),
            earlier=bool(lemmas & self.words.earlier) or self._dated(),
            bygone=bool(lemmas & self.words.earlier),
            definite=any(t.lower_ in ("the", "this", "that", "these") for t in self.before),
            business=bool(lemmas & self.words.business),
            named=any(t.pos_ == "PROPN" for t in self.before),
        )

    def _flouted(self) -> bool:
        """Whether somebody attacks in spite of it."""
        before = self.head.doc[max(self.head.left_edge.i - 3, self.sentence.tokens.start) : self.head.i].text.lower()
        events = self.names.index.events.within(self.sentence.start, self.sentence.end) if "spite" in before else []
        return any(e.type == "ASSAULT" and e.status in ("actual", "ongoing") for _, _, e in events)

    def _lasting(self) -> bool:
        said = " ".join(t.lower_ for t in self.before).replace(" - ", "-").split()
        return bool(set(said) & self.words.hoped)

    def _dated(self) -> bool:
        """Whether it bears a year: "the agreement of 1974"."""
        return any(_YEAR.fullmatch(t.text) for t in [*self.before, *after(self.head, "of"), *after(self.head, "from")])

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
