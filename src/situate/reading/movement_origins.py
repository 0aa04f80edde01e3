"""The ends of a movement where the grammar of the verb doesn't tell: what else the sentence names, strayed phrases."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from situate.reading.frames import Match, dateline
from situate.reading.names import Names
from situate.reading.phrases import after

_PASSED = frozenset({"country", "line", "water"})  # nobody is said to leave these without a word for it
_TOWARD = frozenset({"to", "toward", "towards"})
_GOALS = ("to", "into", "toward", "towards")
_HELD = frozenset({"to", "into", "toward", "towards", "by", "aboard", "on", "in"})  # what a "from" may have strayed to
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def strayed(match: Match, role: str) -> Iterator[list[Token]]:
    """The words for an end that the parser hung on another word of the verb's: "by bus from A", "from A towards B"."""
    paths, verb = match.frame.roles.get(role, ()), match.token
    if match.frame.part != "verb":
        return
    own = [p for c in verb.children if c.dep_ in ("prep", "agent", "dative") for p in c.children if p.dep_ == "pobj"]
    if role == "origin" and "from" in paths:
        held = [p for p in own if p.head.lower_ in _HELD]
        yield [t for p in held for h in (p, *after(p, "of")) for t in after(h, "from")]  # "to the edge of A from B"
    elif role == "destination":
        goals = [g for g in _GOALS if g in paths]
        yield [t for p in own if p.head.lower_ == "from" for g in goals for t in after(p, g)]
        if verb.tag_ == "VB" and verb.dep_ in ("advcl", "xcomp"):  # "they entered to take the families to B"
            yield [t for g in goals for t in after(verb.head, g) if t.i > verb.i]


def only_place(match: Match, names: Names, destinations: tuple[str, ...]) -> tuple[str, ...]:
    """The only place that a sentence names, where it may be the one that is left; none, if there are more."""
    sentence = match.sentence
    spots: dict[str, list[Token]] = {}
    for _, end, place in names.index.places.within(sentence.start, sentence.end):
        if place not in destinations and names.places[place].kind not in _PASSED:
            token = sentence.token_at(end - 1)
            spots.setdefault(place, []).extend([token] if token is not None else [])
    if len(spots) != 1:
        return ()
    ((place, tokens),) = spots.items()
    return (place,) if any(_may_be_left(t, match, names) for t in tokens) else ()


def _may_be_left(place: Token, match: Match, names: Names) -> bool:
    """Whether people may leave a place named so: no dateline's, speaker's or other clause's, no goal and no doer."""
    if place.idx < dateline(match.sentence) or speakers(names, match.sentence.where(place), match.span):
        return False
    if match.token.dep_ == "relcl" and match.token.head.dep_ != "nsubj" and place not in match.token.subtree:
        return False  # "people remained near A after most of those who had fled returned"
    here, moving = place, {match.token, *match.token.ancestors}
    while here not in moving and here.head != here:
        if here.dep_ == "relcl" or (here.lower_ in _TOWARD and here.dep_ == "prep" and here.head.pos_ == "VERB"):
            return False
        if here.dep_ in _SUBJECTS and (here.head == match.token or _says(here.head, match.token)):
            return False
        here = here.head
    return True


def speakers(names: Names, place: tuple[int, int], told: tuple[int, int]) -> bool:
    """Whether words for a place stand in those for who says what is told: "a spokeswoman in Vienna"."""
    claim = names.index.claim_of(*told)
    if claim is None or claim.source is None:
        return False
    return claim.source.start <= place[0] and place[1] <= claim.source.end


def _says(verb: Token, told: Token) -> bool:
    """Whether a verb has the clause of another word for what is said: "leaders insist that they return"."""
    here = told
    while here != verb and here.head != here:
        if here.head == verb:
            return here.dep_ in ("ccomp", "parataxis")
        here = here.head
    return False
