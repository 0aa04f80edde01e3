"""A cited situation report over a store: what happened, what changed hands, what was agreed, who moved, what will come.

Deterministic: the same store content, filter and last brief give the same words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from situate.brief.citations import Citation, Citations
from situate.brief.phrases import day, raised
from situate.brief.sections import entries_known, sections
from situate.brief.sentence import Sentence
from situate.store import Filters, Store
from situate.store.filters import wanted
from situate.store.sql import sql


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence with the numbers of its citations; `more`: the last brief had it, and there are new reports of it."""

    text: str
    cited: tuple[int, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class CitedSection:
    """A section whose sentences carry the numbers of their citations."""

    title: str
    sentences: tuple[CitedSentence, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole: title, what it covers, sections, sources, and the entries it knew, for the next brief to compare."""

    title: str
    scope: str
    sections: tuple[CitedSection, ...]
    citations: tuple[Citation, ...]
    entries: tuple[str, ...] = ()


def brief(store: Store, filters: Filters, known: frozenset[str] | None = None, most_events: int | None = None) -> Brief:
    """The brief of what a filter lets through; `known` are the entries that the last brief knew.

    With `most_events` it begins, where the filter lets more events through, with the day from which there are so many.
    """
    begin = _begin(store, filters, most_events) if most_events else None
    if begin:
        filters = replace(filters, since=begin)
    cited = Citations()
    made = tuple(
        CitedSection(s.title, tuple(_cited(x, cited) for x in s.sentences), s.left_out)
        for s in sections(store, filters, known)
    )
    scope = _scope(store, filters, made, known)
    scope += " What is of earlier days is left out for its amount; narrow the filter to have it." if begin else ""
    return Brief(_title(filters), scope, made, tuple(cited.all()), entries_known(store, filters))


def _cited(x: Sentence, cited: Citations) -> CitedSentence:
    return CitedSentence(x.text, cited.cite(*x.entries, *x.against), x.more)


def _begin(store: Store, filters: Filters, most: int) -> str | None:
    """The day from which on there are so many events; None where there are no more than that in all."""
    query = "SELECT entries.day FROM entries WHERE ? AND entries.day <> '' ORDER BY entries.day DESC LIMIT 1 OFFSET ?"
    with store.asking() as asked:
        found = asked.tuples(sql(query, wanted(filters, asked.dialect, "events"), most))
    return date.fromisoformat(found[0][0][:10]).isoformat() if found else None


def _title(filters: Filters) -> str:
    about = ", ".join([*filters.places, *filters.actors])
    return f"Situation report: {about}" if about else "Situation report"


def _scope(store: Store, filters: Filters, made: tuple[CitedSection, ...], known: frozenset[str] | None) -> str:
    span = f"from {day(filters.since)} on" if filters.since else "all days"
    if filters.until:
        span = f"{day(filters.since)} to {day(filters.until)}" if filters.since else f"up to {day(filters.until)}"
    said = sum(len(s.sentences) for s in made)
    parts = [f"{raised(span)}; {store.count()} reports in the store."]
    parts += ["Read by a program; entries that a reviewer rejected are left out."]
    parts += [] if said else ["Nothing in it tells of this."]
    parts += ["Nothing is new since the last brief."] if known is not None and said and not _news(made) else []
    return " ".join(parts)


def _news(made: tuple[CitedSection, ...]) -> bool:
    return any(s.title.startswith("New since") for s in made)
