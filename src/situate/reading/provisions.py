"""What an agreement provides for: the clauses that a mention of it governs, and those the model sees."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from situate.knowledge.agreements import agreement_words
from situate.language import Document, Sentence
from situate.reading.agreement_mentions import AgreementMention
from situate.reading.arguments import objects
from situate.reading.phrases import after

_CLAUSES = frozenset({"acl", "relcl", "ccomp", "xcomp", "dobj", "prep", "advcl"})
_LIKELY = 0.4  # the least score of a provision that the model sees
_OPENING = frozenset({"aux", "auxpass", "mark", "neg", "nsubj", "nsubjpass"})
_FINITE = frozenset({"VB", "VBP", "VBZ", "VBG", "VBD", "MD"})
_THAT = ("mark", "that")
_SHORTEST = 3  # words of a part
_DURATIONS = frozenset({"hour", "day", "week", "month", "minute"})


def provisions(document: Document, mention: AgreementMention) -> Iterator[tuple[str, int, int]]:
    """Kind and offsets of each clause that says what the agreement provides for."""
    if whole := _lasting(mention.head):
        yield _said(document, mention, *whole)
    for clause in _agreed(mention.head):
        yield from (_said(document, mention, *part) for part in _parts(*clause))
    for first, last in _clauses(mention.head):
        if first.i <= mention.head.i <= last.i:
            if last.i == mention.head.i:
                yield _said(document, mention, first, last)
                continue
            first = mention.head.nbor(1)
        said = [_said(document, mention, *part) for part in _parts(first, last)]
        telling = [x for x in said if x[0] != "other"]
        bound = mention.head.dep_ != "pobj" or first.head == mention.head or _clause_of(mention.head) is not None
        yield from telling or (said if bound else [])
    for proposal in mention.sentence.proposals:
        if proposal.layer == "agreements":
            for role in proposal.roles:
                words = document.text[role.start : role.end]
                if role.role == "provision" and role.score >= _LIKELY and len(words.split()) > 1:
                    yield _kind(words), role.start, role.end


def _clauses(head: Token) -> Iterator[tuple[Token, Token]]:
    """The clauses that a mention governs or stands in, as first and last words."""
    yield from _described(head)
    yield from _governing(head)
    if head.dep_ == "pobj":
        yield from _kept(head.head.head)


def _lasting(head: Token) -> tuple[Token, Token] | None:
    """How long it lasts: "a ten-day ceasefire", "a ceasefire of ten days"."""
    if before := [t for t in head.lefts if _DURATIONS & set(t.lower_.split("-"))]:
        return before[0].left_edge, head
    behind = [t for t in after(head, "of") if t.lemma_.lower() in _DURATIONS]
    return (head.left_edge, behind[0]) if behind else None


def _described(head: Token) -> Iterator[tuple[Token, Token]]:
    """Clauses that describe it: "a deal that lets them leave"; not those that tell who made it."""
    words = agreement_words()
    for child in head.children:
        made = child.lemma_.lower() in words.party_verbs | words.guarantor_verbs
        if child.dep_ in ("acl", "relcl") and child.tag_ in _FINITE and not made:
            yield child.left_edge, child.right_edge


def _governing(head: Token) -> Iterator[tuple[Token, Token]]:
    """What a verb beside it says: "the deal allows …", "under the deal they will …", "agreed to open a corridor"."""
    words = agreement_words()
    verb = head.head
    denied = [c for c in verb.lefts if c.dep_ in ("neg", "aux")]
    if head.dep_ == "nsubj" and verb.lemma_.lower() in words.covering and any(c.dep_ == "neg" for c in denied):
        yield denied[0], verb.right_edge  # "does not cover the region"
    elif head.dep_ == "nsubj" and verb.lemma_.lower() in words.provides:
        for child in verb.children:
            if child.dep_ in _CLAUSES and child.i > verb.i:
                yield child.left_edge, child.right_edge
    elif head.dep_ in ("dobj", "nsubjpass") and verb.dep_ == "xcomp" and verb.head.lemma_.lower() in words.party_verbs:
        yield verb, verb.right_edge
    elif (under := _clause_of(head)) is not None:
        verb = under.head
        if under.i > verb.i:
            bound = verb.dep_ == "xcomp" and verb.head.lemma_ == "have"  # "has to hand over under the agreement"
            yield (verb.head if bound else verb).left_edge, under.nbor(-1)
        else:
            first, behind = under.head.left_edge, under.right_edge
            yield first if first.i > behind.i else behind.nbor(1), under.head.right_edge


def _clause_of(head: Token) -> Token | None:
    """The "under" that puts a clause under it: "under the deal they will …", "under the terms of the deal …"."""
    under = head.head
    if under.lower_ == "of" and under.head.lemma_.lower() == "term":
        under = under.head.head
    fits = head.dep_ == "pobj" and under.lower_ == "under" and under.head.pos_ in ("VERB", "AUX")
    return under if fits else None


def _agreed(head: Token) -> Iterator[tuple[Token, Token]]:
    """What sides agreed to do in a sentence that speaks of it: "agreed to pull out and to observe a truce"."""
    for verb in head.sent:
        if verb.lemma_.lower() == "agree" and verb.pos_ == "VERB":
            for child in verb.children:
                if child.dep_ in ("xcomp", "ccomp") and child.i > verb.i and child.pos_ == "VERB":
                    yield child.left_edge if child.dep_ == "ccomp" else child, child.right_edge


def clauses_of(document: Document, sentence: Sentence, first: Token, verb: Token) -> Iterator[tuple[str, int, int]]:
    """Kind and offsets of what a clause provides for, from its first word on; each part behind its verb by itself."""
    for i, (begin, last) in enumerate(_parts(verb, verb.right_edge)):
        start, end = sentence.where(begin if i else first, last)
        yield _kind(document.text[start:end]), start, end


def _said(document: Document, mention: AgreementMention, first: Token, last: Token) -> tuple[str, int, int]:
    start, end = mention.sentence.where(first, last)
    return _kind(document.text[start:end]), start, end


def _parts(first: Token, last: Token) -> list[tuple[Token, Token]]:
    """A clause cut where another thing begins that it provides for: "to go to X | and board buses | carrying arms"."""
    doc = first.doc
    cuts = [first.i]
    for token in doc[first.i + 1 : last.i + 1]:
        apart = token.dep_ in ("conj", "advcl", "acl") or (token.dep_ == "xcomp" and token.head.dep_ != "relcl")
        if token.pos_ == "VERB" and apart and token.tag_ != "VBN":
            begin = min([token.i, *(c.left_edge.i for c in token.lefts if c.dep_ in _OPENING)])
            if begin - cuts[-1] > _SHORTEST:
                cuts.append(begin)
    ends = [*cuts[1:], last.i + 1]
    return [part for a, b in zip(cuts, ends, strict=True) if (part := _trimmed(doc[a], doc[b - 1]))]


def _trimmed(first: Token, last: Token) -> tuple[Token, Token] | None:
    while first.i < last.i and (first.is_punct or first.pos_ == "CCONJ" or (first.dep_, first.lower_) == _THAT):
        first = first.nbor(1)
    while last.i > first.i and (last.is_punct or last.pos_ == "CCONJ"):
        last = last.nbor(-1)
    return (first, last) if last.i > first.i else None


def _kept(verb: Token) -> Iterator[tuple[Token, Token]]:
    """What is deployed to keep it: "twelve observation points"."""
    for thing in objects(verb) if verb.pos_ == "VERB" else []:
        if thing.lemma_.lower() in agreement_words().keepers:
            yield thing.left_edge, thing


def _kind(words: str) -> str:
    return next((kind for kind, pattern in agreement_words().provisions.items() if pattern.search(words)), "other")
