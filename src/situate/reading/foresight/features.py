"""What a statement about the future is weighed by: who will do it, how it is said, and who says so.

What a party says that it will do itself is its plan; what it says that others will do, or that will come of it, is a
forecast. Much depends on more than one of these, so they are weighed together, beside what the encoder makes of the
clause and its sentence where it has read them: the weights are data (`knowledge/data/forecasts_weights.csv`,
`forecasts_states.csv`), fitted by `training/fit_forecasts.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from situate.contract import Claim
from situate.knowledge.foresight import ForesightWords, foresight_weights
from situate.knowledge.sources import source_words
from situate.reading.foresight.markers import Outlook
from situate.reading.foresight.ruled_out import FIRST, PERSONS, is_party, wisher
from situate.reading.index import Index
from situate.reading.networks import State

_THINGS = {"it", "this", "that", "which", "what", "these", "those"}
_ORGANISED = frozenset(
    {"state", "government", "military", "police", "armed_group", "political_group", "international_org"}
)
_PERSONAL = frozenset({"person", "official", "analyst", "resident", "activist", "eyewitness", "medic", "journalist"})
_PRIVATE = frozenset({"analyst", "resident", "activist", "eyewitness", "medic", "journalist"})  # who lead nothing
_GROUPS = (
    "threaten",
    "set",
    "expect",
    "likely",
    "possible",
    "verge",
    "prospect",
    "fear",
    "coming",
    "near",
    "dated",
    "given",
    "going",
    "should",
    "can",
    "may",
    "could",
    "would",
    "will",
)


def weigh(known: Iterable[str], verb: State, sentence: State) -> float:
    """The probability that an analyst would enter a statement of these features as a forecast, from 0 to 1.

    `verb` and `sentence` are what the encoder makes of the clause's verb and of its sentence; None where it hasn't read
    them, and then the features alone decide.
    """
    weights = foresight_weights()
    if verb is None or sentence is None:
        total = sum(weights.alone.get(f, 0.0) for f in known)
    else:
        total = sum(weights.heard.get(f, 0.0) for f in known)
        total += float(verb @ weights.states[0] + sentence @ weights.states[1])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def features(outlook: Outlook, claim: Claim | None, words: ForesightWords, index: Index) -> set[str]:
    """The names of what holds of a statement."""
    voice = "author" if claim is None else "said"
    who, what, how = _who(outlook, claim, words, index), _what(outlook.verb, words), _how(outlook, voice)
    out = {"bias", how, f"{voice} {who}", f"{who} {what}", f"{how} {who}", f"{how} {what}", f"{voice} {who} {what}"}
    out |= set(_of_verb(outlook, words, how)) | set(_around(outlook, words, how))
    out |= {f"word {marker.lower_}" for _, marker in outlook.markers} | set(_happening(outlook, index, how))
    if claim is not None and claim.kind == "direct":
        out.add(f"quoted {who}")
    return out


def _how(outlook: Outlook, voice: str) -> str:
    """The group of words that shows it; a reported "would" is a "will"."""
    group = next(g for g in _GROUPS if g in outlook.kinds)
    if group == "would" and voice == "said":
        return "will"
    return "could" if group == "may" else group


def _who(outlook: Outlook, claim: Claim | None, words: ForesightWords, index: Index) -> str:
    """The part that the subject plays: the speaker's own side, a party, a thing, nobody."""
    subject = outlook.subject
    if subject is None:
        return "none"
    lower = subject.lower_
    if lower == "it" and _is_empty(outlook.verb):
        return "that"
    if lower in FIRST or any(c.lower_ in ("my", "our") for c in subject.children if c.dep_ == "poss"):
        return "own" if subject.lower_ in FIRST or _is_own_noun(subject, words) else "thing"
    actor = index.actors.at(*outlook.sentence.where(subject))
    if claim is not None and claim.source is not None and _is_own(subject, actor, claim, words, index):
        return "own"
    if lower in _THINGS or lower == "there":
        return "that"
    kinds = {a.id: a.kind for a in index.picture.actors}
    if (actor is not None and kinds.get(actor) not in (None, "other", "company")) or is_party(subject):
        return "party"
    return "happening" if subject.lemma_.lower() in words.happenings or subject.tag_ == "VBG" else "thing"


def _is_empty(verb: Token) -> bool:
    """ "it will be impossible to vote", "it could be weeks before they come"."""
    return verb.lemma_ == "be" and any(c.dep_ in ("xcomp", "ccomp", "advcl", "acl") for c in verb.rights)


def _is_own_noun(subject: Token, words: ForesightWords) -> bool:
    return subject.lemma_.lower() in words.own or subject.lemma_.lower() in source_words().people


