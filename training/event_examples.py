"""Examples for the tables of `fit_events`: what the event reader sees, with what the annotation says of it."""

from __future__ import annotations

from situate.contract import Picture
from situate.language import Document
from situate.reading.event_candidates import CandidateFinder
from situate.reading.event_merging import clusters, entry_values
from situate.reading.event_weights import EventWeights
from situate.reading.events import WORTH_MERGING
from situate.reading.status_weighing import STATUSES, status_features
from training.event_gold import Gold
from training.sparse_fit import Row

Data = list[tuple[Document, Picture, Gold]]


def mentions(data: Data, weights: EventWeights) -> list[Row]:
    """Every reading of every trigger: told by the annotation or not."""
    out = []
    for document, picture, truth in data:
        found = list(CandidateFinder(document, picture, weights).readings())
        out += [Row(c.features, right, document.report.id) for c, right in zip(found, truth.label(found), strict=True)]
    return out


def statuses(data: Data, weights: EventWeights) -> list[Row]:
    """Every trigger of an annotated event, with its status."""
    out = []
    for document, picture, truth in data:
        for c in CandidateFinder(document, picture, weights).surest():
            n = truth.number_of(c)
            if n is not None and truth.events[n]["status"] in STATUSES:
                out.append(Row(status_features(c), truth.events[n]["status"], document.report.id))
    return out


def entries(data: Data, weights: EventWeights) -> list[Row]:
    """Events as the reader makes them: the first of an annotated one is right, a repeat or another is not."""
    out = []
    for document, picture, truth in data:
        found = list(CandidateFinder(document, picture, weights).all(WORTH_MERGING))
        made = clusters(found, weights)
        for cluster, right in zip(made, truth.right_entries([c.best for c in made]), strict=True):
            out.append(Row(entry_values(cluster), right, document.report.id))
    return out
