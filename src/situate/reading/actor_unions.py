"""Which parties that a report only describes are others of its actors: "the militants" and the group named before.

The rules of `actor_descriptions` go by the words of a description. Here the whole report is weighed: who else could be
meant, whose it is, how far apart and in whose company both stand. The weights are fitted by
`training/fit_unions.py` (`knowledge/data/actors/unions.csv`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from situate.contract import ActorKind
from situate.reading.actor_cast import Cast, Entity
from situate.reading.actor_found import Found

PATH = Path(__file__).parents[1] / "knowledge" / "data" / "actors" / "unions.csv"
LEAST = 0.0  # the least sum of weights at which two become one
_ARMED: frozenset[ActorKind] = frozenset(("armed_group", "political_group", "military", "police"))
_OFFICIAL: frozenset[ActorKind] = frozenset(("state", "government", "political_group", "military", "police"))
_PEOPLE: frozenset[ActorKind] = frozenset(("civilians", "ethnic_or_religious_group", "other"))
_PERSON: frozenset[ActorKind] = frozenset(("person",))
_GROUPS = (_ARMED, _OFFICIAL, _PEOPLE, _PERSON)


@cache
def weights() -> Mapping[str, float]:
    """The weight of each feature of a pair."""
    lines = PATH.read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, weight in csv.reader(x for x in lines if not x.startswith("#"))}


def unite(cast: Cast) -> None:
    """Gives the mentions of each party without a name to the actor that it likely is."""
    witness = Witness(cast)
    into: list[tuple[Entity, Entity]] = []
    for one, others in pairs(cast):
        odds = [(sum(weights().get(f, 0.0) for f in witness.features(one, o)), -o.number, o) for o in others]
        total, _, best = max(odds, key=lambda x: x[:2])
        if total >= LEAST:
            into.append((one, best))
    for one, best in reversed(into):  # the later first, so that one may become part of one that becomes part of a third
        best.take_in(one)


def real(entity: Entity) -> bool:
    """Whether an entity has a mention of its own."""
    return any(not f.weak for f, _ in entity.mentions)


def pairs(cast: Cast) -> Iterator[tuple[Entity, list[Entity]]]:
    """Each party without a name, with the actors that it may be: any named one, and those described before."""
    some = [e for e in cast.entities if real(e)]
    for one in some:
        if one.named:
            continue
        others = [e for e in some if (e.named or e.number < one.number) and e is not one and _may_be(one, e)]
        if others:
            yield one, others


def _may_be(one: Entity, other: Entity) -> bool:
    """Whether two are of kinds that may be one.

    Two numbers of people ("23 people", "four people") are not, nor are people called differently ("activists").
    """
    numbers = [f.counted for f in (one.mentions[0][0], other.mentions[0][0]) if f.counted and not f.definite]
    alike = one.kind == other.kind or any(one.kind in g and other.kind in g for g in _GROUPS)
    several = any(f.several for f, _ in one.mentions)
    people = one.kind == other.kind == "civilians" and not other.named and not one.parties & other.parties
    return alike and len(numbers) < 2 and not (several and other.named) and not people


class Witness:
    """What the report tells of its actors, for the features of pairs."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._own = {e.number: [f for f, form in e.mentions if form != "pronoun"] for e in cast.entities}
        self._sentences = {n: {f.sentence.index for f in found} for n, found in self._own.items()}
        some = [e for e in cast.entities if real(e)]
        ranked = sorted(some, key=lambda e: -len(e.mentions))
        self._rank: dict[int, int] = {}
        for group in (_PERSON, _PEOPLE, _OFFICIAL, _ARMED):
            for n, e in enumerate(e for e in ranked if e.kind in group):
                self._rank[e.number] = min(n, 3)
        self._named_armed = [e for e in some if e.named and e.kind == "armed_group"]

    def features(self, one: Entity, other: Entity) -> list[str]:
        """What is seen of a pair."""
        first = self._own[one.number][0]
        called = "named" if other.named else "described"
        kinds = f"{one.kind} {other.kind}"
        how = _how(first)
        owner, country = self._owner(one, other), _alike(one.country, other.country)
        party = first.role.party if first.role else "-"
        near = self._gap(first, other)
        together = len(self._sentences[one.number] & self._sentences[other.number])
        share = "all" if together == len(self._sentences[one.number]) else "some" if together else "none"
        rank = self._rank.get(other.number, 3)
        out = [
            "bias",
            f"kinds {kinds} {called}",
            f"party {party} {other.kind} {called}",
            f"party {party} owner {owner}",
            f"party {party} {how}",
            f"party {party} gap {near}",
            f"owner {owner} {kinds}",
            f"owner {owner} country {country} {called}",
            f"country {country} {kinds}",
            f"how {how} {called}",
            f"how {how} gap {near}",
            f"gap {near} {one.kind}",
            f"rank {rank} {other.kind} {called}",
            f"rank {rank} {party}",
            f"together {share} {called}",
            f"together {share} {kinds}",
            f"mentions {min(len(self._own[one.number]), 4)}",
            f"of {min(len(self._own[other.number]), 6)} {called}",
            f"only {self._only(other)} {party}",
        ]
        out += [f"parties {party} {p}" for p in sorted(other.parties)]
        out += ["same party"] if party in other.parties else []
        out += self._words(one, other)
        out += self._side_by_side(one, other)
        out += ["others apart"] if first.others else []
        out += ["backed"] if first.backers else []
        return out

    def _only(self, other: Entity) -> str:
        named = self._named_armed
        return "no" if other not in named else "yes" if len(named) == 1 else "first" if other is named[0] else "some"

    def _owner(self, one: Entity, other: Entity) -> str:
        if one.owner is None:
            return "none" if other.owner is None else "other's"
        if one.owner == self.cast.key_of(other):
            return "itself"
        theirs = other.owner or (other.known.parent if other.known else None) or other.country
        return "one's" if theirs is None else "same" if theirs == one.owner else "differ"

    def _gap(self, first: Found, other: Entity) -> str:
        before = [f.sentence.index for f in self._own[other.number] if f.start < first.start]
        if not before:
            return "after"
        gap = first.sentence.index - max(before)
        return str(gap) if gap < 3 else "near" if gap < 6 else "far"

    def _words(self, one: Entity, other: Entity) -> list[str]:
        mine = {w for f in self._own[one.number] for w in f.text.lower().split()}
        theirs = {w for f in self._own[other.number] for w in f.text.lower().split()}
        theirs |= set(other.name.lower().split())
        shared = "all" if mine <= theirs else "some" if mine & theirs else "none"
        return [f"words {shared} {one.kind} {'named' if other.named else 'described'}"]

    def _side_by_side(self, one: Entity, other: Entity) -> list[str]:
        out = set()
        for f in self._own[one.number]:
            for g in self._own[other.number]:
                if f.sentence is g.sentence and f.head != g.head:
                    out.add(_tie(f, g))
        return sorted(f"tie {t}" for t in out)


def _tie(f: Found, g: Found) -> str:
    """How two mentions of one sentence stand to each other in its grammar."""
    a, b = f.head, g.head
    if b in a.conjuncts:
        return "listed"
    if a.head == b.head and a.dep_ != b.dep_:
        return "same verb"
    above = {a.head, a.head.head}, {b.head, b.head.head}
    if (
        above[0] & above[1]
        and {a.dep_, b.dep_} & {"pobj", "dobj"}
        and {a.dep_, b.dep_} & {"nsubj", "nsubjpass", "pobj"}
    ):
        return "same clause"
    if f.start < g.end and g.start < f.end:
        return "inside"
    return "apart"


def _how(first: Found) -> str:
    if first.counted:
        return "counted"
    if first.definite:
        return "definite"
    return "plural" if first.head.tag_ in ("NNS", "NNPS") else "single"


def _alike(one: str | None, other: str | None) -> str:
    return "open" if one is None or other is None else "same" if one == other else "differ"
