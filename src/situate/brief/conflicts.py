"""Claims in conflict: figures that can't all be true, what is denied, places that two are said to hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from situate.brief.happened import in_conflict
from situate.brief.kinds import control_verb, event_kind
from situate.brief.phrases import grounded, has_name, nameless, outlet, place, quote, raised, when, where
from situate.brief.sentence import Sentence, joined
from situate.brief.standing import HOLDERS
from situate.knowledge.merging import merging_words
from situate.picture import Incident
from situate.picture.incident import Value
from situate.picture.parties import may_be_one
from situate.picture.wording import figure, noun
from situate.store import Listed
from situate.store.fold import fold


def conflicts(found: Sequence[Incident], control: Sequence[Listed], denials: Sequence[Listed]) -> list[Sentence]:
    """All of them: figures, denials, control."""
    by_key = {e.key: e for e in denials}
    figures = [s for i in found for s in _figures(i)]
    denied = [s for i in found for s in _denied(i, by_key)]
    return [*figures, *denied, *_control(control)]


def _figures(i: Incident) -> list[Sentence]:
    e = i.first
    kind = next((kind for kind in map(event_kind, i.entries) if kind), noun(e))
    head = kind + (f" in {where(e.places)}" if where(e.places) else "")
    told = joined(head, when(e))[:-1]
    out = []
    for role in i.disputed:
        if said := in_conflict(i, role):
            words = "; ".join(f"{figure(v.figure)} ({_speaker(i, v)})" for v in said)
            entries = tuple(e for e in i.entries if any(e.key in v.entries for v in said))
            out.append(Sentence(joined(f"{told}, {role}: {words}"), entries))
    return out


def _speaker(i: Incident, v: Value) -> str:
    """Who gives a figure; the outlet for a pronoun."""
    if fold(v.said_by) not in merging_words().pronouns:
        return v.said_by
    return outlet(next(e for e in i.entries if e.key in v.entries))


def _denied(i: Incident, denials: dict[str, Listed]) -> list[Sentence]:
    out = []
    for c in i.corroboration.contradicted:
        if c.entry in denials:
            e = denials[c.entry]
            out.append(Sentence(joined(f"{quote(i.first)} – but {c.who}: {quote(e)}", when(e)), (*i.entries, e)))
    return out


def _control(rows: Sequence[Listed]) -> list[Sentence]:
    """Two parties said to hold one place at one time, by different reports."""
    together: dict[tuple[str, str], list[Listed]] = defaultdict(list)
    for r in _held(rows):
        together[r.places[0].key, r.earliest or ""].append(r)
    out: dict[tuple[str, ...], Sentence] = {}
    for key, day in sorted(together):
        for a, b in combinations(sorted(together[key, day], key=lambda r: r.key), 2):
            holders = tuple(sorted((a.actors[0].key, b.actors[0].key)))
            if not may_be_one(a.actors[0], b.actors[0]) and a.report.key != b.report.key:
                out.setdefault((key, *holders), _both(a, b))
    return list(out.values())


def _held(rows: Iterable[Listed]) -> list[Listed]:
    return [
        r
        for r in rows
        if r.type in ("holds", "captured")
        and r.status in ("actual", "ongoing")
        and r.places
        and r.actors
        and r.actors[0].kind in HOLDERS
        and r.places[0].kind != "country"
        and has_name(r.places[0])
        and not nameless(r.actors[0])
        and control_verb(r)
        and grounded(r, r.actors[:1], r.places[:1])
    ]


def _both(a: Listed, b: Listed) -> Sentence:
    named = f"{a.actors[0].name} ({_who(a)}) and by {b.actors[0].name} ({_who(b)})"
    return Sentence(joined(f"{raised(place(a.places[0]))} is said to be held by {named}", when(a)), (a, b))


def _who(e: Listed) -> str:
    return e.source or outlet(e)
