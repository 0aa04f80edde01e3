"""What an event's parts settle: instrument, mode, CAMEO code, ACLED sub-event type, time, casualties."""

from __future__ import annotations

from collections.abc import Mapping

from situate.contract import Time
from situate.knowledge.event_codes import contexts_in
from situate.reading.candidates import Candidate
from situate.reading.casualties import casualties
from situate.reading.index import Index
from situate.reading.instruments import instrument, manner
from situate.reading.sub_events import Sides, sub_event

_ARMED = frozenset({"ASSAULT", "COERCE", "THREATEN"})


def complete(candidate: Candidate, index: Index, kinds: Mapping[str, str], *, short: bool) -> None:
    """Fills in the details of a candidate whose parts are settled.

    `short`: of a text of a few sentences, whose sub-event types are settled once its topics are heard.
    """
    trigger, sense, parts = candidate.trigger, candidate.sense, candidate.parts
    if sense.type in _ARMED:
        candidate.instrument = instrument(trigger, parts.instrument)
    weapon = candidate.instrument.weapon if candidate.instrument else None
    candidate.mode, candidate.cameo = manner(sense, weapon)
    actor_kinds, recipient_kinds = (frozenset(kinds[i] for i in ids) for ids in (parts.actors, parts.recipients))
    forms = trigger.wording.known
    sides = Sides(actor_kinds, recipient_kinds, forms, frozenset(t.lower_ for t in trigger.words))
    candidate.acled = sub_event(sense, weapon, sides, told=not short)
    candidate.contexts = tuple(dict.fromkeys((*sense.contexts, *sorted(contexts_in(forms)))))
    when = _time(candidate, index)
    if when is not None:
        candidate.time, candidate.days = when.id, (when.earliest, when.latest)
    candidate.quantities = casualties(candidate, index)


def _time(candidate: Candidate, index: Index) -> Time | None:
    """Of the times in the event's sentence the one that the model ties to it, else the one that stands nearest.

    Times of other sentences are other events': in the training reports hardly one in a hundred is this one's.
    """
    here = index.times.within(candidate.sentence.start, candidate.sentence.end)
    if not here:
        return None
    for role in candidate.trigger.roles("time"):
        found = index.times.at(role.start, role.end)
        if found is not None and any(x[2] is found for x in here):
            return found
    start, end = candidate.trigger.span
    return min(here, key=lambda x: max(start - x[1], x[0] - end))[2]
