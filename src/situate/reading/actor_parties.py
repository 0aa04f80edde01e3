"""Which party words without a name mean: "the rebels", "Syrian jets", "US-backed fighters", "government forces".

Words of one class (`roles.csv`) and one owner are one party of the report. Who backs an armed party tells it apart as
an owner does; its other words ("rebels", "separatists") then don't.
"""

from __future__ import annotations

from dataclasses import replace

from situate.contract import ActorKind
from situate.knowledge.catalogue_roles import Role
from situate.reading.actor_cast import GOVERNMENT, Cast, Entity
from situate.reading.actor_context import words_of
from situate.reading.actor_found import Found
from situate.reading.actor_unit import SPACY, Unit

COUNTED_APART = frozenset(("people", "victims"))  # "23 people" and "four people" are two parties
FIGHTING: tuple[ActorKind, ...] = ("armed_group", "military")
ANY_FIGHTERS = "fighters"  # the class that armed words of one backer or people share


class Parties:
    """Finds or makes the parties that a report describes."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def of(self, f: Found, role: Role, owner: str | None) -> Entity | None:
        """The party of a description whose owner is this; None where it is nobody's."""
        role = self._carried(f, role)
        key, sought = self._key(f, owner), self._sought(f, role, owner)
        counted = bool(f.counted and not f.definite and role.party in COUNTED_APART)
        apart = f.others or counted or (f.possessor is not None and owner is None)
        if not apart:
            entity = self._told_before(f, sought, key)
            if entity is None and key is None:
                entity = self._unowned(f, role)
            if entity is not None:
                entity.parties.add(role.party)
                self._rename(entity, f, role, owner)
                return entity
        if owner is None and (f.weak or (f.possessor is not None and role.stands == "owned")):
            return None
        entity = self._new(f, role, owner)
        self.cast.set_party(sought, key, entity, apart=apart)
        entity.parties.add(role.party)
        return entity

    def _new(self, f: Found, role: Role, owner: str | None) -> Entity:
        entity = self.cast.new(self.call(f, owner), self._kind(f, role), named=False)
        entity.owner, entity.makeshift = owner, self._is_makeshift(f, role)
        self.belong(entity, f, owner)
        return entity

    # ------------------------------------------------------------- what the words tell

    @staticmethod
    def _carried(f: Found, role: Role) -> Role:
        """What an armed party drives is the party: "rebel tanks", "the terrorist army"."""
        carried = f.party is not None and f.party.kind == "armed_group" and role.members and role.kind in FIGHTING
        return f.party if carried and f.party else role

    def _key(self, f: Found, owner: str | None) -> str | None:
        """By what the party is known beside the class of its words: its owner, and who backs it."""
        backed = "+".join(sorted(self._backer(u, f) for u in f.backers))
        if backed:
            return f"{owner or ''}~{backed}"
        if owner is None and f.party and f.party.kind == "government" and not self._of_the_state(f):
            return f"of {f.party.party}"  # "administration officials"
        return owner

    def _backer(self, unit: Unit, f: Found) -> str:
        return self.cast.owner(unit, f.sentence.tokens[unit.first : unit.last + 1].text)

    def _sought(self, f: Found, role: Role, owner: str | None) -> Role:
        """The class by which the party is found: all that fight for one people or with one backer are one."""
        known = self.cast.known.actors.get(owner or "")
        people = known is not None and known.kind == "ethnic_or_religious_group"
        if role.members and role.kind in FIGHTING and (people or (f.backers and not self._of_the_state(f))):
            return replace(role, party=ANY_FIGHTERS, instead=())
        return role

    @staticmethod
    def _of_the_state(f: Found) -> bool:
        return not words_of("of_the_state").isdisjoint(f.text.replace("-", " ").split())

    # ------------------------------------------------------------- parties told before

    def _told_before(self, f: Found, role: Role, key: str | None) -> Entity | None:
        found = self.cast.party(role, key)
        if found is not None and key is None and _told_apart(_telling(f), found):
            return None
        if found is None and key is not None and role.party in words_of("whose_told_later") and not f.backers:
            entity = self.cast.party(replace(role, instead=()), None)
            if entity is not None and self._is_later_told(entity, f, role) and self._can_own(key, role):
                self.cast.disown(role)
                self.cast.set_party(role, key, entity, apart=False)
                entity.owner, entity.makeshift = key, True
                return entity
        return found

    def _is_later_told(self, entity: Entity, f: Found, role: Role) -> bool:
        """Whether words with an owner take up a party told without: "the army" and then "the Syrian army"."""
        if role.usual in words_of("driven") or entity.kind != self._kind(f, role):
            return False
        anyhow = role.kind == "armed_group" or role.party == GOVERNMENT
        return anyhow or any(f.head.lemma_ == m.head.lemma_ for m, _ in entity.mentions)

    def _can_own(self, key: str, role: Role) -> bool:
        """Whether forces that nobody's name was told of can be a state's: those of the country spoken of most."""
        known, main = self.cast.known.actors.get(key), self.cast.main_country
        return role.kind == "armed_group" or known is None or known.kind != "state" or main in (None, known.country)

    def _unowned(self, f: Found, role: Role) -> Entity | None:
        """Who is meant by words without an owner: "government forces" are those of the country spoken of most."""
        if role.kind == "military" and self._of_the_state(f):
            return self._of_a_state(role)
        classes = {role.party, *role.instead}
        telling = _telling(f)
        found = self.cast.latest(
            lambda e: not e.known and not classes.isdisjoint(e.parties) and not _told_apart(telling, e)
        )
        if found is not None or f.several:
            return found
        if telling:
            return None
        return self._known_as(f, role) or self._acting_here(f, role) or self._culprit(f, role)

    def _acting_here(self, f: Found, role: Role) -> Entity | None:
        """The coalition that fights where the report is about, under no more name than "the Coalition"."""
        named = role.stands == "alone" or (f.head.text[0].isupper() and f.head.i > f.sentence.tokens.start)
        if role.party not in words_of("led_by_others") or not named:
            return None
        actor = self.cast.acting_here(role.party)
        return self.cast.met(actor) if actor else None

    def _of_a_state(self, role: Role) -> Entity | None:
        """The forces of the country spoken of most, else of the government spoken of, else those of no country told."""
        party = role.party
        government = self.cast.latest(lambda e: GOVERNMENT in e.parties and e.country is not None)
        countries = {self.cast.main_country: 1, government.country if government else None: 0, None: -1}
        met = [e for e in self.cast.entities if e.mentions and party in e.parties]
        fit = [e for e in met if e.country in countries and (e.country is not None or e.kind == role.kind)]
        called = [e for e in met if self._called_so(e)]
        return max(called or fit, key=lambda e: (countries.get(e.country, 0), e.last.start), default=None)

    def _called_so(self, entity: Entity) -> bool:
        """Whether forces were called a state's or a government's before: "Syrian government forces"."""
        return any(f.sort == "description" and self._of_the_state(f) for f, _ in entity.mentions)

    def _culprit(self, f: Found, role: Role) -> Entity | None:
        """Who "the attackers" are: the one armed group of the report, or those called gunmen or militants before."""
        culprits = words_of("culprits")
        if role.party not in culprits:
            return None
        groups = [e for e in self.cast.named() if e.kind == "armed_group"]
        if f.definite and len(groups) == 1:
            return groups[0]
        return self.cast.latest(lambda e: e.kind == role.kind and not e.parties.isdisjoint(culprits - {"fighters"}))

    def _known_as(self, f: Found, role: Role) -> Entity | None:
        """The known group that goes by these words; of several only one that was just spoken of."""
        many = role.party == GOVERNMENT or role.party in words_of("only_definite")
        if not f.definite and (f.counted or many):
            return None
        groups = [e for e in self.cast.entities if e.mentions and e.known and role.party in e.parties]
        if len(groups) > 1:
            groups = [e for e in groups if e.last.sentence.index >= f.sentence.index - 1]
        return max(groups, key=lambda e: e.last.start) if groups else None

    # ------------------------------------------------------------- kind, country, name

    @staticmethod
    def _kind(f: Found, role: Role) -> ActorKind:
        if f.kind and f.score != SPACY and (role.kind == "other" or {role.kind, f.kind} == {"military", "armed_group"}):
            return f.kind
        owners = {s.actor.kind for u in f.owners for s in u.surfaces}
        qualified = f.party is not None and f.party.kind == "armed_group"
        armed = qualified or not owners.isdisjoint(("ethnic_or_religious_group", "armed_group"))
        return "armed_group" if armed and role.kind in ("military", "government") else role.kind

    def belong(self, entity: Entity, f: Found, owner: str | None) -> None:
        """Takes an actor's country from who owns it."""
        for unit in f.owners:
            entity.country = entity.country or self.cast.country(unit)
        known, mate = self.cast.known.actors.get(owner or ""), self.cast.by_key(owner) if owner else None
        entity.country = entity.country or (known.country if known else mate.country if mate else None)

    @staticmethod
    def _is_makeshift(f: Found, role: Role) -> bool:
        """Whether a party's first words call it by what it drives, or by one of its many."""
        return role.usual in words_of("driven") or (f.head.tag_ in ("NN", "NNP") and role.usual.endswith("s"))

    def _rename(self, entity: Entity, f: Found, role: Role, owner: str | None) -> None:
        """Gives a party without a name the better words: "Syrian army" for "Warplanes"."""
        if entity.makeshift and not entity.named and not (f.weak or self._is_makeshift(f, role)):
            entity.name, entity.makeshift = self.call(f, owner or entity.owner), False
            self.belong(entity, f, owner)

    def call(self, f: Found, owner: str | None) -> str:
        """What a described party is called: its owner's adjective or name, and its words."""
        if f.backers and not f.owners:
            first = min(u.first for u in f.backers)
            before = f.sentence.tokens[max(0, first - 2) : first].text
            return (before if before.endswith("-") else "") + f.sentence.tokens[
                first : f.head.i - f.sentence.tokens.start + 1
            ].text
        usual = f.role.usual if f.role else ""
        text = usual if usual == f"{f.text}s" and f.role and f.role.kind != "person" else f.text
        text = text.replace(" - ", "-")
        if f.role and f.role.party == GOVERNMENT and text in words_of("government"):
            text = GOVERNMENT  # "regime" is a word of one side
        past = not_in_office(f)
        party = None if past else f.party
        words = f"{party.usual.rstrip('s')} {text}" if party and party.usual not in text else text
        name = " ".join([*past, *filter(None, (self._whose(f, owner), words))])
        return name[:1].upper() + name[1:]

    def _whose(self, f: Found, owner: str | None) -> str | None:
        actor = self.cast.known.actors.get(owner or "")
        if actor:
            return self.cast.known.adjectives.get(actor.id, actor.name)
        if f.owners:
            return f.sentence.tokens[f.owners[0].first : f.owners[0].last + 1].text
        entity = self.cast.by_key(owner) if owner else None
        return entity.name if entity else None


def not_in_office(f: Found) -> list[str]:
    """The words that say that an office is no longer, or not quite, somebody's: "a former president"."""
    before = (t.lower_ for t in f.sentence.tokens_in(f.start, f.end) if t.i < f.head.i)
    return [w for w in before if w in words_of("not_in_office")]


def _telling(f: Found) -> set[str]:
    """The adjectives of a description that tell its party from others of its sort."""
    return {t.lower_ for t in f.sentence.tokens_in(f.start, f.end) if t.lower_ in words_of("telling")}


def _told_apart(telling: set[str], entity: Entity) -> bool:
    """Whether adjectives tell a party from one met: none of its mentions has them."""
    return bool(telling) and not any(telling & _telling(m) for m, _ in entity.mentions)
