"""Entries that tell of one agreement: of one kind, within `SAME_DAYS`, with a place, the parties or words in common.

Without a day, or a kind that says what was agreed, it takes more: both sides, or one of them and a place.
An agreement lives on: what is told of it goes from report to report, so that a chain of such entries is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from situate.picture.agreement_history import PARTY, SAME_DAYS
from situate.picture.grouping import Block, Made, Match, Rule, connected
from situate.picture.parties import OFFICIAL, agreement, known
from situate.picture.pins import Pins
from situate.picture.telling import in_common, telling
from situate.store.listed import Listed, Party

ALIKE = 0.6  # of parties: most of them are the same
PERHAPS = 0.5  # of parties: none of them is another
SAME_WORDS = 0.9  # of `in_common`: an edited copy of the sentence
UNCLEAR = "other"  # a kind that says nothing of what was agreed


def _takes(e: Listed) -> bool:
    return e.review != "rejected" and bool(e.type)


def _blocks(e: Listed) -> Iterator[Block]:
    common = [("place", s.key) for s in e.places] + [("words", _words(e))]
    common += [("figure", figure) for figure in telling(e.evidence.text).figures]
    common += [key for party in _parties(e) for key in _party_keys(party)]
    day = _day(e)
    spans = ["undated"] if day is None else [day // SAME_DAYS, day // SAME_DAYS + 1]
    return (Block.of("agreement", e.type, span, *key) for key in common for span in spans)


def _party_keys(party: Party) -> Iterator[tuple[str, str]]:
    """What two parties that may be the same have in common, as `parties.same_party` compares them."""
    of = known(party)
    yield "party", party.key
    yield from (("chain", each) for each in of.chain)
    yield from (("name", each) for each in of.own)
    if of.country and party.kind in OFFICIAL:
        yield "country", of.country
    if not of.own:
        yield from (("sort", each) for each in (*of.anybody, party.kind))


def _match(a: Listed, b: Listed) -> float:
    """1 where the two are of one agreement."""
    if a.type != b.type or not _near(a, b):
        return 0.0
    shared = bool({s.key for s in a.places} & {s.key for s in b.places})
    parties = agreement(_parties(a), _parties(b))
    alike = parties is not None and parties >= ALIKE
    same = _words(a) == _words(b) or in_common(telling(a.evidence.text), telling(b.evidence.text)) >= SAME_WORDS
    if a.type == UNCLEAR or _day(a) is None:  # one party in common is anybody's with whom it agrees on many things
        both = min(len(_parties(a)), len(_parties(b))) > 1
        return float(same or (alike and (shared or both)))
    return float(same or (shared and (parties is None or parties >= PERHAPS)) or alike)


def _near(a: Listed, b: Listed) -> bool:
    one, other = _day(a), _day(b)
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME_DAYS


def _groups(told: Sequence[Listed], matches: Sequence[Match], pins: Pins) -> list[Made]:
    near: dict[int, set[int]] = defaultdict(set)
    for _, i, j in matches:
        near[i].add(j)
        near[j].add(i)
    chains = ([told[i] for i in sorted(chain)] for chain in connected(range(len(told)), near))
    return [Made(tuple(some), some[0].key, "") for some in chains]


def _day(e: Listed) -> int | None:
    day = (e.earliest or e.latest or e.report.published or "")[:10]
    return date.fromisoformat(day).toordinal() if day else None


def _words(e: Listed) -> str:
    return " ".join(e.evidence.text.split())


def _parties(e: Listed) -> list[Party]:
    return [p for p in e.actors if p.role == PARTY]


RULE = Rule("agreements", _takes, _blocks, _match, _groups, "united")
