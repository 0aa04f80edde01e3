"""Kinds of sources by the words that a report calls them (`data/sources.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class SourceWords:
    """Which word shows which kind of source; `heads` and `words` in the order of the file, the first wins."""

    heads: Mapping[str, tuple[int, str]]
    words: Mapping[str, tuple[int, str]]
    actors: Mapping[str, str]
    people: frozenset[str]
    offices: frozenset[str]
    hearsay: frozenset[str]
    bare: frozenset[str]

    def kind(self, head: str, others: Iterable[str]) -> str | None:
        """The kind that a source's noun shows, or the words before it."""
        shown = [self.words[w] for w in others if w in self.words]
        if head in self.heads:
            shown.append(self.heads[head])
        return min(shown)[1] if shown else None


@cache
def source_words() -> SourceWords:
    """The words of sources, read once a process."""
    data = yaml.safe_load((files("situate.knowledge") / "data" / "sources.yaml").read_text(encoding="utf-8"))
    heads: dict[str, tuple[int, str]] = {}
    words: dict[str, tuple[int, str]] = {}
    for rank, row in enumerate(data["kinds"]):
        for word in row.get("heads", ()):
            heads.setdefault(word, (rank, row["kind"]))
        for word in row.get("words", ()):
            words.setdefault(word, (rank, row["kind"]))
    return SourceWords(
        heads,
        words,
        data["actors"],
        *(frozenset(data[k]) for k in ("people", "offices", "hearsay", "bare")),
    )
