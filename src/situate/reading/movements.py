"""Movement entries: people or forces that move, or wait to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from situate.contract import Movement, Picture
from situate.knowledge.frames import lexicon
from situate.language import Document
from situate.reading.actor_kinds import OFFICIAL
from situate.reading.movement_candidates import MovementCandidate, candidates, is_title
from situate.reading.movement_suggested import suggested
from situate.reading.movement_times import time_of
from situate.reading.movement_who import counted
from situate.reading.names import Names


class MovementReader:
    """Reads the layer `movements`."""

    layer = "movements"
    version = "7"

    def read(self, document: Document, picture: Picture) -> Sequence[Movement]:
        """The layer's entries in text order."""
        names = Names(document, picture)
        weights = lexicon("movements").weights
        told = list(candidates(document, names, picture.agreements))
        least = weights["least" if document.heard else "unheard"]
        seen = list(suggested(document, names, weights["faint"], weights["role"]))
        weighed = _weighed(told, seen, weights["agree"], least)
        kept: list[MovementCandidate] = []
        for candidate in sorted(_told_below(weighed, document), key=lambda c: c.at):
            for at, other in enumerate(kept):
                if _same(candidate, other, names):
                    kept[at] = _merged(other, candidate)
                    break
            else:
                kept.append(candidate)
        return [_entry(document, names, c, f"m{i}") for i, c in enumerate(kept, 1)]


def _weighed(
    told: Iterable[MovementCandidate], seen: Sequence[MovementCandidate], agree: float, least: float
) -> list[MovementCandidate]:
    """Rules and model together: what both see is likelier than each says, and each fills in what the other lacks.

    What is less likely than `least` is left out.
    """
    out: list[MovementCandidate] = []
    used: set[tuple[int, int]] = set()
    for candidate in told:
        beside = [s for s in seen if s.sentence is candidate.sentence and _alike(candidate, s)]
        if not beside:
            out.append(candidate)
            continue
        best = max(beside, key=lambda s: s.score)
        used |= {s.at for s in beside}
        score = 1 - (1 - candidate.score) * (1 - agree * best.score)
        out.append(replace(_merged(candidate, best), score=score))
    likely = [c for c in out if c.score >= least]
    return likely + [
        s for s in seen if s.score >= least and s.at not in used and not any(_turned(s, c) for c in likely)
    ]


def _alike(told: MovementCandidate, seen: MovementCandidate) -> bool:
    """Whether the model sees what the words tell: the same kind, or a flight in what the words show to be arranged."""
    here = told.at[0] < seen.at[1] and seen.at[0] < told.at[1]
    return seen.kind == told.kind or (here and (told.kind, seen.kind) == ("evacuation", "displacement"))


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
    """Whether the model takes a return for a flight, or the advance that a word shows for a deployment."""
    if (told.kind, seen.kind) == ("other", "deployment"):
        return told.at[0] < seen.at[1] and seen.at[0] < told.at[1]
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
