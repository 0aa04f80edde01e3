"""Words of the lexicon that tell no event where they stand, as the grammar shows: weights alone don't see it.

- What somebody only calls a thing: "condemned it as an attack".
- Whoever does what a rule is for: "fighters who refuse the terms will be taken away" tells of no refusal yet.
- Whether a truce will hold, and who watches over it: nobody declares one by that.
"""

from __future__ import annotations

from spacy.tokens import Token

from situate.knowledge.events import Part, lexicon

_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLIMB = 4  # steps from a word up to the clause that it stands in


def tells_nothing(token: Token, part: Part) -> bool:
    """Whether a trigger's word tells no event where it stands."""
    if part == "noun":
        return _only_called_so(token) or _may_hold(token)
    return _of_whoever(token)


def _only_called_so(token: Token) -> bool:
    """Whether a noun is only what somebody calls a thing: "condemned it as an attack", "called it a surrender"."""
    naming = lexicon().words["naming"]
    if token.dep_ == "oprd":
        return token.pos_ in _NOUNS and token.head.lemma_ in naming
    if token.pos_ not in _NOUNS or token.dep_ != "pobj" or token.head.lower_ != "as":
        return False
    verb = next((t for t in token.head.ancestors if t.pos_ in _VERBS), None)
    return verb is not None and verb.lemma_ in naming


def _of_whoever(verb: Token) -> bool:
    """Whether a verb says in the present which people a rule is for: "those who stay may work"."""
    clause = verb
    for _ in range(_CLIMB):
        if clause.dep_ == "relcl" or clause.dep_ not in ("conj", "xcomp"):
            break
        clause = clause.head
    people = clause.head
    if clause.dep_ != "relcl" or people.tag_ not in ("NNS", "DT", "NN") or people.dep_ not in _SUBJECTS:
        return False
    whoever = people.lower_ in lexicon().words["whoever"]
    bare = people.tag_ == "NNS" and not any(c.dep_ in ("det", "poss", "nummod") for c in people.children)
    if not (whoever or bare) or _finite(clause) not in ("VBP", "VBZ"):
        return False
    return any(c.tag_ == "MD" for c in people.head.children)


def _finite(clause: Token) -> str:
    """The tag of the word that carries a clause's tense."""
    return next((c.tag_ for c in clause.children if c.dep_ in ("aux", "auxpass")), clause.tag_)


def _may_hold(noun: Token) -> bool:
    """Whether a truce known from before is only said to hold or not in time to come, or to be watched over."""
    words = lexicon().words
    if noun.lemma_.lower() not in words["truces"]:
        return False
    if not any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "another") for c in noun.children):
        return False
    if noun.dep_ not in _SUBJECTS:
        return noun.dep_ == "dobj" and noun.head.lemma_.lower() in words["watching"]
    chances = [c for t in noun.head.children if t.dep_ == "dobj" for c in t.children]  # "has a chance to hold"
    verbs = (noun.head, *noun.head.children, *chances)
    return any(_is_open(t) for t in verbs if t.lemma_.lower() in words["holding"])


def _is_open(verb: Token) -> bool:
    """Whether a verb's clause leaves open whether it comes to what it says."""
    small = {c.lower_ for c in verb.children if c.dep_ in ("aux", "mark")}
    return bool(small & lexicon().words["open"])
