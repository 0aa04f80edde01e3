"""Event entries: who did what to whom, with what standing, each event once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from situate.contract import Event, Picture
from situate.language import Document
from situate.reading.casualties import counted_once
from situate.reading.event_candidates import CandidateFinder
from situate.reading.event_merging import Cluster, clusters, event
from situate.reading.event_topics import with_topics
from situate.reading.event_weights import EventWeights, event_weights

WORTH_MERGING = 0.3  # a mention less sure than this is no mention
DEFAULT_CONFIDENCE = 0.5  # an event less sure than this isn't entered
UNHEARD_CONFIDENCE = 0.3  # the same where the encoder hasn't read the report: the tables alone are surer of nothing


class EventReader:
    """Reads the layer `events`: triggers of the lexicon and of the model, with parts and standing, weighed and merged.

    `least` is the confidence below which an event isn't entered (if None as the constants say); `weights` are those of
    the package if None.
    """

    layer = "events"
    version = "7"

    def __init__(self, least: float | None = None, weights: EventWeights | None = None) -> None:
        self.least = least
        self.weights = weights

    def read(self, document: Document, picture: Picture) -> Sequence[Event]:
        """The events in text order."""
        return [entry for entry, _ in self.told(document, picture)]

    def told(self, document: Document, picture: Picture) -> list[tuple[Event, Cluster]]:
        """The events with the mentions that they are made of, for `explain`."""
        weights = self.weights or event_weights()
        found = list(CandidateFinder(document, picture, weights).all(WORTH_MERGING))
        merged = sorted(clusters(found, weights), key=lambda c: c.best.trigger.span)
        least = self.least
        if least is None:
            least = DEFAULT_CONFIDENCE if document.heard else UNHEARD_CONFIDENCE
        police = {a.id for a in picture.actors if a.kind == "police"}
        told = with_topics([event(cluster, "", document) for cluster in merged], document, least, police)
        kept = [(e, c) for e, c in zip(told, merged, strict=True) if e.confidence >= least and not c.faint]
        of = {q.id: q for q in picture.quantities}
        return [
            (replace(e, id=f"e{n}", quantities=counted_once(e.quantities, of)), c) for n, (e, c) in enumerate(kept, 1)
        ]
