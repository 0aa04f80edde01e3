"""Claims and forecasts that say the same: in nearly the same words, of the same, within some days.

What they say can't be compared as events are: only their words tell. So those go together that share nearly all of
their telling words. Where one of them has a "not" more, or gives it chances that exclude the other's, they contradict
each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from situate.knowledge.merging import merging_words
from situate.picture.copies import copies
from situate.picture.grouping import connected
from situate.picture.telling import SAME_WORDS, Telling, in_common, telling
from situate.store.days import shifted
from situate.store.filters import Filters
from situate.store.fold import fold
from situate.store.listed import Listed
from situate.store.query import every
from situate.store.store import Store

NEAR_DAYS = 14  # between two reports that say the same
FEWEST = 3  # telling words: what has fewer says nothing by itself
MOST = 150  # entries that share a name and a word; where there are more, these tell nothing

Group = tuple[Sequence[Listed], Sequence[Listed]]


def sayings(store: Store, layer: str, rows: Sequence[Listed]) -> Iterator[Group]:
    """The claims or forecasts that say the same as any of these, each time with those that say otherwise."""
    some = {e.key: e for e in (*rows, *_around(store, layer, rows)) if e.review != "rejected"}
    entries = [some[key] for key in sorted(some)]
    same: dict[int, set[int]] = defaultdict(set)
    otherwise: dict[int, set[int]] = defaultdict(set)
    for i, j in sorted(_pairs(entries)):
        into = otherwise if _contradict(entries[i], entries[j]) else same
        into[i].add(j)
        into[j].add(i)
    for chain in connected(range(len(entries)), same):
        against = sorted(set[int]().union(*(otherwise[i] for i in chain)) - chain)
        yield [entries[i] for i in sorted(chain)], [entries[i] for i in against]


def _around(store: Store, layer: str, rows: Sequence[Listed]) -> Iterator[Listed]:
    """What may say the same: what names the same actors or places in these days, and what stands in copies."""
    days = sorted(e.report.published[:10] for e in rows if e.report.published)
    near = Filters(shifted(days[0], -NEAR_DAYS), shifted(days[-1], NEAR_DAYS)) if days else Filters()
    actors = tuple(sorted({p.key for e in rows for p in e.actors}))
    places = tuple(sorted({s.key for e in rows for s in e.places}))
    if actors:
        yield from every(store, layer, replace(near, actors=actors))
    if places:
        yield from every(store, layer, replace(near, places=places))
    copied = {key for c in copies(store, {e.report.key for e in rows}) for key in c.reports}
    if copied:
        yield from every(store, layer, Filters(reports=tuple(sorted(copied))))


def _pairs(entries: Sequence[Listed]) -> set[tuple[int, int]]:
    """Those that say the same, by position; only what shares a name and one of its longest words is compared."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    told = [telling(_said(e)) for e in entries]
    for n, e in enumerate(entries):
        longest = sorted(told[n].words, key=lambda w: (-len(w), w))[:FEWEST]
        names = {p.key for p in e.actors} | {s.key for s in e.places}
        for key in names or {""}:
            for word in longest:
                blocks[key, word].append(n)
    compared = {pair for some in blocks.values() if len(some) <= MOST for pair in combinations(some, 2)}
    return {(i, j) for i, j in compared if _same(entries[i], entries[j], told[i], told[j])}


def _same(a: Listed, b: Listed, one: Telling, other: Telling) -> bool:
    if a.report.key == b.report.key or len(one.words) < FEWEST or len(other.words) < FEWEST:
        return False
    if a.report.published and b.report.published:
        apart = date.fromisoformat(a.report.published[:10]) - date.fromisoformat(b.report.published[:10])
        if abs(apart.days) > NEAR_DAYS:
            return False
    shared = len(one.words & other.words) / max(len(one.words), len(other.words))
    return one.figures == other.figures and shared >= SAME_WORDS and in_common(one, other) >= SAME_WORDS


def _said(e: Listed) -> str:
    return str(e.own.get("content") or e.evidence.text)


def _contradict(a: Listed, b: Listed) -> bool:
    """Whether of two with the same words one denies them, or gives them chances that exclude the other's."""
    if _denies(_said(a)) != _denies(_said(b)):
        return True
    (low, high), (other_low, other_high) = ((e.own.get("likelihood_low"), e.own.get("likelihood_high")) for e in (a, b))
    return _above(low, other_high) or _above(other_low, high)


def _above(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low > high


def _denies(words: str) -> bool:
    """Whether words have an odd number of words like "not"."""
    said = [fold(word) for word in words.replace("\u2019", "'").split()]
    return sum(word.strip(".,;:'\"") in merging_words().negations or "n't" in word for word in said) % 2 == 1
