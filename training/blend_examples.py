"""Examples for `blend_events`: what the tables and the encoder each say, with what the annotation says."""

from __future__ import annotations

import math
from dataclasses import dataclass

from situate.contract import Picture
from situate.language import Document
from situate.reading.event_blend import mention_values
from situate.reading.event_candidates import CandidateFinder
from situate.reading.event_weights import EventWeights, total
from situate.reading.status_weighing import STATUSES, model_status, status_features
from training.event_gold import Gold
from training.sparse_fit import Row

Data = list[tuple[Document, Picture, Gold]]
LEAST = 1e-3


@dataclass(frozen=True)
class StatusRow:
    """The sums and the model's log probabilities of each status, and the right one."""

    sums: list[float]
    given: list[float]
    status: str


def mentions(data: Data, known: EventWeights) -> list[Row]:
    """Every reading of every trigger and proposal."""
    out = []
    for document, picture, truth in data:
        found = list(CandidateFinder(document, picture, known).readings())
        for c, right in zip(found, truth.label(found), strict=True):
            sum_ = total(known.mention, c.features) if c.sense in c.trigger.senses else None
            out.append(Row(mention_values(sum_, c.type, c.trigger), right, document.report.id))
    return out


def statuses(data: Data, known: EventWeights) -> list[StatusRow]:
    """Every trigger of an annotated event on which the model proposes something."""
    out = []
    for document, picture, truth in data:
        for c in CandidateFinder(document, picture, known).surest():
            n, model = truth.number_of(c), model_status(c)
            if n is not None and model and truth.events[n]["status"] in STATUSES:
                features = status_features(c)
                sums = [total(known.status, features, i) for i in range(len(STATUSES))]
                given = [math.log(max(model.get(s, 0.0), LEAST)) for s in STATUSES]
                out.append(StatusRow(sums, given, truth.events[n]["status"]))
    return out
