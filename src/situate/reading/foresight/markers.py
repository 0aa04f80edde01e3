"""Clauses that speak of the future, by the words that show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from situate.knowledge.foresight import ForesightWords
from situate.language import Sentence
from situate.reading.attribution.grammar import child, is_passive, preposition, subject_of

_OF_NOUNS = frozenset({"expect", "anticipate", "foresee", "predict", "forecast"})
_ASSURED = frozenset({"certain", "sure"})
_CLIMB = 4  # steps from a clause to the words that govern it


@dataclass(slots=True)
class Outlook:
    """A clause about the future: its verb (or noun), who or what does it, and the words that show it, by kind."""

    sentence: Sentence
    verb: Token
    subject: Token | None
    markers: list[tuple[str, Token]] = field(default_factory=list)
    governors: list[Token] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        """The kinds of its markers."""
        return {k for k, _ in self.markers}


def outlooks(sentence: Sentence, words: ForesightWords) -> list[Outlook]:
    """The clauses of a sentence that speak of the future, in text order, one for each verb."""
    found: dict[int, Outlook] = {}
    for kind, marker, verb, subject in _marked(sentence, words):
        if verb.i not in found:
            found[verb.i] = Outlook(sentence, verb, subject, [], _governors(verb))
        found[verb.i].markers.append((kind, marker))
    return [found[i] for i in sorted(found)]


def _marked(sentence: Sentence, words: ForesightWords) -> Iterator[tuple[str, Token, Token, Token | None]]:
    """(kind, marker, verb, subject) for each word that may speak of the future."""
    for token in sentence.tokens:
        lower, lemma = token.lower_, token.lemma_.lower()
        if token.tag_ == "MD" and lower in words.modals:
            verb = token.head if token.dep_ in ("aux", "auxpass") else token
            yield words.modals[lower], token, verb, subject_of(verb)
        elif lemma in words.going and token.tag_ == "VBG" and (aim := _infinitive(token)) is not None:
            yield "going", token, aim, subject_of(token)
        elif (
            lower in words.coming
            and token.dep_ == "amod"
            and token.i < token.head.i
            and token.head.lemma_.lower() in words.happenings
        ):
            yield "coming", token, token.head, None
        elif lemma in words.nouns and token.pos_ == "NOUN":
            yield from _noun(token, words.nouns[lemma], words)
        elif (kind := words.predicates.get(lower) or words.predicates.get(lemma)) and token.pos_ in (
            "ADJ",
            "VERB",
            "ADV",
        ):
            yield from _predicate(token, kind)


def _infinitive(token: Token) -> Token | None:
    return next((c for c in token.children if c.dep_ == "xcomp" and any(x.lower_ == "to" for x in c.children)), None)


def _predicate(token: Token, kind: str) -> Iterator[tuple[str, Token, Token, Token | None]]:
    """ "likely to …", "expected to …", "it is unlikely that …", "threatens to …"."""
    if token.dep_ == "advmod" or any(c.lower_ in ("more", "less") for c in token.lefts if c.head.dep_ == "amod"):
        return
    holder = token.head if token.dep_ in ("acomp", "oprd", "attr", "xcomp", "amod") else token
    subject = subject_of(holder) if holder.pos_ in ("VERB", "AUX") else None
    if kind in ("likely", "possible") and not _is_said_of(holder, kind):
        return
    if kind == "likely" and token.lemma_ in _ASSURED and subject is not None and _infinitive(token) is None:
        return  # "he was less certain"
    aim = _infinitive(token) or (_infinitive(holder) if token.dep_ == "acomp" else None)
    clause = child(token, "ccomp") or (child(holder, "ccomp") if token.dep_ == "acomp" else None)
    if aim is not None:
        yield kind, token, aim, subject
    elif clause is not None and clause.i > token.i and kind != "threaten" and _to_come(clause, kind):
        yield kind, token, clause, subject_of(clause)
    elif kind == "likely" and token.dep_ in ("acomp", "oprd") and clause is None:
        yield kind, token, holder, subject
    elif kind == "expect" and token.tag_ == "VBN" and is_passive(token):
        yield kind, token, token, subject
    elif (
        kind == "expect"
        and token.lemma_ in _OF_NOUNS
        and (thing := child(token, "dobj")) is not None
        and thing.pos_ == "NOUN"
    ):
        yield kind, token, thing, None


def _noun(token: Token, kind: str, words: ForesightWords) -> Iterator[tuple[str, Token, Token, Token | None]]:
    """ "prospects for peace", "fears of a wider war", "the danger is that …", "a matter of days"."""
    thing = _under(token)
    if kind == "matter":
        if thing is not None and thing.lemma_.lower() in words.spans and token.dep_ == "attr":
            yield "verge", token, token.head, subject_of(token.head)
    elif thing is not None:
        yield kind, token, token if kind == "prospect" else thing, None
    elif token.dep_ == "nsubj" and (clause := child(token.head, "ccomp")) is not None and token.head.lemma_ == "be":
        yield kind, token, clause, subject_of(clause)


def _under(noun: Token) -> Token | None:
    """What a noun is of or for: "prospects for peace", "the brink of war"."""
    link = preposition(noun, "of", "for")
    return child(link, "pobj", "pcomp") if link is not None else None


def _is_said_of(holder: Token, kind: str) -> bool:
    """Whether something is, seems or will be so: no order, no becoming, and for "possible" only a thing to come."""
    if holder.lemma_ not in ("be", "seem", "appear", "look", "remain") or subject_of(holder) is None:
        return False
    return kind == "likely" or any(c.tag_ == "MD" for c in holder.children)


def _to_come(clause: Token, kind: str) -> bool:
    """Whether a clause has a modal or an infinitive, so that it can be about the future; what is expected always is."""
    if kind == "expect" and clause.tag_ in ("VBZ", "VBP"):
        return True
    return clause.tag_ == "VB" or any(c.tag_ == "MD" or c.lower_ == "to" for c in clause.children)


def _governors(verb: Token) -> list[Token]:
    """The words above a clause, the nearest first: "said", "fears", "unclear"."""
    out: list[Token] = []
    token = verb
    while token.head.i != token.i and len(out) < _CLIMB:
        if token.dep_ in ("nsubj", "dobj", "pobj", "appos", "conj", "relcl", "advcl") and token.i != verb.i:
            break
        token = token.head
        out.append(token)
    return out
