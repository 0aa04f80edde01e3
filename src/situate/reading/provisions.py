"""What an agreement provides for: the clauses that a mention of it governs, and those the model sees."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from situate.knowledge.agreements import agreement_words
from situate.language import Document
from situate.reading.agreement_mentions import AgreementMention
from situate.reading.arguments import objects

_CLAUSES = frozenset({"acl", "relcl", "ccomp", "xcomp", "dobj", "prep", "advcl"})
_LIKELY = 0.4  # the least score of a provision that the model sees
_OPENING = frozenset({"aux", "auxpass", "mark", "neg", "nsubj", "nsubjpass"})
_FINITE = frozenset({"VB", "VBP", "VBZ", "VBG", "VBD", "MD"})
_SHORTEST = 3  # words of a part
_DURATIONS = frozenset({"hour", "day", "week", "month", "minute"})


def provisions(document: Document, mention: AgreementMention) -> Iterator[tuple[str, int, int]]:
    """Kind and offsets of each clause that says what the agreement provides for."""
    for first, last in _clauses(mention.head):
        if first.i <= mention.head.i <= last.i:
            if last.i == mention.head.i:
                yield _said(document, mention, first, last)
                continue
            first = mention.head.nbor(1)
        said = [_said(document, mention, *part) for part in _parts(first, last)]
        telling = [x for x in said if x[0] != "other"]
        yield from telling or (said if first.head == mention.head or mention.head.dep_ != "pobj" else [])
    for proposal in mention.sentence.proposals:
        if proposal.layer == "agreements":
            for role in proposal.roles:
                if role.role == "provision" and role.score >= _LIKELY:
                    yield _kind(document.text[role.start : role.end]), role.start, role.end


def _clauses(head: Token) -> Iterator[tuple[Token, Token]]:
    """The clauses that a mention governs or stands in, as first and last words."""
    yield from _described(head)
    yield from _governing(head)
    lasting = [t for t in head.lefts if _DURATIONS & set(t.lower_.split("-"))]
    if lasting:  # "a ten-day ceasefire"
        yield lasting[0].left_edge, head
    if head.dep_ == "pobj":
        yield from _kept(head.head.head)


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
    if head.dep_ == "nsubj" and verb.lemma_.lower() in words.provides:
        for child in verb.children:
            if child.dep_ in _CLAUSES and child.i > verb.i:
                yield child.left_edge, child.right_edge
    elif head.dep_ in ("dobj", "nsubjpass") and verb.dep_ == "xcomp" and verb.head.lemma_.lower() in words.party_verbs:
        yield verb, verb.right_edge
    elif head.dep_ == "pobj" and verb.lower_ == "under" and verb.head.pos_ == "VERB":
        if verb.i > verb.head.i:
            yield verb.head.left_edge, verb.nbor(-1)
        else:
            first = verb.head.left_edge
            yield first if first.i > head.i else head.nbor(1), verb.head.right_edge


def _said(document: Document, mention: AgreementMention, first: Token, last: Token) -> tuple[str, int, int]:
    start, end = mention.sentence.where(first, last)
    return _kind(document.text[start:end]), start, end


def _parts(first: Token, last: Token) -> list[tuple[Token, Token]]:
    """A clause cut where another thing begins that it provides for: "to go to X | and board buses | carrying arms"."""
    doc = first.doc
    cuts = [first.i]
    for token in doc[first.i + 1 : last.i + 1]:
        if token.pos_ == "VERB" and token.dep_ in ("conj", "advcl", "xcomp", "acl") and token.tag_ != "VBN":
            begin = min([token.i, *(c.left_edge.i for c in token.lefts if c.dep_ in _OPENING)])
            if begin - cuts[-1] > _SHORTEST:
                cuts.append(begin)
    ends = [*cuts[1:], last.i + 1]
    return [part for a, b in zip(cuts, ends, strict=True) if (part := _trimmed(doc[a], doc[b - 1]))]


def _trimmed(first: Token, last: Token) -> tuple[Token, Token] | None:
    while first.i < last.i and (first.is_punct or first.pos_ == "CCONJ"):
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
