"""Agreements that a sentence tells by a verb alone: "The army and the rebels agreed to stop the fighting"."""

from __future__ import annotations

from spacy.tokens import Token

from situate.knowledge.agreements import agreement_words
from situate.language import Document, Sentence

_DONE = frozenset({"VBD", "VBN", "VBP", "VBZ"})
_NOT_YET = frozenset({"will", "would", "could", "may", "might", "can", "should", "to", "must", "if", "unless"})
_KINDS = frozenset({"surrender", "ceasefire", "evacuation", "prisoner_exchange", "reconciliation"})


def accord(document: Document, sentence: Sentence) -> tuple[Token, str] | None:
    """The verb by which sides agree to do what an agreement of some kind is about, and the kind; None where they only
    may, or agree to something else."""
    for verb in sentence.tokens:
        if verb.lemma_ == "agree" and verb.pos_ == "VERB" and verb.tag_ in _DONE and not _hedged(verb):
            for what in verb.children:
                if what.dep_ in ("xcomp", "advcl") and what.tag_ == "VB" and what.i > verb.i:
                    start, end = sentence.where(what, what.right_edge)
                    about = agreement_words().about.items()
                    found = next((kind for kind, words in about if words.search(document.text, start, end)), None)
                    if found in _KINDS:
                        return verb, found
    return None


def _hedged(verb: Token) -> bool:
    return any(c.dep_ == "neg" or (c.dep_ in ("aux", "mark") and c.lower_ in _NOT_YET) for c in verb.children)
