"""How a thing stands that a verb or noun tells: it happened, it goes on, it is planned, threatened, denied."""

from __future__ import annotations

from spacy.tokens import Token

from situate.contract import Status
from situate.knowledge.frames import lexicon

DONE: frozenset[Status] = frozenset({"actual", "ongoing"})  # what is told as a fact
_CONDITIONS = frozenset({"if", "unless", "until"})
_TOWARD = frozenset({"of", "for", "to", "on", "about"})
_IMAGINED = frozenset({"ccomp", "xcomp", "pcomp", "prep", "acomp"})
_LEANING = frozenset({"xcomp", "ccomp", "acl", "advcl", "conj", "pcomp"})


def standing(token: Token) -> Status:
    """The status of what a word tells, by its auxiliaries and by the verbs that govern it."""
    words = lexicon("names").lists
    small = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass", "neg", "mark", "advmod", "det")}
    if small & _CONDITIONS or any(c.lower_ == "once" and c.pos_ == "SCONJ" for c in token.children):
        return "conditional"
    if small & words["negative"]:
        return "denied"
    if small & words["future"]:
        return "planned"
    if small & words["possible"]:
        return "predicted"
    return _governed(token, small) or _imagined(token) or ("ongoing" if _goes_on(token) else "actual")


def _governed(token: Token, small: set[str]) -> Status | None:
    words = lexicon("names").lists
    head = token.head
    infinitive = "to" in small
    if head == token or token.dep_ not in (*_LEANING, "dobj", "pobj", "nsubj", "nsubjpass"):
        return None
    if token.dep_ == "pobj":
        if head.lower_ not in _TOWARD:
            return None
        head = head.head
    lemma = head.lemma_.lower()
    if lemma in words["denying"] and token.dep_ in ("xcomp", "dobj", "ccomp", "pcomp", "pobj"):
        return "denied"
    if lemma in words["threatening"] and infinitive:
        return "threatened"
    if lemma in words["offering"] and infinitive:
        return "offered"
    if lemma == "be" and infinitive and token.dep_ == "xcomp":
        return "planned"
    if lemma in words["planning"] and (infinitive or token.pos_ == "NOUN"):
        return "planned"
    if token.dep_ in ("xcomp", "conj", "acl") and head.pos_ in ("VERB", "AUX", "NOUN") and infinitive:
        above = standing(head) if head.pos_ != "NOUN" else "actual"
        return above if above != "ongoing" else None
    return None


def _imagined(token: Token) -> Status | None:
    """What the verbs that govern a clause make of it: "would not mind seeing the army take the town"."""
    lists = lexicon("names").lists
    here = token
    for _ in range(4):
        head = here.head
        if head == here or here.dep_ not in _IMAGINED or head.pos_ not in ("VERB", "AUX", "ADP", "ADJ"):
            return None
        if any(c.text == ";" and here.i < c.i for c in head.lefts):
            return None  # two sentences in one
        aux = {c.lower_ for c in head.children if c.dep_ in ("aux", "neg")}
        if head.lemma_.lower() in lists["reporting"]:
            return None
        if aux & lists["possible"]:
            return "conditional"
        here = head
    return None


def _goes_on(token: Token) -> bool:
    be = next((c for c in token.children if c.dep_ == "aux" and c.lemma_ == "be"), None)
    return token.tag_ == "VBG" and be is not None and be.tag_ in ("VBP", "VBZ")


def negated(token: Token) -> bool:
    """Whether a verb or noun is said not to be so: "did not leave", "no buildup"."""
    words = lexicon("names").lists["negative"]
    return any(c.lower_ in words for c in token.children if c.dep_ in ("neg", "det", "advmod", "preconj"))


def attempted(token: Token) -> bool:
    """Whether a verb tells what is tried or aimed at: "an offensive to retake the town"."""
    words = lexicon("names").lists["attempting"]
    head = token.head
    if head == token:
        return False
    infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
    gerund = token.dep_ == "pcomp" or token.tag_ == "VBG"
    if infinitive and token.dep_ in ("xcomp", "acl", "advcl", "relcl", "ccomp"):
        return head.lemma_.lower() in words or token.dep_ in ("advcl", "acl")
    return gerund and token.dep_ == "pcomp" and head.head.lemma_.lower() in words


def present(token: Token) -> bool:
    """Whether a verb is in the present tense, by itself or its auxiliary."""
    if token.tag_ in ("VBP", "VBZ"):
        return True
    return any(c.tag_ in ("VBP", "VBZ") for c in token.children if c.dep_ in ("aux", "auxpass"))
