"""The place that people leave, where the grammar of the verb doesn't tell: what else the sentence names."""

from __future__ import annotations

from spacy.tokens import Token

from situate.reading.frames import Match, dateline
from situate.reading.names import Names

_PASSED = frozenset({"country", "line", "water"})  # nobody is said to leave these without a word for it
_TOWARD = frozenset({"to", "toward", "towards"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


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
    if place.idx < dateline(match.sentence) or _speakers(place, match, names):
        return False
    here, moving = place, {match.token, *match.token.ancestors}
    while here not in moving and here.head != here:
        if here.dep_ == "relcl" or (here.lower_ in _TOWARD and here.dep_ == "prep" and here.head.pos_ == "VERB"):
            return False
        if here.dep_ in _SUBJECTS and (here.head == match.token or _says(here.head, match.token)):
            return False
        here = here.head
    return True


def _speakers(place: Token, match: Match, names: Names) -> bool:
    """Whether a place stands in the words for who says it: "a spokeswoman in Vienna"."""
    claim = names.index.claim_of(*match.span)
    start, end = match.sentence.where(place)
    return claim is not None and claim.source is not None and claim.source.start <= start and end <= claim.source.end


def _says(verb: Token, told: Token) -> bool:
    """Whether a verb has the clause of another word for what is said: "leaders insist that they return"."""
    here = told
    while here != verb and here.head != here:
        if here.head == verb:
            return here.dep_ in ("ccomp", "parataxis")
        here = here.head
    return False
