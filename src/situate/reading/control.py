"""Control entries: who holds, takes, loses, contests or besieges a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from situate.contract import Actor, Control, ControlState, Picture
from situate.knowledge.frames import lexicon
from situate.language import Document
from situate.reading.control_candidates import ControlCandidate, candidates, suggested
from situate.reading.names import Names

_Key = tuple[str, str, str]  # place, holder, state
_WEAK = 0.5  # the highest score of words that are as often wrong as right


class ControlReader:
    """Reads the layer `control`."""

    layer = "control"
    version = "8"

    def read(self, document: Document, picture: Picture) -> Sequence[Control]:
        """The layer's entries in text order."""
        if not picture.actors or not picture.places:
            return []
        names = Names(document, picture)
        weights = lexicon("control").weights
        found: dict[_Key, ControlCandidate] = {}
        scores: dict[_Key, float] = {}
        for candidate in candidates(document, names):
            found.setdefault(candidate.key, candidate)
            scores[candidate.key] = max(scores.get(candidate.key, 0.0), candidate.score)
        heard = bool(document.states.words)
        scores = _with_company(scores, weights["told"], weights["untold"] if heard else 1.0)
        for candidate in suggested(document, names, weights["faint"]):
            told = scores.get(candidate.key)
            if told is not None:
                scores[candidate.key] = 1 - (1 - told) * (1 - weights["agree"] * candidate.score)
            elif candidate.score >= weights["alone"]:
                found[candidate.key], scores[candidate.key] = candidate, candidate.score
        sure = [(scores[key], c) for key, c in found.items() if scores[key] >= weights["least"]]
        kept = sorted(_without_doubles(list(_one_state_a_verb(sure)), names), key=lambda c: c.at)
        return [_entry(document, names, c, f"k{i}") for i, c in enumerate(kept, 1)]


def _with_company(scores: dict[_Key, float], told: float, untold: float) -> dict[_Key, float]:
    """The scores, those of weak words weighed by what else the report tells for certain.

    An attack on a town is fought over the town where the report says of the same party or town who took or holds what;
    else it is more often a raid, which the model, where it has read the report, may know better.
    """
    sure = {key for key, score in scores.items() if score > _WEAK}
    holders, places = {holder for _, holder, _ in sure}, {place for place, _, _ in sure}
    out = dict(scores)
    for key in scores.keys() - sure:
        place, holder, _ = key
        company = holder in holders or place in places
        out[key] = 1 - (1 - scores[key]) * (1 - told) if company else scores[key] * untold
    return out


def _one_state_a_verb(sure: list[tuple[float, ControlCandidate]]) -> Iterable[ControlCandidate]:
    """What the words of a sentence say of a place and a holder, verb by verb; or else the surest that is suggested.

    Where words tell the state of a place, what is suggested to be in the same state of it is the same by another name.
    """
    best: dict[tuple[int, str, str, int], tuple[float, ControlCandidate]] = {}
    told = {_spot(c) for _, c in sure if c.frame != "suggested"}
    states = {(c.sentence.index, c.place, c.state) for _, c in sure if c.frame != "suggested"}
    for score, c in sure:
        suggested = c.frame == "suggested"
        if suggested and (_spot(c) in told or (c.sentence.index, c.place, c.state) in states):
            continue
        key = (*_spot(c), -1 if suggested else c.at)
        if key not in best or score > best[key][0]:
            best[key] = score, c
    return (c for _, c in best.values())


def _without_doubles(told: list[ControlCandidate], names: Names) -> list[ControlCandidate]:
    """What is told of a place once for each party: not of a state beside its army, nor of rebels beside Syrian ones."""
    beside: dict[tuple[str, ControlState], list[Actor]] = {}
    for c in told:
        beside.setdefault((c.place, c.state), []).append(names.actors[c.holder])
    return [c for c in told if not any(_says_more(a, names.actors[c.holder]) for a in beside[c.place, c.state])]


def _says_more(one: Actor, other: Actor) -> bool:
    """Whether an actor that a headline calls by a shorter name is the same: the country for its army, "rebels"."""
    if other.kind == "state":
        return one.kind == "military" and one.country == other.country
    return one.name.lower().endswith(f" {other.name.lower()}")


def _spot(c: ControlCandidate) -> tuple[int, str, str]:
    return c.sentence.index, c.place, c.holder


def _entry(document: Document, names: Names, c: ControlCandidate, identifier: str) -> Control:
    claim = names.index.claim_of(c.at, c.at + 1)
    return Control(
        id=identifier,
        place=c.place,
        holder=c.holder,
        state=c.state,
        status=c.status,
        evidence=document.evidence(c.sentence),
        time=names.time_of(c.sentence, c.at),
        claim=claim.id if claim else None,
        exception=document.span(*c.exception) if c.exception else None,
    )
