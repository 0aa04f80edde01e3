"""Movement entries: people or forces that move, or wait to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from situate.contract import Movement, Picture
from situate.knowledge.frames import lexicon
from situate.language import Document
from situate.reading.actor_kinds import OFFICIAL
from situate.reading.movement_candidates import MovementCandidate, candidates, is_title
from situate.reading.movement_followed import followed
from situate.reading.movement_suggested import moves, suggested
from situate.reading.movement_times import time_of
from situate.reading.movement_who import counted
from situate.reading.names import Names


class MovementReader:
    """Reads the layer `movements`."""

    layer = "movements"
    version = "8"

    def read(self, document: Document, picture: Picture) -> Sequence[Movement]:
        """The layer's entries in text order."""
        names = Names(document, picture)
        weights = lexicon("movements").weights
        told = list(candidates(document, names, picture.agreements))
        least = weights["least" if document.heard else "unheard"]
        seen = list(suggested(document, names, weights["faint"], weights["role"]))
        weighed = _weighed(told, seen, weights, least)
        kept: list[MovementCandidate] = []
        for candidate in followed(names, _told_below(weighed, document)):
            for at, other in enumerate(kept):
                if _same(candidate, other, names):
                    kept[at] = _merged(other, candidate)
                    break
            else:
                kept.append(candidate)
        return [_entry(document, names, c, f"m{i}") for i, c in enumerate(kept, 1)]


def _weighed(
    told: Iterable[MovementCandidate], seen: Sequence[MovementCandidate], weights: Mapping[str, float], least: float
) -> list[MovementCandidate]:
    """Rules and model together: what both see is likelier than each says, and each fills in what the other lacks.

    What only the rules or only the model see has to be as likely as `least`.
    """
    likely: list[MovementCandidate] = []
    used: set[tuple[int, int]] = set()
    for candidate in told:
        beside = [s for s in seen if s.sentence is candidate.sentence and _alike(candidate, s)]
        best = max(beside, key=lambda s: s.score, default=None)
        score = candidate.score if best is None else 1 - (1 - candidate.score) * (1 - weights["agree"] * best.score)
        if score < least and (best is None or best.score < weights["borne"]):
            continue
        used |= {s.at for s in beside}
        likely.append(candidate if best is None else replace(_merged(candidate, best), score=score))
    alone = [s for s in seen if s.score >= weights["alone"] and s.at not in used and moves(s)]
    alone = [s for s in alone if not any(_turned(s, c) or (_at_one_word(s, c) and s.score <= c.score) for c in likely)]
    return [c for c in likely if not any(_at_one_word(s, c) for s in alone)] + alone


def _alike(told: MovementCandidate, seen: MovementCandidate) -> bool:
    """Whether the model sees what the words tell: the same kind, or a flight in what the words show to be arranged."""
    flight = (told.kind, seen.kind) == ("evacuation", "displacement")
    return seen.kind == told.kind or (flight and _at_one_word(seen, told))


def _at_one_word(one: MovementCandidate, other: MovementCandidate) -> bool:
    """Whether the same words show both: of two kinds only one can be right."""
    return one.at[0] < other.at[1] and other.at[0] < one.at[1]


def _told_below(weighed: list[MovementCandidate], document: Document) -> list[MovementCandidate]:
    """The candidates without those of the headline that the report itself tells."""
    below = [c for c in weighed if not is_title(c.sentence, document)]
    return [
        c
        for c in weighed
        if not is_title(c.sentence, document) or not any(c.kind == b.kind and _one_way(c, b) for b in below)
    ]


def _one_way(one: MovementCandidate, other: MovementCandidate) -> bool:
    """Whether no end of two movements differs."""
    ends = ((one.origin, other.origin), (one.destination, other.destination))
    return not any(a and b and a != b for a, b in ends)


def _turned(seen: MovementCandidate, told: MovementCandidate) -> bool:
    """Whether the model takes a return for a flight: people whom the sentence tells to come back."""
    return (told.kind, seen.kind) == ("return", "displacement") and told.who_span == seen.who_span is not None


def _same(one: MovementCandidate, other: MovementCandidate, names: Names) -> bool:
    """Whether two mentions are of one movement: of one kind and people, and no end that differs."""
    if one.kind != other.kind:
        return False
    if not _one_way(one, other):
        return False
    if one.sentence is other.sentence:
        return True
    adds = (one.origin and not other.origin) or (one.destination and not other.destination)
    return not adds and one.frame == other.frame and _same_people(one.who, other.who, names)


def _same_people(some: tuple[str, ...], others: tuple[str, ...], names: Names) -> bool:
    if set(some) & set(others):
        return True
    countries = [
        {names.actors[a].country for a in who if names.actors[a].kind in OFFICIAL} - {None} for who in (some, others)
    ]
    return bool(countries[0] & countries[1])


def _merged(first: MovementCandidate, later: MovementCandidate) -> MovementCandidate:
    """The first mention with what a later one adds."""
    added = later.destination if later.destination != first.origin else None
    destination = first.destination or added
    return replace(
        first,
        origin=first.origin or (later.origin if later.origin != destination else None),
        destination=destination,
        means=first.means or later.means,
        who=first.who or later.who,
        agreement=first.agreement or later.agreement,
    )


def _entry(document: Document, names: Names, c: MovementCandidate, identifier: str) -> Movement:
    claim = names.index.claim_of(*c.at)
    number = counted(names, c.sentence, c.who_span)
    return Movement(
        id=identifier,
        kind=c.kind,
        status=c.status,
        evidence=document.evidence(c.sentence),
        who=c.who,
        who_span=document.span(*c.who_span) if c.who_span else None,
        quantity=number.id if number else None,
        origin=c.origin,
        destination=c.destination,
        means=document.span(*c.means) if c.means else None,
        agreement=c.agreement,
        time=time_of(names, c.sentence, c.at),
        claim=claim.id if claim else None,
    )
