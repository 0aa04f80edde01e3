"""Whether an event happened, goes on, is planned, offered, threatened, conditional, denied, predicted or generic.

Read off tense, modals, negation and the words that govern the trigger, as `knowledge/data/events/status.yaml` lists
them. A cue nearer to the trigger counts before one further away, and every cue is named for `--explain`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from situate.contract import Status
from situate.knowledge.events import FOLDER, Part, read
from situate.knowledge.frames import lexicon

_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_AHEAD = frozenset({"planned", "predicted"})
_CLIMB = 6  # steps from the trigger towards the root


@dataclass(frozen=True, slots=True)
class Standing:
    """A status and the words that show it (none where it is told as plain fact)."""

    status: Status
    cue: str = ""

    @property
    def sure(self) -> bool:
        """Whether the cue settles it by itself."""
        return self.cue.lower() in _words().sure


@dataclass(frozen=True, slots=True)
class _Words:
    modals: Mapping[str, Status]
    verbs: Mapping[str, Status]
    nouns: Mapping[str, Status]
    adjectives: Mapping[str, Status]
    lasting: frozenset[str]
    going_on: frozenset[str]
    conditions: frozenset[str]
    carrying: frozenset[str]
    awaited: frozenset[str]
    times: frozenset[str]
    reporting: frozenset[str]
    hearsay: frozenset[str]
    sure: frozenset[str]


@cache
def _words() -> _Words:
    data = read(FOLDER / "status.yaml")
    return _Words(
        modals=data["modals"],
        verbs=_inverted(data["verbs"]),
        nouns=_inverted(data["nouns"]),
        adjectives=_inverted(data["adjectives"]),
        lasting=frozenset(data["lasting"]),
        going_on=frozenset(data["going_on"]),
        conditions=frozenset(data["conditions"]),
        carrying=frozenset(data["carrying"]),
        awaited=frozenset(data["awaited"]),
        times=frozenset(data["times"]),
        reporting=frozenset(data["reporting"]),
        hearsay=frozenset(data["hearsay"]),
        sure=frozenset(data["sure"]),
    )


def _inverted(table: Mapping[str, Any]) -> dict[str, Status]:
    return {word: status for status, words in table.items() for word in words}  # type: ignore[misc]


def standing(token: Token, part: Part) -> Standing:
    """The standing of an event told by a trigger."""
    words = _words()
    found = _of_verb(token, words) if part == "verb" else _of_noun(token, words)
    if found is None:
        found = _above(token, words)
    if found is None:
        found = _from_tense(token, part, words)
    return found or Standing("actual")


def _of_verb(verb: Token, words: _Words) -> Standing | None:
    """What the verb's own auxiliaries, negation, markers and conditions say."""
    modal: Standing | None = None
    condition: Standing | None = None
    for child in verb.children:
        form = child.lower_
        if _negates(child):
            return Standing("denied", form)
        if child.dep_ == "aux" and form in words.modals:
            modal = Standing(words.modals[form], form)
        elif child.dep_ == "mark" and form in words.conditions:
            modal = Standing("conditional", form)
        elif child.dep_ == "advcl" and (mark := _condition(child, words)):
            condition = Standing("conditional", mark)
    if modal and condition:
        return condition
    if modal is None and verb.dep_ == "conj" and verb.head.pos_ in _VERBS and not _has_subject(verb):
        return _of_verb(verb.head, words)
    return modal or _to_come(verb, words)


def _to_come(verb: Token, words: _Words) -> Standing | None:
    """What a clause of time takes from the verb that it dates: "they will leave when the siege ends"."""
    if verb.dep_ != "advcl" or verb.tag_ not in ("VBZ", "VBP") or any(c.dep_ == "aux" for c in verb.children):
        return None
    if not any(c.lower_ in words.times and c.dep_ in ("advmod", "mark") for c in verb.children):
        return None
    modals = (c.lower_ for c in verb.head.children if c.dep_ == "aux")
    return next((Standing(words.modals[m], m) for m in modals if words.modals.get(m) in _AHEAD), None)


def _negates(child: Token) -> bool:
    if child.dep_ in ("aux", "auxpass"):
        return any(c.dep_ == "neg" for c in child.children)
    return child.dep_ == "neg" or (child.dep_ == "advmod" and child.lower_ == "never")


def _condition(clause: Token, words: _Words) -> str:
    """The word that makes a clause a condition, if it is one."""
    return next((c.lower_ for c in clause.children if c.dep_ == "mark" and c.lower_ in words.conditions), "")


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in verb.children)


def _of_noun(noun: Token, words: _Words) -> Standing | None:
    """What the words around a noun say: "planned offensive", "no attack", "the talks expected in May"."""
    for child in noun.children:
        form = child.lower_
        if child.dep_ in ("amod", "det", "nmod", "compound", "advmod", "neg") and form in words.adjectives:
            return Standing(words.adjectives[form], form)
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.lemma_ in words.awaited:
            return Standing("planned", "to come")
    return None


def _above(token: Token, words: _Words) -> Standing | None:
    """What the words that govern the trigger say, from the nearest up."""
    here = token
    for _ in range(_CLIMB):
        head = here.head
        if head is here or head == here:
            return None
        found = _step(here, head, words)
        if found is not None:
            return found if found.cue else None
        here = head
    return None


