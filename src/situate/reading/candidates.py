"""Events that a report may tell, mention by mention, before they are merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from situate.contract import EventQuantity, EventType, Picture
from situate.knowledge.events import Part, Sense, lexicon
from situate.language import Document, Sentence
from situate.reading.casualties import casualties
from situate.reading.event_confidence import mention_features
from situate.reading.event_weights import EventWeights, event_weights, logistic, total
from situate.reading.index import Index
from situate.reading.instruments import Instrument, instrument, sub_event
from situate.reading.role_weighing import Memory, RoleWeigher
from situate.reading.roles import Parts, RoleFinder
from situate.reading.status import Standing, standing
from situate.reading.status_weighing import settled
from situate.reading.triggers import Trigger, kinds_beside, triggers


@dataclass(slots=True)
class Candidate:
    """One mention of an event: its trigger, what it means, its parts, its standing, and how sure it is.

    `features` are what the confidence is weighed from; `why` are the reasons shown by `--explain`.
    """

    trigger: Trigger
    sense: Sense
    parts: Parts
    standing: Standing
    met: bool  # what the sense needs stands beside the trigger
    mode: str | None = None
    cameo: str | None = None
    acled: str | None = None
    instrument: Instrument | None = None
    time: str | None = None
    claim: str | None = None
    quantities: tuple[EventQuantity, ...] = ()
    features: list[str] = field(default_factory=list)
    confidence: float = 0.0

    @property
    def type(self) -> EventType:
        """The PLOVER class."""
        return self.sense.type

    @property
    def sentence(self) -> Sentence:
        """The sentence it is told in."""
        return self.trigger.sentence

    @property
    def token(self) -> Token:
        """The word that carries the grammar."""
        return self.trigger.token

    @property
    def part(self) -> Part:
        """Whether a verb or a noun tells it."""
        return self.trigger.part

    @property
    def lemma(self) -> str:
        """The trigger's words as the lexicon knows them."""
        return " ".join(t.lemma_.lower() for t in self.trigger.words)


class CandidateFinder:
    """Finds the mentions of events in one report."""

    def __init__(self, document: Document, picture: Picture, weights: EventWeights | None = None) -> None:
        self._document = document
        self._lexicon = lexicon()
        self._weights = weights or event_weights()
        self._index = Index(picture)
        self._roles = RoleFinder(document, self._index, self._lexicon)
        self._kinds = {a.id: a.kind for a in picture.actors}
        self.weigher = RoleWeigher(picture, document.sentences, self._weights)

    def all(self) -> Iterator[Candidate]:
        """The surest reading of every trigger, in text order, with all its parts."""
        memory = Memory.empty()
        for best in self.surest():
            told = replace(
                best.parts,
                actors=[*best.parts.actors],
                recipients=[*best.parts.recipients],
                places=[*best.parts.places],
            )
            self.weigher.settle(best, memory)
            memory.note(best.type, told)
            best.standing = settled(best, self._weights)
            self._complete(best)
            yield best

    def surest(self) -> Iterator[Candidate]:
        """The surest reading of every trigger, with the parts that the grammar alone gives."""
        for readings in self._by_trigger():
            yield max(readings, key=lambda c: c.confidence)

    def readings(self) -> Iterator[Candidate]:
        """Every reading of every trigger, without what only the chosen one needs: for fitting the confidence."""
        for readings in self._by_trigger():
            yield from readings

    def _by_trigger(self) -> Iterator[list[Candidate]]:
        for sentence in self._document.sentences:
            found = triggers(sentence, self._lexicon)
            events = {t.token.i for t in found}
            for trigger in found:
                readings = [c for sense in trigger.senses if (c := self._read(trigger, sense, events)) is not None]
                if readings:
                    yield readings

    def _read(self, trigger: Trigger, sense: Sense, events: set[int]) -> Candidate | None:
        """A trigger read in one sense, or None where what the sense needs is missing."""
        met = self._met(trigger, sense, events)
        if sense.strict and not met:
            return None
        parts = self._roles.find(trigger.sentence, trigger.token, trigger.part, sense)
        candidate = Candidate(trigger, sense, parts, standing(trigger.token, trigger.part), met)
        start, end = trigger.span
        claim = self._index.claim_of(start, end)
        candidate.claim = claim.id if claim else None
        candidate.features = mention_features(candidate, self._kinds, self._lexicon)
        candidate.confidence = logistic(total(self._weights.mention, candidate.features))
        return candidate

    def _met(self, trigger: Trigger, sense: Sense, events: set[int]) -> bool:
        needs = sense.needs[trigger.part]
        if not needs:
            return True
        token, sentence = trigger.token, trigger.sentence
        for beside in kinds_beside(token, trigger.part):
            if "event" in needs and beside.i in events and beside != token:
                return True
            lemma = beside.lemma_.lower()
            kind = self._kinds.get(self._index.actors.at(*sentence.where(beside)) or "")
            if kind and "actor" in needs:
                return True
            if "place" in needs and self._roles.place(sentence, beside):
                return True
            for need in needs:
                filler = self._lexicon.fillers.get(need)
                if filler and (
                    lemma in filler.words or beside.lower_ in filler.words or (kind and kind in filler.kinds)
                ):
                    return True
        if "recipient" in needs:
            return any(c.lower_ in ("at", "on", "into", "toward", "towards") for c in token.children)
        if "infinitive" in needs:
            return any(c.dep_ in ("xcomp", "ccomp") for c in token.children)
        if "light" in needs:
            return token.head.lemma_.lower() in self._lexicon.words["light"]
        if "self" in needs:
            return any(c.lower_ in ("himself", "herself", "itself", "themselves") for c in token.children)
        return False

    def _complete(self, candidate: Candidate) -> None:
        """Adds what only the chosen reading needs: instrument, ACLED, time, places, casualties."""
        trigger, sense, parts = candidate.trigger, candidate.sense, candidate.parts
        candidate.instrument = (
            instrument(trigger, parts.instrument) if sense.type in ("ASSAULT", "COERCE", "THREATEN") else None
        )
        weapon = candidate.instrument.weapon if candidate.instrument else None
        force = sense.type == "ASSAULT"
        own = sense.mode is None or sense.id in _BY_WEAPON
        candidate.mode = weapon.mode if weapon and force and own else sense.mode
        candidate.cameo = weapon.cameo if weapon and force and own else sense.cameo
        kinds = [frozenset(self._kinds[i] for i in ids) for ids in (parts.actors, parts.recipients)]
        forms = frozenset(t.lower_ for t in trigger.sentence.tokens)
        candidate.acled = sub_event(sense, weapon, kinds[0], kinds[1], forms)
        candidate.time = self._time(trigger)
        candidate.quantities = casualties(candidate, self._index)

    def _time(self, trigger: Trigger) -> str | None:
        """The time of the trigger's sentence: the nearest one."""
        sentence = trigger.sentence
        start, end = trigger.span
        found = self._index.times.within(sentence.start, sentence.end)
        if not found:
            return None
        return min(found, key=lambda x: max(start - x[1], x[0] - end))[2].id


_BY_WEAPON = frozenset(
    {"assault.attack", "assault.strike", "assault.kill", "assault.wound", "assault.fire", "assault.offensive"}
)
