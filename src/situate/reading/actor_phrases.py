"""The words around a role word or a name that belong to it, by grammar: what a description is made of."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from situate.knowledge.catalogue_roles import Role, Roles
from situate.language import Sentence
from situate.reading.actor_context import words_of
from situate.reading.actor_unit import Unit

PREMODIFIERS = frozenset(
    ("det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "case", "npadvmod", "advmod", "predet", "punct")
)
STOPS = frozenset(',;:()[]"“”—–')
LONGEST_ROLE = 5  # tokens


class Phrases:
    """The phrases of one sentence. Positions are numbers of its tokens."""

    def __init__(self, sentence: Sentence, roles: Roles) -> None:
        self.tokens = list(sentence.tokens)
        self.lower = [t.lower_ for t in self.tokens]
        self.roles = roles
        self.units: list[Unit] = []
        self.unit_at: dict[int, Unit] = {}
        self._base = self.tokens[0].i

    def set_names(self, units: list[Unit]) -> None:
        """Takes the sentence's names."""
        self.units = units
        self.unit_at = {i: u for u in units for i in range(u.first, u.last + 1)}

    def ending(self, last: int, left: int = 0) -> tuple[Role, int] | None:
        """The role word or phrase that ends at a token, and its length in tokens; not reaching left of `left`."""
        if not self.roles.ends(self.lower[last]):
            return None
        return self.roles.ending(self.lower[max(left, last - LONGEST_ROLE + 1) : last + 1])

    def titles_a_name(self, last: int) -> bool:
        """Whether a role word stands right before who it describes: "President Obama", "news agency SANA"."""
        following = self.unit_at.get(last + 1)
        if not following or following.first != last + 1 or following.is_a("adjective", "people", "seat"):
            return False
        if following.person:
            return True
        singular = self.tokens[last].tag_ in ("NN", "NNP")
        return singular and not following.label.startswith("place:") and not following.is_kind("state")

    def left_edge(self, first: int, last: int) -> int:
        """The first token of the words that stand before a head and belong to it."""
        left = first
        outer = self.qualifies(self.tokens[last])
        for i in range(first - 1, -1, -1):
            token = self.tokens[i]
            if token.dep_ not in PREMODIFIERS or token.text in STOPS:
                break
            own = i < token.head.i - self._base <= last
            named = outer and i in self.unit_at
            joint = token.text == "-" and not token.whitespace_  # not the dash behind a dateline
            if not (token.dep_ == "case" or joint or own or named):
                break
            left = i
        while left < first and self._no_part(self.tokens[left]):
            left += 1
        return left

    def qualifies(self, head: Token) -> bool:
        """Whether a role word only qualifies a thing after it: "police station", "the army deployment"."""
        return head.dep_ in ("compound", "nmod") and head.head.i > head.i and not self.roles.ends(head.head.lower_)

    @staticmethod
    def _no_part(token: Token) -> bool:
        """Whether a first word is none of a description: a comma, an adverb, "Sunday"."""
        dated = token.ent_type_ in ("DATE", "TIME") and not token.like_num
        return token.is_punct or dated or token.dep_ in ("case", "advmod")

    def owners(self, left: int, first: int) -> tuple[tuple[Unit, ...], Role | None]:
        """The names before a description that say whose it is, and a role word that does ("rebel commander")."""
        owners = tuple(u for u in self.names_in(left, first) if not self.is_backer(u))
        party = None
        for i in range(first - 1, left - 1, -1):
            ending = self.ending(i, left) if i not in self.unit_at else None
            if ending:
                party = ending[0]
                break
        return owners, party

    def names_in(self, left: int, first: int) -> Iterator[Unit]:
        """The names from one token up to another, those inside longer names included."""
        for u in self.units:
            for unit in u.parts if u.last >= first and u.parts else (u,):
                if left <= unit.first and unit.last < first:
                    yield unit

    def is_backer(self, unit: Unit) -> bool:
        """Whether a name only says who backs, leads or opposes: "US-backed rebels", "pro-Russian separatists"."""
        if unit.cut:
            return True
        after = self.lower[unit.last + 1 : unit.last + 3]
        before = self.lower[max(0, unit.first - 2) : unit.first]
        return after[:1] == ["-"] or (before[-1:] == ["-"] and before[0] in ("pro", "anti", "non", "ex"))

    def of_owner(self, last: int) -> Unit | None:
        """The name in "government of Ukraine", "leader of Hamas"."""
        if last + 2 >= len(self.tokens):
            return None
        speaks = self.lower[last + 1] == "for" and self.lower[last] in words_of("speaking_for")
        if self.lower[last + 1] != "of" and not speaks:
            return None
        at = last + 3 if self.lower[last + 2] == "the" and last + 3 < len(self.tokens) else last + 2
        unit = self.unit_at.get(at)
        if unit is None or unit.first != at or not (unit.surfaces or unit.label):
            return None
        head = self.tokens[unit.last]
        qualifies = head.dep_ in ("amod", "compound") and head.head.i > head.i
        return None if unit.is_a("adjective") and qualifies else unit

    def belongs_to(self, last: int) -> Unit | None:
        """The name in "fighters belonging to Hamas", "militants loyal to Haftar"."""
        after = self.lower[last + 1 : last + 3]
        if after not in (["belonging", "to"], ["loyal", "to"], ["affiliated", "with"]):
            return None
        at = last + 4 if self.lower[last + 3 : last + 4] == ["the"] else last + 3
        unit = self.unit_at.get(at)
        return unit if unit and unit.first == at and (unit.surfaces or unit.label) else None

    def includes(self, last: int) -> bool:
        """Whether those described are more than one party: "the militants, including members of Hamas"."""
        return self.lower[last + 1 : last + 3] == [",", "including"] or self.lower[last + 1 : last + 2] == ["including"]
