"""Relation entries: stated ties between two actors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from situate.contract import Picture, Relation, RelationKind, Sign
from situate.knowledge.frames import lexicon
from situate.language import Document, Sentence
from situate.reading.frames import Compound, Match, compounds, matches
from situate.reading.names import Names
from situate.reading.standing import standing

_SIGNS: dict[str, Sign] = {
    "allied": 1, "backs": 1, "supplies": 1, "commands": 1, "part_of": 1, "negotiates_with": 0,
    "rivals": -1, "opposes": -1, "fights": -1,
}  # fmt: skip
_NEAR = 50  # characters after "Iran-backed" in which the other actor has to stand


@dataclass(frozen=True, slots=True)
class RelationCandidate:
    """What one place in the report says of a tie, before mentions of the same are put together."""

    sentence: Sentence
    at: int
    source: str
    target: str
    kind: RelationKind
    frame: str


class RelationReader:
    """Reads the layer `relations`."""

    layer = "relations"
    version = "1"

    def read(self, document: Document, picture: Picture) -> Sequence[Relation]:
        """The layer's entries in text order."""
        names = Names(picture)
        found: dict[tuple[str, str, str], RelationCandidate] = {}
        for candidate in candidates(document, names):
            if candidate.source != candidate.target:
                found.setdefault((candidate.source, candidate.target, candidate.kind), candidate)
        kept = sorted(found.values(), key=lambda c: c.at)
        return [_entry(document, names, c, f"r{i}") for i, c in enumerate(kept, 1)]


def _entry(document: Document, names: Names, c: RelationCandidate, identifier: str) -> Relation:
    claim = names.index.claim_of(c.at, c.at + 1)
    return Relation(
        id=identifier,
        from_=c.source,
        to=c.target,
        kind=c.kind,
        sign=_SIGNS[c.kind],
        evidence=document.evidence(c.sentence),
        time=names.time_of(c.sentence, c.at),
        claim=claim.id if claim else None,
    )


def candidates(document: Document, names: Names) -> Iterator[RelationCandidate]:
    """What the words of a report say of ties, in no special order."""
    words = lexicon("relations")
    for match in matches(document, words):
        yield from _of_match(match, names)
    for compound in compounds(document, words):
        yield from _of_compound(compound, names)


def _of_match(match: Match, names: Names) -> Iterator[RelationCandidate]:
    sentence = match.sentence
    sources = next((a for t in match.roles("from") if (a := names.every_actor(sentence, t))), ())
    targets = next((a for t in match.roles("to") if (a := names.every_actor(sentence, t))), ()) if sources else ()
    if not targets or standing(match.token) not in ("actual", "ongoing"):
        return
    kind: RelationKind = match.frame.gives["kind"]  # type: ignore[assignment]
    for source in sources:
        for target in targets:
            yield RelationCandidate(sentence, match.span[0], source, target, kind, match.frame.name)


def _of_compound(compound: Compound, names: Names) -> Iterator[RelationCandidate]:
    left = names.pointed(compound.sentence, *compound.left)
    right = next((a for _, _, a in names.index.actors.within(compound.end, compound.end + _NEAR) if a != left), None)
    if left is None or right is None:
        return
    kind: RelationKind = compound.frame.gives["kind"]  # type: ignore[assignment]
    source, target = (left, right) if compound.frame.gives.get("from") == "left" else (right, left)
    yield RelationCandidate(compound.sentence, compound.left[0], source, target, kind, compound.frame.name)
