"""The actors of one report in the making, and how they are found again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from situate.contract import ActorKind, MentionForm
from situate.knowledge.actors import Catalogue, KnownActor, Surface
from situate.knowledge.catalogue_roles import Role, Roles
from situate.reading.actor_aliases import key
from situate.reading.actor_found import Found
from situate.reading.actor_unit import Unit

ARMY = "forces"  # the class of words for a state's armed forces
GOVERNMENT = "government"  # and for its government
ALONE = 3  # how many times as often as the next a country is spoken of that a report is about alone


@dataclass(slots=True, eq=False)
class Entity:
    """An actor in the making.

    `parties` are the classes of role words it goes by ("militants"); `owner` says whose it is: an id of the catalogue
    or another key; `title` is the office that the report gives a person.
    """

    number: int
    name: str
    kind: ActorKind
    named: bool = True
    known: KnownActor | None = None
    country: str | None = None
    parties: set[str] = field(default_factory=set)
    owner: str | None = None
    title: Role | None = None
    makeshift: bool = False  # called by the first words met ("Warplanes"), until better ones are
    names: list[str] = field(default_factory=list)
    mentions: list[tuple[Found, MentionForm]] = field(default_factory=list)

    @property
    def last(self) -> Found:
        """The latest mention."""
        return self.mentions[-1][0]

    def add(self, found: Found, form: MentionForm) -> None:
        """Takes a mention as its own."""
        self.mentions.append((found, form))
        if found.sort != "description" and form != "pronoun" and found.text not in self.names:
            self.names.append(found.text)


class Cast:
    """Who stands in a report so far."""

    def __init__(self, known: Catalogue, roles: Roles, date: str | None, countries: Counter[str | None]) -> None:
        self.known = known
        self.roles = roles
        self.date = date
        self.countries = countries  # how often the report speaks of each country
        self.entities: list[Entity] = []
        self._by_known: dict[str, Entity] = {}
        self._by_party: dict[tuple[str, str | None], Entity] = {}
        self._tokens: dict[int, Entity] = {}
        self.trail: list[tuple[Found, Entity]] = []  # all mentions in text order, pronouns included
        self.passed_over: list[Found] = []  # words inside mentions that may point to other actors

    @property
    def main_country(self) -> str | None:
        """The country that the report speaks of most."""
        return self.countries.most_common(1)[0][0] if self.countries else None

    @property
    def only_country(self) -> str | None:
        """The country that the report speaks of, if it hardly speaks of another."""
        first, *rest = self.countries.most_common(2) or [(None, 0)]
        return first[0] if first[1] > ALONE * sum(n for _, n in rest) else None

    def new(self, name: str, kind: ActorKind, *, named: bool) -> Entity:
        """A new actor."""
        entity = Entity(len(self.entities), name, kind, named)
        self.entities.append(entity)
        return entity

    def take(self, entity: Entity, found: Found, form: MentionForm) -> None:
        """Gives an actor a mention."""
        entity.add(found, form)
        self.trail.append((found, entity))
        for i in range(found.start, found.end):
            self._tokens.setdefault(i, entity)

    def at(self, offset: int) -> Entity | None:
        """The actor in whose mention an offset of the report lies."""
        return self._tokens.get(offset)

    # ------------------------------------------------------------- known actors

    def choose(self, surfaces: tuple[Surface, ...]) -> KnownActor:
        """Of several actors under one name: one met already, else of the country spoken of most, else the first."""
        actors = [s.actor for s in surfaces]
        if len(actors) == 1:
            return actors[0]
        return max(actors, key=lambda a: (a.id in self._by_known, self.spoken(a), self._alive(a), -actors.index(a)))

    def spoken(self, actor: KnownActor) -> int:
        """How often the report speaks of the countries of an actor, or where it acts."""
        return sum(self.countries[c] for c in (actor.country, *actor.where) if c)

    def _alive(self, actor: KnownActor) -> bool:
        if self.date is None:
            return True
        return (actor.since or "") <= self.date and (actor.until is None or self.date[:4] <= actor.until)

    def acting_here(self, word: str) -> KnownActor | None:
        """The one known actor that goes by a word and acts, at the report's date, in the country it speaks of most."""
        fit = [a for a in self.known.abroad if word in a.described and self.main_country in a.where and self._alive(a)]
        return fit[0] if len(fit) == 1 else None

    def met(self, actor: KnownActor) -> Entity:
        """The entity of a known actor, made where it was not met."""
        entity = self.of_known(actor)
        if entity is None:
            entity = self.new(actor.name, actor.kind, named=True)
            self.identify(entity, actor)
        return entity

    def of_known(self, actor: KnownActor) -> Entity | None:
        """The entity of a known actor, if it was met."""
        return self._by_known.get(actor.id)

    def identify(self, entity: Entity, actor: KnownActor) -> None:
        """Says that an entity is an actor of the catalogue."""
        entity.known, entity.name, entity.named = actor, actor.name, True
        side = self.known.actors.get(self.side(actor) or "")
        entity.kind, entity.country = actor.kind, actor.country or (side.country if side else None) or entity.country
        self._by_known[actor.id] = entity
        entity.parties |= self.goes_by(actor)
        if self.is_army(actor):
            entity.parties.add(ARMY)
            self._by_party.setdefault((ARMY, actor.country), entity)
        elif self.is_government(actor):
            self._by_party.setdefault((GOVERNMENT, actor.country), entity)

    def call(self, entity: Entity, actor: KnownActor) -> None:
        """Says that a known actor's names mean an entity that is another known actor in this report."""
        self._by_known[actor.id] = entity
        entity.parties |= self.goes_by(actor)

    def goes_by(self, actor: KnownActor) -> set[str]:
        """The classes of the words that a known actor is described by."""
        endings = (self.roles.ending(words.split()) for words in (actor.name.lower(), *actor.described))
        return {ending[0].party for ending in endings if ending}

    def is_army(self, actor: KnownActor) -> bool:
        """Whether an actor is the main armed forces of its country."""
        return actor.country is not None and self.known.militaries.get(actor.country) == actor.id

    def is_government(self, actor: KnownActor) -> bool:
        """Whether an actor is a government of its country, under its leader's name: "Assad government"."""
        rules = actor.kind == "government" and actor.country is not None and actor.parent == actor.country
        return rules and GOVERNMENT in self.goes_by(actor)

    def people_of(self, state: KnownActor, called: str) -> Entity:
        """The people of a state as a party: "Iraqis", "the Iraqi people"."""
        owner = f"people of {state.id}"
        entity = next((e for e in self.entities if e.owner == owner), None)
        if entity is None:
            entity = self.new(called, "civilians", named=True)
            entity.owner, entity.country = owner, state.country
        return entity

    # ------------------------------------------------------------- described parties

    def party(self, role: Role, owner: str | None) -> Entity | None:
        """The party that a class of words means, of an owner."""
        classes = (*role.instead, role.party)
        return next((self._by_party[c, owner] for c in classes if (c, owner) in self._by_party), None)

    def disown(self, role: Role) -> Entity | None:
        """Takes a class of words from the party that it meant as long as nobody told whose it is."""
        return self._by_party.pop((role.party, None), None)

    def set_party(self, role: Role, owner: str | None, entity: Entity, *, apart: bool) -> None:
        """Says that words of a class and an owner mean an entity from here on; one `apart` only where there is none."""
        if apart:
            self._by_party.setdefault((role.party, owner), entity)
        else:
            self._by_party[role.party, owner] = entity
        entity.parties.add(role.party)

    def latest(self, fits: Callable[[Entity], bool]) -> Entity | None:
        """Of the actors that fit, the one mentioned last."""
        found = [e for e in self.entities if e.mentions and fits(e)]
        return max(found, key=lambda e: e.last.start) if found else None

    def named(self) -> Iterator[Entity]:
        """The actors that have a name, the latest first."""
        return (e for e in reversed(self.entities) if e.named)

    # ------------------------------------------------------------- owners

    def owner(self, unit: Unit, text: str) -> str:
        """Whose a description is, by a name before it: the key that parties are found by.

        A leader's forces are his side's.
        """
        if unit.surfaces:
            actor = self.choose(unit.surfaces)
            return (self.side(actor) if actor.kind == "person" else None) or actor.id
        own = key(text)
        for entity in self.named():
            if any(key(n) == own for n in entity.names):
                return entity.owner if entity.kind == "person" and entity.owner else self.key_of(entity)
        return " ".join(own)

    @staticmethod
    def key_of(entity: Entity) -> str:
        """The key by which an entity owns parties."""
        return entity.known.id if entity.known else f"#{entity.number}"

    def by_key(self, owner: str) -> Entity | None:
        """The entity of an owner's key."""
        if owner.startswith("#"):
            return self.entities[int(owner[1:])]
        return self._by_known.get(owner)

    def side(self, actor: KnownActor) -> str | None:
        """Whose a known actor is at the report's date: the id of what he leads or speaks for, or it belongs to."""
        return self.known.side(actor, self.date)

    def sides(self, entity: Entity) -> Iterator[str]:
        """The keys of what an actor belongs to, the nearest first: his office, what that is part of, its state."""
        above = self.side(entity.known) if entity.known else entity.owner
        seen = set[str]()
        while above and above not in seen:
            yield above
            seen.add(above)
            known = self.known.actors.get(above)
            above = known.parent if known else None

    def country(self, unit: Unit) -> str | None:
        """The country of a name before a description."""
        return self.choose(unit.surfaces).country if unit.surfaces else None
