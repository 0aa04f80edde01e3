"""What the other events of a report say of an actor or place: the part it played before, and whom it stands against.

Built from what the grammar alone gives, so that it doesn't depend on the order in which roles are settled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from situate.reading.arguments import full
from situate.reading.candidates import Candidate
from situate.reading.roles import Parts

_HOSTILE = frozenset({"ASSAULT", "COERCE", "THREATEN", "MOBILIZE"})
_HELPING = frozenset({"AID", "SUPPORT", "COOPERATE"})
Told = tuple[str, Parts]  # an event's class and its parts by grammar


def _denied(c: Candidate) -> bool:
    """Whether a verb is denied: who isn't attacked is no enemy by that."""
    return any(t.dep_ == "neg" for t in full(c.token).children)


@dataclass(slots=True)
class EventContext:
    """The events of a report by their sides: all of them, and those told before the one at hand."""

    opponents: dict[str, Counter[str]] = field(default_factory=dict)
    helped: dict[str, set[str]] = field(default_factory=dict)  # id: those whom it helps
    sides: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)  # id: (role, class): how often
    before: dict[str, tuple[str, str]] = field(default_factory=dict)  # id: its last role, and the event's class
    last: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)  # class: role: ids of its last event

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> EventContext:
        """The sides of all events of a report; nothing is told before the first of them."""
        context = cls()
        for c in candidates:
            context._add(c)
        return context

    def _add(self, c: Candidate) -> None:
        for role, ids in (("actor", c.parts.actors), ("recipient", c.parts.recipients)):
            for id_ in ids:
                self.sides.setdefault(id_, Counter())[role, c.type] += 1
        if c.type in _HELPING and not _denied(c):
            for x in c.parts.actors:
                self.helped.setdefault(x, set()).update(c.parts.recipients)
        if c.type in _HOSTILE and not _denied(c):
            others = c.parts.recipients or (c.parts.actors if c.sense.frame.name == "clash" else [])
            for x in c.parts.actors:
                for y in others:
                    if x != y:
                        self.opponents.setdefault(x, Counter())[y] += 1
                        self.opponents.setdefault(y, Counter())[x] += 1

    def note(self, type_: str, parts: Parts) -> None:
        """Takes an event as told before what follows."""
        told = {"actor": parts.actors, "recipient": parts.recipients, "third": parts.third, "place": parts.places}
        for role, ids in told.items():
            for id_ in ids:
                self.before[id_] = (role, type_)
            if ids:
                self.last.setdefault(type_, {})[role] = tuple(ids)

    def stands_against(self, id_: str, ids: Sequence[str]) -> str:
        """Whether one is known as an opponent of some: as their first, as one of them, or not."""
        for other in ids:
            known = self.opponents.get(other)
            if known and id_ in known:
                return "first" if known.most_common(1)[0][0] == id_ else "one"
        return "no"

    def is_friend(self, id_: str, c: Candidate) -> bool:
        """Whether those who do something hostile are told to help one whom nothing else tells to be met by it."""
        return c.type in _HOSTILE and any(id_ in self.helped.get(x, ()) for x in c.parts.actors)

    def first_opponents(self, ids: Sequence[str]) -> list[str]:
        """The first opponent of each."""
        return [self.opponents[i].most_common(1)[0][0] for i in ids if self.opponents.get(i)]

    def mostly(self, id_: str, type_: str) -> str:
        """The part that one mostly plays in events of a class."""
        known = self.sides.get(id_)
        done, met = (known["actor", type_], known["recipient", type_]) if known else (0, 0)
        return "none" if not done and not met else "actor" if done > met else "recipient" if met > done else "both"
