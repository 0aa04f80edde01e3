"""What happened, in sentences: one an incident, who did what to whom, where, when, the toll, and who says so.

What is violent is told in plain words where the report names the sides; all else in the report's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from situate.brief.phrases import called, grounded, has_name, nameless, names, quote, raised, told_by, when, where
from situate.brief.sentence import Sentence, joined
from situate.picture import Incident
from situate.picture.incidents import least
from situate.picture.wording import figure, listing, noun, number, sub_event
from situate.store import Listed
from situate.store.listed import Party

VIOLENT = ("ASSAULT", "COERCE")
TOLLS = ("killed", "injured", "detained", "abducted", "displaced")
STATES = ("state", "government")
SURE = 0.6  # the least confidence of an event that is told; of several reports' the best counts


def by_weight(found: Iterable[Incident]) -> list[Incident]:
    """The gravest first: the largest toll, then independent sources, sureness, the latest day."""

    def weight(i: Incident) -> tuple[float, int, float, str, str]:
        tolls = [v.figure.low or v.figure.value or 0 for v in i.values if v.role in ("killed", "injured")]
        return max(tolls, default=0), i.corroboration.sources, i.first.confidence or 0, i.first.latest or "", i.id

    return sorted(found, key=weight, reverse=True)


def is_sure(entries: Iterable[Listed]) -> bool:
    """Whether one of an event's entries is sure enough to be told, or a person has accepted it."""
    return any((e.confidence or 0) >= SURE or e.review in ("accepted", "corrected") for e in entries)


def incident(i: Incident) -> Sentence:
    """The sentence for an incident."""
    lead = max(i.entries, key=lambda e: (_fullness(e), e.confidence or 0, e.key))
    deed = _deed(lead)
    if deed is None:
        return _in_its_words(i, lead)
    ongoing = "(still going on)" if lead.status == "ongoing" else None
    toll = _toll(i)
    told = joined(deed, when(lead), ongoing)[:-1] + (f"; {toll}" if toll else "")
    return Sentence(joined(told, _standing(i)), i.entries)


def _in_its_words(i: Incident, lead: Listed) -> Sentence:
    actors = _doers(lead)
    parties = names(actors, said=lead.evidence.text)
    label = f"{noun(lead)}{f' ({parties})' if parties and grounded(lead, actors) else ''}"
    at, day = where(s for s in lead.places if grounded(lead, (), (s,))), when(lead).removeprefix("on ")
    head = ", ".join(x for x in (label, at, day) if x)
    words = quote(lead)
    toll = _toll(i) if i.disputed else ""
    return Sentence(f"{raised(head)}: {joined(words, toll, _standing(i, words))}", i.entries)


def _fullness(e: Listed) -> int:
    sides = {p.role for p in e.actors if not nameless(p)} & {"actor", "recipient"}
    return 2 * len(sides) + bool(e.places) + bool(e.figures)


def _deed(e: Listed) -> str | None:
    """Who did what to whom where; None where the report's own words tell it better."""
    verb = _verb(e)
    actors, recipients = _side(e, "actor"), _side(e, "recipient")
    recipients = [p for p in recipients if p.key not in {a.key for a in actors}]
    recipients = [p for p in recipients if p.kind not in STATES] or recipients
    sites = [s for s in e.places if s.role == "place" and has_name(s) and grounded(e, (), (s,))]
    if verb is None or len(_doers(e)) < len(actors):
        return None
    if not (_named(actors) or (_named(recipients) and not actors)):
        return None
    if not grounded(e, [p for p in (*actors, *recipients) if not nameless(p)]):
        return None
    at = where(sites)
    there = f" in {at}" if at else ""
    both = list({p.key: p for p in (*actors, *recipients)}.values())
    if "joined" in verb and len(both) > 1:
        return f"{raised(listing([called(p) for p in both], 4))} {verb['joined']}{there}"
    if actors and recipients and "done" in verb:
        return f"{raised(names(actors))} {verb['done']} {names(recipients)}{there}"
    if actors:
        if verb.get("place") and at:
            return f"{raised(names(actors))} {verb['done']} {at}"
        return f"{raised(names(actors))} {verb['alone']}{there}"
    if verb.get("place") and at and all(p.kind in STATES for p in recipients):
        return f"{raised(at)} {_singular(verb['passive'])}"
    if "passive" not in verb:
        return None
    suffered = _singular(verb["passive"]) if _is_one(recipients) else verb["passive"]
    return f"{raised(names(recipients))} {suffered}{there}"


def _singular(passive: str) -> str:
    return passive.replace("were ", "was ")


def _is_one(parties: Sequence[Party]) -> bool:
    """Whether parties take a verb in the singular: one state or person, or one with a name that is no plural."""
    if len({p.key for p in parties}) != 1 or nameless(parties[0]) or parties[0].kind == "police":
        return False
    return parties[0].kind in (*STATES, "person") or not parties[0].name.endswith("s")


def _verb(e: Listed) -> Mapping[str, Any] | None:
    verbs = _verbs()
    found: Mapping[str, Any] | None = verbs["acled"].get(sub_event(e)) or verbs["types"].get(str(e.type))
    return found if e.type in VIOLENT or e.type == "PROTEST" else None


@cache
def _verbs() -> dict[str, dict[str, dict[str, Any]]]:
    text = (files("situate.knowledge") / "data/brief/verbs.yaml").read_text(encoding="utf-8")
    verbs: dict[str, dict[str, dict[str, Any]]] = yaml.safe_load(text)
    return verbs


def _side(e: Listed, role: str) -> list[Party]:
    return [p for p in e.actors if p.role == role]


def _doers(e: Listed) -> list[Party]:
    """Who does it, without those who may only be where it happens: a country that is a place of the event too."""
    return [p for p in _side(e, "actor") if p.name not in {s.name for s in e.places}]


def _named(parties: Sequence[Party]) -> bool:
    return any(not nameless(p) for p in parties)


def _toll(i: Incident) -> str:
    """The tolls by role: one figure, or the range of those that can't all be true."""
    parts = []
    for role in TOLLS:
        said = [v.figure for v in i.tops(role)]
        if role in i.disputed:
            low, high = min(map(least, said)), max(map(least, said))
            parts.append(f"{number(low)} to {number(high)} {role} by different accounts")
        elif said and (most := max(said, key=least)) and least(most) >= 1:
            parts.append(f"{figure(most)} {role}")
    return ", ".join(parts)


def _standing(i: Incident, quoted: str = "") -> str:
    """Who says so, and how well it stands."""
    c = i.corroboration
    told = told_by(i.entries, quoted)
    if c.contradicted:
        return f"{told}; contradicted by {', '.join(dict.fromkeys(x.who for x in c.contradicted))}".lstrip("; ")
    if c.sources > 1:
        return f"{told} ({c.grade}: {c.sources} independent sources)".lstrip()
    return told
