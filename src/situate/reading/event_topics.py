"""What a whole sentence is about, as the encoder hears it, beside what the lexicon says of single words.

The lexicon knows words; the topic heads have read sentences that tell of one event. Three things follow: an event
whose class is heard in its sentence is surer, and one whose class isn't is less sure; the surest event of a sentence
gets the sub-event type that is heard, if its class can have it; and in a text of a sentence or two, which tells of one
thing, an only event may get the class that is heard. In longer reports sentences tell of several events, so the topic
weighs less. The sub-event type is named by the topic head and by the table of `sub_event_words` together.
The weights were chosen on the corpus's dev reports and on the held-out parts of CASE 2021 and PLOVER's records.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from situate.contract import Event
from situate.knowledge.topics import Classes, classes, sub_events
from situate.language import Document
from situate.reading.standing import DONE
from situate.reading.sub_event_words import word_table

LEAST = 0.12  # the least probability of a sub-event type that renames an event
UNHEARD = 1e-3
Heard = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """How far topics move the log of an event's odds (by class, by quarter), and from where they rule.

    `by_name` does so for the likeliest sub-event type that the event's class can have, against the likeliest of all.
    `further` does so for all events of a text but the surest, `other` instead for those of other classes than it, where
    the encoder has heard the text; `by_police` for events of police, by whether the encoder
    hears that police do something.
    `own_name` speaks for the lexicon's own name of an event's sub-event type (natural log of odds); `by_words` is the
    share of the table of words in a sub-event type's log probability, beside the topic head's.
    """

    by_class: float
    by_quad: float
    by_name: float
    further: float
    retype: float
    own_name: float
    by_words: float
    by_police: float
    other: float


SNIPPET = Weights(3.0, 1.5, 0.3, -1.5, 0.5, 1.0, 0.75, 2.0, -1.5)
SENTENCE = replace(SNIPPET, other=-4.0)
REPORT = Weights(0.5, 0.0, 0.0, 0.0, 2.0, 1.5, 0.4, 0.0, 0.0)
SNIPPET_SENTENCES = 3
OTHERS_OWN_NAME = 1.0  # the least `own_name` of events that are not the surest of their sentence


def with_topics(
    events: Sequence[Event], document: Document, least: float = 0.0, police: Container[str] = ()
) -> list[Event]:
    """The events, in the same order, with classes, sub-event types and confidences as topics suggest.

    Those less sure than `least` keep their sub-event type as it is. `police`: the ids of actors that are.
    """
    length = len(document.sentences)
    weights = SENTENCE if length == 1 else SNIPPET if length <= SNIPPET_SENTENCES else REPORT
    heard = [_heard(document, e) for e in events]
    names = _Names(document, weights)
    many = Counter(e.evidence.start for e in events)
    known = classes()
    out = []
    surest = max(events, key=lambda e: e.confidence, default=None)
    for e, topics in zip(events, heard, strict=True):
        if weights.further and e is not surest and e.status not in DONE:
            out.append(e)  # what is denied, planned or feared stands beside what a short text is about
            continue
        typed = _retyped(e, topics.get("plover", {}), weights, known) if many[e.evidence.start] == 1 else e
        sure = _confidence(typed, topics, weights, known)
        if weights.by_name and topics:
            sure = _moved(sure, weights.by_name * names.reach(typed))
        if weights.by_police and any(i in police for i in (*e.actors, *e.recipients)):
            sure = _moved(sure, weights.by_police * _action(topics.get("police", {})))
        out.append(replace(typed, confidence=sure))
    if weights.further:
        first = max(out, key=lambda e: e.confidence, default=None)
        out = [e if e is first or e.status not in DONE else _less(e, first, weights, document) for e in out]
    main = _main(out)
    return [replace(e, acled=names.name(e, main=i in main)) if e.confidence >= least else e for i, e in enumerate(out)]


def _less(event: Event, first: Event | None, weights: Weights, document: Document) -> Event:
    """A further event of a short text, which mostly tells one thing, less sure; the more so one of another class."""
    alike = first is None or event.type == first.type or not _heard(document, event)
    return replace(event, confidence=_moved(event.confidence, weights.further if alike else weights.other))


def _heard(document: Document, event: Event) -> Heard:
    sentence = document.sentence_at(event.trigger.start)
    return sentence.topics if sentence is not None else {}


def _retyped(event: Event, heard: Mapping[str, float], weights: Weights, known: Mapping[str, Classes]) -> Event:
    best = max(heard, key=lambda k: heard[k], default=None)
    if best is None or best not in known or heard[best] < weights.retype or heard.get(event.type, 0) >= 0.1:
        return event
    return replace(event, type=known[best].type, cameo=known[best].cameo, mode=None)


def _confidence(event: Event, heard: Heard, weights: Weights, known: Mapping[str, Classes]) -> float:
    moved = weights.by_class * _evidence(heard.get("plover", {}), event.type)
    moved += weights.by_quad * _evidence(heard.get("quad", {}), known[event.type].quad)
    return _moved(event.confidence, moved)


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


def _main(events: Sequence[Event]) -> set[int]:
    """Where the surest event of each sentence stands."""
    main: dict[int, int] = {}
    for i, e in enumerate(events):
        best = main.get(e.evidence.start)
        if best is None or e.confidence > events[best].confidence:
            main[e.evidence.start] = i
    return set(main.values())


class _Names:
    """The sub-event types that a document's sentences speak for: a snippet's all together, a report's one by one."""

    def __init__(self, document: Document, weights: Weights) -> None:
        self._document = document
        self._weights = weights
        self._likely: dict[int, dict[str, float]] = {}

    def likely(self, event: Event) -> Mapping[str, float]:
        """The probability of each sub-event type where an event is told."""
        whole = self._weights is not REPORT
        key = 0 if whole else event.evidence.start
        if key not in self._likely:
            here = self._document.sentence_at(event.trigger.start)
            sentences = self._document.sentences if whole else [here] if here is not None else []
            words = word_table().likely(s.tokens for s in sentences)
            topics = [t for s in sentences if (t := s.topics.get("acled"))]
            self._likely[key] = _joined(words, topics, self._weights.by_words)
        return self._likely[key]

    def reach(self, event: Event) -> float:
        """The log of how likely the best sub-event type of an event's class is beside the best of all; at most 0."""
        likely = self.likely(event)
        own = max((p for k, p in likely.items() if event.type in sub_events()[k].of), default=0.0)
        return math.log(max(own, UNHEARD) / max(likely.values()))

    def name(self, event: Event, *, main: bool) -> str | None:
        """The likeliest sub-event type that an event's class can have, the lexicon's own weighed in.

        What is heard of a sentence is said of its surest event, and only where it is far likelier of the others.
        """
        own_name = self._weights.own_name if main else max(self._weights.own_name, OTHERS_OWN_NAME)
        scored = [
            (math.log(max(p, UNHEARD)) + own_name * (sub.name == event.acled), sub.name)
            for k, p in self.likely(event).items()
            if (sub := sub_events()[k]) and event.type in sub.of and (p >= LEAST or sub.name == event.acled)
        ]
        return max(scored)[1] if scored else event.acled


def _joined(words: Mapping[str, float], topics: Sequence[Mapping[str, float]], share: float) -> dict[str, float]:
    """The probabilities of the table and of the head as one: their product, each raised to its share."""
    if not topics:
        return dict(words)
    head = {k: sum(t.get(k, 0.0) for t in topics) / len(topics) for k in words}
    raised = {k: p**share * max(head[k], UNHEARD) ** (1 - share) for k, p in words.items()}
    total = sum(raised.values())
    return {k: p / total for k, p in raised.items()}
