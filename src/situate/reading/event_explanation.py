"""Why an event was read: its words, the sense or the model behind them, roles by path, status cue, confidence parts."""

from __future__ import annotations

from dataclasses import dataclass

from situate.contract import Event, Picture
from situate.errors import SituateError
from situate.language import Document
from situate.reading.candidates import Candidate
from situate.reading.event_blend import Values, mention_values
from situate.reading.event_merging import Cluster, entry_values
from situate.reading.event_weights import EventWeights, Table, event_weights, total
from situate.reading.events import EventReader

_MOST = 6  # reasons of a kind that are named


@dataclass(frozen=True, slots=True)
class Explanation:
    """What speaks for an event, a line each, ready to be shown."""

    event: Event
    source: str  # the lexicon's sense, or the model's class and score
    roles: tuple[str, ...]
    status: str
    confidence: tuple[str, ...]
    mentions: tuple[str, ...]

    def lines(self) -> list[str]:
        """All of it as text."""
        return [
            f"{self.event.id} {self.event.type} “{self.event.trigger.text}”: {self.source}",
            *(f"  {line}" for line in self.roles),
            f"  status {self.event.status}: {self.status}",
            *(f"  confidence: {line}" for line in self.confidence),
            *(f"  also told: {line}" for line in self.mentions),
        ]


def explain(document: Document, picture: Picture, event_id: str, reader: EventReader | None = None) -> Explanation:
    """Why the event of this id stands in a picture. `picture` needs the layers before events, as when it was read.

    Raises SituateError where the picture has no such event.
    """
    reader = reader or EventReader()
    for entry, cluster in reader.told(document, picture):
        if entry.id == event_id:
            return _explanation(entry, cluster, picture, reader.weights or event_weights())
    known = ", ".join(e.id for e, _ in reader.told(document, picture)[:3])
    raise SituateError(
        f"{picture.report.id}: there is no event {event_id!r}"
        + (f"; there are {known} …" if known else " nor any other")
    )


def _explanation(event: Event, cluster: Cluster, picture: Picture, weights: EventWeights) -> Explanation:
    best = cluster.best
    names = {a.id: a.name for a in picture.actors} | {p.id: p.name for p in picture.places}
    return Explanation(
        event=event,
        source=_source(best),
        roles=tuple(_roles(best, event, names)),
        status=best.standing.cue or "told as a plain fact",
        confidence=tuple(_confidence(best, cluster, weights)),
        mentions=tuple(f"“{m.trigger.text}” in “{_short(m.evidence.text)}”" for m in event.mentions),
    )


def _source(c: Candidate) -> str:
    said = [f"the lexicon's sense {c.sense.id}"] if c.sense in c.trigger.senses else []
    said += [f"the model's {p.label} ({p.score:.2f})" for p in c.trigger.proposals]
    return ", ".join(said)


def _roles(c: Candidate, event: Event, names: dict[str, str]) -> list[str]:
    fields = {
        "actor": event.actors,
        "recipient": event.recipients,
        "third": event.third_parties,
        "place": event.places,
    }
    out = []
    for role, ids in fields.items():
        for id_ in ids:
            path = c.parts.paths.get(id_)
            likely = c.parts.odds.get((role, id_))
            how = f"by grammar ({path})" if path else "by where it stands"
            weighed = f", weighed {likely:.2f}" if likely is not None else ", from another mention"
            out.append(f"{'third party' if role == 'third' else role} {names.get(id_, id_)}: {how}{weighed}")
    return out


def _confidence(c: Candidate, cluster: Cluster, weights: EventWeights) -> list[str]:
    out = [f"mention {c.confidence:.2f}, event {cluster.confidence:.2f}, told before {1 - cluster.alone:.2f}"]
    out.append("mention: " + _parts(dict.fromkeys(c.features, 1.0), weights.mention))
    heard = bool(c.sentence.topics)
    if heard:
        own = c.sense in c.trigger.senses
        values = mention_values(total(weights.mention, c.features) if own else None, c.type, c.trigger)
        out.append("with the model: " + _parts(values, weights.blend))
    out.append("event: " + _parts(entry_values(cluster), weights.entry_blend if heard else weights.entry))
    return out


def _parts(values: Values, table: Table) -> str:
    """The values that count most, with what they add."""
    added = [(name, table[name][0] * value) for name, value in values.items() if name in table and value]
    added.sort(key=lambda x: -abs(x[1]))
    return ", ".join(f"{name} {amount:+.2f}" for name, amount in added[:_MOST])


def _short(text: str) -> str:
    return text if len(text) < 80 else text[:77] + "…"
