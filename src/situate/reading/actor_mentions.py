"""Where a sentence speaks of an actor: by name, by words that describe a party, by a pronoun.

A description is a role word ("rebels", "ministry") with what stands before it. A name before a role word qualifies it:
it is the description's owner, not a mention of its own, unless it names an organisation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import cast

from spacy.tokens import Token

from situate.contract import ActorKind
from situate.knowledge.catalogue_roles import Role, Roles
from situate.language import Sentence
from situate.reading.actor_context import acts, located, words_of
from situate.reading.actor_evidence import Evidence, head_of
from situate.reading.actor_found import Found
from situate.reading.actor_phrases import Phrases
from situate.reading.actor_unit import Unit
from situate.reading.actor_units import Names
from situate.reading.frames import dateline

SURE = 0.35  # the tagger's least score for a bare word that is no role word: "banks"


@cache
def _third_person() -> frozenset[str]:
    return frozenset().union(*(words_of(f"pronouns_{p}") for p in ("he", "she", "it", "they")))


class Scanner:
    """Finds the mentions of one sentence."""

    def __init__(self, sentence: Sentence, names: Names, roles: Roles, evidence: Evidence) -> None:
        self.sentence = sentence
        self.roles = roles
        self.evidence = evidence
        self.at = Phrases(sentence, roles)
        self.tokens, self.lower = self.at.tokens, self.at.lower
        self.units = [u for u in names.units if not self._in_role(u)]
        self.at.set_names(self.units)
        self.hints = {u.last: u for u in names.hints}
        self._taken: set[int] = set()  # offsets of descriptions

    def mentions(self) -> list[Found]:
        """The sentence's mentions in text order."""
        described = list(self._descriptions())
        self._taken = {i for f in described for i in range(f.start, f.end)}
        heads = {f.head.i for f in described}
        named = [f for u in self.units if not u.nested for f in self._name(u)]
        named = [f for f in named if f.surfaces or self._apart(f, heads)]
        found = (*described, *self._behind_dateline(named), *self._pronouns())
        return sorted(found, key=lambda f: (f.start, f.sort != "pronoun", -f.end))

    def _behind_dateline(self, named: list[Found]) -> list[Found]:
        """The names without those of a dateline, which tells where and by whom the report was written.

        A party that begins the sentence is none of it: "HTS - the largest group there - left".
        """
        told = self.sentence.offset + dateline(self.sentence)
        begins = (f for f in named if f.start <= self.sentence.start)
        if any(s.sort != "seat" and s.actor.kind != "state" for f in begins for s in f.surfaces):
            return named
        return [f for f in named if f.start >= told]

    def _apart(self, name: Found, heads: set[int]) -> bool:
        """Whether an unknown name is more than the words of a description: a person within one ("Foley's family").

        A description with what follows it ("rebel factions in the south") is no name.
        """
        if name.head.i in heads and name.head.tag_ in ("NNS", "NN") and name.start in self._taken:
            return False
        inside = name.start in self._taken and name.end - 1 in self._taken
        return not inside or (name.person and name.head.i not in heads)

    def _pronouns(self) -> Iterator[Found]:
        for token in self.tokens:
            if token.pos_ == "PRON" and token.lower_ in _third_person():
                start, end = self.sentence.where(token)
                yield Found(start, end, self.sentence, token, "pronoun", token.lower_)

    def _in_role(self, unit: Unit) -> bool:
        """Whether a name is only part of a role phrase: "State" in "Secretary of State"."""
        if unit.surfaces or unit.certain:
            return False
        for last in range(unit.last, min(unit.last + 3, len(self.tokens))):
            ending = self.at.ending(last)
            if ending and ending[1] > 1 and last - ending[1] + 1 <= unit.first:
                return True
        return False

    # ------------------------------------------------------------- descriptions

    def _descriptions(self) -> Iterator[Found]:
        taken = len(self.tokens)
        for i in range(len(self.tokens) - 1, -1, -1):
            ending = self.at.ending(i) if i < taken else None
            if ending is None or self.tokens[i].pos_ in ("VERB", "AUX", "ADV", "ADP"):
                continue
            role, length = ending
            found = self._description(i - length + 1, i, role)
            if found:
                taken = i - length + 1
                yield found
        yield from self._hinted()

    def _hinted(self) -> Iterator[Found]:
        """Descriptions that only the tagger sees: their head is no role word."""
        for last, hint in self.hints.items():
            head = self.tokens[last]
            if self.roles.ends(self.lower[last]) or last in self.at.unit_at or head.pos_ not in ("NOUN", "PROPN"):
                continue
            if head.lemma_.lower() in words_of("land") or located(head):
                continue
            kind = cast(ActorKind, hint.label.removeprefix("actor:"))
            if hint.score < SURE and kind != "person" and self.at.left_edge(last, last) >= last - 1:
                continue
            party = "people" if kind == "civilians" else head.lemma_.lower()
            role = Role(self.lower[last], kind, party, "alone", members=False)
            found = self._description(last, last, role)
            if found:
                yield found

    def _description(self, first: int, last: int, role: Role) -> Found | None:
        unit = self.at.unit_at.get(last)
        if (unit and not self._says_description(unit, first, last)) or self.at.titles_a_name(last):
            return None
        head = self.tokens[last]
        qualifies = self.at.qualifies(head)
        if qualifies and head.lower_ in words_of("adjectival"):
            return None
        left = self.at.left_edge(first, last)
        owners, party = self.at.owners(left, first)
        backers = tuple(u for u in self.at.names_in(left, first) if self.at.is_backer(u))
        of = None if owners else self.at.of_owner(last)
        if of:
            owners = (of,)
        side = self.at.belongs_to(last) if not owners else None
        before = self.lower[left:first]
        counted = " ".join(t.lower_ for t in self.tokens[left:first] if t.like_num or t.pos_ == "NUM")
        if self._is_called(owners, role, head):
            return None  # "calls the Red Crescent terrorists": a word for those named, no party of its own
        definite = any(w in words_of("definite") or w in ("'s", "’s") for w in before)
        hint = self.hints.get(last) or (unit if unit and unit.certain else None)
        possessor = next((t for t in self.tokens[left:first] if t.dep_ == "poss" and _is_pronoun(t)), None)
        if possessor is not None and possessor.lower_ not in _third_person() | {"whose"}:
            return None
        owned = bool(owners or party or possessor or side)
        stands = self._stands(role, definite or bool(counted), first > left)
        if not (hint or owned or stands or (qualifies and role.party in words_of("doers"))):
            return None
        for u in owners:
            u.nested = u.nested or _absorbs(u, role)
        owners = (side,) if side else owners
        start, stop = self.sentence.where(self.tokens[left], self.tokens[of.last if of else last])
        return Found(
            start,
            stop,
            self.sentence,
            head,
            "description",
            " ".join(self.lower[first : last + 1]),
            label=hint.label if hint else "",
            score=hint.score if hint else 0.0,
            role=role,
            owners=owners,
            backers=backers,
            party=party,
            possessor=possessor,
            definite=definite,
            counted=counted,
            others=not qualifies and not words_of("others").isdisjoint(before),
            several=self.at.includes(last),
            weak=qualifies,
        )

    @staticmethod
    def _is_called(owners: tuple[Unit, ...], role: Role, head: Token) -> bool:
        """Whether somebody calls those named before a role word by it, and they are none of its kind by themselves."""
        called = role.kind == "armed_group" and head.dep_ == "dobj" and head.head.lemma_ in words_of("calling")
        return called and any(u.is_kind("aid_org", "company", "media", "political_group", "government") for u in owners)

    def _says_description(self, unit: Unit, first: int, last: int) -> bool:
        """Whether what the tagger names is no name but a description, or a nation and a role word ("Syrian Army")."""
        if unit.surfaces or (last < unit.last and not unit.person and self._goes_on(last)):
            return False
        if first <= unit.first or (self.tokens[unit.last].text[0].islower() and unit.first <= first + 1):
            return True
        known = [u for u in unit.parts if u.is_a("adjective", "name") and u.last < first]
        return bool(known) and known[0].first == unit.first and known[-1].last >= first - 1

    def _goes_on(self, last: int) -> bool:
        """Whether a name goes on after a word: "National" in "National Salvation Army", "Movement" for something."""
        heads = self.tokens[last].text.istitle() and self.lower[last] in words_of("heads_of_groups")
        return self.tokens[last + 1].text[0].isupper() or (heads and self.lower[last + 1] in ("for", "of"))

    @staticmethod
    def _stands(role: Role, definite: bool, modified: bool) -> bool:
        """Whether words that don't say whose a party is describe one."""
        if role.stands == "alone":
            return True
        return role.stands == "definite" and (definite or (modified and role.kind == "person"))

    # ------------------------------------------------------------- names

    def _name(self, unit: Unit) -> Iterator[Found]:
        head = head_of(self.sentence, unit)
        if not self._worth(unit, head):
            return
        left, title = self._title(unit)
        if left == unit.first and self._has_article(unit):
            left -= 1
        owners = tuple(self.at.names_in(left, unit.first))
        for u in owners:
            u.nested = u.is_a("adjective") or u.is_kind("state")
        start, end = self.sentence.where(self.tokens[left], self.tokens[unit.last])
        end = unit.cut or end
        name = self.sentence.tokens[unit.first : unit.last + 1].text
        yield Found(
            start, end, self.sentence, head, "known" if unit.surfaces else "name", name, unit.label, unit.score,
            unit.surfaces, title, owners,
        )  # fmt: skip

    def _has_article(self, unit: Unit) -> bool:
        """Whether "the" before a name is the name's, and not that of a longer phrase around it."""
        if not unit.first or self.lower[unit.first - 1] != "the" or self.at.is_backer(unit):
            return False
        return self.sentence.where(self.tokens[unit.first - 1])[0] not in self._taken

    def _worth(self, unit: Unit, head: Token) -> bool:
        """Whether a name is an actor's here, not a place's or a mere adjective."""
        if not unit.surfaces:
            modifies = head.dep_ in ("amod", "compound", "npadvmod")
            if unit.label == "actor:ethnic_or_religious_group" and modifies and not unit.certain:
                return False
            said = any(t.pos_ not in ("NUM", "DET", "PRON", "PUNCT") for t in self.tokens[unit.first : unit.last + 1])
            return said and self.evidence.is_actor(self.sentence, unit)
        if not unit.is_kind("state", "ethnic_or_religious_group"):
            placed = unit.certain and unit.label.startswith("place:")
            return unit.first < unit.last or not placed or unit.is_kind("armed_group")
        if unit.is_a("seat") and (_is_venue(head) or located(head) or _is_hit(head)):
            return False
        if unit.certain:
            owns_land = head.dep_ == "poss" and head.head.lemma_.lower() in words_of("place_nouns")
            return unit.label.startswith("actor:") and not owns_land
        if unit.is_a("name", "seat"):
            return acts(head, seat=not unit.is_a("name"))
        if unit.is_a("people") and head.dep_ not in ("amod", "compound", "nmod", "npadvmod"):
            return True
        return unit.is_kind("state") and acts(head, seat=False)

    def _title(self, unit: Unit) -> tuple[int, Role | None]:
        """Where a mention begins, with the title before the name, and the title."""
        before = unit.first - 1
        if before < 0:
            return unit.first, None
        ending = self.at.ending(before)
        if ending and self.at.titles_a_name(before):
            return self.at.left_edge(unit.first - ending[1], unit.last), ending[0]
        first = unit.first
        while unit.person and first and self.lower[first - 1].rstrip(".") in words_of("honorifics"):
            first -= 1
        return first, None


def _is_pronoun(token: Token) -> bool:
    return token.pos_ == "PRON" or token.lower_ == "whose"


def _is_venue(head: Token) -> bool:
    """Whether a city only says where something was talked over: "the Astana deal"."""
    return head.dep_ in ("compound", "amod", "nmod") and head.head.lemma_ in words_of("settled_at")


def _is_hit(head: Token) -> bool:
    """Whether a city is what something is done to: "struck Tehran"."""
    return head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in words_of("harms")


def _absorbs(owner: Unit, role: Role) -> bool:
    """Whether an owner is no mention of its own: an adjective, a country, or the group that its members are."""
    if owner.person:
        return False
    return owner.is_a("adjective", "people") or owner.is_kind("state") or role.members
