"""Examples for the tables of `fit_events`: what the event reader sees, with what the annotation says of it."""

from __future__ import annotations

from situate.contract import Picture
from situate.language import Document
from situate.reading.candidates import Candidate
from situate.reading.event_candidates import CandidateFinder
from situate.reading.event_context import EventContext
from situate.reading.event_merging import clusters, entry_values
from situate.reading.event_pairs import may_be_one, pair_features
from situate.reading.event_weights import EventWeights
from situate.reading.events import WORTH_MERGING
from situate.reading.role_weighing import COLUMNS, ROLES
from situate.reading.status_weighing import status_features
from training.event_gold import GOLD_FIELDS, Gold
from training.sparse_fit import Row

Data = list[tuple[Document, Picture, Gold]]
REACH = 40  # mentions of one class back to which one is compared, as the reader does


def mentions(data: Data, weights: EventWeights) -> list[Row]:
    """Every reading of every trigger: told by the annotation or not."""
    out = []
    for document, picture, truth in data:
        found = list(CandidateFinder(document, picture, weights).readings())
        out += [Row(c.features, right, document.report.id) for c, right in zip(found, truth.label(found), strict=True)]
    return out


def roles(data: Data, weights: EventWeights) -> dict[str, list[Row]]:
    """For each role every mention near a trigger of an annotated event: in the role or not."""
    out: dict[str, list[Row]] = {role: [] for role in COLUMNS}
    for document, picture, truth in data:
        finder = CandidateFinder(document, picture, weights)
        found = list(finder.surest(WORTH_MERGING))
        context = EventContext.of(found)
        for c in found:
            event = truth.event_of(c)
            for layer, some in ROLES.items() if event is not None else ():
                for id_, lists in finder.weigher.candidates(c, layer, context).items():
                    for role in some:
                        right = truth.stands_for(layer, id_, event[GOLD_FIELDS[role]] if event else ())
                        out[role] += [Row(f, right, document.report.id, 1 / len(lists)) for f in lists]
            context.note(c.type, c.parts)
    return out


def statuses(data: Data, weights: EventWeights) -> list[Row]:
    """Every trigger of an annotated event, with its status."""
    out = []
    for document, picture, truth in data:
        for c in CandidateFinder(document, picture, weights).surest():
            n = truth.number_of(c)
            if n is not None:
                out.append(Row(status_features(c), truth.events[n]["status"], document.report.id))
    return out


def pairs(data: Data, weights: EventWeights) -> list[Row]:
    """Pairs of annotated mentions of one class that the reader would compare: of one event or of two."""
    out = []
    for document, picture, truth in data:
        by_type: dict[str, list[tuple[Candidate, int | None]]] = {}
        for c in CandidateFinder(document, picture, weights).all(WORTH_MERGING):
            told = truth.number_of(c, strict=False)
            earlier = by_type.setdefault(c.type, [])
            for n, (other, number) in enumerate(reversed(earlier[-REACH:])):
                if told is not None and number is not None and may_be_one(other, c):
                    out.append(Row(pair_features(other, c, n), told == number, document.report.id))
            earlier.append((c, told))
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
