"""Who moved: each movement once, and what movements come to without counting one twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from situate.brief.happened import TO_COME
from situate.brief.phrases import grounded, period, quote, raised, told_by, when, where
from situate.brief.sentence import Sentence, joined
from situate.knowledge.actors import catalogue
from situate.picture.moved import Moved, RunningTotal, counting, running_totals
from situate.picture.wording import number
from situate.store.listed import Listed, Site

VERBS = {
    "displacement": "fled or were displaced",
    "evacuation": "were evacuated",
    "return": "returned",
}  # of people; soldiers and convoys are told in the report's words
TOTALS = 3  # the largest, by kind and country
CALLED = {"other": "movement"}


def movements(found: Sequence[Moved]) -> list[Sentence]:
    """The largest totals of people by kind and country, then each movement, those of most people first."""
    last: dict[tuple[str, str | None], RunningTotal] = {}
    several: dict[tuple[str, str | None], list[Moved]] = {}
    for total in running_totals(m for m in found if m.kind in VERBS):
        last[total.kind, total.country] = total
        several.setdefault((total.kind, total.country), []).append(total.movement)
    largest = sorted((key for key in last if len(several[key]) > 1), key=lambda key: (-last[key].high, str(key)))
    totals = [_total(last[key], several[key]) for key in largest[:TOTALS]]
    ordered = sorted(found, key=lambda m: (m.kind not in VERBS, -(m.low or 0), m.first, m.entries[0].key))
    return [*totals, *(_movement(m) for m in ordered if m.way or m.low)]


def _total(t: RunningTotal, movements: Sequence[Moved]) -> Sentence:
    country = catalogue().actors.get(t.country or "")
    place = f" in {country.name}" if country else ""
    begun = [e.earliest or m.first for m in movements for e in m.entries]
    days = sorted(d[:10] for d in (*begun, *(m.last for m in movements)) if d)
    told = period(days[0], days[-1]) if days else ""
    text = f"In all {_about(t.low, t.high)} people {VERBS[t.kind]}{place}"
    counted = f"(the sum of {len(movements)} movements, each counted once)"
    return Sentence(joined(text, told, counted), tuple(m.entries[0] for m in movements))


def _movement(m: Moved) -> Sentence:
    e = m.entries[0]
    who = _many(m, e)
    origin, destination = (where(s for s in sites if _told(m, s)) for sites in (m.origins, m.destinations))
    way = f"{f' from {origin}' if origin else ''}{f' to {destination}' if destination else ''}"
    if not way or not who or m.kind not in VERBS or not m.done:
        words = quote(replace(e, own={}))
        kind = CALLED.get(m.kind, m.kind)
        head = raised(kind) if m.done else f"{raised(TO_COME.get(str(e.status), 'said'))}: {kind}"
        return Sentence(joined(f"{head}: {words}", told_by(m.entries, words)), m.entries)
    return Sentence(joined(f"{raised(who)} {_verb(m, e)}{way}", _days(m), told_by(m.entries)), m.entries)


def _verb(m: Moved, e: Listed) -> str:
    """The verb for a movement: who "fled" does so in the report's words, too."""
    if m.kind != "displacement":
        return VERBS[m.kind]
    return "fled" if re.search(r"\bfl(?:ed|ee)", e.evidence.text) else "were displaced"


def _many(m: Moved, e: Listed) -> str:
    """How many people, in a report's own words where all of them give one figure: "Several hundred people"."""
    if m.low is None or m.high is None:
        return ""
    figures = counting(e)
    return figures[0].words if len(figures) == 1 and m.low == m.high else f"{_people(m.low, m.high)} people"


def _told(m: Moved, site: Site) -> bool:
    return any(grounded(e, (), (site,)) for e in m.entries)


def _days(m: Moved) -> str:
    """When, as its best dated entry says it."""
    dated = [e for e in m.entries if when(e)]
    return when(min(dated, key=lambda e: (e.latest or "", e.earliest or ""))) if dated else ""


def _about(low: float, high: float) -> str:
    """A sum as a range of round numbers, since it adds up figures that are round themselves."""
    return f"about {_people(*(float(f'{end:.2g}') for end in (low, high)))}"


def _people(low: float, high: float) -> str:
    return number(low) if low == high else f"{number(low)} to {number(high)}"
