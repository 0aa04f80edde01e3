"""Mentions become actors: one entity for all the names, descriptions and pronouns of one party."""

from __future__ import annotations

from dataclasses import dataclass, field

from situate.contract import ActorKind, Mention, MentionForm
from situate.knowledge.actors import Catalogue, KnownActor, Surface
from situate.knowledge.catalogue_roles import Role
from situate.reading.actor_aliases import is_part, is_short_for, key, opens_bracket, same_person, says_same
from situate.reading.actor_kinds import kind_of_name
from situate.reading.actor_mentions import Found
from situate.reading.actor_units import CERTAIN, Unit


@dataclass(slots=True)
class Entity:
    """An actor of the report in the making."""

    number: int
    name: str
    kind: ActorKind
    known: KnownActor | None = None
    country: str | None = None
    party: str | None = None  # class of its role word, if it is a description
    owner: str | None = None  # whose party it is: id of a known actor, or another name
    title: Role | None = None
    member_of: Entity | None = None
    names: list[str] = field(default_factory=list)
    mentions: list[tuple[Found, MentionForm]] = field(default_factory=list)

    @property
    def last(self) -> Found:
        """The latest mention."""
        return self.mentions[-1][0]


class Resolver:
    """Decides, mention by mention in text order, whose each is."""

    def __init__(self, known: Catalogue, text: str, date: str | None, countries: dict[str, int]) -> None:
        self.known = known
        self.text = text
        self.date = date
        self.countries = countries  # how often the report speaks of each country
        self.entities: list[Entity] = []
        self._by_known: dict[str, Entity] = {}
        self._by_party: dict[tuple[str, str | None], Entity] = {}
        self._named: list[Entity] = []
        self._previous: tuple[Found, Entity] | None = None

    def resolve(self, found: list[Found]) -> list[Entity]:
        """The actors of all mentions, in the order of their first."""
        for f in found:
            entity = self._entity(f)
            if entity:
                form = self._form(f, entity)
                entity.mentions.append((f, form))
                if f.sort != "description" and f.text not in entity.names:
                    entity.names.append(f.text)
                self._previous = (f, entity)
        return [e for e in self.entities if any(not f.weak for f, _ in e.mentions)]

    def _form(self, f: Found, entity: Entity) -> MentionForm:
        if f.sort == "description":
            return "name" if f.head.text[0].isupper() and f.head.i > f.sentence.tokens[0].i and f.owners else "description"
        return "name" if not entity.names or key(f.text) == key(entity.name) else "alias"

    def _entity(self, f: Found) -> Entity | None:
        if f.sort == "description":
            return self._described(f)
        same = self._said_same(f)
        if f.surfaces:
            return self._of_known(f, self._choose(f.surfaces), same)
        if same:
            return same
        return self._of_person(f) if self._is_person(f) else self._of_name(f)

    # ------------------------------------------------------------- names

    def _said_same(self, f: Found) -> Entity | None:
        if not self._previous:
            return None
        before, entity = self._previous
        between = self.text[before.end : f.start]
        if says_same(between):
            return entity
        if opens_bracket(between) and (is_short_for(f.text, before.text) or is_short_for(before.text, f.text)):
            return entity
        return None

    def _choose(self, surfaces: tuple[Surface, ...]) -> KnownActor:
        """Of several actors under one name: the one met already, then the one whose country the report speaks of most."""
        actors = [s.actor for s in surfaces]
        return max(
            actors,
            key=lambda a: (a.id in self._by_known, self.countries.get(a.country or "", 0), self._alive(a), -actors.index(a)),
        )

    def _alive(self, actor: KnownActor) -> bool:
        return self.date is None or (actor.since or "") <= self.date and (actor.until is None or self.date[:4] <= actor.until)

    def _of_known(self, f: Found, actor: KnownActor, same: Entity | None) -> Entity:
        entity = self._by_known.get(actor.id)
        if entity is None and same is not None and same.known is None:
            entity = self._by_known[actor.id] = same
            same.known, same.name, same.kind, same.country = actor, actor.name, actor.kind, actor.country
        if entity is None and actor.kind == "person":
            entity = next((e for e in self._named if e.kind == "person" and e.known is None and same_person(e.name, actor.name)), None)
            if entity:
                entity.known, entity.name, entity.country = actor, actor.name, actor.country
                self._by_known[actor.id] = entity
        if entity is None:
            entity = self._new(actor.name, actor.kind)
            entity.known, entity.country = actor, actor.country
            self._by_known[actor.id] = entity
        if f.role and entity.title is None:
            entity.title = f.role
        return entity

    def _is_person(self, f: Found) -> bool:
        if f.kind == "person" and (f.score > CERTAIN or kind_of_name(f.text) is None or f.role is not None):
            return True
        return False

    def _of_person(self, f: Found) -> Entity:
        for e in reversed(self._named):
            if e.kind == "person" and any(same_person(f.text, n) for n in e.names or [e.name]):
                if len(f.text.split()) > len(e.name.split()) and e.known is None:
                    e.name = f.text
                e.title = e.title or f.role
                return e
        entity = self._new(f.text, "person")
        entity.title = f.role
        entity.country = self._country(f.owners)
        entity.owner = self._owner(f.owners)
        return entity

    def _of_name(self, f: Found) -> Entity:
        own = key(f.text)
        for e in reversed(self._named):
            if any(key(n) == own or is_short_for(f.text, n) or is_short_for(n, f.text) for n in e.names or [e.name]):
                return e
        kind = kind_of_name(f.text)
        for e in reversed(self._named):
            if e.kind != "person" and any(is_part(own, key(n)) for n in e.names):
                return e
        if f.kind and f.score > CERTAIN:
            kind = f.kind
        entity = self._new(f.text, kind or f.kind or "other")
        entity.country = self._country(f.owners)
        return entity

    # ------------------------------------------------------------- descriptions

    def _described(self, f: Found) -> Entity | None:
        role = f.role
        assert role is not None
        apposed = self._apposed(f)
        if apposed:
            return apposed
        group = self._group_itself(f, role)
        if group:
            return group
        owner = self._owner(f.owners)
        if role.kind == "person":
            return self._described_person(f, role, owner)
        entity = self._by_party.get((role.party, owner))
        if entity:
            return entity
        if owner is None:
            entity = self._latest(role)
            if entity:
                return entity
        if f.weak and owner is None:
            return None
        entity = self._new(self._call(f, role), role.kind)
        entity.party, entity.owner, entity.country = role.party, owner, self._country(f.owners)
        self._by_party[role.party, owner] = entity
        return entity

    def _apposed(self, f: Found) -> Entity | None:
        """The actor of a name in apposition: "the Iranian ambassador, Ghazanfar Roknabadi"."""
        assert f.role is not None
        if not self._previous:
            return None
        before, entity = self._previous
        if f.head.dep_ == "appos" and f.head.head == before.head and (f.role.kind == entity.kind or f.role.party == "group"):
            return entity
        return None

    def _group_itself(self, f: Found, role: Role) -> Entity | None:
        """A named group under "X fighters", or "the group" after it was named."""
        if role.members and len(f.owners) == 1:
            for s in f.owners[0].surfaces:
                if s.actor.kind in ("armed_group", "military", "political_group", "international_org") and s.sort == "name":
                    return self._of_known(f, s.actor, None)
            unit = f.owners[0]
            if not unit.surfaces and unit.label.startswith("actor:"):
                text = f.sentence.tokens[unit.first : unit.last + 1].text
                own = key(text)
                for e in reversed(self._named):
                    if e.kind != "person" and any(key(n) == own or is_short_for(text, n) for n in e.names):
                        return e
        if role.party == "group" and not f.owners and f.definite:
            return self._salient(("armed_group", "political_group"), f)
        return None

    def _salient(self, kinds: tuple[str, ...], f: Found) -> Entity | None:
        near = [e for e in self._named if e.kind in kinds and e.mentions and e.last.sentence.index >= f.sentence.index - 4]
        return max(near, key=lambda e: e.last.start) if near else None

    def _described_person(self, f: Found, role: Role, owner: str | None) -> Entity | None:
        if f.weak:
            return None
        definite = f.definite or owner is not None
        for e in reversed(self.entities):
            if e.kind == "person" and e.title and e.title.party == role.party and definite:
                if owner is None or e.country == self._country(f.owners) or e.owner == owner:
                    return e
        holder = self.known.holder(role.party, owner, self.date) if owner and definite else None
        if holder:
            entity = self._of_known(f, holder, None)
            entity.title = role
            return entity
        entity = self._new(self._call(f, role), "person")
        entity.title, entity.owner, entity.country = role, owner, self._country(f.owners)
        return entity

    def _latest(self, role: Role) -> Entity | None:
        same = [e for e in self.entities if e.party == role.party and e.mentions]
        return max(same, key=lambda e: e.last.start) if same else None

    def _call(self, f: Found, role: Role) -> str:
        """What a described party is called: its owner's adjective and its usual word."""
        words = f.text if role.kind == "person" else role.usual
        for unit in f.owners:
            for s in unit.surfaces:
                adjective = self.known.adjectives.get(s.actor.id, s.actor.name)
                return f"{adjective} {words}"
            return f"{f.sentence.tokens[unit.first : unit.last + 1].text} {words}"
        return words[:1].upper() + words[1:]

    # ------------------------------------------------------------- helpers

    def _new(self, name: str, kind: ActorKind) -> Entity:
        entity = Entity(len(self.entities), name, kind)
        self.entities.append(entity)
        self._named.append(entity)
        return entity

    def _owner(self, owners: tuple[Unit, ...]) -> str | None:
        for unit in owners:
            if unit.surfaces:
                return self._choose(unit.surfaces).id
        return None

    def _country(self, owners: tuple[Unit, ...]) -> str | None:
        for unit in owners:
            if unit.surfaces:
                return self._choose(unit.surfaces).country
        return None


def mention(f: Found, form: MentionForm, text: str) -> Mention:
    """The contract's mention."""
    return Mention(f.start, f.end, text[f.start : f.end], form)
