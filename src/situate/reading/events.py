"""Event entries: who did what to whom, with what standing, each event once."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Event, Picture
from situate.language import Document
from situate.reading.candidates import CandidateFinder
from situate.reading.event_merging import Cluster, clusters, event
from situate.reading.event_weights import EventWeights, event_weights

WORTH_MERGING = 0.15  # a mention less sure than this is no mention
DEFAULT_CONFIDENCE = 0.4  # an event less sure than this isn't entered


class EventReader:
    """Reads the layer `events`: triggers of the lexicon, their parts and standing, weighed and merged."""

    layer = "events"
    version = "1"

    def __init__(self, least: float = DEFAULT_CONFIDENCE, weights: EventWeights | None = None) -> None:
        self._least = least
        self._weights = weights

    def read(self, document: Document, picture: Picture) -> Sequence[Event]:
        """The events in text order, each with the id by which `explain` knows it."""
        kept = self._clusters(document, picture)
        return [event(cluster, f"e{n}", document) for n, cluster in enumerate(kept, 1)]

    def _clusters(self, document: Document, picture: Picture) -> list[Cluster]:
        finder = CandidateFinder(document, picture, self._weights)
        found = [c for c in finder.all() if c.confidence >= WORTH_MERGING]
        kept = [c for c in clusters(found, self._weights or event_weights()) if c.confidence >= self._least]
        return sorted(kept, key=lambda c: c.best.trigger.span)
