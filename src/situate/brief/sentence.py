"""A sentence of a brief and the entries whose words it rests on; a section of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from situate.store import Listed
from situate.store.fold import fold

_CLOSE = ("(", "on ", "in ", "between ", "since ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its entries, first the one whose words it tells or quotes.

    `against` are entries that say otherwise; `more` says that what it tells was in the last brief, and has new reports.
    """

    text: str
    entries: tuple[Listed, ...]
    against: tuple[Listed, ...] = ()
    more: bool = False

    @property
    def told(self) -> frozenset[str]:
        """The sentences of reports that it rests on; copies of one are the same."""
        return frozenset(fold(e.evidence.text) for e in self.entries)

    @property
    def first(self) -> str:
        """The sentence of a report that it tells or quotes."""
        return fold(self.entries[0].evidence.text)


def led(lead: Listed, entries: Iterable[Listed]) -> tuple[Listed, ...]:
    """Entries with the one that is told or quoted first."""
    return lead, *(e for e in entries if e is not lead)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its sentences, and how many more there would be."""

    title: str
    sentences: tuple[Sentence, ...]
    left_out: int = 0


def joined(*parts: str | None) -> str:
    """Parts of a sentence: brackets and times follow without a comma, all else after one; a full stop at the end."""
    text = ""
    for part in (p for p in parts if p):
        text += part if not text else f" {part}" if part.startswith(_CLOSE) else f", {part}"
    return text if text.endswith((".", "!", "?", ".”")) else f"{text}."


def unrepeated(sentences: Iterable[Sentence], before: Iterable[Sentence] = ()) -> list[Sentence]:
    """Those that say something that neither an earlier one nor one `before` says.

    What rests first, or mostly, on sentences of reports that others rest on is no news.
    """
    told = {words for s in before for words in s.told}
    texts, kept = set[str](), []
    for s in sentences:
        if s.text not in texts and s.first not in told and 2 * len(s.told & told) <= len(s.told):
            kept.append(s)
            texts.add(s.text)
            told |= s.told
    return kept


def news(sentences: Iterable[Sentence], known: frozenset[str]) -> tuple[list[Sentence], list[Sentence]]:
    """Those that tell something new since a brief that knew these entries, and the rest."""
    new, rest = [], []
    for s in sentences:
        fresh = sum(e.key not in known for e in s.entries)
        if fresh:
            new.append(replace(s, more=fresh < len(s.entries)))
        else:
            rest.append(s)
    return new, rest