def _step(here: Token, head: Token, words: _Words) -> Standing | None:
    """What one step up says; a standing without a cue ends the climb."""
    lemma = head.lemma_.lower()
    if here.dep_ == "ccomp" and any(t.text == ";" for t in here.doc[here.i : head.i]):
        return Standing("actual")  # "A accuses B; C denies it": two sentences, of which neither governs the other
    if here.dep_ in ("nsubj", "nsubjpass", "csubj", "relcl", "appos", "parataxis"):
        if head.pos_ in _VERBS and here.dep_ != "relcl":
            return _of_verb(head, words) or Standing("actual")
        return Standing("actual")
    if head.pos_ in _VERBS:
        if here.dep_ in ("xcomp", "ccomp", "dobj", "prep", "pcomp", "oprd", "advcl", "conj"):
            return _governed(here, head, lemma, words)
        return _of_verb(head, words) if here.dep_ == "acomp" else None
    if here.dep_ == "acl" and lemma in words.hearsay:
        return None
    return _of_noun_above(here, head, lemma, words) if head.pos_ in _NOUNS or head.pos_ == "ADJ" else None


def _of_noun_above(here: Token, head: Token, lemma: str, words: _Words) -> Standing | None:
    """What a noun or adjective says of what hangs on it."""
    if head.dep_ == "acomp" and here.dep_ == "prep" and here.lower_ == "for":
        led = (c for c in head.head.children if c.dep_ == "nsubj")  # "preparations are under way for the battle"
        return next((Standing(words.nouns[c.lemma_], c.text) for c in led if c.lemma_ in words.nouns), None)
    governs = here.dep_ in ("acl", "prep", "pcomp", "compound", "xcomp", "ccomp", "nmod")
    if (
        governs
        and lemma in words.nouns
        and (here.dep_ != "prep" or here.lower_ in ("of", "for", "to", "on", "against", "in"))
    ):
        return Standing(words.nouns[lemma], head.text)
    if here.dep_ in ("xcomp", "ccomp", "acl") and lemma in words.verbs:
        return Standing(words.verbs[lemma], head.text)
    return None


def _governed(here: Token, head: Token, lemma: str, words: _Words) -> Standing | None:
    """What a verb says of what it governs."""
    if here.dep_ == "advcl":
        to = any(c.dep_ == "aux" and c.lower_ == "to" for c in here.children)
        return Standing("planned", "to") if to else Standing("actual")
    carried = lemma in words.carrying and _to_infinitive(head)  # "to participate in the assault"
    if here.dep_ == "conj" or (here.dep_ == "prep" and carried) or (lemma in words.reporting and here.dep_ == "ccomp"):
        return None
    if here.dep_ == "prep" and here.lower_ not in ("to", "for", "of", "from", "against", "on", "about"):
        return Standing("actual")
    return _hindering(here, head) or _by_lemma(head, words, carried)


def _by_lemma(head: Token, words: _Words, carried: bool) -> Standing | None:
    """What a verb that governs says by what it means, or by its own standing."""
    status = words.verbs.get(head.lemma_.lower())
    own = _of_verb(head, words)
    if status is None or (status in ("actual", "ongoing") and own is not None):
        return own
    if status == "actual":
        return None if carried else Standing("actual")
    if status == "denied" and own is not None and own.status == "denied":
        return Standing("actual")
    return Standing(status, head.text)


def _hindering(here: Token, head: Token) -> Standing | None:
    """The verb above a participle whose "from" the parser hung on that: "to stop them, holding a hill, from firing"."""
    strayed = here.dep_ == "prep" and here.lower_ == "from" and head.dep_ == "advcl" and head.tag_ == "VBG"
    hinders = (
        strayed
        and any(c.dep_ == "pcomp" for c in here.children)
        and head.head.lemma_ in lexicon("names").lists["hindering"]
    )
    return Standing("denied", head.head.text) if hinders else None


def _from_tense(token: Token, part: Part, words: _Words) -> Standing | None:
    """Ongoing, where the verb is in the present progressive, or a lasting noun stands with the present."""
    if part == "verb":
        if _to_infinitive(token):
            return Standing("planned", "to")
        aux = {c.lower_ for c in token.children if c.dep_ in ("aux", "auxpass")}
        if token.tag_ == "VBG" and aux & {"is", "are", "'re", "'s", "been", "am", "'m"}:
            return Standing("ongoing", "progressive")
        if token.tag_ in ("VBZ", "VBP") and not aux and any(c.lower_ in words.going_on for c in token.children):
            return Standing("ongoing", "present")
        return None
    if token.lemma_.lower() in words.lasting:
        verb = _clause_verb(token)
        if verb is not None and (
            verb.tag_ in ("VBZ", "VBP") or any(c.lower_ in ("is", "are", "been") for c in verb.children)
        ):
            return Standing("ongoing", f"{token.text}, {verb.text}")
    return None


def _to_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _clause_verb(token: Token) -> Token | None:
    here = token
    for _ in range(_CLIMB):
        if here.pos_ in _VERBS:
            return here
        if here.head == here:
            return None
        here = here.head
    return None
