"""A cited situation report over a store: what happened, what changed hands, what was agreed, who moved, what will come.

Deterministic: the same store content and filter give the same words.
"""

from __future__ import annotations

from dataclasses import dataclass

from situate.brief.citations import Citation, Citations
from situate.brief.sections import sections
from situate.store import Filters, Store


@dataclass(frozen=True, slots=True)
class CitedSection:
    """A section whose sentences carry the numbers of their citations."""

    title: str
    sentences: tuple[tuple[str, tuple[int, ...]], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole: title, what it covers, sections, sources."""

    title: str
    scope: str
    sections: tuple[CitedSection, ...]
    citations: tuple[Citation, ...]


def brief(store: Store, filters: Filters) -> Brief:
    """The brief of what a filter lets through."""
    cited = Citations()
    made = tuple(
        CitedSection(s.title, tuple((x.text, cited.cite(*x.entries)) for x in s.sentences), s.left_out)
        for s in sections(store, filters)
    )
    return Brief(_title(filters), _scope(store, filters, made), made, tuple(cited.all()))


def _title(filters: Filters) -> str:
    about = ", ".join([*filters.places, *filters.actors])
    return f"Situation report: {about}" if about else "Situation report"


def _scope(store: Store, filters: Filters, made: tuple[CitedSection, ...]) -> str:
    when = f"{filters.since or 'the first day reported'} to {filters.until or 'the last day reported'}"
    said = sum(len(s.sentences) for s in made)
    nothing = "" if said else " Nothing in it tells of this."
    return (
        f"From {when}; the store holds {store.count()} reports. Entries not rejected by a reviewer are shown.{nothing}"
    )
