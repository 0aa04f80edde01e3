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
            f"  told in “{_short(self.event.evidence.text)}”",
            *(f"  {line}" for line in self.roles),
            f"  status {self.event.status}: {self.status}",
            *(f"  confidence: {line}" for line in self.confidence),
            *(f"  also told: {line}" for line in self.mentions),
        ]


def explanations(document: Document, picture: Picture, reader: EventReader | None = None) -> list[Explanation]:
    """Why each event stands in a picture, in order. `picture` needs the layers before events, as when it was read."""
    reader = reader or EventReader()
    weights = reader.weights or event_weights()
    return [_explanation(entry, cluster, picture, weights) for entry, cluster in reader.told(document, picture)]


def explain(document: Document, picture: Picture, event_id: str, reader: EventReader | None = None) -> Explanation:
    """Why the event of this id stands in a picture. Raises SituateError where the picture has no such event."""
    return chosen(explanations(document, picture, reader), event_id, picture.report.id)


def chosen(every: list[Explanation], event_id: str, report: str) -> Explanation:
    """The explanation of an event. Raises SituateError where there is none."""
    for one in every:
        if one.event.id == event_id:
            return one
    known = ", ".join(e.event.id for e in every[:3])
    more = " …" if len(every) > 3 else ""
    there = f"there are {known}{more}" if every else "nothing was read as one"
    raise SituateError(f"{report}: there is no event {event_id!r}; {there}")


def _explanation(event: Event, cluster: Cluster, picture: Picture, weights: EventWeights) -> Explanation:
    best = cluster.best
    names = {a.id: a.name for a in picture.actors} | {p.id: p.name for p in picture.places}
    return Explanation(
        event=event,
        source=_source(best, event),
        roles=tuple(_roles(best, event, names)),
        status=best.standing.cue or "told as a plain fact",
        confidence=tuple(_confidence(event, best, cluster, weights)),
        mentions=tuple(f"“{m.trigger.text}” in “{_short(m.evidence.text)}”" for m in event.mentions),
    )


def _source(c: Candidate, event: Event) -> str:
    said = [f"the lexicon's sense {c.sense.id}"] if c.sense in c.trigger.senses else []
    said += [f"the model's {p.label} ({p.score:.2f})" for p in c.trigger.proposals]
    if event.type != c.type:
        said.append(f"{event.type} instead of {c.type} by what the sentence is about")
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


def _confidence(event: Event, c: Candidate, cluster: Cluster, weights: EventWeights) -> list[str]:
    out = [
        f"{event.confidence:.2f}: mention {c.confidence:.2f}, event {cluster.confidence:.2f} before what the sentence "
        f"is about, told before {1 - cluster.alone:.2f}"
    ]
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
