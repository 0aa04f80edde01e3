"""Claims in conflict: figures that can't all be true, places that two are said to hold, what is denied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from situate.brief.happened import in_conflict, incident
from situate.brief.kinds import control_verb, event_kind
from situate.brief.phrases import grounded, has_name, outlet, place, quote, raised, told_by, when, where
from situate.brief.sentence import Sentence, joined, led
from situate.brief.standing import is_holder
from situate.knowledge.merging import merging_words
from situate.picture import Incident
from situate.picture.control_history import Stretch
from situate.picture.corroborated import held_by_others
from situate.picture.incident import Value
from situate.picture.wording import figure, noun
from situate.store import Listed
from situate.store.fold import fold

OTHERS = 2  # who are told to hold a place beside its holder
DENIAL = "Denial"  # what `kinds.yaml` calls it


def conflicts(found: Sequence[Incident], control: Iterable[Stretch], denied: Sequence[Listed]) -> list[Sentence]:
    """All of them: figures, places, what is denied of an event, other denials."""
    by_key = {e.key: e for e in denied}
    figures = [s for i in found for s in _figures(i)]
    contradicted = [s for i in found for s in _denied(i, by_key)]
    return [*figures, *_control(control), *contradicted, *map(incident, denials(found)[0])]


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


def _control(stretches: Iterable[Stretch]) -> list[Sentence]:
    """Places that others are said to hold in a holder's time, the latest first: both in their reports' words."""
    ordered = sorted(stretches, key=lambda s: (s.since, s.place), reverse=True)
    return [_both(s.entries, some) for s in ordered if _is_told(s.entries[-1]) for some in _by_holder(s)]


def _by_holder(s: Stretch) -> list[list[Listed]]:
    """The reports of other holders, by holder."""
    others: dict[str, list[Listed]] = {}
    for d in held_by_others(s.entries, s.disputed):
        if _is_told(d):
            others.setdefault(d.actors[0].key, []).append(d)
    return list(others.values())[:OTHERS]


def _is_told(e: Listed) -> bool:
    """Whether it tells of a place with a name, and in its own words who holds it."""
    named = e.places[0].kind != "country" and has_name(e.places[0])
    return named and is_holder(e) and bool(control_verb(e)) and grounded(e, e.actors[:1])


def _both(held: Sequence[Listed], others: Sequence[Listed]) -> Sentence:
    one, other = held[-1], others[0]
    text = f"{raised(place(one.places[0]))}: {quote(one)} – but {quote(other)}"
    return Sentence(joined(text, told_by(led(other, others), quote(other))), (one, *others, *held[:-1]))


def denials(found: Iterable[Incident]) -> tuple[list[Incident], list[Incident]]:
    """What is denied, and the rest."""
    split: tuple[list[Incident], list[Incident]] = ([], [])
    for i in found:
        split[not any(e.type == "REJECT" and event_kind(e) == DENIAL for e in i.entries)].append(i)
    return split
