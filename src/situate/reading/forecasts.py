"""Forecasts: statements about what will come, which later reports can settle.

Plans, orders, promises and wishes are no forecasts, nor is what is told of the past or supposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from situate.contract import Claim, Event, Forecast, Picture, Span
from situate.knowledge.foresight import foresight_words
from situate.language import Document
from situate.reading.attribution.model import Range, meet
from situate.reading.foresight import parts
from situate.reading.foresight.features import features, weigh
from situate.reading.foresight.markers import Outlook, outlooks
from situate.reading.foresight.ruled_out import no_outlook
from situate.reading.index import Index
from situate.reading.networks import State

LEAST = 0.46  # the probability from which a statement is entered, chosen on the dev reports
_THREATS = {"threaten party", "threaten own"}  # what parties threaten is no forecast; what a crisis threatens is
_TOLD_AHEAD = {"predicted", "planned", "threatened", "conditional", "offered", "ongoing", "generic"}


@dataclass(frozen=True, slots=True)
class Prospect:
    """A statement about the future before it is weighed: its clause and who says so."""

    outlook: Outlook
    claim: Claim | None
    score: float
    features: frozenset[str]


class ForecastReader:
    """Reads the layer `forecasts`."""

    layer = "forecasts"
    version = "5"

    def read(self, document: Document, picture: Picture) -> Sequence[Forecast]:
        """The layer's entries in text order."""
        index = Index(picture)
        kept = [p for p in prospects(document, index) if p.score >= LEAST]
        made: list[Forecast] = []
        for prospect in kept:
            forecast = _forecast(document, index, prospect, f"f{len(made) + 1}")
            if forecast is not None and not _repeated(forecast, made):
                made.append(forecast)
        return made


def prospects(document: Document, index: Index) -> Iterator[Prospect]:
    """Every statement of a report about the future, weighed."""
    words = foresight_words()
    for sentence in document.sentences:
        for outlook in outlooks(sentence, words):
            if no_outlook(outlook, words):
                continue
            claim = index.claim_of(*sentence.where(outlook.verb))
            if claim is not None and _was_said(document, claim):
                continue
            known = features(outlook, claim, words, index)
            if known & _THREATS:
                continue
            verb, whole = states(document, outlook)
            yield Prospect(outlook, claim, weigh(known, verb, whole), frozenset(known))


def states(document: Document, outlook: Outlook) -> tuple[State, State]:
    """What the encoder makes of a clause's verb and of its sentence."""
    sentence = outlook.sentence
    return document.states.at(sentence.where(outlook.verb)[0]), document.states.sentences.get(sentence.index)


def _was_said(document: Document, claim: Claim) -> bool:
    """Whether the report looks back at what was said: "he had predicted"."""
    return claim.cue is not None and claim.cue.text.lower().startswith("had ")


def _forecast(document: Document, index: Index, prospect: Prospect, name: str) -> Forecast | None:
    outlook, words = prospect.outlook, foresight_words()
    condition = parts.condition(outlook, words)
    where = parts.content(outlook, condition)
    if where is None:
        return None
    whole = parts.clause(outlook, where)
    times = [t for _, _, t in index.times.within(*whole) if condition is None or not meet(condition, _range(t.span))]
    return Forecast(
        id=name,
        content=document.span(*where),
        evidence=document.evidence(outlook.sentence),
        likelihood=parts.likelihood(document, outlook),
        forecaster=_forecaster(prospect, index),
        claim=prospect.claim.id if prospect.claim else None,
        event=_event(index.picture.events, where),
        horizon=parts.horizon(document, outlook, whole, times, words),
        condition=document.span(*condition) if condition else None,
    )


def _range(span: Span) -> Range:
    return span.start, span.end


def _forecaster(prospect: Prospect, index: Index) -> str | None:
    """The actor who foretells: who expects or fears it in so many words, or else who says so."""
    holder = parts.holder(prospect.outlook, foresight_words())
    at = index.actors.at(*prospect.outlook.sentence.where(holder)) if holder is not None else None
    if at is not None:
        return at
    return prospect.claim.actor if prospect.claim else None


def _event(events: Sequence[Event], where: Range) -> str | None:
    """The one event that is told in the content as not yet real."""
    inner = [e for e in events if where[0] <= e.trigger.start and e.trigger.end <= where[1] and e.status in _TOLD_AHEAD]
    return inner[0].id if inner else None


def _repeated(forecast: Forecast, made: list[Forecast]) -> bool:
    """Whether the content lies in that of an earlier forecast."""
    return any(m.content.covers(forecast.content) or forecast.content.covers(m.content) for m in made[-3:])
