"""What a brief says: sections of sentences, each with the entries it rests on. No sentence stands without evidence.

Most important first, by a rule that anyone can check: what changed hands and what killed comes before what was said;
within a section by the largest toll, then by the number of independent sources, then by how sure and how recent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from situate.picture import Incident, incidents_of
from situate.picture.wording import figure, listing, number, sides, where
from situate.store import Filters, Listed, Store, query

MOST = 12  # sentences a section; the rest are counted
VIOLENT = ("ASSAULT", "COERCE")
CHANGES = {"captured": "taken by", "lost": "lost by", "withdrew": "left by"}
STANDING = {
    "holds": "held by",
    "besieges": "besieged by",
    "contests": "contested by",
    "occupies": "occupied by",
    "patrols": "patrolled by",
}
TO_COME = {"planned": "Planned", "offered": "Offered", "threatened": "Threatened", "conditional": "On a condition"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the entries whose words it rests on."""

    text: str
    entries: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its sentences, and how many more there would be."""

    title: str
    sentences: tuple[Sentence, ...]
    left_out: int = 0


def sections(store: Store, filters: Filters) -> list[Section]:
    """All sections that have something to say."""
    found = incidents_of(store, filters)
    rows = {layer: _not_rejected(query.every(store, layer, filters)) for layer in ("control", "agreements")}
    rows |= {layer: list(query.every(store, layer, filters)) for layer in ("movements", "forecasts", "events")}
    made = [
        _section("What happened", [_incident(i) for i in _ranked(i for i in found if i.first.type in VIOLENT)]),
        _section("What changed hands", [_control(group) for group in _by_place(rows["control"], CHANGES)]),
        _section("Who holds what", [_control(group) for group in _by_place(rows["control"], STANDING)]),
        _section("Agreements", [_agreement(a) for a in rows["agreements"]]),
        _section("Movements", _movements(rows["movements"])),
        _section(
            "Said and done otherwise", [_incident(i) for i in _ranked(i for i in found if i.first.type not in VIOLENT)]
        ),
        _section("Planned, offered, threatened", [_to_come(e) for e in rows["events"] if e.status in TO_COME]),
        _section("Figures in conflict", [s for i in found for s in _disputed(i)]),
        _section("Control in conflict", _contradictions(rows["control"])),
        _section("Forecasts", [_forecast(f) for f in rows["forecasts"]]),
    ]
    return [s for s in made if s.sentences]


def _section(title: str, some: Sequence[Sentence]) -> Section:
    unique = list({s.text: s for s in reversed(some)}.values())[::-1]
    return Section(title, tuple(unique[:MOST]), max(0, len(unique) - MOST))


def _not_rejected(rows: Iterable[Listed]) -> list[Listed]:
    return [r for r in rows if r.review != "rejected"]


def _ranked(found: Iterable[Incident]) -> list[Incident]:
    def weight(i: Incident) -> tuple[float, int, float, str]:
        tolls = [v.figure.value or v.figure.low or 0 for v in i.values if v.role in ("killed", "injured")]
        return max(tolls, default=0), len(i.sources), i.first.confidence or 0, i.first.latest or ""

    return sorted(found, key=weight, reverse=True)


def _incident(i: Incident) -> Sentence:
    tolls = [f"{figure(v.figure)} {v.role} ({v.said_by})" for v in i.values]
    told = f"told by {len(i.sources)} independent sources" if len(i.sources) > 1 else None
    return _sentence(sides(i.first), i.first, i.entries, *tolls, told)


def _sentence(what: str, entry: Listed, entries: Sequence[Listed], *more: str | None) -> Sentence:
    """`what`, where, when, who says so, and more, in one sentence."""
    place, day = where(entry), _when(entry)
    words = what + (f" in {place}" if place and place not in what else "") + (f", {day}" if day else "")
    parts = [words, *(m for m in more if m)]
    said = f"according to {entry.source}" if entry.source else None
    return Sentence("; ".join([*parts, *([said] if said else [])]) + ".", tuple(entries))


def _when(entry: Listed) -> str:
    if entry.dated_by == "report" or not (entry.earliest or entry.latest):
        return f"reported {entry.report.published}" if entry.report.published else ""
    if entry.earliest == entry.latest:
        return str(entry.earliest)
    return f"between {entry.earliest or 'an open date'} and {entry.latest or 'an open date'}"


def _by_place(rows: Iterable[Listed], states: Mapping[str, str]) -> list[list[Listed]]:
    """Control entries of one place, holder and state, with all their reports."""
    groups: dict[tuple[str, ...], list[Listed]] = defaultdict(list)
    for r in rows:
        if r.type in states and r.status in ("actual", "ongoing"):
            groups[(str(r.type), *(s.key for s in r.places), *(p.key for p in r.actors))].append(r)
    return sorted(groups.values(), key=lambda g: (-len({r.report.key for r in g}), g[0].key))


def _control(group: Sequence[Listed]) -> Sentence:
    first = group[0]
    holder, place = listing([p.name for p in first.actors]), listing([s.name for s in first.places])
    day, said = _when(first), f"; according to {first.source}" if first.source else ""
    state = (CHANGES | STANDING)[str(first.type)]
    return Sentence(f"{place}: {state} {holder}{', ' + day if day else ''}{said}.", tuple(group))


def _agreement(a: Listed) -> Sentence:
    kind = str(a.own.get("name") or f"{str(a.type).replace('_', ' ')} agreement")
    parties, guarantors = a.actors_as("party", "parties"), a.actors_as("guarantor", "guarantors")
    between = f" {'between' if len(parties) > 1 else 'with'} {listing(parties)}" if parties else ""
    under = f"; guaranteed, mediated or supervised by {listing(guarantors)}" if guarantors else ""
    status = str(a.status).replace("_", " ")
    return _sentence(f"{kind[:1].upper()}{kind[1:]}{between}: {status}{under}", a, (a,))


def _movements(rows: Sequence[Listed]) -> list[Sentence]:
    """One sentence for all reports of the same people, way and number."""
    groups: dict[tuple[object, ...], list[Listed]] = defaultdict(list)
    for m in rows:
        if m.review != "rejected":
            sides = (tuple(p.key for p in m.actors), tuple((s.role, s.key) for s in m.places))
            groups[m.type, m.status, _size(m), *sides].append(m)
    done = sorted(groups.values(), key=lambda g: (g[0].status not in ("actual", "ongoing"), -_size(g[0]), g[0].key))
    return [_movement(g) for g in done]


def _size(m: Listed) -> float:
    return max((f.value or f.low or 0 for f in m.figures), default=0)


def _movement(group: Sequence[Listed]) -> Sentence:
    m = group[0]
    who = listing([p.name for p in m.actors]) or str(m.own.get("who") or "people")
    many = f"{figure(m.figures[0])} " if _size(m) else ""
    ends = [(w, listing(m.places_as(r))) for w, r in (("from", "origin"), ("to", "destination"))]
    way = "".join(f" {w} {name}" for w, name in ends if name)
    status = "" if m.status in ("actual", "ongoing") else f"{str(m.status).capitalize()}: "
    means = f", {m.own['means']}" if m.own.get("means") else ""
    day, said = _when(m), f"; according to {m.source}" if m.source else ""
    kind = str(m.type).capitalize()
    return Sentence(f"{status}{kind} of {many}{who}{way}{means}{', ' + day if day else ''}{said}.", tuple(group))


def _to_come(e: Listed) -> Sentence:
    words = sides(e)
    return _sentence(f"{TO_COME[str(e.status)]}: {words[:1].lower()}{words[1:]}", e, (e,))


def _disputed(i: Incident) -> list[Sentence]:
    return [_sentence(f"{sides(i.first)}: {role} differ", i.first, i.entries, _said(i, role)) for role in i.disputed]


def _said(i: Incident, role: str) -> str:
    return ", ".join(f"{figure(v.figure)} ({v.said_by})" for v in i.values if v.role == role)


def _contradictions(rows: Sequence[Listed]) -> list[Sentence]:
    """Two parties said to hold one place at one time, by different reports."""
    held = [
        r
        for r in rows
        if r.type in ("holds", "captured") and r.status in ("actual", "ongoing") and r.places and r.actors
    ]
    by_place: dict[str, list[Listed]] = defaultdict(list)
    for r in held:
        by_place[r.places[0].key].append(r)
    out = []
    for group in by_place.values():
        for a, b in combinations(sorted(group, key=lambda r: r.key), 2):
            apart = a.actors[0].key != b.actors[0].key and a.report.key != b.report.key
            if apart and a.earliest == b.earliest and a.places[0].kind != "country":
                names = f"{a.actors[0].name} ({_says(a)}) and {b.actors[0].name} ({_says(b)})"
                out.append(Sentence(f"{a.places[0].name} is said to be held by {names}, {_when(a)}.", (a, b)))
    return out


def _says(entry: Listed) -> str:
    return entry.source or entry.report.publisher or entry.report.id


def _forecast(f: Listed) -> Sentence:
    who = listing(f.actors_as("forecaster")) or f.source or f"{f.report.publisher or f.report.id} (the author)"
    content = " ".join(str(f.own.get("content") or f.evidence.text).split()).rstrip(".")
    low, high = f.own.get("likelihood_low"), f.own.get("likelihood_high")
    odds = f"; likelihood {number(100 * low)} to {number(100 * high)} %" if low is not None and high is not None else ""
    until = f"; by {f.own['horizon_latest']}" if f.own.get("horizon_latest") else ""
    return Sentence(f"{who}: “{content}”{odds}{until}.", (f,))
