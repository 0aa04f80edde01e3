"""Sentences that go on telling of an agreement without naming it: "Rebels are to withdraw", "Russia guarantees it"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from situate.knowledge.agreements import agreement_words
from situate.language import Document, Sentence
from situate.reading.agreement_mentions import AgreementMention
from situate.reading.agreement_roles import OUTSIDE
from situate.reading.arguments import subjects
from situate.reading.names import Names
from situate.reading.provisions import clauses_of

_FURTHEST = 4  # sentences after the mention
_BINDING = frozenset({None, "concluded", "in_force", "proposed", "negotiated"})  # what still says what is to be done
_MAIN = frozenset({"ROOT", "ccomp", "conj"})
_ORDERS = frozenset({"will", "must", "shall", "would", "may"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_QUOTES = ('"', "“", "'", "‘")


@dataclass(frozen=True, slots=True)
class Sequel:
    """What a later sentence adds to an agreement: provisions by kind and offsets, and who stands for it."""

    sentence: Sentence
    provisions: tuple[tuple[str, int, int], ...]
    guarantors: tuple[str, ...]


def sequels(document: Document, names: Names, mention: AgreementMention, taken: set[int]) -> Iterator[Sequel]:
    """The sentences behind a mention that go on about it, up to one that names another or the second that doesn't."""
    if mention.status not in _BINDING or mention.business:
        return
    missed, before, last = 0, mention.sentence, min(mention.sentence.index + _FURTHEST, len(document.sentences))
    for sentence in document.sentences[mention.sentence.index + 1 : last]:
        if sentence.index in taken or sentence.paragraph > before.paragraph + 1:
            return
        provided = tuple(_provided(document, names, mention, sentence))
        helping = tuple(_helping(names, sentence))
        if provided or helping:
            yield Sequel(sentence, provided, helping)
        elif missed or sentence.paragraph != before.paragraph:
            return
        else:
            missed = 1
        before = sentence


def _provided(
    document: Document, names: Names, mention: AgreementMention, sentence: Sentence
) -> Iterator[tuple[str, int, int]]:
    """What it says has to be done: by those who made the agreement, or of a kind that agreements provide for."""
    words = agreement_words()
    text = document.text[sentence.start : sentence.end]
    if text.startswith(_QUOTES) or text.endswith("?"):  # what somebody thinks of it
        return
    terms = words.terms.search(text) is not None
    if not terms and words.unsure.search(text):
        return
    bound = {*mention.parties, *mention.guarantors}
    for verb in sentence.tokens:
        if verb.dep_ in _MAIN and verb.pos_ in ("VERB", "AUX") and (subject := _who(verb)) is not None:
            duty = _duty(verb, terms)
            tells = subject.lower_ == "it" and verb.lemma_.lower() in words.provides and not _denied(verb)
            if duty is None and not tells:
                continue
            ours = terms or tells or verb.lemma_ == "be" or names.actor(sentence, subject) in bound
            said = list(clauses_of(document, sentence, _begin(verb, subject), duty or verb))
            yield from (x for x in said if ours or x[0] != "other")


def _who(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in _SUBJECTS and c.lower_ not in ("i", "we", "you")), None)


def _begin(verb: Token, subject: Token) -> Token:
    """The first word of a verb's clause: its subject's, or what stands before it, if that is no clause of its own."""
    before = [c for c in verb.lefts if c.i < subject.i]
    clause = any(c.dep_ == "mark" or (c.pos_ in ("VERB", "AUX") and c.dep_ != "advcl") for c in before)
    return subject.left_edge if clause else verb.left_edge


def _denied(verb: Token) -> bool:
    return any(c.dep_ == "neg" for c in verb.children)


def _duty(verb: Token, terms: bool) -> Token | None:
    """The verb that says what has to be done: "are to leave", "will leave", "must leave"; None where nothing has."""
    for child in verb.children:
        to = child.dep_ == "xcomp" and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
        if verb.lemma_ == "be" and to and child.i > verb.i and _who(child) is None:
            return child
        if child.dep_ == "aux" and child.lower_ in _ORDERS and verb.lemma_ != "be":
            refused = child.lower_ == "will" and _denied(verb)  # "will not give up their weapons"
            return None if refused or (child.lower_ == "would" and not terms) else verb
    return None


def _helping(names: Names, sentence: Sentence) -> Iterator[str]:
    """Who guarantees, supervises or mediates, from outside."""
    words = agreement_words()
    for token in sentence.tokens:
        lemma = token.lemma_.lower()
        if token.pos_ == "VERB" and lemma in words.keeping_verbs:
            who = subjects(token)
        elif lemma in words.guarantor_nouns and token.dep_ == "appos":
            who = [token.head]
        else:
            continue
        yield from (a for a in names.every_actor(sentence, who) if names.actors[a].kind in OUTSIDE)
