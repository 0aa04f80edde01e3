"""Ties between two actors that the encoder suggests."""

from __future__ import annotations

from dataclasses import dataclass

from situate.contract import RelationKind, Sign
from situate.language import Document, Sentence
from situate.reading.index import Index
from situate.reading.tie_weighing import SIGNS


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


def suggested_ties(document: Document, index: Index, least: float) -> dict[tuple[frozenset[str], Sign], SuggestedTie]:
    """The surest suggestion of each sign for each two actors, if it has at least a score."""
    best: dict[tuple[frozenset[str], Sign], SuggestedTie] = {}
    for sentence, proposal in document.proposals("relations"):
        target = proposal.roles[0]
        a, b = index.actors.at(proposal.start, proposal.end), index.actors.at(target.start, target.end)
        if a is None or b is None or a == b or proposal.score < least:
            continue
        kind: RelationKind = proposal.label  # type: ignore[assignment]
        key = frozenset((a, b)), SIGNS[kind]
        if key not in best or proposal.score > best[key].score:
            at, until = sorted((proposal.start, target.start))
            best[key] = SuggestedTie(sentence, at, until, a, b, kind, proposal.score)
    return best