def _is_own(subject: Token, actor: str | None, claim: Claim, words: ForesightWords, index: Index) -> bool:
    """Whether the subject is the source itself, or the side it speaks for."""
    lower = subject.lower_
    if actor is not None and actor in (claim.actor, claim.side):
        return True
    known = {a.id: a for a in index.picture.actors}
    one, other = known.get(actor or ""), known.get(claim.actor or claim.side or "")
    if lower in PERSONS | {"it"}:
        if claim.source is not None and claim.source.text.lower() == lower:
            return True
        if claim.kind == "direct":
            return False  # in their own words they are "I" and "we"
        person = other.kind == "person" if other is not None and claim.actor else claim.source_kind in _PERSONAL
        if lower == "it" and claim.source_kind in _PRIVATE:
            return False
        if lower == "it" and person:
            verb = subject.head.lemma_.lower()
            return one is None and verb in words.acts and verb not in words.outcomes
        return (one is None or claim.actor is None) and (lower == "they" or (lower == "it") != person)
    if any(c.lower_ in ("his", "her", "its", "their") for c in subject.children if c.dep_ == "poss"):
        return _is_own_noun(subject, words)
    if one is not None and other is not None and one.country is not None and other.country is not None:
        return one.country == other.country and one.kind in _ORGANISED | {"person"}
    if one is not None and other is not None and one.kind in _ORGANISED and other.kind in _ORGANISED:
        return False
    person = one is None and other is not None and other.kind == "person"
    public = claim.source_kind in ("official", "military") or person
    return public and subject.lemma_.lower() in words.own and subject.ent_type_ == ""  # a commander of "the army"


def _what(verb: Token, words: ForesightWords) -> str:
    """What kind of thing the verb names: a detail of a plan, an outcome, an act, a state."""
    lemma = verb.lemma_.lower()
    if lemma in words.details:
        return "detail"
    if any(c.dep_ == "acomp" and c.lemma_ == "able" for c in verb.children):
        return "outcome"
    if lemma in words.outcomes and lemma in words.acts:
        return "either"
    return "outcome" if lemma in words.outcomes else "act" if lemma in words.acts else "state"


def _of_verb(outlook: Outlook, words: ForesightWords, how: str) -> Iterator[str]:
    """How the verb stands: passive, going on, negated, hedged."""
    verb = outlook.verb
    children = list(verb.children)
    if any(c.dep_ == "auxpass" for c in children):
        yield "passive act" if verb.lemma_.lower() in words.acts else "passive"
    if verb.tag_ == "VBG" and how == "could":
        yield "going on"
    if any(c.dep_ == "neg" or c.lower_ == "never" for c in children):
        yield f"negated {how}"
    if any(c.lower_ in words.hedges for c in children if c.dep_ == "advmod"):
        yield "hedged"
    if verb.dep_ == "relcl":
        yield f"relative {how}"
        if verb.head.lemma_.lower() in words.terms:
            yield "terms"
    if any(c.dep_ == "mark" and c.lower_ in words.conditions for c in children):
        yield "in condition"
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("so", "that", "before") for c in children):
        yield "purpose"
    if how == "could" and verb.lemma_ == "be":
        yield "could be"


def _happening(outlook: Outlook, index: Index, how: str) -> Iterator[str]:
    """The standing of the event that the verb names, if it names one."""
    event = index.events.at(*outlook.sentence.where(outlook.verb))
    standing = event.status if event is not None else None
    yield f"event {standing}"
    if standing is not None:
        yield f"event {standing} {how}"


def _around(outlook: Outlook, words: ForesightWords, how: str) -> Iterator[str]:
    """What governs the clause, and what stands beside it."""
    governing = {words.governors[g.lemma_.lower()] for g in outlook.governors if g.lemma_.lower() in words.governors}
    tokens = outlook.sentence.tokens
    lower = {t.lower_ for t in tokens}
    conditional = bool(lower & words.conditions)
    yield from sorted(governing)
    if (above := wisher(outlook, words)) is not None:
        yield f"wished {above.lemma_.lower()}"
    if conditional:
        yield f"condition {how}"
        if "warned" in governing:
            yield "warned of"
    if any(t.ent_type_ in ("DATE", "TIME") for t in outlook.verb.subtree):
        yield "dated"
    if lower & (words.soon | words.ahead):
        yield "soon"
    if "?" in lower:
        yield "question"
    root = next((t for t in tokens if t.head.i == t.i), tokens[0])
    if root.tag_ == "VBD" and root.i != outlook.verb.i:
        yield f"told of the past {how}"
