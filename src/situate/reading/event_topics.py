"""What a whole sentence is about, as the encoder hears it, beside what the lexicon says of single words.

The lexicon knows words; the topic heads have read sentences that tell of one event. Three things follow: an event
whose class is heard in its sentence is surer, and one whose class isn't is less sure; and in a text of a few sentences,
which tells of one thing, an only event may get the class that is heard, and events the sub-event type that is heard, if
their class can have it. In longer reports sentences tell of several events, so the topic weighs less, and names no
sub-event type. That is named by the topic head and by the table of `sub_event_words` together.
The weights were chosen on the corpus's dev reports and on the held-out parts of CASE 2021 and PLOVER's records.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from situate.contract import Event
from situate.knowledge.topics import classes, sub_events
from situate.language import Document
from situate.reading.standing import DONE
from situate.reading.sub_event_words import word_table

LEAST = 0.12  # the least probability of a sub-event type that renames an event
OWN_NAME = 1.0  # what speaks for the lexicon's own name of an event's sub-event type (natural log of odds)
BY_WORDS = 0.75  # the share of the table of words in a sub-event type's log probability, beside the topic head's
UNHEARD = 1e-3
SNIPPET_SENTENCES = 3
# How far topics move the log of an event's odds: by its class and its quarter, by the likeliest sub-event type that its
# class can have against the likeliest of all, and, of events of police, by whether police are heard to do something.
BY_CLASS, BY_QUAD, BY_NAME, BY_POLICE = 3.0, 1.5, 0.3, 2.0
BY_CLASS_IN_REPORTS = 0.5
FURTHER = -1.5  # the same for all events of a short text but the surest
FURTHER_OF_SENTENCE = -4.0  # for those of other classes than it, where the text is one sentence that the encoder heard
RETYPED = 0.5  # the least probability of a class that is heard in place of an only event's own
Heard = Mapping[str, Mapping[str, float]]


def is_short(document: Document) -> bool:
    """Whether a text has so few sentences that it tells of one thing."""
    return len(document.sentences) <= SNIPPET_SENTENCES


def with_topics(
    events: Sequence[Event], document: Document, least: float = 0.0, police: Container[str] = ()
) -> list[Event]:
    """The events, in the same order, with classes, sub-event types and confidences as topics suggest.

    Those less sure than `least` keep their sub-event type as it is. `police`: the ids of actors that are.
    """
    if is_short(document):
        return _of_short(events, document, least, police)
    moved = [BY_CLASS_IN_REPORTS * _evidence(_heard(document, e).get("plover", {}), e.type) for e in events]
    return [replace(e, confidence=_moved(e.confidence, by)) for e, by in zip(events, moved, strict=True)]


def _of_short(events: Sequence[Event], document: Document, least: float, police: Container[str]) -> list[Event]:
    """The same for a text of a few sentences."""
    names = _Names(document)
    many = Counter(e.evidence.start for e in events)
    surest = max(events, key=lambda e: e.confidence, default=None)
    out = []
    for e in events:
        topics = _heard(document, e)
        if e is not surest and e.status not in DONE:
            out.append(e)  # what is denied, planned or feared stands beside what a short text is about
            continue
        typed = _retyped(e, topics.get("plover", {})) if many[e.evidence.start] == 1 else e
        sure = _confidence(typed, topics)
        if topics:
            sure = _moved(sure, BY_NAME * names.reach(typed))
        if any(i in police for i in (*e.actors, *e.recipients)):
            sure = _moved(sure, BY_POLICE * _action(topics.get("police", {})))
        out.append(replace(typed, confidence=sure))
    first = max(out, key=lambda e: e.confidence, default=None)
    out = [e if e is first or e.status not in DONE else _less(e, first, document) for e in out]
    return [replace(e, acled=names.name(e)) if e.confidence >= least else e for e in out]


def _less(event: Event, first: Event | None, document: Document) -> Event:
    """A further event of a short text, which mostly tells one thing, less sure; the more so one of another class."""
    alike = first is None or event.type == first.type or not _heard(document, event) or len(document.sentences) > 1
    return replace(event, confidence=_moved(event.confidence, FURTHER if alike else FURTHER_OF_SENTENCE))


def _heard(document: Document, event: Event) -> Heard:
    sentence = document.sentence_at(event.trigger.start)
    return sentence.topics if sentence is not None else {}


def _retyped(event: Event, heard: Mapping[str, float]) -> Event:
    best = max(heard, key=lambda k: heard[k], default=None)
    known = classes()
    if best is None or best not in known or heard[best] < RETYPED or heard.get(event.type, 0) >= 0.1:
        return event
    return replace(event, type=known[best].type, cameo=known[best].cameo, mode=None)


def _confidence(event: Event, heard: Heard) -> float:
    moved = BY_CLASS * _evidence(heard.get("plover", {}), event.type)
    return _moved(event.confidence, moved + BY_QUAD * _evidence(heard.get("quad", {}), classes()[event.type].quad))


def _moved(probability: float, by: float) -> float:
    """A probability whose log odds are moved."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-(math.log(p / (1 - p)) + by)))


def _evidence(heard: Mapping[str, float], wanted: str) -> float:
    """1 where a class is certain, 0 where nothing is heard or it is as likely as any, negative where it is less."""
    if not heard:
        return 0.0
    return math.log(max(heard.get(wanted, 0.0), UNHEARD) * len(heard)) / math.log(len(heard))


def _action(heard: Mapping[str, float]) -> float:
    """Whether police do something, as far as is heard: from -1 (surely nothing) to 1; 0 where nothing is heard."""
    return 2 * heard["action"] - 1 if heard else 0.0


class _Names:
    """The sub-event types that the sentences of a short text speak for, all together."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def likely(self) -> Mapping[str, float]:
        """The probability of each sub-event type."""
        sentences = self._document.sentences
        words = word_table().likely(s.tokens for s in sentences)
        return _joined(words, [t for s in sentences if (t := s.topics.get("acled"))])

    def reach(self, event: Event) -> float:
        """The log of how likely the best sub-event type of an event's class is beside the best of all; at most 0."""
        own = max((p for k, p in self.likely.items() if event.type in sub_events()[k].of), default=0.0)
        return math.log(max(own, UNHEARD) / max(self.likely.values()))

    def name(self, event: Event) -> str | None:
        """The likeliest sub-event type that an event's class can have, the lexicon's own weighed in."""
        scored = [
            (math.log(max(p, UNHEARD)) + OWN_NAME * (sub.name == event.acled), sub.name)
            for k, p in self.likely.items()
            if (sub := sub_events()[k]) and event.type in sub.of and (p >= LEAST or sub.name == event.acled)
        ]
        return max(scored)[1] if scored else event.acled


def _joined(words: Mapping[str, float], topics: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The probabilities of the table and of the head as one: their product, each raised to its share."""
    if not topics:
        return dict(words)
    head = {k: sum(t.get(k, 0.0) for t in topics) / len(topics) for k in words}
    raised = {k: p**BY_WORDS * max(head[k], UNHEARD) ** (1 - BY_WORDS) for k, p in words.items()}
    total = sum(raised.values())
    return {k: p / total for k, p in raised.items()}
