"""What changed hands, who holds what, and how agreements stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from situate.brief.kinds import agreement_kind, control_verb
from situate.brief.phrases import (
    called,
    grounded,
    has_name,
    nameless,
    names,
    place,
    quote,
    raised,
    since,
    told_by,
    when,
    where,
)
from situate.brief.sentence import Sentence, joined, led
from situate.picture.agreement_history import SAME_DAYS, AgreementHistory, Standing
from situate.picture.control_history import Stretch
from situate.picture.corroborated import held_by_others
from situate.picture.parties import may_be_one
from situate.picture.telling import SAME_WORDS, in_common, telling
from situate.picture.wording import listing
from situate.store import Listed
from situate.store.listed import Party, Site

_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
CHANGES = ("captured", "lost", "withdrew")
HOLDERS = ("state", "government", "military", "police", "armed_group", "political_group", "international_org")


def changes(entries: Iterable[Listed]) -> list[Sentence]:
    """A sentence for each place that somebody took, lost or left: the latest first, all its reports together."""
    groups: dict[tuple[str, str], list[list[Listed]]] = {}
    for e in entries:
        if (
            e.type in CHANGES
            and e.status in ("actual", "ongoing")
            and e.review != "rejected"
            and e.places
            and has_name(e.places[0])
            and is_holder(e)
        ):
            some = groups.setdefault((str(e.type), e.places[0].key), [])
            same = next((g for g in some if _one_change(g[0], e)), None)
            if same is None:
                some.append([e])
            else:
                same.append(e)
    ordered = sorted(
        (g for some in groups.values() for g in some if any(_tells(e) for e in g)),
        key=lambda g: (_latest(g), len({e.report.key for e in g}), g[0].key),
        reverse=True,
    )
    return [_change(g) for g in ordered]


def _one_change(a: Listed, b: Listed) -> bool:
    """Whether two entries of one place tell of one change: perhaps by one party, or in nearly the same words."""
    words = in_common(telling(a.evidence.text), telling(b.evidence.text))
    return words >= SAME_WORDS or may_be_one(a.actors[0], b.actors[0])


def is_holder(e: Listed) -> bool:
    """Whether it names one who can hold places."""
    return bool(e.actors) and e.actors[0].kind in HOLDERS


def _latest(group: Sequence[Listed]) -> str:
    return max(e.latest or e.earliest or e.report.published or "" for e in group)


def _tells(e: Listed) -> bool:
    """Whether the words that would be quoted name the place, or what was done with it."""
    return _plain(e) or bool(control_verb(e)) or all(w in quote(e) for w in e.places[0].name.split())


def _change(group: Sequence[Listed]) -> Sentence:
    e = next((e for e in group if _plain(e)), next((e for e in group if _tells(e)), group[0]))
    told = led(e, group)
    if not _plain(e):
        words = quote(e)
        return Sentence(joined(f"{raised(place(e.places[0]))}: {words}", told_by(told, words)), told)
    deed = f"{raised(names(e.actors[:1]))} {control_verb(e)} {place(e.places[0])}"
    return Sentence(joined(deed, when(e), told_by(told)), told)


def _plain(e: Listed) -> bool:
    """Whether its sentence names holder and place itself, and what the one does with the other."""
    if nameless(e.actors[0]) or not has_name(e.places[0]) or not control_verb(e):
        return False
    return grounded(e, e.actors[:1], e.places[:1])


def holds(stretches: Iterable[Stretch]) -> list[Sentence]:
    """Who holds each place by the last report, disputes named; places told of most recently first."""
    last = {s.place: s for s in stretches}
    now = [s for s in last.values() if s.until is None and _known(s)]
    return [_held(s) for s in sorted(now, key=lambda s: (s.entries[-1].report.published or "", s.place), reverse=True)]


def _known(s: Stretch) -> bool:
    return s.entries[0].places[0].kind != "country" and any(_plain(e) and is_holder(e) for e in s.entries)


def _held(s: Stretch) -> Sentence:
    e = next(e for e in reversed(s.entries) if _plain(e))
    first = since(s.entries[0])
    disputed = held_by_others(s.entries, s.disputed)
    text = f"{raised(place(e.places[0]))}: held by {s.holder_name}"
    told = joined(text, f"{first} at the latest" if first else "", told_by(s.entries))
    return Sentence(told, led(e, s.entries), tuple(disputed))


def agreement(h: AgreementHistory) -> Sentence:
    """How an agreement stands, and how it came to: quoted, and by name what other words of its reports add to that."""
    now = max(h.now.entries, key=lambda e: (len(_borne_out(e, e.actors)), e.report.published or "", e.key))
    words = quote(now)
    parties, guarantors = _added(h, "party", now), _added(h, "guarantor", now)
    between = f" {'between' if len(parties) > 1 else 'with'} {listing(parties, 4)}" if parties else ""
    at = where(s for s in h.places if any(_said_there(e, s) for e in h.entries))
    under = f"with {listing(guarantors, 4)} as guarantor or mediator" if guarantors else None
    said = " ".join(e.evidence.text for e in led(now, h.entries))
    kind = _ARTICLE.sub("", h.name) if h.name else agreement_kind(h.kind, said)
    head = joined(f"{raised(kind)}{between}", at, under)[:-1]
    told = led(now, h.entries)
    text = f"{head}: {_steps(h.standings)}: {words}"
    return Sentence(joined(text, told_by(led(now, h.now.entries), words)), told)


def _steps(standings: Sequence[Standing]) -> str:
    """How it stood from day to day: "negotiated on 5 July 2018, then in force"; of one day only the last."""
    last = list({_day(s) or s.since: s for s in standings}.values())
    steps = [s for n, s in enumerate(last) if not n or s.status != last[n - 1].status]
    return ", then ".join(joined(s.status.replace("_", " "), _day(s))[:-1] for s in steps)


def _day(s: Standing) -> str:
    """The day of a standing; "" where it may be the agreement's own: "a breach of the agreement of 1974"."""
    e = s.entries[0]
    if s.status in ("breached", "ended", "disputed") and e.latest and e.report.published:
        long_ago = date.fromisoformat(e.report.published[:10]) - timedelta(SAME_DAYS)
        return "" if date.fromisoformat(e.latest[:10]) < long_ago else when(e)
    return when(e)


def _added(h: AgreementHistory, role: str, quoted: Listed) -> list[str]:
    """The parties in a role as the entry that names most of them does, where the quoted words don't name them all."""
    said = [[p for p in _borne_out(e, e.actors) if p.role == role] for e in h.entries]
    parties = max(said, key=len, default=[])
    return [] if all(grounded(quoted, (p,)) for p in parties) else [called(p) for p in parties]


def _borne_out(e: Listed, parties: Iterable[Party]) -> list[Party]:
    """Those of the parties whom the entry's own words name."""
    return [p for p in parties if not nameless(p) and grounded(e, (p,))]


def _said_there(e: Listed, site: Site) -> bool:
    """Whether an agreement's words name its place; a country is named for its government, too, but not after "in"."""
    return f" in {site.name}" in e.evidence.text if site.kind == "country" else grounded(e, (), (site,))
