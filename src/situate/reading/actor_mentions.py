"""Where a sentence speaks of an actor: by name, or by words that describe a party.

A description is a role word ("rebels", "ministry") with what stands before it. A name before a role word qualifies it:
it is the description's owner, not a mention of its own, unless it names an organisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Token

from situate.contract import ActorKind
from situate.knowledge.actors import Surface
from situate.knowledge.catalogue_roles import Role, Roles
from situate.language import Sentence
from situate.reading.actor_context import acts
from situate.reading.actor_units import Unit

Sort = Literal["known", "name", "description"]
PREMODIFIERS = frozenset(
    ("det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "case", "npadvmod", "advmod", "predet", "punct", "dep")
)
DEFINITE = frozenset("the this these that those both its his her their our such".split())
SENTENCE_STOPS = frozenset(",;:()[]\"“”—–")
PLACE_LABELS = ("place:",)


@dataclass(slots=True)
class Found:
    """A mention before it is known whose it is."""

    start: int
    end: int
    sentence: Sentence
    head: Token
    sort: Sort
    text: str  # a name without title and article; of a description its role words
    label: str = ""
    score: float = 0.0
    surfaces: tuple[Surface, ...] = ()
    role: Role | None = None  # of a description; of a name the title before it
    owners: tuple[Unit, ...] = ()
    owner_role: Role | None = None  # a role word that qualifies the description: "rebel commander"
    definite: bool = False
    counted: bool = False
    weak: bool = False  # a mention only if the actor stands elsewhere too

    @property
    def kind(self) -> ActorKind | None:
        """The kind that a trained tagger or spaCy gives the words, if it takes them for an actor."""
        return self.label.removeprefix("actor:") if self.label.startswith("actor:") else None  # type: ignore[return-value]


class Scanner:
    """Finds the mentions of one sentence."""

    def __init__(self, sentence: Sentence, units: list[Unit], roles: Roles) -> None:
        self.sentence = sentence
        self.tokens = list(sentence.tokens)
        self.lower = [t.lower_ for t in self.tokens]
        self.units = units
        self.roles = roles
        self.base = self.tokens[0].i
        self._unit_at = {i: u for u in units for i in range(u.first, u.last + 1)}

    def mentions(self) -> list[Found]:
        """The sentence's mentions in text order."""
        described = list(self._descriptions())
        named = [f for u in self.units if not u.nested for f in self._name(u)]
        return sorted((*described, *named), key=lambda f: (f.start, -f.end))

    # ------------------------------------------------------------- descriptions

    def _descriptions(self) -> Iterator[Found]:
        taken = len(self.tokens)
        for i in range(len(self.tokens) - 1, -1, -1):
            if i >= taken or not self.roles.ends(self.lower[i]):
                continue
            ending = self.roles.ending(self.lower[max(0, i - 4) : i + 1])
            if ending is None or self.tokens[i].pos_ in ("VERB", "AUX", "ADV", "ADP"):
                continue
            role, length = ending
            found = self._description(i - length + 1, i, role)
            if found:
                taken = i - length + 1
                yield found

    def _description(self, first: int, last: int, role: Role) -> Found | None:
        unit = self._unit_at.get(last)
        if unit and not self._is_nation_and_role(unit, first):
            return None
        head = self.tokens[last]
        if self._titles_a_name(last):
            return None
        left = self._left_edge(first, last)
        owners, party = self._owners(left, first)
        of = self._of_owner(last) if not owners else None
        if of:
            owners = (of,)
        modifies = head.dep_ in ("compound", "nmod") and head.head.i > head.i and self._modifies_a_thing(head)
        words = self.lower[left:first]
        definite = any(w in DEFINITE or w in ("'s", "’s") for w in words)
        counted = any(self.tokens[k].like_num or self.tokens[k].pos_ == "NUM" for k in range(left, first))
        if not self._stands(role, owners, party, definite, counted, first > left):
            return None
        for u in owners:
            u.nested = self._absorbs(u, role)
        end = of.last if of else last
        start, stop = self.sentence.where(self.tokens[left], self.tokens[end])
        return Found(
            start, stop, self.sentence, head, "description", " ".join(self.lower[first : last + 1]), role=role,
            owners=tuple(owners), owner_role=party, definite=definite, counted=counted, weak=modifies,
        )  # fmt: skip

    def _is_nation_and_role(self, unit: Unit, first: int) -> bool:
        """Whether a name is a nation with a role word ("Syrian Army"), which a description says better."""
        if unit.surfaces:
            return False
        inside = [u for u in self._known_inside(unit) if u.last < first]
        return bool(inside) and inside[0].first == unit.first and inside[-1].last >= first - 1

    def _known_inside(self, unit: Unit) -> list[Unit]:
        return [u for u in unit.parts if u.is_a("adjective", "name")]

    def _titles_a_name(self, last: int) -> bool:
        """Whether a role word is a title that stands right before a person's name."""
        following = self._unit_at.get(last + 1)
        if not following or following.first != last + 1:
            return False
        return following.label == "actor:person" or any(s.actor.kind == "person" for s in following.surfaces)

    def _modifies_a_thing(self, head: Token) -> bool:
        return not self.roles.ends(head.head.lower_)

    def _left_edge(self, first: int, last: int) -> int:
        """The first token of the words that stand before a head and belong to it."""
        left = first
        for i in range(first - 1, -1, -1):
            token = self.tokens[i]
            if token.dep_ not in PREMODIFIERS or token.text in SENTENCE_STOPS:
                break
            governor = token.head.i - self.base
            backward = token.dep_ == "case" or token.text == "-"
            if not (backward or i < governor <= last):
                break
            left = i
        while left < first and (self.tokens[left].is_punct or self.tokens[left].dep_ == "case"):
            left += 1
        return left

    def _owners(self, left: int, first: int) -> tuple[tuple[Unit, ...], Role | None]:
        owners = tuple(u for u in self.units if left <= u.first and u.last < first and not self._is_backer(u))
        party = None
        for i in range(first - 1, left - 1, -1):
            if i not in self._unit_at and self.roles.ends(self.lower[i]):
                ending = self.roles.ending(self.lower[max(left, i - 3) : i + 1])
                party = ending[0] if ending else None
                break
        return owners, party

    def _is_backer(self, unit: Unit) -> bool:
        """Whether a name only says who backs, leads or opposes: "US-backed rebels", "pro-Russian separatists"."""
        after = self.lower[unit.last + 1 : unit.last + 2]
        before = self.lower[max(0, unit.first - 2) : unit.first]
        return after == ["-"] or before[-1:] == ["-"] and before[0] in ("pro", "anti", "non", "ex")

    def _of_owner(self, last: int) -> Unit | None:
        """The name in "government of Ukraine", "leader of Hamas"."""
        if last + 2 >= len(self.tokens) or self.lower[last + 1] != "of":
            return None
        at = last + 3 if self.lower[last + 2] == "the" and last + 3 < len(self.tokens) else last + 2
        unit = self._unit_at.get(at)
        return unit if unit and unit.first == at and (unit.surfaces or unit.label.startswith("actor:")) else None

    @staticmethod
    def _stands(
        role: Role, owners: tuple[Unit, ...], party: Role | None, definite: bool, counted: bool, modified: bool
    ) -> bool:
        if owners or party or role.stands == "alone":
            return True
        if role.stands == "definite":
            return definite or counted or (modified and role.kind == "person")
        return False

    @staticmethod
    def _absorbs(owner: Unit, role: Role) -> bool:
        """Whether an owner is no mention of its own: an adjective, a country, or the group that its members are."""
        if owner.is_a("adjective", "people") or any(s.actor.kind == "state" for s in owner.surfaces):
            return True
        return role.members

    # ------------------------------------------------------------- names

    def _name(self, unit: Unit) -> Iterator[Found]:
        head = self._head(unit)
        person = any(s.actor.kind == "person" for s in unit.surfaces) or unit.label == "actor:person"
        if not unit.surfaces and not self._worth(unit, head):
            return
        if self._only_place(unit, head):
            return
        left, title = self._title(unit) if person else (unit.first, None)
        if left == unit.first and left and self.lower[left - 1] == "the":
            left -= 1
        start, end = self.sentence.where(self.tokens[left], self.tokens[unit.last])
        name = self.sentence.tokens[unit.first : unit.last + 1].text
        owners = tuple(u for u in self.units if left <= u.first and u.last < unit.first)
        for u in owners:
            u.nested = u.is_a("adjective") or any(s.actor.kind == "state" for s in u.surfaces)
        yield Found(
            start, end, self.sentence, head, "known" if unit.surfaces else "name", name, unit.label, unit.score,
            unit.surfaces, title, owners, weak=self._is_weak(unit, head),
        )  # fmt: skip

    def _head(self, unit: Unit) -> Token:
        for token in self.tokens[unit.first : unit.last + 1]:
            if not unit.first <= token.head.i - self.base <= unit.last or token.head is token:
                return token
        return self.tokens[unit.last]

    @staticmethod
    def _worth(unit: Unit, head: Token) -> bool:
        """Whether a name that the catalogue doesn't know is an actor's: not a place's, not a mere adjective."""
        if not unit.label.startswith("actor:"):
            return False
        return unit.label != "actor:ethnic_or_religious_group" or head.dep_ not in ("amod", "compound", "npadvmod")

    @staticmethod
    def _only_place(unit: Unit, head: Token) -> bool:
        """Whether what is known under the words doesn't act here: a country's land, a city, a bare adjective."""
        if not unit.surfaces:
            return False
        if unit.is_a("adjective") and not unit.is_a("name", "people"):
            return not acts(head, seat=False)
        if unit.is_a("people") and head.dep_ in ("amod", "compound", "nmod", "npadvmod"):
            return True
        state = all(s.actor.kind == "state" for s in unit.surfaces)
        return state and not unit.is_a("people") and not acts(head, seat=not unit.is_a("name"))

    @staticmethod
    def _is_weak(unit: Unit, head: Token) -> bool:
        return False

    def _title(self, unit: Unit) -> tuple[int, Role | None]:
        """Where a person's mention begins, with the title before the name, and the title."""
        if not unit.first or not self.roles.ends(self.lower[unit.first - 1]):
            return unit.first, None
        ending = self.roles.ending(self.lower[max(0, unit.first - 4) : unit.first])
        if not ending:
            return unit.first, None
        role, length = ending
        return self._left_edge(unit.first - length, unit.last), role
