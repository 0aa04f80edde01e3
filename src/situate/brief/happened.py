"""What happened, in sentences: one an incident, in the report's own words, with the toll and who says so.

A brief says for itself what the deed is called, where and when it was, as far as the quoted words bear that out; who
did it to whom stands in the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from situate.brief.kinds import event_kind, is_sum
from situate.brief.phrases import asks, bare, grounded, has_name, lowered, nameless, quote, raised, told_by, when, where
from situate.brief.sentence import Sentence, joined, led
from situate.picture import Incident
from situate.picture.incident import Value, compatible, least
from situate.picture.wording import figure, listing, number
from situate.store import Listed
from situate.store.listed import Site

VIOLENT = ("ASSAULT", "COERCE")
TOLLS = ("killed", "injured", "detained", "abducted", "displaced")
SURE = 0.6  # the least confidence of an event that is told; of several reports' the best counts
TO_COME = {"planned": "planned", "offered": "offered", "threatened": "threatened", "conditional": "on a condition"}
LONGEST = 31  # days: of what lasts longer the words tell the time


def by_weight(found: Iterable[Incident]) -> list[Incident]:
    """The gravest first: the largest toll, then independent sources, what its words tell, sureness, the latest day.

    What a whole war came to is no toll of one incident.
    """

    def weight(i: Incident) -> tuple[float, int, int, float, str, str]:
        tolls = [least(v.figure) for v in i.values if v.role in ("killed", "injured")]
        tolls = [] if any(is_sum(e) or _long(e) for e in i.entries) else tolls
        told = max(map(_told, i.entries))
        sure, last = i.first.confidence or 0, i.first.latest or ""
        return max(tolls, default=0), i.corroboration.sources, told, sure, last, i.id

    return sorted(found, key=weight, reverse=True)


def _told(e: Listed) -> int:
    """How much its own words tell of an event: what it is called, and somebody's name."""
    return bool(event_kind(e)) + any(grounded(e, (p,)) and not nameless(p) for p in e.actors)


def is_sure(entries: Iterable[Listed]) -> bool:
    """Whether one of an event's entries is sure enough to be told, or a person has accepted it."""
    return any((e.confidence or 0) >= SURE or e.review in ("accepted", "corrected") for e in entries if not asks(e))


def incident(i: Incident) -> Sentence:
    """The sentence for an incident: the words of the report that tells most of it."""
    lead = max(i.entries, key=lambda e: (_fullness(e), e.confidence or 0, e.key))
    entries = led(lead, i.entries)
    words = quote(lead)
    return Sentence(headed(lead, joined(words, _toll(i, words), _standing(i, entries, words))), entries)


def headed(e: Listed, told: str) -> str:
    """What is told of an event, under its standing if it is to come, its kind, place and day."""
    to_come = TO_COME.get(str(e.status), "")
    kind = event_kind(e)
    at = where(s for s in e.places if _shown(e, s)) if e.type in VIOLENT else ""
    head = ", ".join(x for x in (lowered(kind) if to_come else kind, at, _day(e)) if x)
    return raised(": ".join(x for x in (to_come, head, told) if x))


def _shown(e: Listed, site: Site) -> bool:
    """Whether an event's words name its place, and don't begin with it: a government goes by its city, too."""
    words = bare(e.evidence.text)
    return has_name(site) and grounded(e, (), (site,)) and not words.startswith(site.name)


def _day(e: Listed) -> str:
    """When it was, if it didn't take long, or is to be, if that is after the report."""
    if not e.latest or (e.status in TO_COME and e.latest < (e.report.published or "")):
        return ""
    said = when(e)
    return "" if _long(e) and not said.startswith("in ") else said.removeprefix("on ")


def _long(e: Listed) -> bool:
    """Whether it took longer than a month, or nobody says when in that time it was."""
    if not e.earliest or not e.latest:
        return False
    return (date.fromisoformat(e.latest[:10]) - date.fromisoformat(e.earliest[:10])).days >= LONGEST


def _fullness(e: Listed) -> int:
    return _told(e) + bool(e.places) + bool(e.figures)


def _toll(i: Incident, quoted: str) -> str:
    """The tolls, by different accounts where they can't all be true; "" where the quoted words give them all."""
    disputed, agreed, new = [], [], False
    for role in TOLLS:
        accounts = in_conflict(i, role)
        said = [v.figure for v in accounts or i.tops(role)]
        if accounts:
            disputed.append(f"{number(min(map(least, said)))} to {number(max(map(least, said)))} {role}")
        elif said and (most := max(said, key=least)) and least(most) >= 1:
            agreed.append(f"{figure(most)} {role}")
            new |= most.words not in quoted
    by = [f"by different accounts {listing(disputed)}"] if disputed else []
    return ", ".join([*agreed, *by]) if new or disputed else ""


def in_conflict(i: Incident, role: str) -> list[Value]:
    """The figures in a role that can't all be true, each in the sentence that gives it; none if those can be."""
    said = [v for v in i.tops(role) if _in_its_words(i, v)] if role in i.disputed else []
    return said if any(not compatible(a.figure, b.figure) for a, b in combinations(said, 2)) else []


def _in_its_words(i: Incident, v: Value) -> bool:
    """Whether a figure stands in the sentence of an entry that gives it, and isn't what a whole war came to."""
    giving = [e for e in i.entries if e.key in v.entries]
    return any(v.figure.words in e.evidence.text and not is_sum(e) for e in giving)


def _standing(i: Incident, entries: Sequence[Listed], quoted: str) -> str:
    """Who says so, and how well it stands."""
    c = i.corroboration
    told = told_by(entries, quoted)
    if c.contradicted:
        return f"{told}; contradicted by {', '.join(dict.fromkeys(x.who for x in c.contradicted))}".lstrip("; ")
    if c.sources > 1:
        return f"{told} ({c.grade}: {c.sources} independent sources)".lstrip()
    return told
