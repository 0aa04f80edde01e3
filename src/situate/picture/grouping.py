"""Entries that tell one thing go together: blocks say which are worth comparing, matches which may be one.

Three ways lead from matches to groups, and in each of them what comes new changes little of what there is:

- *fitted* (`fitted`): groups grow from the best matches, and a group takes an entry only where it fits all that it has.
  What no match joins to what is new grows as it did. For what happens once: events.
- *led* (`led`): some entries lead, and the others go with the leader that they match best. For what makes chains
  without end, which are many things: those who leave a place day after day.
- *united*: a whole chain is one, however long. For what goes on: an agreement, a place and who holds it.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Literal

from situate.picture.pins import Pins
from situate.store.listed import Listed

Match = tuple[float, int, int]  # score, and two entries by position
MOST = 150  # entries of a block; in a fuller one, what they share tells nothing
# Sides of a block: two entries on the closed one are not compared; nor are those on the whole one, which are a chain.
CLOSED, OPEN, WHOLE = 0, 1, 2


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """What entries have in common, as a number, and the side on which an entry stands in it."""

    number: int
    side: int = OPEN

    @classmethod
    def of(cls, *parts: object, side: int = OPEN) -> Block:
        """The block of entries that have these parts in common."""
        words = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
        return cls(int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big", signed=True), side)


@dataclass(frozen=True, slots=True)
class Made:
    """A group: its entries in order, its key, its day, and what it takes to show it beside them."""

    entries: tuple[Listed, ...]
    key: str
    day: str
    body: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Led:
    """How groups are led: the lower an entry's rank, the sooner it leads; `made` makes the group of a leader."""

    rank: Callable[[Listed], tuple[Any, ...]]
    made: Callable[[Listed, Sequence[Listed]], Made]


@dataclass(frozen=True, slots=True)
class Fitted:
    """How groups grow: `tells` says which entries they have (the others are told beside them), `fits` which two may be
    in one; `made` makes the group of entries, with what matches them and is told beside it.
    """

    tells: Callable[[Listed], bool]
    fits: Callable[[Listed, Listed], bool]
    made: Callable[[Sequence[Listed], Sequence[Listed], Pins], Made]


@dataclass(frozen=True, slots=True)
class Rule:
    """How the entries of a layer go together.

    `takes` says which are looked at, `blocks` in which blocks an entry stands, `match` how well two go together (0: not
    at all), `groups` makes groups from entries in the order of their keys, the matches between them, and the pins.
    """

    layer: str
    takes: Callable[[Listed], bool]
    blocks: Callable[[Listed], Iterable[Block]]
    match: Callable[[Listed, Listed], float]
    groups: Callable[[Sequence[Listed], Sequence[Match], Pins], list[Made]]
    way: Literal["fitted", "led", "united"]
    fitted: Fitted | None = None
    led: Led | None = None


def grouped(rule: Rule, entries: Iterable[Listed], pins: Pins | None = None) -> list[Made]:
    """The groups of all these entries, made at once. Any order of them gives the same."""
    told = sorted((e for e in entries if rule.takes(e)), key=lambda e: e.key)
    blocks = [frozenset(rule.blocks(e)) for e in told]
    found = ((rule.match(told[i], told[j]), i, j) for i, j in candidates(blocks))
    return rule.groups(told, [match for match in found if match[0] > 0], pins or Pins())


def candidates(blocks: Sequence[Iterable[Block]]) -> list[tuple[int, int]]:
    """The pairs to compare, by position, from the blocks of each entry."""
    sizes = Counter(number for some in blocks for number in {b.number for b in some})
    members: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, some in enumerate(blocks):
        for block in some:
            if sizes[block.number] <= MOST:
                members[block.number].append((i, block.side))
    return sorted({pair for some in members.values() for pair in compared(some)})


