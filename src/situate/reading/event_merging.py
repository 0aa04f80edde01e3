"""Mentions of one event made one: each joins the event told before that it most likely tells of again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from situate.contract import Event, EventMention
from situate.language import Document
from situate.reading.candidates import Candidate
from situate.reading.event_blend import blended, main_score, model_score, topic_score
from situate.reading.event_sameness import done_and_to_come, likenesses, one_deed, two_deeds
from situate.reading.event_weights import EventWeights, logistic, logit
from situate.reading.instruments import manner
from situate.reading.roles import Parts
from situate.reading.standing import DONE
from situate.reading.sub_events import open_to_weapons

SAME = 0.42  # two mentions likelier than this to be one event are one
SURELY = 0.95  # how likely what the grammar makes one event is one
SEEN = 0.3  # an only mention that the lexicon doesn't know tells an event if the model's score is at least this
REACH = 15  # mentions of one class back to which one is compared


_BACK = frozenset({"the", "this", "that", "these", "those"})
_POINTS_BACK = 0.1  # in confidence


@dataclass(slots=True)
class Cluster:
    """The mentions of one event, and how likely it is none of the events told before."""

    mentions: list[Candidate] = field(default_factory=list)
    alone: float = 1.0
    confidence: float = 0.0

    @property
    def best(self) -> Candidate:
        """The mention that tells most; one that only points back to another ("the attack") tells less."""
        first = self.mentions[0]

        def tells(c: Candidate) -> float:
            back = c is not first and c.part == "noun" and any(t.lower_ in _BACK for t in c.token.children)
            return c.confidence + 0.1 * _told(c) - _POINTS_BACK * back

        return max(self.mentions, key=lambda c: (tells(c), -c.trigger.span[0]))

    @property
    def faint(self) -> bool:
        """Whether its only mention is of a class that no word of the lexicon tells there and the model hardly sees."""
        c, *further = self.mentions
        return not further and c.sense not in c.trigger.senses and model_score(c.type, c.trigger) < SEEN


def _told(c: Candidate) -> int:
    return bool(c.parts.actors) + bool(c.parts.recipients) + bool(c.parts.places) + bool(c.quantities)


def clusters(candidates: list[Candidate], weights: EventWeights) -> list[Cluster]:
    """Candidates by event, in text order of the first mention, each with its confidence."""
    out: list[Cluster] = []
    of: dict[int, Cluster] = {}
    for candidate, earlier in _compared(candidates):
        likeliest, into = _likeliest(candidate, [(other, of[id(other)], score) for other, score in earlier])
        if into is None or likeliest < SAME:
            into = Cluster(alone=1 - likeliest)
            out.append(into)
        into.mentions.append(candidate)
        of[id(candidate)] = into
    for cluster in out:
        heard = any(c.sentence.topics for c in cluster.mentions)
        table = weights.entry_blend if heard else weights.entry
        cluster.confidence = logistic(blended(table, entry_values(cluster)))
    return out


def _compared(candidates: list[Candidate]) -> Iterator[tuple[Candidate, list[tuple[Candidate, float]]]]:
    """Each candidate with the last ones of its class before it, and how likely each of them is the same event."""
    of_type: dict[str, list[Candidate]] = {}
    earlier: list[list[Candidate]] = []
    for c in candidates:
        before = of_type.setdefault(c.type, [])
        earlier.append(before[-REACH:])
        before.append(c)
    scores = iter(likenesses([(a, b) for b, before in zip(candidates, earlier, strict=True) for a in before]))
    for c, before in zip(candidates, earlier, strict=True):
        yield c, [(other, next(scores)) for other in before]


def _likeliest(c: Candidate, earlier: list[tuple[Candidate, Cluster, float]]) -> tuple[float, Cluster | None]:
    """The event told before that a mention most likely tells of again, and how likely that is."""
    one = next((cluster for other, cluster, _ in reversed(earlier) if one_deed(other, c)), None)
    if one is not None:
        return SURELY, one
    others = {id(cluster) for other, cluster, _ in earlier if two_deeds(other, c) or done_and_to_come(other, c)}
    scores: dict[int, list[float]] = {}
    for _, cluster, score in earlier:
        if id(cluster) not in others:
            scores.setdefault(id(cluster), []).append(score)
    if not scores:
        return 0.0, None
    means = {k: sum(some) / len(some) for k, some in scores.items()}
    most = max(means, key=lambda k: means[k])
    return logistic(means[most]), next(cluster for _, cluster, _ in earlier if id(cluster) == most)


def entry_values(cluster: Cluster) -> dict[str, float]:
    """What tells whether an event is right and no repeat: features with their values."""
    sure = sorted((c.confidence for c in cluster.mentions), reverse=True)
    best = cluster.best
    main = max((main_score(c.trigger) for c in cluster.mentions), default=0.0)
    return {
        "bias": 1.0,
        "model main": main,
        "model topic": topic_score(best.type, best.sentence.topics),
        "model silent": float(not any(c.trigger.proposals for c in cluster.mentions)),
        f"part {best.part}": 1.0,
        f"first sentences {min(best.sentence.index, 3)}": 1.0,
        "surest mention": logit(sure[0]),
        "second mention": logit(sure[1]) if len(sure) > 1 else 0.0,
        "not told before": logit(cluster.alone),
        f"mentions {min(len(sure), 4)}": 1.0,
        f"type {best.type}": 1.0,
        f"status {best.standing.status}": 1.0,
        f"parts {bool(best.parts.actors):d}{bool(best.parts.recipients):d}{bool(best.parts.places):d}": 1.0,
    }


def event(cluster: Cluster, id_: str, document: Document) -> Event:
    """The entry of a cluster: its best mention, with what only others tell, and those as further mentions."""
    best = cluster.best
    others = [c for c in cluster.mentions if c is not best]
    parts = best.parts
    for other in sorted(others, key=lambda c: -c.confidence):
        _fill(parts, other.parts)
    start, end = best.trigger.span
    weapons = [c.instrument for c in (best, *others) if c.instrument]
    mode, cameo = manner(best.sense, weapons[0].weapon) if weapons else (best.mode, best.cameo)
    named = next((w for w in weapons if w.named), None)
    return Event(
        id=id_,
        type=best.type,
        trigger=document.span(start, end),
        evidence=document.evidence(best.sentence),
        status=best.standing.status,
        confidence=round(cluster.confidence, 4),
        mode=mode,
        contexts=best.contexts,
        cameo=cameo,
        acled=_sub_event(best, others),
        actors=tuple(parts.actors),
        recipients=tuple(parts.recipients),
        third_parties=tuple(t for t in parts.third if t not in parts.actors and t not in parts.recipients),
        places=tuple(parts.places),
        time=best.time or next((c.time for c in others if c.time and _alike(best, c)), None),
        claim=best.claim,
        instrument=document.span(named.start, named.end) if named else None,
        quantities=tuple(dict.fromkeys(q for c in [best, *others] for q in c.quantities)),
        mentions=tuple(EventMention(document.span(*c.trigger.span), document.evidence(c.sentence)) for c in others),
    )


def _sub_event(best: Candidate, others: list[Candidate]) -> str | None:
    """The sub-event type: a weapon's that a mention tells where the best is open to it, else the best's, or any."""
    if best.instrument is None and open_to_weapons(best.sense):
        by_weapon = (c.acled for c in others if c.instrument and c.acled and c.acled == c.instrument.weapon.acled)
        if (named := next(by_weapon, None)) is not None:
            return named
    return best.acled or next((c.acled for c in others if c.acled), None)


def _alike(one: Candidate, other: Candidate) -> bool:
    """Whether two mentions both tell of what has happened, or both of what hasn't: then one's time is the other's."""
    return (one.standing.status in DONE) == (other.standing.status in DONE)


def _fill(parts: Parts, other: Parts) -> None:
    """Fills the roles that one mention leaves open with what another tells."""
    if not parts.actors:
        parts.actors += [i for i in other.actors if i not in parts.recipients]
    if not parts.recipients:
        parts.recipients += [i for i in other.recipients if i not in parts.actors]
    parts.third += [] if parts.third else other.third
    parts.places += [] if parts.places else other.places
