"""What a brief says: sections of sentences, each with the entries it rests on. No sentence stands without evidence.

Most important first, by rules that anyone can check:

- Sections: what happened, what changed hands, who holds what, agreements, movements, claims in conflict, what else was
  done and said, what is planned or threatened, forecasts. Given an earlier brief, what is new since then comes first.
- Events that the reader is less than SURE of are left out, unless a person has accepted them.
- Incidents: by the largest toll, then independent sources, then how much its words tell, how sure and how recent.
  Changes of hands: the latest first. Agreements: those that most reports tell of, then the latest. Movements: totals,
  then those of most people. Forecasts: overdue, due, by their time.
- What changed hands, who holds what, and agreements say how many independent sources tell of them, where several do.
- What happened is told in the words of a report: a brief that tells it anew can tell it wrong.
- A name for what happened, a place, a day, a party stands before a quote only where the entry's own words bear it out.
- Nothing twice: what an earlier sentence's reports tell in the same words is left out (agreements, movements, conflicts
  and forecasts are told apart). Each section has at most MOST sentences; the rest is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from situate.brief.ahead import forecasts, foretold, to_come
from situate.brief.conflicts import conflicts, denials
from situate.brief.happened import VIOLENT, by_weight, incident, is_sure
from situate.brief.moves import movements
from situate.brief.sentence import Section, Sentence, news, unrepeated
from situate.brief.standing import agreement, changes, holds
from situate.picture import incidents_of
from situate.picture.corroborated import graded
from situate.picture.corroboration import Corroboration
from situate.picture.kept_histories import agreements_of, control_of, movements_of
from situate.store import Filters, Store, query
from situate.store.outcomes import outcomes_of

MOST = {"What happened": 12, "New since the last brief": 20}
MOST_ELSE = 8
WEIGHED = ("What changed hands", "Who holds what", "Agreements")  # incidents say it themselves
LAYERS = ("events", "control", "agreements", "movements", "forecasts")


def sections(store: Store, filters: Filters, known: frozenset[str] | None = None) -> list[Section]:
    """All sections that have something to say. `known` are the entries that the last brief knew, if there was one."""
    new: list[Sentence] = []
    made: list[Section] = []
    told: list[Sentence] = []
    for title, sentences, alone in _all(store, filters):
        some = unrepeated(sentences, () if alone else told)
        if known is not None:
            fresh, some = news(some, known)
            new += fresh
            told += fresh
        section = _section(title, some)
        told += section.sentences
        made.append(section)
    if known is not None:
        made.insert(0, _section("New since the last brief", new))
    return [_weighed(store, s) if s.title in WEIGHED else s for s in made if s.sentences]


def _weighed(store: Store, section: Section) -> Section:
    """The section with how well its sentences stand, where several independent sources tell it, or one denies it."""
    stands = graded(store, [(s.entries, s.against) for s in section.sentences])
    weighed = (_with_grade(s, c) for s, c in zip(section.sentences, stands, strict=True))
    return replace(section, sentences=tuple(weighed))


def _with_grade(s: Sentence, c: Corroboration) -> Sentence:
    several = f": {c.sources} independent sources" if c.sources > 1 else ""
    if not several and not s.against:
        return s
    return replace(s, text=f"{s.text.removesuffix('.')} ({c.grade}{several}).")


def entries_known(store: Store, filters: Filters) -> tuple[str, ...]:
    """The keys of all entries that a brief of this scope rests on, for the next one to tell what is new."""
    return tuple(sorted(e.key for layer in LAYERS for e in query.every(store, layer, filters)))


def _section(title: str, sentences: Sequence[Sentence]) -> Section:
    most = MOST.get(title, MOST_ELSE)
    return Section(title, tuple(sentences[:most]), max(0, len(sentences) - most))


def _all(store: Store, filters: Filters) -> list[tuple[str, list[Sentence], bool]]:
    """Titles and all their sentences, in order; True for those that may tell again what others told."""
    rows = {layer: list(query.every(store, layer, filters)) for layer in LAYERS}
    only_foretold = foretold(rows["forecasts"])
    found = [i for i in by_weight(incidents_of(store, filters)) if is_sure(i.entries)]
    found = [i for i in found if not all(map(only_foretold, i.entries))]
    control = control_of(store, filters)
    denied = list(query.every(store, "events", replace(filters, statuses=("denied",))))
    agreements = sorted(agreements_of(store, filters), key=lambda a: -len({e.report.key for e in a.entries}))
    ahead = forecasts(rows["forecasts"], outcomes_of(store), filters.until)
    return [
        ("What happened", [incident(i) for i in found if i.first.type in VIOLENT], False),
        ("What changed hands", changes(rows["control"]), False),
        ("Who holds what", holds(control), False),
        ("Agreements", [agreement(a) for a in agreements], True),
        ("Movements", movements(movements_of(store, filters)), True),
        ("Claims in conflict", conflicts(found, control, denied), True),
        ("Also done and said", [incident(i) for i in denials(found)[1] if i.first.type not in VIOLENT], False),
        ("Planned, offered, threatened", to_come(e for e in rows["events"] if not only_foretold(e)), False),
        ("Forecasts", ahead, True),
    ]
