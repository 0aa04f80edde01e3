"""Groups that grow from the best matches within a chain of them: chains that changed are grouped anew, each whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from situate.picture.group_rows import GroupRows, Pair
from situate.picture.grouping import Made, connected


def group_chains(rows: GroupRows, changed: Collection[int], broken: Collection[int]) -> None:
    """Group the chains anew in which entries changed, and those of groups that lost one."""
    chains, scores = _chains(rows, set(changed).union(*rows.members(broken).values()))
    touched = set[int]().union(*chains)
    rows.take_apart({*rows.groups_of(touched).values(), *broken}, *touched)
    rows.load(touched)
    chain_of = {number: n for n, chain in enumerate(chains) for number in chain}
    inside: dict[int, dict[Pair, float]] = defaultdict(dict)
    for pair, score in scores.items():
        if pair[0] in chain_of:
            inside[chain_of[pair[0]]][pair] = score
    rows.keep([each for n, chain in enumerate(chains) for each in _made(rows, chain, inside[n])])


def _chains(rows: GroupRows, seeds: Iterable[int]) -> tuple[list[set[int]], dict[Pair, float]]:
    """The chains of matches and of what people joined in which seeds are, and the scores in them."""
    pinned = _pinned(rows)
    near: dict[int, set[int]] = defaultdict(set)
    scores: dict[Pair, float] = {}
    known: set[int] = set()
    there: set[int] = set()
    todo = set(seeds)
    while todo:
        known |= todo
        there |= set(rows.blocks_of(todo))
        for one, others in rows.matches_of(todo).items():
            scores |= {(min(one, other), max(one, other)): score for other, score in others.items()}
            near[one] |= {*others, *pinned.get(one, ())}
        todo = {other for one in todo for other in near[one]} - known
    return connected(there, near), scores


def _pinned(rows: GroupRows) -> dict[int, set[int]]:
    """For each entry, by number, those that somebody joined to it."""
    with_ = rows.pins.with_()
    numbers = dict(rows.rows("SELECT key, id FROM entries WHERE key IN (?)", sorted(with_)))
    return {
        numbers[key]: {numbers[other] for other in others if other in numbers}
        for key, others in with_.items()
        if key in numbers
    }


def _made(rows: GroupRows, chain: Collection[int], scores: Mapping[Pair, float]) -> list[tuple[str, Made]]:
    numbers = sorted(chain, key=lambda n: rows.entries[n].key)
    at = {number: i for i, number in enumerate(numbers)}
    told = [rows.entries[n] for n in numbers]
    layer = told[0].layer
    matches = sorted((score, min(at[a], at[b]), max(at[a], at[b])) for (a, b), score in scores.items())
    return [(layer, each) for each in rows.rules[layer].groups(told, matches, rows.pins)]
