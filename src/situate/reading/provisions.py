"""What an agreement provides for: the clauses that a mention of it governs."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from situate.knowledge.agreements import agreement_words
from situate.language import Document
from situate.reading.agreement_mentions import AgreementMention

_CLAUSES = frozenset({"acl", "relcl", "ccomp", "xcomp", "dobj", "prep", "advcl"})


def provisions(document: Document, mention: AgreementMention) -> Iterator[tuple[str, int, int]]:
    """Kind and offsets of each clause that says what the agreement provides for."""
    for token in _clauses(mention.head):
        start, end = mention.sentence.where(token.left_edge, token.right_edge)
        if token.left_edge.i <= mention.head.i <= token.right_edge.i:
            start = mention.sentence.where(mention.head)[1] + 1
        if end > start:
            yield _kind(document.text[start:end]), start, end


def _clauses(head: Token) -> Iterator[Token]:
    known = agreement_words().provides
    for child in head.children:
        if child.dep_ in ("acl", "relcl") and child.tag_ in ("VB", "VBP", "VBZ", "MD", "VBG"):
            yield child
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_.lower() in known:
        for child in verb.children:
            if child.dep_ in _CLAUSES and child.i > verb.i:
                yield child
    if verb.lower_ in ("under", "by") and head.dep_ == "pobj":
        yield verb.head


def _kind(words: str) -> str:
    return next((kind for kind, pattern in agreement_words().provisions.items() if pattern.search(words)), "other")
