"""A name in a sentence, and what it may stand for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from situate.knowledge.actors import Surface

SPACY = 0.5  # the score of what spaCy's recogniser finds, which says nothing


@dataclass(slots=True)
class Unit:
    """Words that are one name, from token `first` to `last` of the sentence, and what they may stand for."""

    first: int
    last: int
    surfaces: tuple[Surface, ...] = ()
    label: str = ""  # the tagger's, "actor:KIND" or "place:KIND"
    score: float = 0.0
    nested: bool = False  # qualifies a longer mention
    parts: tuple[Unit, ...] = ()  # known names inside this one
    cut: int = 0  # where the name ends in the report, if inside its last token: "U.S.-backed"

    def is_a(self, *sorts: str) -> bool:
        """Whether the catalogue knows the words in one of these sorts."""
        return any(s.sort in sorts for s in self.surfaces)

    def is_kind(self, *kinds: str) -> bool:
        """Whether the catalogue knows the words as an actor of one of these kinds."""
        return any(s.actor.kind in kinds for s in self.surfaces)

    @property
    def person(self) -> bool:
        """Whether a person is named."""
        return self.is_kind("person") or (not self.surfaces and self.label == "actor:person")

    @property
    def certain(self) -> bool:
        """Whether a trained tagger named the words, not spaCy's recogniser."""
        return self.label != "" and self.score != SPACY

    def covers(self, other: Unit) -> bool:
        """Whether the other's tokens all belong to this one."""
        return self.first <= other.first and other.last <= self.last

    def keep(self, countries: Counter[str | None]) -> None:
        """Drops what shaky words may stand for in a report that doesn't speak of its country."""
        if any(s.shaky for s in self.surfaces):
            self.surfaces = tuple(s for s in self.surfaces if not s.shaky or countries[s.actor.country])
