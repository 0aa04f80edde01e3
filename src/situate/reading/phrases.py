"""What hangs on a word, read off the grammar: coordinated words, prepositional phrases, possessors, modifiers."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})
_MODIFIERS = frozenset({"compound", "amod", "nmod", "npadvmod", "nummod"})


def together(tokens: Iterable[Token]) -> list[Token]:
    """The words with all that are coordinated with them."""
    out: list[Token] = []
    for token in tokens:
        out.append(token)
        out += [c for c in token.conjuncts if c.i > token.i and c.pos_ in NOUNS]
    return once(out)


def after(token: Token, preposition: str) -> list[Token]:
    """The nouns of a word's prepositional phrases with this preposition ("out of" is one)."""
    first, _, second = preposition.partition(" ")
    found: list[Token] = []
    for child in token.children:
        if child.lower_ != first or child.dep_ not in ("prep", "agent", "dative", "prt", "advmod", "mark"):
            continue
        if second:
            found += [p for c in child.children if c.lower_ == second for p in c.children if p.dep_ == "pobj"]
        else:
            found += [p for p in child.children if p.dep_ == "pobj"]
    if second and not found and any(c.lower_ == first for c in token.children):
        found = [
            p for c in token.children if c.lower_ == second and c.dep_ == "prep" for p in c.children if p.dep_ == "pobj"
        ]
    return together(found)


def possessors(noun: Token) -> list[Token]:
    """Whose it is: "its", "Iran's"."""
    return together(c for c in noun.children if c.dep_ == "poss")


def modifiers(noun: Token) -> list[Token]:
    """The nouns and adjectives before a noun that say of which kind or whose it is, nearest first."""
    return sorted((c for c in noun.lefts if c.dep_ in _MODIFIERS), key=lambda t: -t.i)


def above(token: Token) -> list[Token]:
    """The words that govern a word, nearest first, up to the verb of its clause."""
    out: list[Token] = []
    here = token
    while here.head != here and len(out) < 3:
        here = here.head
        out.append(here)
        if here.pos_ == "VERB":
            break
    return out


def preposition_of(noun: Token) -> str:
    """The preposition that governs a noun, in lower case, or nothing."""
    token = noun
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token.head.lower_ if token.dep_ == "pobj" else ""


def has_particle(verb: Token, particles: frozenset[str]) -> bool:
    """Whether the verb goes with one of these small words ("take over", "drive out of")."""
    return any(c.lower_ in particles for c in verb.children if c.dep_ in ("prt", "advmod", "prep", "acomp", "dep"))


def once(tokens: Iterable[Token]) -> list[Token]:
    """The words in order, each once."""
    return list(dict.fromkeys(tokens))
