"""Ties between two actors that the encoder suggests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from situate.contract import RelationKind
from situate.knowledge.suggested import least_scores
from situate.language import Document, Sentence
from situate.reading.index import Index

SYMMETRIC = frozenset({"allied", "rivals", "opposes", "fights", "negotiates_with"})


@dataclass(frozen=True, slots=True)
class SuggestedTie:
    """Who stands how to whom, where the first and the second are named, and how sure the encoder is."""

    sentence: Sentence
    at: int
    until: int
    source: str
    target: str
    kind: RelationKind
    score: float


def suggested_ties(document: Document, index: Index) -> Iterator[SuggestedTie]:
    """The surest suggestion of each kind for each two actors, if it is sure enough. Symmetric ties count either way."""
    least = least_scores("relations")
    best: dict[tuple[str, str, str], SuggestedTie] = {}
    for sentence, proposal in document.proposals("relations"):
        target = proposal.roles[0]
        a, b = index.actors.at(proposal.start, proposal.end), index.actors.at(target.start, target.end)
        if a is None or b is None or a == b or proposal.score < least.get(proposal.label, 1.1):
            continue
        kind: RelationKind = proposal.label  # type: ignore[assignment]
        key = (*(sorted((a, b)) if proposal.label in SYMMETRIC else (a, b)), proposal.label)
        if key not in best or proposal.score > best[key].score:
            at, until = sorted((proposal.start, target.start))
            best[key] = SuggestedTie(sentence, at, until, a, b, kind, proposal.score)
    yield from best.values()
