"""The kind of an actor that the catalogue doesn't know, from the words of its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from situate.contract import ActorKind
from situate.knowledge.catalogue_files import rows

OFFICIAL: frozenset[ActorKind] = frozenset({"state", "government", "military", "police"})  # arms of a country
PATH = Path(__file__).parents[1] / "knowledge" / "data" / "actors" / "name_words.csv"
_HEAD_END = re.compile(r"\s(?:of|for|in|on|against|to|de|du)\s")


@dataclass(frozen=True, slots=True)
class _Words:
    pattern: re.Pattern[str]
    kind: ActorKind


@cache
def _table() -> tuple[_Words, ...]:
    table = []
    for row in rows(PATH, ("words", "at", "kind")):
        anyone = "|".join(re.escape(w.lower()) for w in row.many("words"))
        shape = {
            "last": rf"(?:^|\W)(?:{anyone})$",
            "first": rf"^(?:{anyone})(?:\W|$)",
            "any": rf"(?:^|\W)(?:{anyone})(?:\W|$)",
        }
        if row["at"] not in shape:
            raise row.error(f"'{row['at']}' in column 'at': use one of last, first, any")
        table.append(_Words(re.compile(shape[row["at"]]), row.kind()))
    return tuple(table)


def kind_of_name(name: str) -> ActorKind | None:
    """The kind that the words of a name tell, or None."""
    whole = name.lower()
    head = _HEAD_END.split(whole, maxsplit=1)[0]
    for entry in _table():
        at_end = entry.pattern.pattern.endswith("$") and not entry.pattern.pattern.startswith("^")
        if entry.pattern.search(head if at_end else whole):
            return entry.kind
    return None
