"""Mentions of one event made one: in a sentence by grammar, across sentences by class, parts and standing."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from situate.contract import Event, EventMention
from situate.language import Document
from situate.reading.candidates import Candidate

_DONE = frozenset({"actual", "ongoing"})
_LINKS = frozenset({"nsubj", "nsubjpass", "agent", "advcl", "acl", "relcl", "xcomp", "conj", "pcomp", "dobj", "appos", "compound", "attr", "prep", "pobj", "dep", "ccomp", "oprd", "nmod", "amod"})
_NEAR = 4  # steps in the grammar between two words of one event


@dataclass(slots=True)
class Cluster:
    """The mentions of one event; the first is the one that tells most."""

    mentions: list[Candidate] = field(default_factory=list)

    @property
    def best(self) -> Candidate:
        """The mention that tells most."""
        return max(self.mentions, key=lambda c: (c.confidence + 0.1 * _told(c), -c.trigger.span[0]))

    @property
    def confidence(self) -> float:
        """How sure the event is: as its surest mention."""
        return max(c.confidence for c in self.mentions)


def _told(c: Candidate) -> int:
    return bool(c.parts.actors) + bool(c.parts.recipients) + bool(c.parts.places) + bool(c.quantities)


def clusters(candidates: list[Candidate]) -> list[Cluster]:
    """Candidates by event, in text order of the first mention."""
    out: list[Cluster] = []
    for candidate in candidates:
        for cluster in reversed(out):
            if _belongs(candidate, cluster):
                cluster.mentions.append(candidate)
                break
        else:
            out.append(Cluster([candidate]))
    return out


def _belongs(candidate: Candidate, cluster: Cluster) -> bool:
    if candidate.type != cluster.mentions[0].type:
        return False
    for other in cluster.mentions:
        if other.sentence is candidate.sentence:
            if _one_in_sentence(candidate, other):
                return True
        elif _one_across(candidate, other):
            return True
    return False


def _one_in_sentence(a: Candidate, b: Candidate) -> bool:
    if not _compatible(a, b):
        return False
    return _linked(a.token, b.token) or (a.lemma == b.lemma and _share(a, b))


def _one_across(a: Candidate, b: Candidate) -> bool:
    if not _compatible(a, b) or not _same_done(a, b):
        return False
    same_words = a.sense.id == b.sense.id or a.lemma == b.lemma
    return same_words and _share(a, b)


def _same_done(a: Candidate, b: Candidate) -> bool:
    return a.standing.status == b.standing.status or {a.standing.status, b.standing.status} <= _DONE


def _compatible(a: Candidate, b: Candidate) -> bool:
    """Nothing that either says excludes the other: sides and places meet where both name them."""
    for x, y in (
        (a.parts.actors, b.parts.actors),
        (a.parts.recipients, b.parts.recipients),
        (a.parts.places, b.parts.places),
    ):
        if x and y and not set(x) & set(y):
            return False
    return True


def _share(a: Candidate, b: Candidate) -> bool:
    sides = len(set(a.parts.actors) & set(b.parts.actors)) + len(set(a.parts.recipients) & set(b.parts.recipients))
    places = len(set(a.parts.places) & set(b.parts.places))
    return sides > 1 or (sides > 0 and places > 0)


def _linked(a: Token, b: Token) -> bool:
    """Whether one stands above the other, at most a few steps apart."""
    for low, high in ((a, b), (b, a)):
        here = low
        for _ in range(_NEAR):
            if here.dep_ not in _LINKS or here.head == here:
                break
            here = here.head
            if here == high:
                return True
    return False


def event(cluster: Cluster, id_: str, document: Document) -> Event:
    """The entry of a cluster: its best mention, with what only others tell, and those as further mentions."""
    best = cluster.best
    others = [c for c in cluster.mentions if c is not best]
    parts = best.parts
    for other in sorted(others, key=lambda c: -c.confidence):
        for mine, theirs in ((parts.actors, other.parts.actors), (parts.recipients, other.parts.recipients), (parts.places, other.parts.places), (parts.third, other.parts.third)):
            if not mine:
                mine += [i for i in theirs if i not in parts.actors] if mine is parts.recipients else theirs
    start, end = best.trigger.span
    weapon = best.instrument or next((c.instrument for c in others if c.instrument), None)
    return Event(
        id=id_,
        type=best.type,
        trigger=document.span(start, end),
        evidence=document.evidence(best.sentence),
        status=best.standing.status,
        confidence=round(cluster.confidence, 4),
        mode=best.mode,
        contexts=best.sense.contexts,
        cameo=best.cameo,
        acled=best.acled or next((c.acled for c in others if c.acled), None),
        actors=tuple(parts.actors),
        recipients=tuple(parts.recipients),
        third_parties=tuple(t for t in parts.third if t not in parts.actors and t not in parts.recipients),
        places=tuple(parts.places),
        time=best.time or next((c.time for c in others if c.time), None),
        claim=best.claim,
        instrument=document.span(best.sentence.where(weapon.first)[0], best.sentence.where(weapon.last)[1]) if weapon else None,
        quantities=tuple(dict.fromkeys(q for c in [best, *others] for q in c.quantities)),
        mentions=tuple(
            EventMention(document.span(*c.trigger.span), document.evidence(c.sentence)) for c in others
        ),
    )
