"""Words that describe a party without naming it ("rebels", "security forces", "residents"), and what they imply."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from situate.contract import ActorKind
from situate.knowledge.catalogue_files import Row, rows

PATH = Path(__file__).parent / "data" / "actors" / "roles.csv"
COLUMNS = ("words", "kind", "class", "stands", "members")

Stands = Literal["alone", "definite", "owned"]


@dataclass(frozen=True, slots=True)
class Role:
    """What a word that describes a party implies.

    `party` is the class of words that mean the same party of one owner, `instead` classes that are taken before it
    where the report has them; `stands` says what it needs to be one;
    `members`: after a named group it means the group itself. `usual` is the word a party is called by.
    """

    usual: str
    kind: ActorKind
    party: str
    stands: Stands
    members: bool
    instead: tuple[str, ...] = ()


class Roles:
    """The role words, by their words in lower case."""

    def __init__(self, by_words: dict[tuple[str, ...], Role]) -> None:
        self._by_words = by_words
        self._longest: dict[str, int] = {}  # last word: the longest phrase that ends so
        for phrase in by_words:
            self._longest[phrase[-1]] = max(self._longest.get(phrase[-1], 0), len(phrase))

    @classmethod
    def load(cls, path: Path = PATH) -> Roles:
        """The role words of a file. Raises CatalogueError, which names file and row."""
        found: dict[tuple[str, ...], Role] = {}
        for row in rows(path, COLUMNS):
            for words, role in _of_row(row):
                found.setdefault(words, role)
        return cls(found)

    def ends(self, word: str) -> bool:
        """Whether a word in lower case ends a role word or phrase."""
        return word in self._longest

    def ending(self, words: list[str]) -> tuple[Role, int] | None:
        """The longest role phrase that ends with the last of these words, in lower case, and its length in words."""
        for length in range(min(self._longest.get(words[-1], 0), len(words)), 0, -1):
            role = self._by_words.get(tuple(words[-length:]))
            if role:
                return role, length
        return None


def _of_row(row: Row) -> list[tuple[tuple[str, ...], Role]]:
    stands = row["stands"]
    if stands not in get_args(Stands):
        raise row.error(f"'{stands}' in column 'stands': use one of {', '.join(get_args(Stands))}")
    phrases = row.many("words")
    if not phrases:
        raise row.error("no words")
    *instead, party = row.many("class") or ("",)
    role = Role(phrases[0], row.kind(), party, stands, row["members"] == "yes", tuple(instead))  # type: ignore[arg-type]
    return [(tuple(p.lower().replace("-", " - ").replace("'s", " 's").split()), role) for p in phrases]


@cache
def roles() -> Roles:
    """The role words that ship with the program."""
    return Roles.load()
