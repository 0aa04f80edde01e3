"""What changed hands, who holds what, and how agreements stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from situate.brief.phrases import (
    called,
    day,
    grounded,
    has_name,
    nameless,
    names,
    outlet,
    place,
    quote,
    raised,
    told_by,
    when,
    where,
)
from situate.brief.sentence import Sentence, joined
from situate.picture.agreement_history import AgreementHistory
from situate.picture.control_history import Stretch
from situate.picture.parties import may_be_one
from situate.picture.wording import listing
from situate.store import Listed
from situate.store.listed import Site

CHANGES = {"captured": "took", "lost": "lost", "withdrew": "left"}
HOLDERS = ("state", "government", "military", "police", "armed_group", "political_group", "international_org")
KINDS = {"other": "agreement", "deescalation_zone": "de-escalation zone", "humanitarian_access": "humanitarian access"}


def changes(entries: Iterable[Listed]) -> list[Sentence]:
    """A sentence for each place that somebody took, lost or left: the latest first, all its reports together."""
    groups: dict[tuple[str, str, str], list[Listed]] = {}
    for e in entries:
        if (
            e.type in CHANGES
            and e.status in ("actual", "ongoing")
            and e.review != "rejected"
            and e.places
            and has_name(e.places[0])
            and _holder(e)
        ):
            groups.setdefault((str(e.type), e.places[0].key, e.actors[0].key), []).append(e)
    ordered = sorted(
        groups.values(), key=lambda g: (_latest(g), len({e.report.key for e in g}), g[0].key), reverse=True
    )
    return [_change(g) for g in ordered]


def _told(e: Listed) -> bool:
    """Whether its sentence names the place, and the holder is one who can hold places."""
    named = bool(e.places) and e.places[0].kind != "country" and has_name(e.places[0])
    return named and grounded(e, (), e.places[:1]) and _holder(e)


def _holder(e: Listed) -> bool:
    return bool(e.actors) and e.actors[0].kind in HOLDERS


def _latest(group: Sequence[Listed]) -> str:
    return max(e.latest or e.earliest or e.report.published or "" for e in group)


def _change(group: Sequence[Listed]) -> Sentence:
    e = next((e for e in group if _plain(e)), group[0])
    if not _plain(e):
        words = quote(e)
        return Sentence(joined(f"{raised(place(e.places[0]))}: {words}", told_by(group, words)), tuple(group))
    deed = f"{raised(names(e.actors[:1]))} {CHANGES[str(e.type)]} {place(e.places[0])}"
    return Sentence(joined(deed, when(e), told_by(group)), tuple(group))


def _plain(e: Listed) -> bool:
    """Whether its sentence names holder and place itself."""
    return not nameless(e.actors[0]) and has_name(e.places[0]) and grounded(e, e.actors[:1], e.places[:1])


def holds(stretches: Iterable[Stretch]) -> list[Sentence]:
    """Who holds each place by the last report, disputes named; places told of most recently first."""
    last = {s.place: s for s in stretches}
    now = [s for s in last.values() if s.until is None and _known(s)]
    return [_held(s) for s in sorted(now, key=lambda s: (s.entries[-1].report.published or "", s.place), reverse=True)]


def _known(s: Stretch) -> bool:
    return s.entries[0].places[0].kind != "country" and any(_plain(e) and _holder(e) for e in s.entries)


def _held(s: Stretch) -> Sentence:
    e = next(e for e in reversed(s.entries) if _plain(e))
    since = f"since {day(s.since)} at the latest" if s.since else ""
    disputed = [d for d in s.disputed if _plain(d) and _holder(d) and not may_be_one(d.actors[0], e.actors[0])]
    others = list(dict.fromkeys(f"{d.actors[0].name} ({d.source or outlet(d)})" for d in disputed))
    but = f"but held by {listing(others, 3)} according to others" if others else None
    text = f"{raised(place(e.places[0]))}: held by {s.holder_name}"
    return Sentence(joined(text, since, told_by(s.entries), but), (*s.entries, *disputed))


def agreement(h: AgreementHistory) -> Sentence:
    """How an agreement stands, and how it came to."""
    kind = h.name or KINDS.get(h.kind, h.kind.replace("_", " "))
    now = h.now.entries[0]
    parties = listing([called(p) for p in h.parties if any(grounded(e, (p,)) for e in h.entries)], 4)
    head = raised(kind) + (f" {'between' if ' and ' in parties else 'with'} {parties}" if parties else "")
    at = where(s for s in h.places if any(_said_there(e, s) for e in h.entries))
    under = f"with {names(h.guarantors)} as guarantor or mediator" if h.guarantors else None
    steps = [joined(s.status.replace("_", " "), _since(s.entries[0], s.since))[:-1] for s in h.standings]
    text = joined(head + (f" in {at}" if at else ""), under)[:-1]
    words = quote(now)
    return Sentence(joined(f"{text}: {', then '.join(steps)}: {words}", told_by(h.now.entries, words)), h.entries)


def _said_there(e: Listed, site: Site) -> bool:
    """Whether an agreement's words name its place; a country is named for its government, too, but not after "in"."""
    return f" in {site.name}" in e.evidence.text if site.kind == "country" else grounded(e, (), (site,))


def _since(e: Listed, since: str) -> str:
    return "" if not since or e.dated_by == "report" else when(e)
