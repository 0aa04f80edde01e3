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
from situate.reading.index import Index
from situate.reading.networks import State

_FIRST = {"i", "we"}
_THINGS = {"it", "this", "that", "which", "what", "these", "those"}
_PERSONS = {"he", "she", "they", "who"}
_AGENTS = {"PERSON", "ORG", "GPE", "NORP"}
_ASKING = {"how", "what", "when", "where", "who", "why", "which"}
_SAID = frozenset({"suggest", "agree", "insist", "decide"})
_BOUND = frozenset({"promise", "pledge", "vow", "threaten"})  # what they say will come may be a forecast
_ORGANISED = frozenset(
    {"state", "government", "military", "police", "armed_group", "political_group", "international_org"}
)
_PERSONAL = frozenset({"person", "official", "analyst", "resident", "activist", "eyewitness", "medic", "journalist"})
_CONCESSIONS = frozenset({"while", "although", "though", "however", "wherever", "whatever", "whoever"})
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
    if claim is not None and claim.kind == "direct":
        out.add(f"quoted {who}")
    return out


def no_outlook(outlook: Outlook, words: ForesightWords) -> bool:
    """Whether a statement can't be about what is to come: a question, a wish, a thing seen, a thing of the past."""
    verb, kinds = outlook.verb, outlook.kinds
    lemma = verb.lemma_.lower()
    helpers = {c.lower_ if c.dep_ == "neg" else c.lemma_ for c in verb.children if c.dep_ in ("aux", "auxpass", "neg")}
    if outlook.subject is not None and outlook.subject.lower_ == "you":
        return True
    if _is_asked(outlook, words):
        return True
    if kinds <= {"could", "can", "may"} and lemma in words.perceived and ("be" in helpers or "could" in kinds):
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
    wisher = _wisher(outlook, words)
    if wisher is not None and wisher.lemma_.lower() not in _BOUND:
        return True
    return "threaten" in kinds and _is_party(outlook.subject)


def _wisher(outlook: Outlook, words: ForesightWords) -> Token | None:
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
        and _is_party(outlook.subject)
    )


def _is_threat(outlook: Outlook, words: ForesightWords) -> bool:
    """ "warned that it would strike if …"."""
    warned = any(words.governors.get(g.lemma_.lower()) == "warned" for g in outlook.governors)
    return warned and any(t.lower_ in words.conditions for t in outlook.sentence.tokens)


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
    if asking and verb.dep_ != "relcl" and (verb.dep_ != "advcl" or _asks(verb.head, words)):
        return True
    whether = any(c.lower_ in ("whether", "if") and c.dep_ == "mark" for c in verb.children)
    if whether and any(_asks(g, words) for g in outlook.governors[:2]):
        return True
    return any(t.text == "?" for t in outlook.sentence.tokens)


def _asks(token: Token, words: ForesightWords) -> bool:
    return words.governors.get(token.lemma_.lower()) == "asked"


def _is_party(subject: Token | None) -> bool:
    if subject is None:
        return True
    people = source_words().people
    return subject.ent_type_ in _AGENTS or subject.lower_ in _FIRST | _PERSONS or subject.lemma_.lower() in people


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
    if lower in _FIRST or any(c.lower_ in ("my", "our") for c in subject.children if c.dep_ == "poss"):
        return "own" if subject.lower_ in _FIRST or _is_own_noun(subject, words) else "thing"
    actor = index.actors.at(*outlook.sentence.where(subject))
    if claim is not None and claim.source is not None and _is_own(subject, actor, claim, words, index):
        return "own"
    if lower in _THINGS or lower == "there":
        return "that"
    kinds = {a.id: a.kind for a in index.picture.actors}
    if (actor is not None and kinds.get(actor) not in (None, "other", "company")) or _is_party(subject):
        return "party"
    return "happening" if subject.lemma_.lower() in words.happenings or subject.tag_ == "VBG" else "thing"


def _is_own_noun(subject: Token, words: ForesightWords) -> bool:
    return subject.lemma_.lower() in words.own or subject.lemma_.lower() in source_words().people


def _is_own(subject: Token, actor: str | None, claim: Claim, words: ForesightWords, index: Index) -> bool:
    """Whether the subject is the source itself, or the side it speaks for."""
    lower = subject.lower_
    if actor is not None and actor in (claim.actor, claim.side):
        return True
    known = {a.id: a for a in index.picture.actors}
    one, other = known.get(actor or ""), known.get(claim.actor or claim.side or "")
    if lower in _PERSONS | {"it"}:
        if claim.source is not None and claim.source.text.lower() == lower:
            return True
        person = other.kind == "person" if other is not None and claim.actor else claim.source_kind in _PERSONAL
        if lower == "it" and person:
            verb = subject.head.lemma_.lower()
            return one is None and verb in words.acts and verb not in words.outcomes
        return (one is None or claim.actor is None) and (lower == "they" or (lower == "it") != person)
    if any(c.lower_ in ("his", "her", "its", "their") for c in subject.children if c.dep_ == "poss"):
        return _is_own_noun(subject, words)
    if one is not None and other is not None and one.country is not None:
        return one.country == other.country and one.kind in _ORGANISED | {"person"}
    public = claim.source_kind in ("official", "military") or (other is not None and other.kind == "person")
    return one is None and public and subject.lemma_.lower() in words.own and subject.ent_type_ == ""


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


def _around(outlook: Outlook, words: ForesightWords, how: str) -> Iterator[str]:
    """What governs the clause, and what stands beside it."""
    above = {words.governors[g.lemma_.lower()] for g in outlook.governors if g.lemma_.lower() in words.governors}
    tokens = outlook.sentence.tokens
    lower = {t.lower_ for t in tokens}
    conditional = bool(lower & words.conditions)
    yield from sorted(above)
    if (wisher := _wisher(outlook, words)) is not None:
        yield f"wished {wisher.lemma_.lower()}"
    if conditional:
        yield f"condition {how}"
        if "warned" in above:
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
