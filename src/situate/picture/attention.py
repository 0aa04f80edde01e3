"""Places of attention for relief: what is reported of each area, week by week, as a table.

Areas are provinces (admin 1) where those of the places are known, else the place itself; weeks begin on Monday. Counted
are incidents of violence and of aid, people's movements, agreements that open or close access, each once however many
reports tell it, and sentences that tell what people lack (`knowledge/data/attention.yaml`), copies of one counted once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from situate.knowledge.attention import needs_told
from situate.picture.agreement_history import AgreementHistory
from situate.picture.incidents import Incident
from situate.picture.moved import Moved
from situate.store import Listed
from situate.store.fold import fold
from situate.store.listed import Site

COLUMNS = ("fighting", "displacement", "access", "needs", "aid")
INCIDENTS = {"ASSAULT": "fighting", "COERCE": "fighting", "AID": "aid"}
MOVED = ("displacement", "evacuation", "return")
ACCESS = ("humanitarian_access", "evacuation", "ceasefire")


@dataclass(frozen=True, slots=True)
class Row:
    """An area in a week: how much is told of each, how many people moved from or to it as a range, what they lack, and
    the keys of the entries that it rests on."""

    area: str
    week: str
    counts: Mapping[str, int]
    people: tuple[float, float] | None
    needs: tuple[str, ...]
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing told of areas on a day."""

    what: str
    day: str
    sites: tuple[Site, ...]
    entries: tuple[str, ...]
    people: tuple[float, float] = (0, 0)
    needs: tuple[str, ...] = ()


def attention(
    incidents: Iterable[Incident],
    movements: Iterable[Moved],
    agreements: Iterable[AgreementHistory],
    said: Iterable[Listed],
) -> list[Row]:
    """Rows by week and area, the latest week and the most reported area first. `said` are the claims."""
    incidents = list(incidents)
    told = [*_of_incidents(incidents), *_of_movements(movements), *_of_agreements(agreements)]
    told += _lacking([*(i.first for i in incidents), *said])
    found: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for each in told:
        for area in dict.fromkeys(filter(None, map(_area, each.sites))):
            found[_week(each.day), area].append(each)
    rows = [_row(area, week, some) for (week, area), some in found.items()]
    return sorted(rows, key=lambda r: (r.week, sum(r.counts.values()), r.area), reverse=True)


def _row(area: str, week: str, told: list[_Told]) -> Row:
    low, high = (sum(t.people[end] for t in told) for end in (0, 1))
    return Row(
        area,
        week,
        dict(Counter(t.what for t in told)),
        (low, high) if high else None,
        tuple(sorted({need for t in told for need in t.needs})),
        tuple(dict.fromkeys(key for t in told for key in t.entries)),
    )


def _of_incidents(incidents: Iterable[Incident]) -> Iterator[_Told]:
    for i in incidents:
        what, day = INCIDENTS.get(str(i.first.type)), _day(i.first)
        if what and day:
            yield _Told(what, day, i.first.places, tuple(e.key for e in i.entries))


def _of_movements(movements: Iterable[Moved]) -> Iterator[_Told]:
    for m in movements:
        if m.kind in MOVED and m.first:
            people = (m.low or 0, m.high or 0)
            yield _Told("displacement", m.first, m.way, tuple(e.key for e in m.entries), people)


def _of_agreements(agreements: Iterable[AgreementHistory]) -> Iterator[_Told]:
    """Each agreement in every week in which something is told of it."""
    for a in agreements:
        weeks: dict[str, list[Listed]] = defaultdict(list)
        for e in a.entries if a.kind in ACCESS else ():
            if day := _day(e):
                weeks[_week(day)].append(e)
        for week, some in weeks.items():
            yield _Told("access", week, a.places, tuple(e.key for e in some))


def _lacking(entries: Iterable[Listed]) -> Iterator[_Told]:
    """What people lack, by the words of entries; what says the same as another, or is a part of it, counts once."""
    seen: dict[str, list[str]] = defaultdict(list)
    for e in sorted(entries, key=lambda e: (-len(e.evidence.text), e.key)):
        needs, day = needs_told(e.evidence.text), _day(e)
        if not needs or not day:
            continue
        words, week = fold(e.evidence.text), _week(day)
        if not any(words in other for other in seen[week]):
            seen[week].append(words)
            yield _Told("needs", day, e.places, (e.key,), needs=needs)


def _area(site: Site) -> str | None:
    return None if site.kind == "country" else site.admin1 or site.name


def _day(entry: Listed) -> str:
    return (entry.latest or entry.earliest or "")[:10]


def _week(day: str) -> str:
    at = date.fromisoformat(day)
    return (at - timedelta(at.weekday())).isoformat()
