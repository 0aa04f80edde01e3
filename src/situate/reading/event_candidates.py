"""The mentions of events in a report: triggers read in the likeliest sense, with parts, standing and details."""

from __future__ import annotations

from collections.abc import Iterator

from situate.contract import Picture
from situate.knowledge.events import Sense, lexicon
from situate.language import Document
from situate.reading.candidates import Candidate
from situate.reading.event_blend import blended, mention_values
from situate.reading.event_confidence import mention_features
from situate.reading.event_context import EventContext
from situate.reading.event_details import complete
from situate.reading.event_topics import is_short
from situate.reading.event_weights import EventWeights, event_weights, logistic, total
from situate.reading.index import Index
from situate.reading.needs import Needs
from situate.reading.role_weighing import RoleWeigher
from situate.reading.roles import RoleFinder
from situate.reading.status import standing
from situate.reading.status_weighing import settled
from situate.reading.triggers import Trigger, triggers


class CandidateFinder:
    """Finds the mentions of events in one report."""

    def __init__(self, document: Document, picture: Picture, weights: EventWeights | None = None) -> None:
        self._document = document
        self._lexicon = lexicon()
        self._weights = weights or event_weights()
        self._index = Index(picture)
        self._kinds: dict[str, str] = {a.id: a.kind for a in picture.actors}
        self._roles = RoleFinder(self._index, self._lexicon)
        self._needs = Needs(self._index, self._kinds, self._lexicon)
        self.weigher = RoleWeigher(picture, document)
        self._short = is_short(document)

    def all(self, least: float = 0.0) -> Iterator[Candidate]:
        """The surest reading of every trigger, in text order, with all its parts; none less sure than `least`."""
        found = list(self.surest(least))
        context = EventContext.of(found)
        self.weigher.settle(found, context)
        for best in found:
            best.standing = settled(best, self._weights)
            complete(best, self._index, self._kinds, short=self._short)
            yield best

    def surest(self, least: float = 0.0) -> Iterator[Candidate]:
        """The surest reading of every trigger, with the parts that the grammar alone gives."""
        for readings in self._by_trigger():
            best = max(readings, key=lambda c: c.confidence)
            if best.confidence >= least:
                yield best

    def readings(self) -> Iterator[Candidate]:
        """Every reading of every trigger, for fitting the confidence."""
        for readings in self._by_trigger():
            yield from readings

    def _by_trigger(self) -> Iterator[list[Candidate]]:
        for sentence in self._document.sentences:
            found = triggers(sentence, self._lexicon)
            events = {t.token.i for t in found}
            for trigger in found:
                readings = list(self._readings(trigger, events))
                if readings:
                    yield readings

    def _senses(self, trigger: Trigger) -> list[Sense]:
        """The senses of the lexicon, and for a class that only the model sees what is known of any event of it."""
        known = {s.type for s in trigger.senses}
        others = {p.label for p in trigger.proposals} - known
        return [*trigger.senses, *(self._lexicon.defaults[label] for label in sorted(others))]

    def _readings(self, trigger: Trigger, events: set[int]) -> Iterator[Candidate]:
        """A trigger read in each sense, without those for which what the sense needs is missing."""
        claim = self._index.claim_of(*trigger.span)
        state = self._document.states.at(trigger.span[0])
        stands = standing(trigger.token, trigger.part)
        arguments = list(self._roles.arguments(trigger.token, trigger.part))
        for sense in self._senses(trigger):
            if self._needs.rules_out(trigger, sense):
                continue
            met = self._needs.met(trigger, sense, events)
            if met or not sense.strict:
                parts = self._roles.find(trigger.sentence, arguments, trigger.part, sense)
                candidate = Candidate(
                    trigger, sense, parts, stands, met, claim=claim.id if claim else None, state=state
                )
                self._weigh(candidate)
                yield candidate

    def _weigh(self, candidate: Candidate) -> None:
        """Sets how sure a candidate is, with the features that it is weighed from."""
        trigger, sense = candidate.trigger, candidate.sense
        candidate.features = mention_features(candidate, self._kinds, self._lexicon)
        sum_ = total(self._weights.mention, candidate.features) if sense in trigger.senses else None
        if trigger.sentence.topics:
            values = mention_values(sum_, sense.type, trigger)
            candidate.confidence = logistic(blended(self._weights.blend, values))
        elif sum_ is not None:
            candidate.confidence = logistic(sum_)
