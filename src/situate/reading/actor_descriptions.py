"""Whose a description is: "the rebels", "ISIS militants", "the Turkish president", "the group"."""

from __future__ import annotations

from spacy.tokens import Token

from situate.contract import ActorKind
from situate.knowledge.actors import KnownActor
from situate.knowledge.catalogue_roles import Role
from situate.reading.actor_aliases import heads, is_short_for, key
from situate.reading.actor_cast import GOVERNMENT, Cast, Entity
from situate.reading.actor_context import words_of
from situate.reading.actor_found import Found
from situate.reading.actor_parties import Parties, not_in_office
from situate.reading.actor_pronouns import SUBJECTS, topmost
from situate.reading.actor_unit import Unit

NEAR = 4  # sentences back that "the group" may reach
OFTEN, A_MENTION = 6, 0.15  # how many mentions of an actor count for what "the group" means, and how much each
A_SENTENCE = 0.7  # how much less an actor stands out a sentence later
MODIFIERS = frozenset(("npadvmod", "compound", "amod", "nmod"))  # "the X-linked group" is not X
ARMED: tuple[ActorKind, ...] = ("armed_group", "military", "political_group", "international_org", "police")


class Describer:
    """Finds or makes the actor of a description."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.parties = Parties(cast)

    def entity(self, f: Found) -> Entity | None:
        """The actor that a description means, or None where it is nobody's."""
        role = f.role
        if role is None:
            return None
        owner = self._owner(f) or self._of_the_country(f, role)
        found = self._apposed(f, role) or self._group_itself(f, role) or self._people(f, owner)
        found = found or (self._by_its_word(f) if owner is None else None)
        if found:
            found.parties.add(role.party)
            return found
        if role.party in words_of("only_heads_of_names") and not f.label:
            return None
        if role.party == "group" and owner is None and f.definite and not f.counted:
            return self._near(("armed_group", "political_group"), f) or self.parties.of(f, role, owner)
        if role.party == "outlet":
            return self._near(("media",), f) if owner is None and f.definite else self.parties.of(f, role, owner)
        if role.kind == "person":
            return self._person(f, role, owner)
        return self.parties.of(f, role, owner)

    @staticmethod
    def text_of(f: Found, unit: Unit) -> str:
        """The words of a unit in the sentence of a mention."""
        return f.sentence.tokens[unit.first : unit.last + 1].text

    # ------------------------------------------------------------- what stands beside

    def _owner(self, f: Found) -> str | None:
        if f.owners:
            return self._of_several(f)
        if f.possessor is not None:
            entity = self._possessing(f, f.possessor)
            if entity and not _is_foe(f.role, entity):
                if entity.kind == "person" and entity.owner:
                    return entity.owner
                parent = self.cast.side(entity.known) if entity.known and entity.kind == "person" else None
                return parent or self._governed(entity) or self.cast.key_of(entity)
        return None

    def _possessing(self, f: Found, pronoun: Token) -> Entity | None:
        """Who "its" or, by what its clause is said of, "whose" stands for."""
        if pronoun.lower_ != "whose":
            return self.cast.at(f.sentence.where(pronoun)[0])
        clause = next((t for t in pronoun.ancestors if t.dep_ == "relcl"), None)
        return self.cast.at(f.sentence.where(clause.head)[0]) if clause is not None else None

    def _of_the_country(self, f: Found, role: Role) -> str | None:
        """The state of "the government" in a report that speaks of one country alone."""
        alone = f.definite and f.possessor is None and not (f.backers or f.others or f.party)
        return self.cast.only_country if alone and role.party == GOVERNMENT else None

    @staticmethod
    def _governed(entity: Entity) -> str | None:
        """The state of a government: "its army" is the state's."""
        return entity.country if entity.kind == "government" and GOVERNMENT in entity.parties else None

    def _of_several(self, f: Found) -> str:
        """The owner among names before a description: of a nation and a people the people; two nations own together."""
        peoples = [u for u in f.owners if u.is_kind("ethnic_or_religious_group")]
        if peoples and len(f.owners) > 1:
            return self.cast.owner(peoples[-1], self.text_of(f, peoples[-1]))
        keys = [self.cast.owner(u, self.text_of(f, u)) for u in f.owners]
        states = all(u.is_kind("state") for u in f.owners)
        return "+".join(dict.fromkeys(keys)) if states else keys[0]

    def _apposed(self, f: Found, role: Role) -> Entity | None:
        """The actor of a name in apposition or predication: "X, the ambassador", "X is a militant group"."""
        governor = self._other(f.head)
        if governor is None:
            return None
        entity = self.cast.at(f.sentence.where(governor)[0])
        if entity is None or not entity.named:
            return None
        if entity.kind == "person":
            return entity if role.kind == "person" or f.head.tag_ == "NN" else None
        return entity if role.kind != "person" and _alike(role, entity) else None

    @staticmethod
    def _other(head: Token) -> Token | None:
        if head.dep_ == "appos":
            return head.head
        if head.dep_ == "attr" and head.head.lemma_ == "be":
            return next((t for t in head.head.lefts if t.dep_ == "nsubj"), None)
        return None

    def _group_itself(self, f: Found, role: Role) -> Entity | None:
        """A named group under "X fighters", "the X group"."""
        itself = f.text in words_of("itself") and bool(f.owners) and self._touches(f.owners[-1], f)
        if not (itself or (role.members and len(f.owners) == 1)):
            return self._own_group(f, role) if f.possessor is not None else None
        unit = f.owners[-1]
        for s in unit.surfaces:
            if s.sort == "name" and s.actor.kind in ARMED:
                return self.cast.met(self.cast.choose(unit.surfaces))
        if unit.surfaces:
            leader = self.cast.by_key(self._owner(f) or "")
            return leader if leader and leader.kind in ARMED and role.kind in ARMED else None
        text = self.text_of(f, unit)
        own = key(text)
        return next(
            (
                e
                for e in self.cast.named()
                if e.kind in ARMED and any(key(n) == own or is_short_for(text, n) for n in e.names)
            ),
            None,
        )

    def _by_its_word(self, f: Found) -> Entity | None:
        """The actor met last whose name has the word as its head: "the brigade" after "the Harrat Brigade"."""
        word = f.head.lower_
        if not f.definite or f.counted or f.others or f.backers or word not in words_of("heads_of_names"):
            return None
        return self.cast.latest(lambda e: e.named and e.kind != "person" and any(word in heads(n) for n in e.names))

    def _own_group(self, f: Found, role: Role) -> Entity | None:
        """The group that somebody of it calls "his group" or "his men", or whose fighters are "its fighters"."""
        whole = role.party == "group" or f.text in words_of("men_of_a_group")
        if not whole and not (role.members and role.kind == "armed_group" and not f.others):
            return None
        entity = self.cast.by_key(self._owner(f) or "")
        armed = ARMED if whole else ("armed_group", "political_group")
        return entity if entity and entity.named and entity.kind in armed else None

    @staticmethod
    def _touches(unit: Unit, f: Found) -> bool:
        """Whether a name stands right before the head of a description."""
        return unit.last == f.head.i - f.sentence.tokens.start - len(f.text.split())

    def _people(self, f: Found, owner: str | None) -> Entity | None:
        """A whole people, or a group known by its people: "the Iraqi people", "Kurdish fighters"."""
        if owner is None or not f.owners or f.counted:
            return None
        if f.text in words_of("whole_people"):
            state = self.cast.known.actors.get(owner)
            return self.cast.people_of(state, self.parties.call(f, owner)) if state and state.kind == "state" else None
        if f.role is None or f.role.kind not in ARMED or not f.role.members:
            return None
        if f.role.kind != "armed_group" and f.owners[0].is_kind("state"):
            return None  # "the Syrian army" is the state's, "Syrian rebels" may be a group's
        adjective = self.text_of(f, f.owners[0]).lower()
        return self.cast.latest(lambda e: e.known is not None and adjective in e.known.described)

    def _near(self, kinds: tuple[ActorKind, ...], f: Found) -> Entity | None:
        """Of the named actors just spoken of, the one that stands out: as a subject, lately and often."""
        scores: dict[int, float] = {}
        for before, entity in reversed(self.cast.trail):
            distance = f.sentence.index - before.sentence.index
            if distance > NEAR:
                break
            if entity.named and entity.kind in kinds and not (distance == 0 and before.end > f.start):
                score = salience(before, distance) + min(len(entity.mentions), OFTEN) * A_MENTION
                scores[entity.number] = max(score, scores.get(entity.number, score))
        return self.cast.entities[max(scores, key=lambda n: scores[n])] if scores else None

    # ------------------------------------------------------------- persons

    def _person(self, f: Found, role: Role, owner: str | None) -> Entity | None:
        if f.weak:
            return None
        past = not_in_office(f)
        if (f.definite or owner) and not (past and not f.definite):
            spoken_of = self._in_office(role, owner)
            if spoken_of:
                return spoken_of
            beside = self._just_named(f) if owner is None else None
            if beside:
                return beside
            holder = self._holder(role, owner) if owner and not past else None
            if holder:
                entity = self.cast.met(holder)
                entity.title = role
                return entity
        entity = self.cast.new(self.parties.call(f, owner), "person", named=False)
        entity.title, entity.owner = role, owner
        self.parties.belong(entity, f, owner)
        return entity

    def _in_office(self, role: Role, owner: str | None) -> Entity | None:
        """The person of the report who has an office: the latest, or of leaders the one spoken of most."""
        fit = [
            e
            for e in reversed(self.cast.entities)
            if e.kind == "person" and self._holds(e, role) and self._same_side(e, owner)
        ]
        return (
            max(fit, key=lambda e: len(e.mentions), default=None) if role.party == "leader" else next(iter(fit), None)
        )

    def _just_named(self, f: Found) -> Entity | None:
        """The one person without a title that this or the last sentence names: "the official", "the man"."""
        near = [e for b, e in self.cast.trail[-12:] if e.kind == "person" and b.sentence.index >= f.sentence.index - 1]
        found = set(near)
        return near[0] if len(found) == 1 and near[0].title is None else None

    def _holder(self, role: Role, owner: str) -> KnownActor | None:
        """Who holds an office of an owner at the report's date; "the Syrian leader" holds the highest."""
        titles = self._titles(role)
        if role.party == "leader" and owner in words_of("led_by_prime_minister"):
            titles = ("prime minister",)
        for title in titles:
            holder = self.cast.known.holder(title, owner, self.cast.date)
            if holder:
                return holder
        return None

    @staticmethod
    def _titles(role: Role) -> tuple[str, ...]:
        highest = words_of("highest_offices")
        return (
            (role.party, *(t for t in sorted(highest) if t != role.party)) if role.party == "leader" else (role.party,)
        )

    def _holds(self, entity: Entity, role: Role) -> bool:
        """Whether a person has a title or an office of the role's class."""
        if entity.title and entity.title.party == role.party:
            return True
        known = entity.known
        titles = self._titles(role)
        if role.party == "leader" and known and known.country in words_of("led_by_prime_minister"):
            titles = (*titles, "prime minister")
        return known is not None and any(self.cast.known.holds(known, t, self.cast.date) for t in titles)

    def _same_side(self, entity: Entity, owner: str | None) -> bool:
        side = self.cast.side(entity.known) if entity.known else None
        return owner is None or owner in (entity.owner, entity.country, side)


def _is_foe(role: Role | None, entity: Entity) -> bool:
    """Whether words for irregulars can't be those of a state's forces: the army's "its gunmen" are a town's."""
    irregular = role is not None and role.kind == "armed_group" and role.party not in ("fighters", "group")
    return irregular and entity.kind in ("military", "police")


def salience(before: Found, distance: int) -> float:
    """How much a mention so many sentences back stands out for a description that takes it up again."""
    head = topmost(before.head)
    part = 1.0 if head.dep_ in SUBJECTS else -1.0 if head.dep_ in MODIFIERS else 0.0
    return part - A_SENTENCE * distance


def _alike(role: Role, entity: Entity) -> bool:
    """Whether a description can be of an actor of this kind."""
    loose = role.party in ("group", "allies", "members", "party", "monitors", "alliance", "coalition")
    return (
        loose or role.kind == entity.kind or {role.kind, entity.kind} <= {"armed_group", "political_group", "military"}
    )
