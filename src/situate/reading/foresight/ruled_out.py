"""Clauses with a word of the future that foretell nothing: questions, wishes, threats, what is seen, what is past."""

from __future__ import annotations

from spacy.tokens import Token

from situate.knowledge.foresight import ForesightWords
from situate.knowledge.sources import source_words
from situate.reading.foresight.markers import Outlook

FIRST = {"i", "we"}
PERSONS = {"he", "she", "they", "who"}
_AGENTS = {"PERSON", "ORG", "GPE", "NORP"}
_ASKING = {"how", "what", "when", "where", "who", "why", "which"}
_SAID = frozenset({"suggest", "agree", "insist", "decide"})
_BOUND = frozenset({"promise", "pledge", "vow", "threaten"})  # what they say will come may be a forecast
_BACK = frozenset({"did", "had"})
_CONCESSIONS = frozenset({"while", "although", "though", "however", "wherever", "whatever", "whoever"})


def no_outlook(outlook: Outlook, words: ForesightWords) -> bool:
    """Whether a statement can't be about what is to come: a question, a wish, a thing seen, a thing of the past."""
    verb, kinds = outlook.verb, outlook.kinds
    lemma = verb.lemma_.lower()
    helpers = {c.lower_ if c.dep_ == "neg" else c.lemma_ for c in verb.children if c.dep_ in ("aux", "auxpass", "neg")}
    if outlook.subject is not None and outlook.subject.lower_ == "you" and lemma not in ("see", "hear"):
        return True
    if _is_asked(outlook, words):
        return True
    if kinds <= {"could", "can", "may"} and _is_seen(lemma, helpers, kinds, words):
        return True
    if kinds <= {"could", "can", "may", "should", "would"} and "have" in helpers:
        return True
    if kinds <= {"will", "would"} and (
        _is_since(outlook, words) or _is_refused(outlook, words) or _is_threat(outlook, words)
    ):
        return True
    if kinds <= {"may", "could", "should"} and (_is_conceded(verb) or _is_turned(outlook)):
        return True
    if kinds == {"should"} and (lemma not in words.outcomes or "be" in helpers or verb.dep_ == "advcl"):
        return True
    if _is_minded(outlook, words) or _is_behind(outlook) or _is_supposed(outlook, words):
        return True
    above = wisher(outlook, words)
    if above is not None and above.lemma_.lower() not in _BOUND:
        return True
    return "threaten" in kinds and is_party(outlook.subject)


def _is_seen(lemma: str, helpers: set[str], kinds: set[str], words: ForesightWords) -> bool:
    """ "could be heard", "could not say", "could not be reached"."""
    passive = "be" in helpers
    return (lemma in words.perceived and (passive or "could" in kinds)) or (lemma in words.reached and passive)


def _is_minded(outlook: Outlook, words: ForesightWords) -> bool:
    """ "would be happy to"."""
    children = outlook.verb.children
    return "would" in outlook.kinds and any(c.dep_ == "acomp" and c.lemma_.lower() in words.minded for c in children)


def _is_supposed(outlook: Outlook, words: ForesightWords) -> bool:
    """ "if they find no way by May": a condition, and nothing that it has besides a time tells of the future."""
    opened = (c.lower_ for c in outlook.verb.children if c.dep_ in ("mark", "advmod"))
    return outlook.kinds == {"dated"} and any(word in words.conditions or word in _ASKING for word in opened)


def _is_behind(outlook: Outlook) -> bool:
    """ "they did not expect it"."""
    return any(kind == "expect" and any(c.lower_ in _BACK for c in marker.lefts) for kind, marker in outlook.markers)


def wisher(outlook: Outlook, words: ForesightWords) -> Token | None:
    """The word by which the clause is wished, asked or promised, where the clause isn't marked by that word itself."""
    verb, above = outlook.verb, outlook.verb.head
    wished = verb.dep_ in ("ccomp", "xcomp") and above.lemma_.lower() in words.wishes - _SAID
    return above if wished and all(marker.i != above.i for _, marker in outlook.markers) else None


def _is_since(outlook: Outlook, words: ForesightWords) -> bool:
    """ "would later become", "where the troops would pass": the past, seen from later."""
    verb = outlook.verb
    if "would" not in outlook.kinds:
        return False
    where = verb.dep_ == "relcl" and any(c.lower_ == "where" for c in verb.lefts)
    return where or any(c.lower_ in words.since for c in verb.lefts if c.dep_ == "advmod")


def _is_refused(outlook: Outlook, words: ForesightWords) -> bool:
    """ "would not say"."""
    verb = outlook.verb
    return (
        verb.lemma_.lower() in words.perceived
        and any(c.dep_ == "neg" for c in verb.children)
        and is_party(outlook.subject)
    )


def _is_threat(outlook: Outlook, words: ForesightWords) -> bool:
    """ "warned: we will strike", "that it would strike if …"; not what comes about by itself: "the truce would end"."""
    subject = outlook.subject
    if outlook.verb.lemma_.lower() not in words.acts or (subject and subject.lemma_.lower() in words.happenings):
        return False
    warned = any(words.governors.get(g.lemma_.lower()) == "warned" for g in outlook.governors)
    own = subject is not None and subject.lower_ in FIRST
    return warned and (own or any(t.lower_ in words.conditions for t in outlook.sentence.tokens))


def _is_conceded(verb: Token) -> bool:
    """ "while it may be shorter", "whatever it may be"."""
    return any(c.lower_ in _CONCESSIONS for c in verb.lefts)


def _is_turned(outlook: Outlook) -> bool:
    """ "should they fail": a condition."""
    subject = outlook.subject
    return subject is not None and any(k == "should" and m.i < subject.left_edge.i for k, m in outlook.markers)


def _is_asked(outlook: Outlook, words: ForesightWords) -> bool:
    """Whether the clause is a question, open or reported: "when it will begin", "whether they would pay"."""
    verb = outlook.verb
    asking = [c for c in verb.lefts if c.lower_ in _ASKING and c.i < outlook.markers[0][1].i]
    if asking and (verb.dep_ not in ("relcl", "advcl") or _asks(verb.head, words)) and not _is_named(verb):
        return True
    whether = any(c.lower_ in ("whether", "if") and c.dep_ == "mark" for c in verb.children)
    if whether and any(_asks(g, words) for g in outlook.governors[:2]):
        return True
    return any(t.text == "?" for t in outlook.sentence.tokens)


def _is_named(verb: Token) -> bool:
    """Whether a clause with "what" or "where" names a thing and asks nothing: "what will come is a war", "that is where
    it will start", "in what could be …"."""
    above = verb.head
    if verb.dep_ == "pcomp":
        return above.lower_ == "in" and verb.lemma_ == "be"
    return above.lemma_ == "be" and verb.dep_ in ("csubj", "ccomp", "attr")


def _asks(token: Token, words: ForesightWords) -> bool:
    return words.governors.get(token.lemma_.lower()) == "asked"


def is_party(subject: Token | None) -> bool:
    """Whether a subject is somebody who can act; a clause without one is taken to have one."""
    if subject is None:
        return True
    people = source_words().people
    return subject.ent_type_ in _AGENTS or subject.lower_ in FIRST | PERSONS or subject.lemma_.lower() in people
