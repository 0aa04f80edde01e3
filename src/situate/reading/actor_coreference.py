"""Mentions become actors: one entity for all the names, descriptions and pronouns of one party."""

from __future__ import annotations

from situate.contract import ActorKind, MentionForm
from situate.knowledge.actors import KnownActor
from situate.reading.actor_aliases import is_part, is_short_for, key, opens_bracket, same_person, says_same
from situate.reading.actor_cast import ARMY, GOVERNMENT, Cast, Entity
from situate.reading.actor_descriptions import ARMED, Describer
from situate.reading.actor_found import Found
from situate.reading.actor_kinds import kind_of_name
from situate.reading.actor_pronouns import Pronouns
from situate.reading.actor_unit import SPACY

JUST_BEFORE = 1  # sentences between "rebels" and the name of who they are


class Resolver:
    """Decides, mention by mention in text order, whose each is."""

    def __init__(self, cast: Cast, text: str) -> None:
        self.cast = cast
        self.text = text
        self.describer = Describer(cast)
        self.pronouns = Pronouns(cast)
        self._previous: tuple[Found, Entity] | None = None

    def take(self, found: Found) -> Entity | None:
        """The actor of the next mention, which becomes its own; None where it is nobody's."""
        if found.sort == "pronoun":
            return self._pronoun(found)
        entity = self._entity(found)
        if entity is None or self._repeats(found, entity):
            return entity
        self.cast.take(entity, found, self._form(found, entity))
        if not found.weak:
            self._previous = (found, entity)
        return entity

    @staticmethod
    def _repeats(found: Found, entity: Entity) -> bool:
        """Whether a mention lies inside the actor's last one: "the Houthis" in "the Houthi rebels"."""
        last = entity.last if entity.mentions else None
        return last is not None and last.start <= found.start and found.end <= last.end

    def _pronoun(self, found: Found) -> Entity | None:
        entity = self.pronouns.antecedent(found)
        if entity is not None:
            self.cast.take(entity, found, "pronoun")
        return entity

    @staticmethod
    def _form(found: Found, entity: Entity) -> MentionForm:
        if found.sort == "description":
            titled = found.head.text[0].isupper() and found.head.i > found.sentence.tokens[0].i
            return "name" if titled and found.owners and found.head.pos_ == "PROPN" else "description"
        return "name" if not entity.names or key(found.text) == key(entity.name) else "alias"

    def _entity(self, f: Found) -> Entity | None:
        if f.sort == "description":
            return self.describer.entity(f)
        same = self._said_same(f) or self._apposed(f)
        if f.surfaces:
            return self._of_known(f, same)
        if same:
            return self._named_now(same, f)
        return self._of_person(f) if f.person else self._of_name(f)

    # ------------------------------------------------------------- what the words beside say

    def _said_same(self, f: Found) -> Entity | None:
        """The actor named right before, if the words between say that both are one."""
        if not self._previous:
            return None
        before, entity = self._previous
        between = self.text[before.end : f.start]
        if says_same(between):
            return entity
        if opens_bracket(between) and (is_short_for(f.text, before.text) or is_short_for(before.text, f.text)):
            return entity
        return None

    def _apposed(self, f: Found) -> Entity | None:
        """The party described right before in apposition: "the prime minister, Najib Mikati"."""
        if not self._previous or f.head.dep_ != "appos":
            return None
        before, entity = self._previous
        if before.sort != "description" or before.head != f.head.head or entity.named or before.role is None:
            return None
        return entity if (before.role.kind == "person") == f.person else None

    def _named_now(self, entity: Entity, f: Found) -> Entity:
        if not entity.named:
            entity.named, entity.name = True, f.text
        return entity

    # ------------------------------------------------------------- names

    def _of_known(self, f: Found, same: Entity | None) -> Entity:
        actor = self.cast.choose(f.surfaces)
        if f.surfaces[0].sort == "people" and actor.kind == "state":
            return self._of_people(f, actor)
        entity = self.cast.of_known(actor)
        if entity is None and same and not same.known and self._only_shares_letters(f, actor):
            self.cast.call(same, actor)  # "National Salvation Army (NSA)": no other actor of these letters is meant
            return same
        if entity is None and same and same.known and same.kind == actor.kind and self._said_same(f) is same:
            self.cast.call(same, actor)  # "A (also known as B)": here both are one, whatever the catalogue says
            return same
        if entity is None:
            entity = same if same and same.known is None else self._unknown_so_far(actor, f)
            if entity is None:
                entity = self.cast.new(actor.name, actor.kind, named=True)
            self.cast.identify(entity, actor)
        entity.title = entity.title or (f.role if f.person else None)
        return entity

    def _only_shares_letters(self, f: Found, actor: KnownActor) -> bool:
        """Whether an abbreviation in brackets is that of the name before it, and a known actor's by chance."""
        if not self._previous or not is_short_for(f.text, self._previous[0].text):
            return False
        told, known = set(key(self._previous[0].text)), set(key(actor.name))
        return 2 * len(told & known) < len(told)

    def _unknown_so_far(self, actor: KnownActor, f: Found) -> Entity | None:
        """An entity that stands for a known actor without being known for it yet: a family name, "a monitor"."""
        if actor.kind == "person":
            mates = (e for e in self.cast.named() if e.kind == "person" and e.known is None)
            return next((e for e in mates if same_person(e.name, actor.name)), None)
        if self.cast.is_army(actor):
            return self.cast.latest(lambda e: ARMY in e.parties and e.owner in (actor.country, None) and not e.known)
        if self.cast.is_government(actor):
            return self.cast.latest(lambda e: GOVERNMENT in e.parties and e.owner == actor.country and not e.known)
        parties = self.cast.goes_by(actor)
        return (
            self.cast.latest(lambda e: self._foreshadows(e, actor, parties, f)) if parties or actor.described else None
        )

    def _foreshadows(self, e: Entity, actor: KnownActor, parties: set[str], f: Found) -> bool:
        """Whether a party without a name, described before, is a group that is named now."""
        if e.named or e.known or e.kind == "person":
            return False
        if e.owner is None and (e.last.counted or e.last.placed):
            return False
        if e.owner is None:
            gap = f.sentence.index - e.last.sentence.index
            return bool(e.parties & parties) and 0 < gap <= JUST_BEFORE
        return e.kind == actor.kind and self.cast.known.adjectives.get(e.owner, "").lower() in actor.described

    def _of_people(self, f: Found, state: KnownActor) -> Entity:
        """ "Syrians" are people; "the Russians" that act are their state, if it acts elsewhere too."""
        acting = f.head.dep_ == "nsubj" and self.text[f.start : f.start + 4].lower() == "the "
        entity = self.cast.of_known(state)
        if acting and entity:
            return entity
        return self.cast.people_of(state, f.text)

    def _of_person(self, f: Found) -> Entity:
        own = key(f.text)
        for e in self.cast.named():  # "Jaysh Omar" of "Jaysh Omar ibn Said", taken for a man
            if e.kind in ARMED and not f.role and len(own) > 1 and any(key(n)[: len(own)] == own for n in e.names):
                return e
        for e in self.cast.named():
            if e.kind == "person" and any(same_person(f.text, n) for n in e.names or [e.name]):
                if len(f.text.split()) > len(e.name.split()) and e.known is None:
                    e.name = f.text
                e.title = e.title or f.role
                return e
        entity = self.cast.new(f.text, "person", named=True)
        entity.title = f.role
        self._belong(entity, f)
        return entity

    def _of_name(self, f: Found) -> Entity:
        own = key(f.text)
        for e in self.cast.named():
            if any(key(n) == own or is_short_for(f.text, n) or is_short_for(n, f.text) for n in e.names or [e.name]):
                return e
        for e in self.cast.named():
            if e.kind not in ("person", "state") and any(is_part(own, key(n)) for n in e.names):
                return e
        entity = self.cast.new(f.text, self._kind(f), named=True)
        self._belong(entity, f)
        return entity

    @staticmethod
    def _kind(f: Found) -> ActorKind:
        """A trained tagger's kind, then what a title or the name's own words tell, then spaCy's guess."""
        if f.kind and f.score != SPACY:
            return f.kind
        if f.role:
            return f.role.kind
        return kind_of_name(f.text) or f.kind or "other"

    def _belong(self, entity: Entity, f: Found) -> None:
        for unit in f.owners:
            entity.owner = entity.owner or self.cast.owner(unit, self.describer.text_of(f, unit))
            entity.country = entity.country or self.cast.country(unit)
