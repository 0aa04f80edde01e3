"""Clauses that speak of the future, by the words that show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from situate.knowledge.foresight import ForesightWords
from situate.language import Sentence
from situate.reading.attribution.grammar import SUBJECTS, child, is_passive, subject_of
from situate.reading.foresight.approaching import Marked, approaching, infinitive, laid_down, under

_OF_NOUNS = frozenset({"expect", "anticipate", "foresee", "predict", "forecast"})
_ASSURED = frozenset({"certain", "sure"})
_PREDICATES = frozenset({"ADJ", "VERB", "ADV"})
_FINITE = frozenset({"VBZ", "VBP", "VBD"})
_BEING = frozenset({"be", "seem", "appear", "look", "remain"})
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


def _marked(sentence: Sentence, words: ForesightWords) -> Iterator[Marked]:
    """What may speak of the future, word by word."""
    for token in sentence.tokens:
        lower, lemma = token.lower_, token.lemma_.lower()
        if token.tag_ == "MD" and lower in words.modals:
            verb = token.head if token.dep_ in ("aux", "auxpass") else token
            yield words.modals[lower], token, verb, subject_of(verb)
        elif lemma in words.going and token.tag_ == "VBG" and (aim := infinitive(token)) is not None:
            yield "going", token, aim, subject_of(token)
        elif lower in words.coming and token.dep_ == "amod" and token.i < token.head.i:
            yield from _coming(token, words)
        elif lemma in words.nouns and token.pos_ == "NOUN":
            yield from _noun(token, words.nouns[lemma], words)
        elif (kind := words.predicates.get(lower) or words.predicates.get(lemma)) and token.pos_ in _PREDICATES:
            yield from _predicate(token, kind, words)
        elif lemma == "be" and token.tag_ in _FINITE:
            yield from _laid_down(token, words)
        elif lemma in words.warning or lower in words.hard or lower in words.dated:
            yield from _told(token, words)
        else:
            yield from approaching(token, words)


def _coming(token: Token, words: ForesightWords) -> Iterator[Marked]:
    """ "an imminent attack", "the likelier outcome is that …"."""
    thing = token.head
    if thing.dep_ in SUBJECTS and thing.head.lemma_ == "be" and (clause := child(thing.head, "ccomp")) is not None:
        yield "expect", token, clause, subject_of(clause)
    elif thing.lemma_.lower() in words.happenings:
        yield "coming", token, thing, None


def _laid_down(token: Token, words: ForesightWords) -> Iterator[Marked]:
    """ "the ministers are to meet"; not "the aim is to …"."""
    aim, subject = infinitive(token), subject_of(token)
    if aim is None or subject is None or child(token, "attr", "acomp", "dobj", "expl") is not None:
        return
    if (
        subject.lemma_.lower() not in words.aims
        and subject.pos_ in ("NOUN", "PROPN", "PRON")
        and subject.dep_ != "csubj"
    ):
        yield "set", token, aim, subject


def _told(token: Token, words: ForesightWords) -> Iterator[Marked]:
    """ "warned of a massacre", "hard to see how …", "the truce ends next week"."""
    lemma = token.lemma_.lower()
    if lemma in words.warning:
        thing = under(token)
        if thing is not None and thing.pos_ == "NOUN":
            yield "fear", token, thing, None
    elif token.lower_ in words.hard:
        seen = infinitive(token)
        clause = child(seen, "ccomp") if seen is not None and seen.lemma_.lower() in words.imagined else None
        if clause is not None:
            yield "expect", token, clause, subject_of(clause)
    elif token.ent_type_ in ("DATE", "TIME", "") and (verb := _present(token)) is not None:
        yield "dated", token, verb, subject_of(verb)


def _present(token: Token) -> Token | None:
    """The clause in the present tense that a word of time belongs to."""
    if token.lower_ in ("by", "within") and not any(t.ent_type_ in ("DATE", "TIME") for t in token.children):
        return None
    verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
    helped = verb is not None and any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    return verb if verb is not None and verb.tag_ in ("VBZ", "VBP") and not helped else None


def _predicate(token: Token, kind: str, words: ForesightWords) -> Iterator[Marked]:
    """ "likely to …", "expected to …", "it is unlikely that …", "threatens to …", "fears a war"."""
    if token.dep_ == "advmod" or any(c.lower_ in ("more", "less") for c in token.lefts if c.head.dep_ == "amod"):
        return
    holder = token.head if token.dep_ in ("acomp", "oprd", "attr", "xcomp", "amod") else token
    subject = subject_of(holder) if holder.pos_ in ("VERB", "AUX") else None
    if kind in ("likely", "possible") and not _is_said_of(holder, kind, words):
        return
    aim = infinitive(token) or (infinitive(holder) if token.dep_ == "acomp" else None)
    if kind == "likely" and token.lemma_ in _ASSURED and aim is None and not _may_come(subject, words):
        return  # "he was less certain"
    clause = _clause_after(token) or (child(holder, "ccomp") if token.dep_ == "acomp" else None)
    if aim is not None:
        yield kind, token, aim, subject
    elif clause is not None and clause.i > token.i and kind != "threaten" and _to_come(clause, kind):
        yield kind, token, clause, subject_of(clause)
    elif kind == "likely" and token.dep_ in ("acomp", "oprd") and clause is None:
        yield kind, token, holder, subject
    elif kind == "expect" and token.tag_ == "VBN" and is_passive(token):
        yield kind, token, token, subject
    elif kind == "set" and (planned := laid_down(token)) is not None:
        yield kind, token, planned, subject
    elif (thing := _thing(token, kind, words)) is not None:
        yield kind, token, thing, subject if kind == "threaten" else None


def _clause_after(token: Token) -> Token | None:
    return next((c for c in token.rights if c.dep_ == "ccomp"), None)


def _may_come(subject: Token | None, words: ForesightWords) -> bool:
    """Whether it is a happening that is certain, and nobody who is."""
    return subject is not None and (
        subject.lemma_.lower() in words.happenings or subject.lower_ in ("it", "that", "this")
    )


def _thing(token: Token, kind: str, words: ForesightWords) -> Token | None:
    """The noun that a verb foretells: "expects an offensive", "fear famine", "risks a wider war"."""
    if kind == "threaten" and (doing := child(token, "xcomp", "pcomp", "ccomp")) is not None and doing.tag_ == "VBG":
        return doing
    thing = child(token, "dobj")
    if thing is None or thing.pos_ != "NOUN":
        return None
    if kind == "expect":
        return thing if token.lemma_ in _OF_NOUNS else None
    return thing if kind in ("fear", "threaten") and thing.lemma_.lower() in words.happenings else None


def _noun(token: Token, kind: str, words: ForesightWords) -> Iterator[Marked]:
    """ "prospects for peace", "fears of a wider war", "a matter of days", "has little chance"."""
    thing, lemma = under(token), token.lemma_.lower()
    if kind == "matter":
        if thing is not None and thing.lemma_.lower() in words.spans and token.dep_ == "attr":
            yield "verge", token, token.head, subject_of(token.head)
    elif token.dep_ == "dobj" and lemma in words.had and token.head.lemma_ in words.having and subject_of(token.head):
        yield kind, token, token.head, subject_of(token.head)
    elif thing is not None:
        yield kind, token, token if kind == "prospect" else thing, None
    elif (clause := _said_of(token)) is not None:
        yield kind, token, clause, subject_of(clause)


def _said_of(noun: Token) -> Token | None:
    """The clause that a noun announces: "the danger is that …", "fears that …"."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        return child(noun.head, "ccomp")
    clause = child(noun, "acl")
    return clause if clause is not None and child(clause, "mark") is not None and _to_come(clause, "expect") else None


def _is_said_of(holder: Token, kind: str, words: ForesightWords) -> bool:
    """Whether something is, seems, is thought or will be so: no order, no becoming, and for "possible" only a thing to
    come."""
    deemed = holder.lemma_.lower() in words.deemed and is_passive(holder)
    if (holder.lemma_ not in _BEING and not deemed) or subject_of(holder) is None:
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
