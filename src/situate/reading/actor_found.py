"""A mention of an actor before it is known whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from spacy.tokens import Token

from situate.contract import ActorKind
from situate.knowledge.actors import Surface
from situate.knowledge.catalogue_roles import Role
from situate.language import Sentence
from situate.reading.actor_context import words_of
from situate.reading.actor_unit import Unit

Sort = Literal["known", "name", "description", "pronoun"]


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
    backers: tuple[Unit, ...] = ()  # names that say who backs or leads the party: "US-backed rebels"
    party: Role | None = None  # a role word that qualifies the description: "rebel commander"
    possessor: Token | None = None  # "his", "its", "their" before a description
    definite: bool = False
    counted: str = ""  # the number words before a description
    others: bool = False  # "other", "rival": not those spoken of before
    several: bool = False  # more than one party: "the militants, including …"
    weak: bool = False  # a mention only if the actor stands elsewhere too

    @property
    def placed(self) -> bool:
        """Whether the words say where a party is, so that it is only those there: "rebels in Quneitra"."""
        return any(t.dep_ == "prep" and t.lower_ in words_of("place_prepositions") for t in self.head.rights)

    @property
    def kind(self) -> ActorKind | None:
        """The kind that the tagger gives the words, if it takes them for an actor."""
        return cast(ActorKind, self.label.removeprefix("actor:")) if self.label.startswith("actor:") else None

    @property
    def person(self) -> bool:
        """Whether a person is named."""
        return any(s.actor.kind == "person" for s in self.surfaces) or (not self.surfaces and self.kind == "person")