def compared(members: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pairs to compare within a block, from its (entry, side)."""
    for (i, side), (j, other) in combinations(members, 2):
        if i != j and OPEN in (side, other):
            yield min(i, j), max(i, j)


def led(told: Sequence[Listed], matches: Iterable[Match], how: Led) -> list[Made]:
    """Groups each of a leader and those that go with it.

    By rank, an entry leads where it matches nobody who leads before it; the others go with the leader that they match
    best. Who leads depends on few others, wherever equals are in an order as good as random.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for score, i, j in matches:
        near[i][j] = near[j][i] = score

    def rank(i: int) -> tuple[Any, ...]:
        return how.rank(told[i])

    leads: dict[int, bool] = {}
    for i in sorted(range(len(told)), key=rank):
        leads[i] = not any(leads.get(j) for j in near[i])
    groups: dict[int, list[Listed]] = defaultdict(list)
    for i, e in enumerate(told):
        groups[led_by(i, near[i], leads, rank)].append(e)
    return [how.made(told[i], some) for i, some in sorted(groups.items())]


def led_by(i: int, near: Mapping[int, float], leads: Mapping[int, bool], rank: Callable[[int], tuple[Any, ...]]) -> int:
    """Who leads an entry: itself, or of the leaders near it the one that it matches best."""
    if leads[i]:
        return i
    return min((j for j in near if leads[j]), key=lambda j: (-near[j], rank(j)))


def connected(numbers: Collection[int], near: Mapping[int, Collection[int]]) -> list[set[int]]:
    """The numbers in sets that are tied together, by the least of each."""
    left, found = set(numbers), []
    for number in sorted(numbers):
        if number in left:
            chain, todo = set[int](), {number}
            while todo:
                chain |= todo
                todo = {other for one in todo for other in near.get(one, ())} & (left - chain)
            left -= chain
            found.append(chain)
    return found


def fitted(told: Sequence[Listed], matches: Iterable[Match], pins: Pins, how: Fitted) -> list[Made]:
    """Groups grown from the best matches of the entries that tell, each with what matches it and is told beside it."""
    telling = [e for e in told if how.tells(e)]
    at = {e.key: i for i, e in enumerate(telling)}
    beside: dict[str, list[Listed]] = defaultdict(list)
    same: list[Match] = []
    for score, *pair in matches:
        a, b = (told[i] for i in pair)
        if a.key in at and b.key in at:
            same.append((score, at[a.key], at[b.key]))
        else:
            said, other = (a, b) if a.key in at else (b, a)
            beside[said.key].append(other)
    return [
        how.made(some, [d for e in some for d in beside[e.key]], pins) for some in joined(telling, same, pins, how.fits)
    ]


def joined(
    told: Sequence[Listed], matches: Iterable[Match], pins: Pins, fits: Callable[[Listed, Listed], bool]
) -> list[list[Listed]]:
    """Groups grown from the best matches, where every two entries fit; a person's word stands above that."""
    said = _as_said(told, pins)
    group = [min(said[i]) for i in range(len(told))]
    members = {i: sorted(said[i]) for i in group}
    seen: dict[tuple[int, int], bool] = {}

    def join(i: int, j: int) -> None:
        keep, drop = sorted((group[i], group[j]))
        for k in members.pop(drop):
            group[k] = keep
            members[keep].append(k)

    def fit(i: int, j: int) -> bool:
        pair = (min(i, j), max(i, j))
        if pair not in seen:
            said = pins.says(told[i], told[j])
            seen[pair] = said if said is not None else fits(told[pair[0]], told[pair[1]])
        return seen[pair]

    for _, i, j in sorted(matches, key=lambda match: (-match[0], told[match[1]].key, told[match[2]].key)):
        if group[i] == group[j]:
            continue
        if all(fit(a, b) for a in members[group[i]] for b in members[group[j]]):
            join(i, j)
    return [[told[k] for k in sorted(some)] for some in members.values()]


def _as_said(told: Sequence[Listed], pins: Pins) -> dict[int, set[int]]:
    """For each entry, by position, the group that people's words alone put it in."""
    at = {e.key: i for i, e in enumerate(told)}
    groups = {i: {i} for i in range(len(told))}
    for pair in pins.joined():
        some, others = (groups.get(at.get(key, -1), set[int]()) for key in (min(pair), max(pair)))
        apart = bool(some and others) and some is not others
        if apart and not pins.parted_since(pair, [told[i] for i in some], [told[i] for i in others]):
            whole = some | others
            groups |= dict.fromkeys(whole, whole)
    return groups
