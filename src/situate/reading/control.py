"""Control entries: who holds, takes, loses, contests or besieges a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from situate.contract import Control, Picture
from situate.knowledge.frames import lexicon
from situate.language import Document
from situate.reading.control_candidates import ControlCandidate, candidates, suggested
from situate.reading.names import Names


class ControlReader:
    """Reads the layer `control`."""

    layer = "control"
    version = "6"

    def read(self, document: Document, picture: Picture) -> Sequence[Control]:
        """The layer's entries in text order."""
        if not picture.actors or not picture.places:
            return []
        names = Names(document, picture)
        weights = lexicon("control").weights
        found: dict[tuple[str, str, str], ControlCandidate] = {}
        scores: dict[tuple[str, str, str], float] = {}
        for candidate in candidates(document, names):
            found.setdefault(candidate.key, candidate)
            scores[candidate.key] = max(scores.get(candidate.key, 0.0), candidate.score)
        for candidate in suggested(document, names, weights["faint"]):
            told = scores.get(candidate.key)
            if told is not None:
                scores[candidate.key] = 1 - (1 - told) * (1 - weights["agree"] * candidate.score)
            elif candidate.score >= weights["alone"]:
                found[candidate.key], scores[candidate.key] = candidate, candidate.score
        sure = [(scores[key], c) for key, c in found.items() if scores[key] >= weights["least"]]
        kept = sorted(_one_state_each(sure), key=lambda c: c.at)
        return [_entry(document, names, c, f"k{i}") for i, c in enumerate(kept, 1)]


def _one_state_each(sure: list[tuple[float, ControlCandidate]]) -> Iterable[ControlCandidate]:
    """Of what a sentence says of a place and a holder: what its words say before what is suggested, then the surest."""
    best: dict[tuple[int, str, str], tuple[tuple[bool, float], ControlCandidate]] = {}
    for score, c in sure:
        key, worth = (c.sentence.index, c.place, c.holder), (c.frame != "suggested", score)
        if key not in best or worth > best[key][0]:
            best[key] = worth, c
    return (c for _, c in best.values())


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
