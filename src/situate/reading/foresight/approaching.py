"""What is near, due or on its way, told in the present: "a hard winter looms", "the vote is due in May"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from situate.knowledge.foresight import ForesightWords
from situate.reading.attribution.grammar import SUBJECTS, child, own_subject, preposition, subject_of

Marked = tuple[str, Token, Token, Token | None]  # kind, marker, verb (or noun) foretold, subject

_PRESENT = frozenset({"VBZ", "VBP"})
_BE = frozenset({"be", "seem", "appear", "look", "lie", "remain", "come"})
_IS = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
_TIMED = frozenset({"DATE", "TIME"})
_GIVEN = frozenset({"if", "unless"})
_NONE = frozenset({"no", "little", "few"})
_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_HELPS = frozenset({"aux", "auxpass"})


def infinitive(token: Token) -> Token | None:
    """The infinitive with "to" that a word takes."""
    return next((c for c in token.children if c.dep_ == "xcomp" and any(x.lower_ == "to" for x in c.children)), None)


def under(noun: Token) -> Token | None:
    """What a noun is of or for: "prospects for peace", "the brink of war"."""
    link = preposition(noun, "of", "for")
    return child(link, "pobj", "pcomp") if link is not None else None


def approaching(token: Token, words: ForesightWords) -> Iterator[Marked]:
    """What a word that is no other mark of the future tells of a time to come."""
    lemma, lower = token.lemma_.lower(), token.lower_
    if lemma in words.nearing:
        yield "near", token, token, subject_of(token)
    elif lower in words.near or lower in words.ahead:
        yield from _near(token, words)
    elif lemma == "come":
        yield from _to_come(token)
    elif lemma in words.horizon or lemma in words.ways or lemma in words.signs:
        yield from _pictured(token, words)
    elif (lemma in words.heading or lemma in words.bracing) and _is_now(token):
        yield from _heading(token, words)
    elif token.tag_ in _PRESENT | {"VBN"} and (opens := _given(token)) is not None:
        yield "given", opens, token, subject_of(token)


def laid_down(token: Token) -> Token | None:
    """What is laid down for a time: the verb of "the vote is due in May", "talks are scheduled for Monday"."""
    holder = token.head if token.dep_ == "acomp" else token
    now = holder.lower_ in _IS or any(c.lower_ in _IS for c in token.lefts)
    return holder if now and any(_is_time(c) for c in token.rights) else None


def _is_time(part: Token) -> bool:
    return part.ent_type_ in _TIMED or (part.dep_ == "prep" and any(x.ent_type_ in _TIMED for x in part.children))


def _pictured(token: Token, words: ForesightWords) -> Iterator[Marked]:
    """ "peace is within reach", "paves the way for elections", "no sign of a truce"."""
    above, lemma, thing = token.head, token.lemma_.lower(), under(token)
    if lemma in words.horizon and token.dep_ == "pobj" and thing is None and above.head.lemma_ in _BE:
        if (subject := subject_of(above.head)) is not None:
            yield "near", token, above.head, subject
    elif thing is not None and lemma in words.ways and above.lemma_.lower() in words.opening:
        yield "near", token, thing, None
    elif thing is not None and lemma in words.signs:
        for none in (c for c in token.lefts if c.lower_ in _NONE):
            yield "prospect", none, thing, subject_of(above) if token.dep_ == "dobj" else None


def _near(token: Token, words: ForesightWords) -> Iterator[Marked]:
    """ "a deal is close", "close to a deal", "challenges ahead"."""
    above = token.head
    if token.lower_ in words.ahead:
        if preposition(token, "of") is None and (above.lemma_ in _BE or _is_thing(above, words)):
            yield "near", token, above, subject_of(above) if above.pos_ in ("VERB", "AUX") else None
        return
    if above.lemma_ not in _BE or token.dep_ not in ("acomp", "advmod", "oprd"):
        return
    subject, link = own_subject(above), preposition(token, "to")
    thing = child(link, "pobj", "pcomp") if link is not None else None
    if thing is not None and (thing.lemma_.lower() in words.happenings or thing.tag_ == "VBG"):
        yield "near", token, thing, subject
    elif link is None and subject is not None and subject.lemma_.lower() in words.happenings:
        yield "near", token, above, subject


def _is_thing(noun: Token, words: ForesightWords) -> bool:
    """Whether a noun is no mere time: "challenges ahead", not "in the days ahead"."""
    return noun.pos_ == "NOUN" and noun.lemma_.lower() not in words.spans


def _is_now(verb: Token) -> bool:
    """ "heads for", "is heading for"; no participle."""
    return verb.tag_ in _PRESENT or (verb.tag_ == "VBG" and any(c.lower_ in _IS for c in verb.lefts))


def _to_come(token: Token) -> Iterator[Marked]:
    """ "worse is to come", "more are coming"; not "in the days to come"."""
    if token.tag_ == "VBG" and _is_now(token):
        yield "near", token, token, own_subject(token)
    elif token.tag_ == "VB" and any(c.lower_ == "to" for c in token.lefts) and child(token, *SUBJECTS) is None:
        above = token.head
        if above.lemma_ == "be" or above.tag_ in ("JJR", "RBR") or above.lower_ == "more":
            yield "near", token, token, subject_of(above) if above.pos_ in ("VERB", "AUX") else None


def _heading(token: Token, words: ForesightWords) -> Iterator[Marked]:
    """ "is heading for civil war", "the town braces for an assault"."""
    braced = token.lemma_.lower() in words.bracing
    link = preposition(token, *(("for",) if braced else sorted(words.toward)))
    thing = child(link, "pobj") if link is not None else None
    if thing is not None and thing.lemma_.lower() in words.happenings:
        yield "near", token, thing if braced else token, None if braced else subject_of(token)


def _given(verb: Token) -> Token | None:
    """The word of the condition on which a clause in the present holds: "*if* they leave, the town falls"."""
    helped = [c for c in verb.lefts if c.dep_ in _HELPS]
    if verb.dep_ not in _MAIN or not all(c.lower_ in _IS for c in helped) or (verb.tag_ == "VBN" and not helped):
        return None
    for clause in verb.children:
        opens = child(clause, "mark") if clause.dep_ == "advcl" else None
        if opens is not None and opens.lower_ in _GIVEN:
            present = clause.tag_ in _PRESENT or any(c.tag_ in _PRESENT for c in clause.lefts if c.dep_ in _HELPS)
            return opens if present else None
    return None
