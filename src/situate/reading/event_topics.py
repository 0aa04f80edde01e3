"""What a whole sentence is about, as the encoder hears it, beside what the lexicon says of single words.

The lexicon knows words; the topic heads have read sentences that tell of one event. Three things follow: an event
whose class is heard in its sentence is surer, and one whose class isn't is less sure; the surest event of a sentence
gets the sub-event type that is heard, if its class can have it; and in a text of a sentence or two, which tells of one
thing, an only event may get the class that is heard. In longer reports sentences tell of several events, so the topic
weighs less.
The weights were chosen on the corpus's dev reports and on the held-out parts of CASE 2021 and PLOVER's records.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from situate.contract import Event
from situate.knowledge.topics import Classes, classes, sub_events
from situate.language import Document

LEAST = 0.12  # the least probability of a topic that renames an event
UNHEARD = 1e-3
Heard = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Weights:
    """How far topics move the log of an event's odds (by class, by quarter), and from where they rule.

    `own_name` speaks for the lexicon's own name of an event's sub-event type (natural log of odds).
    """

    by_class: float
    by_quad: float
    retype: float
    own_name: float


SNIPPET, REPORT = Weights(2.0, 1.0, 0.5, 1.0), Weights(0.5, 0.0, 2.0, 3.0)
SNIPPET_SENTENCES = 3


def with_topics(events: Sequence[Event], document: Document) -> list[Event]:
    """The events, in the same order, with classes, sub-event types and confidences as topics suggest."""
    weights = SNIPPET if len(document.sentences) <= SNIPPET_SENTENCES else REPORT
    heard = [_heard(document, e) for e in events]
    many = Counter(e.evidence.start for e in events)
    known = classes()
    out = []
    for e, topics in zip(events, heard, strict=True):
        typed = _retyped(e, topics.get("plover", {}), weights, known) if many[e.evidence.start] == 1 else e
        out.append(replace(typed, confidence=_confidence(typed, topics, weights, known)))
    return _named(out, heard, weights.own_name)


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
    odds = min(max(event.confidence, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-(math.log(odds / (1 - odds)) + moved)))


def _evidence(heard: Mapping[str, float], wanted: str) -> float:
    """1 where a class is certain, 0 where nothing is heard or it is as likely as any, negative where it is less."""
    if not heard:
        return 0.0
    return math.log(max(heard.get(wanted, 0.0), UNHEARD) * len(heard)) / math.log(len(heard))


def _named(events: list[Event], heard: Sequence[Heard], own_name: float) -> list[Event]:
    """The surest event of each sentence under the sub-event type that is heard."""
    main: dict[int, int] = {}
    for i, e in enumerate(events):
        best = main.get(e.evidence.start)
        if best is None or e.confidence > events[best].confidence:
            main[e.evidence.start] = i
    for i in main.values():
        events[i] = replace(events[i], acled=_name(events[i], heard[i].get("acled", {}), own_name))
    return events


def _name(event: Event, heard: Mapping[str, float], own_name: float) -> str | None:
    scored = [
        (math.log(p) + own_name * (sub.name == event.acled), sub.name)
        for k, p in heard.items()
        if (sub := sub_events()[k]) and event.type in sub.of and (p >= LEAST or sub.name == event.acled)
    ]
    return max(scored)[1] if scored else event.acled
