"""Examples for `blend_events`: what the tables and the encoder each say, with what the annotation says."""

from __future__ import annotations

import math
from dataclasses import dataclass

from situate.contract import Picture
from situate.language import Document
from situate.reading.candidates import Candidate
from situate.reading.event_blend import mention_values, pair_values, role_values
from situate.reading.event_candidates import CandidateFinder
from situate.reading.event_context import EventContext
from situate.reading.event_pairs import may_be_one, pair_features
from situate.reading.event_weights import EventWeights, total
from situate.reading.events import WORTH_MERGING
from situate.reading.role_weighing import COLUMNS, ROLES, UNSEEN
from situate.reading.status_weighing import STATUSES, model_status, status_features
from training.event_examples import REACH
from training.event_gold import GOLD_FIELDS, Gold
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


def roles(data: Data, known: EventWeights) -> dict[str, list[Row]]:
    """For each role all who may play it in an annotated event on which the model proposes something."""
    out: dict[str, list[Row]] = {role: [] for role in COLUMNS}
    for document, picture, truth in data:
        finder = CandidateFinder(document, picture, known)
        found = list(finder.surest(WORTH_MERGING))
        context = EventContext.of(found)
        for c in found:
            event = truth.event_of(c)
            if event is not None and c.trigger.proposals:
                for layer, some in ROLES.items():
                    for role in some:
                        out[role] += _role_rows(finder, c, (layer, role), context, truth, event[GOLD_FIELDS[role]])
            context.note(c.type, c.parts)
    return out


def _role_rows(
    finder: CandidateFinder, c: Candidate, side: tuple[str, str], context: EventContext, truth: Gold, names: list[str]
) -> list[Row]:
    layer, role = side
    sums = finder.weigher.sums(c, layer, role, context)
    scores = finder.weigher.model_scores(c, layer, role)
    return [
        Row(role_values(role, sums.get(i, UNSEEN), scores.get(i)), truth.stands_for(layer, i, names), truth.report)
        for i in dict.fromkeys([*sums, *scores])
    ]


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


def pairs(data: Data, known: EventWeights) -> list[Row]:
    """Pairs of annotated mentions of one class, the later one seen by the model."""
    out = []
    for document, picture, truth in data:
        by_type: dict[str, list[tuple[Candidate, int | None]]] = {}
        for c in CandidateFinder(document, picture, known).all(WORTH_MERGING):
            told = truth.number_of(c, strict=False)
            earlier = by_type.setdefault(c.type, [])
            for n, (other, number) in enumerate(reversed(earlier[-REACH:])):
                if told is not None and number is not None and c.trigger.proposals and may_be_one(other, c):
                    sum_ = total(known.pairs, pair_features(other, c, n))
                    out.append(Row(pair_values(sum_, c.trigger), told == number, document.report.id))
            earlier.append((c, told))
    return out
