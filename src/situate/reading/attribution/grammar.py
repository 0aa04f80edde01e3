"""Small questions to spaCy's parse that attribution asks: subjects, speakers, edges of phrases."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from situate.language import Sentence
from situate.reading.attribution.model import Range

SUBJECTS = {"nsubj", "nsubjpass", "csubj", "csubjpass"}
RELATIVES = {"who", "which", "that", "whom"}
_TRIMMED = set(".,;:—–-")


def child(token: Token, *deps: str) -> Token | None:
    """The first child on one of these arcs."""
    return next((c for c in token.children if c.dep_ in deps), None)


def preposition(token: Token, *words: str) -> Token | None:
    """The first preposition among these that hangs on a token."""
    return next((c for c in token.children if c.dep_ in ("prep", "agent") and c.lower_ in words), None)


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive, a bare participle after a noun included."""
    if child(verb, "auxpass", "nsubjpass") is not None:
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "relcl", "amod") and child(verb, "aux", "nsubj") is None


def own_subject(verb: Token) -> Token | None:
    """The verb's subject in its own clause, a relative pronoun replaced by what it stands for."""
    subject = child(verb, *SUBJECTS)
    if subject is not None and subject.lower_ in RELATIVES and verb.dep_ == "relcl":
        return verb.head
    return subject


def subject_of(verb: Token) -> Token | None:
    """Who does the verb: its subject, or the one that it shares with the verb it hangs on."""
    seen = 0
    while seen < 6:
        subject = own_subject(verb)
        if subject is not None:
            return subject
        if verb.dep_ in ("acl", "relcl"):
            return verb.head
        if verb.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "prep", "dep") or verb.head.i == verb.i:
            return None
        verb, seen = verb.head, seen + 1
    return None


def by_phrase(token: Token) -> Token | None:
    """The noun under "by"."""
    by = preposition(token, "by")
    return child(by, "pobj") if by is not None else None


def edges(tokens: Iterable[Token], sentence: Sentence) -> Range | None:
    """The report offsets from the first to the last of some tokens, punctuation at the ends left out."""
    some = sorted((t for t in tokens), key=lambda t: t.i)
    while some and some[0].text in _TRIMMED:
        some.pop(0)
    while some and (some[-1].text in _TRIMMED or some[-1].is_space):
        some.pop()
    return sentence.where(some[0], some[-1]) if some else None


def stretch(first: Token, last: Token, sentence: Sentence) -> Range | None:
    """The report offsets of everything from one token to another in a sentence, trimmed."""
    doc = first.doc
    low, high = max(first.i, sentence.tokens.start), min(last.i, sentence.tokens.end - 1)
    return edges((doc[i] for i in range(low, high + 1)), sentence)


def noun_phrase(head: Token, sentence: Sentence) -> Range | None:
    """A noun with all that describes it: titles, appositions, "of …", and relative clauses that narrow it."""
    if head.pos_ == "PRON" and head.dep_ != "attr":
        return sentence.where(head)
    left, right = head.left_edge, head.right_edge
    for c in head.rights:
        loose = c.dep_ in ("relcl", "advcl", "dep", "parataxis", "ccomp", "punct")
        comma = c.left_edge.i > 0 and head.doc[c.left_edge.i - 1].text in {",", "-", "–", "—", "("}
        if (loose and c.dep_ != "punct" and (comma or c.dep_ != "relcl")) or c.text in {":", "“", '"'}:
            right = head.doc[c.left_edge.i - 1]
            break
    while left.i < head.i and (left.is_punct or left.dep_ in ("cc", "mark", "advmod", "intj") or left.is_space):
        left = head.doc[left.i + 1]
    return stretch(left, right, sentence)
